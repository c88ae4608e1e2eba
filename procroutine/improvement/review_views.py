"""What the Review place draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procroutine.text import Shown
from procroutine.values import Value

if TYPE_CHECKING:
    from procroutine.improvement.change import Change


class Span(Value):
    """An interval beside others: 0 is nothing, 1 the largest of them."""

    low: float
    middle: float
    high: float


class LeverRow(Value):
    """One lever."""

    routine_id: str
    routine: Shown
    kind: str
    """What to do, in a word: `drop`, `combine`, `system`."""
    about: Shown
    """Its steps, system or person."""
    saves: str
    """`9m56s` or `24m` a week; of one whose saving is not known the work that it is about, `of 57m`, else the wait."""
    between: str
    """`9m and 11m`; empty where it is not known."""
    span: Span | None
    """None where it is not known."""
    sentence: Shown
    how: Shown
    evidence: tuple[tuple[Shown, str], ...]
    """Figures with what they are."""
    tries: tuple[Change, ...]
    """What to change on a copy of the checklist to try it."""
    is_likely: bool = False
    """Whether it is likely, though not shown, that it saves something: such stand before the others."""

    @property
    def is_shown(self) -> bool:
        """Whether the records show that it saves something."""
        return self.span is not None


class Farthest(Value):
    """The routine that is farthest over its goal."""

    name: Shown
    against: str
    """Its middle beside the goal: `25m of 15m`."""
    first: Shown
    """What to change in it first, in a few words; empty where nothing is known."""


class Section(Value):
    """One of the tables under the levers."""

    title: str
    lead: Shown = Shown("")
    """A sentence above its rows."""
    rows: tuple[SectionRow, ...] = ()


class SectionRow(Value):
    """One row of it."""

    name: Shown
    text: Shown = Shown("")
    """What is said; a long one goes on in further lines."""
    value: str = ""
    part: float | None = None
    """Of the largest row, 0 to 1: the length of its bar; None where it has none."""


class CornerPicture(Value):
    """The four corners of right and quick, and in which of them something stands."""

    right_slow: tuple[Shown, ...]
    right_quick: tuple[Shown, ...]
    wrong_slow: tuple[Shown, ...]
    wrong_quick: tuple[Shown, ...]
    unknown: tuple[Shown, ...]
    """Of which it is not known."""
    sentence: Shown
    """What follows: of several, for those that do not stand where they should."""
    is_of_one: bool
    """Whether only one routine stands in it."""


class ReviewView(Value):
    """One page of the review."""

    routine_id: str | None
    """None: all routines."""
    name: Shown
    facts: str
    """`92 runs · 1 a week`."""
    best: Shown
    """The single change with the largest effect, or why none is named."""
    path: Shown
    """Where the one routine stands on its path, and what comes next there; empty of all, and where it is not known."""
    farthest: Farthest | None
    """Of all routines the one farthest over its goal; None where none is, and on the page of one."""
    levers: tuple[LeverRow, ...]
    corners: CornerPicture
    sections: tuple[Section, ...]
