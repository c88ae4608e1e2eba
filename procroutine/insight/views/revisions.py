"""What the screen of a routine's revisions draws: the list, and the difference of two of them."""

from __future__ import annotations

from datetime import timedelta

from procroutine.choices import Choice
from procroutine.text import Shown
from procroutine.values import Value


class RevisionRow(Value):
    """One revision in the list."""

    number: int
    since: str
    """Week and day of its first run, such as `W40 · 28 Sep`; of one never run the day it was first seen."""
    day: str
    """Without the week: `28 Sep`, and with the year where it is another."""
    runs: int
    """Those that count."""
    before: timedelta | None
    """Median of the runs it is held against."""
    after: timedelta | None
    """Median of its own."""
    saved: timedelta | None
    verdict: str
    """`too few runs`, `helped`, `hurt` or `not clear yet`."""
    sentence: str
    """The same with figures, in words."""
    against: int | None
    """The revision it is held against; None for the first."""
    real: bool
    """Whether the person marked it as a real change."""
    present: bool
    """Whether it is how the routine is done now."""
    note: Shown | None


class RevisionsView(Value):
    """The revisions of one routine."""

    routine_id: str
    name: Shown
    facts: str
    """`4 revisions · 25 runs`."""
    rows: tuple[RevisionRow, ...]
    """Newest first."""
    remark: str
    """What is not in the list, or that there is nothing to compare; empty where there is nothing to say."""


class RowKind(Choice):
    """What a row of a difference is."""

    HEADING = "heading"
    STEP = "step"
    VALUE = "value"
    """One key, with its value on each side."""
    TEXT = "text"
    """The name of a text; its lines follow."""
    LINE = "line"
    SAME = "same"
    """Stands for what is the same on both sides."""


class DifferenceRow(Value):
    """One row, with what stands on each side; None where one side has nothing there."""

    kind: RowKind
    label: Shown = Shown("")
    """A heading, the name of a key, what became of a step, or what is the same."""
    old: Shown | None = None
    new: Shown | None = None
    sign: str = ""
    """`+` added, `−` dropped, `~` changed, `↑` or `↓` moved; nothing for what is the same."""
    before: timedelta | None = None
    """Of a step: the median of its times in the runs of the old revision."""
    after: timedelta | None = None


class DifferenceView(Value):
    """Two revisions side by side."""

    old: int
    new: int
    changes: Shown
    """How much is different, such as `2 steps changed, 1 added`."""
    verdict: str
    """Whether it helped, in words; empty where it is held against another one than that."""
    note: Shown | None
    rows: tuple[DifferenceRow, ...]
