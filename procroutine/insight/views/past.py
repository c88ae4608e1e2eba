"""What History draws."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import overload

from procroutine.insight.views.common import Standing
from procroutine.text import Shown
from procroutine.values import Value


class HistoryRow(Value):
    """One finished or abandoned run."""

    run_id: str
    routine_id: str
    week: str
    """`W47` where the row above is of another week, else empty."""
    ended_at: datetime
    finished: str
    """`Tue 17 16:20`."""
    name: Shown
    state: str
    """`finished` or `abandoned`."""
    total: timedelta
    vs_goal: timedelta | None
    standing: Standing
    steps: str
    """`9/10`."""
    skipped: bool
    revision: str
    """`4`, or empty where it has none."""
    note: Shown
    left_out: bool = False
    """Whether the person keeps it out of the statistics."""
    corrected: bool = False
    """Whether its times were amended."""


class HistoryRows(Sequence[HistoryRow]):
    """The rows of a table, each made when it is looked at: of tens of thousands forty are seen.

    Two are equal only where they are the same.
    """

    def __init__(self, ids: Sequence[str], make: Callable[[int], HistoryRow]) -> None:
        """Take the ids of the runs, and what makes the row at a place."""
        self._ids = ids
        self._make = make

    @classmethod
    def of(cls, rows: Sequence[HistoryRow]) -> HistoryRows:
        """Give rows that are made already."""
        return cls([row.run_id for row in rows], rows.__getitem__)

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, place: int) -> HistoryRow: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[HistoryRow, ...]: ...

    def __getitem__(self, place: int | slice) -> HistoryRow | tuple[HistoryRow, ...]:
        """Make a row, or several; IndexError where there is none."""
        if isinstance(place, slice):
            return tuple(map(self._make, range(len(self))[place]))
        return self._make(range(len(self))[place])

    def place_of(self, run_id: str) -> int | None:
        """Give the place of a run; None where it is not among them."""
        return self._ids.index(run_id) if run_id in self._ids else None


class HistoryView(Value):
    """The table of runs."""

    title: Shown
    facts: str
    """`last 12 weeks · 61 runs · 48h12`, of some `3 of 61 runs · 2h10`."""
    rows: HistoryRows
    long_weeks: bool = False
    """Whether weeks of other years are among them, which are written with their year."""
    filtered: Shown = Shown()
    """What is listed of them: `over goal · “export”`; empty where all are."""
    problem: Shown = Shown()
    """What of the filter cannot be understood, and what to write instead."""
    sort: str = "newest"
    """The order: `newest`, `longest` or `over-goal`."""
    order: str = ""
    """How the order is said where it is not the usual one: `longest first`."""
    is_whole: bool = True
    """Whether all runs that are wanted are among the rows, and not the newest alone."""
