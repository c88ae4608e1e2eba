"""What the report of a year says; texts are raw, as in that of a week."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum

from procroutine.insight.views.report import DueCounts
from procroutine.routine.model import GoalPer
from procroutine.values import Value
from procroutine.weeks import Week


class CellState(Enum):
    """What a routine's week is drawn as on the map of a year."""

    MET = "met"
    OVER = "over"
    DONE = "done"
    """Run, without a goal."""
    MISSED = "missed"
    OFF = "off"
    NOTHING = "nothing"
    """Neither due nor run."""
    TO_COME = "to_come"


class YearCell(Value):
    """One routine in one week of the year."""

    week: Week
    state: CellState
    value: timedelta | None = None
    runs: int = 0
    reason: str | None = None


class YearRoutine(Value):
    """One routine over the year."""

    id: str
    name: str
    goal: timedelta | None
    goal_per: GoalPer
    runs: int
    total: timedelta
    median: timedelta | None
    """Of its runs, or of the sums of its weeks where the goal is one of the week."""
    met: int
    met_of: int
    """Weeks with a value and a goal."""
    counts: DueCounts
    cells: tuple[YearCell, ...]


class YearWeek(Value):
    """One week of the year, all routines together."""

    week: Week
    counts: DueCounts
    runs: int
    total: timedelta
    met: int
    met_of: int
    off: str | None
    """The reason where the week is off for all routines."""


class YearReport(Value):
    """The report of one ISO year."""

    year: int
    as_of: datetime
    unfinished: bool
    counts: DueCounts
    runs: int
    total: timedelta
    met: int
    met_of: int
    weeks: tuple[YearWeek, ...]
    """All 52 or 53."""
    routines: tuple[YearRoutine, ...]
    """Those that were due or run, the one with most time first."""
    best: tuple[Week, ...]
    """Those of the weeks that are over in which most of what was due was done, and then most goals met; best first."""
    left_out: int
    """Runs that are left out of the statistics."""
    abandoned: int
    advice: str | None = None
