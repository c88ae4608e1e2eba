"""What a report is laid out in before it takes the form of text, Markdown or HTML: a page of tables and lists.

Names, notes and reasons in it are as people wrote them; each form makes them harmless in its own way.
"""

from __future__ import annotations

from datetime import timedelta

from procroutine.durations import total_time
from procroutine.values import Value

NOTHING = "–"


class Row(Value):
    """One row of a table, or one line of a list."""

    cells: tuple[str, ...]
    under: tuple[str, ...] = ()
    """What stands below it."""


class Section(Value):
    """One part of the page."""

    title: str
    rows: tuple[Row, ...]
    head: tuple[str, ...] = ()
    """Labels of the columns; none for a list."""
    right: frozenset[int] = frozenset()
    """Columns set to the right."""
    wide: tuple[int, ...] = ()
    """Columns that may be cut or broken where there is little room: of the first, names are cut, others broken."""
    note: str = ""
    """A line below the title."""
    fixed: bool = False
    """Whether its last column is a drawing of signs, all of the same width."""


class Page(Value):
    """A whole report."""

    title: str
    dates: str
    summary: tuple[str, ...]
    """Sentences."""
    sections: tuple[Section, ...]


def percent(share: float) -> str:
    """Give `92 %`."""
    return f"{round(share * 100)} %"


def length(time: timedelta | None) -> str:
    """Give a total, or a dash for none."""
    return NOTHING if time is None else total_time(time)
