"""What the report of a week says: one frozen value from which every form of it is written.

Names, notes and reasons are as people wrote them: whoever writes a report makes them harmless in his own way, and
the JSON sends them as they are.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import Enum

from procroutine.insight.views.common import ChartData
from procroutine.routine.model import GoalPer
from procroutine.values import Value
from procroutine.weeks import Week


class DueState(Enum):
    """What became of a due date, as of the report's instant."""

    DONE = "done"
    LATE = "late"
    """Done after its due day."""
    NOT_DONE = "not_done"
    """Its period went by without a finished run: it was put off."""
    OVERDUE = "overdue"
    """Its day is over, its period is not."""
    OPEN = "open"
    """Still to come."""
    OFF = "off"
    """Its week was declared off."""


class ReportDue(Value):
    """One due date."""

    at: datetime
    """In the zone of the person; midnight where the schedule names no time."""
    has_time: bool
    any_day: bool
    """Whether any day up to this one would do."""
    state: DueState
    done_at: datetime | None = None
    """When the run that did it began, where it began."""
    days_late: int = 0
    """Days from the due day to the run, or as far as it goes without one."""
    reason: str | None = None
    """Why its week is off."""


class ReportRun(Value):
    """One run of the week."""

    id: str
    state: str
    """`counted`, `left_out`, `abandoned` or `open`."""
    started_at: datetime
    active: timedelta
    steps_done: int
    steps_total: int
    complete: bool
    outcome: str | None = None
    corrected: bool = False
    note: str | None = None
    reason: str | None = None
    """Why it was left out."""


class ReportRoutine(Value):
    """One routine in the week."""

    id: str
    name: str
    dues: tuple[ReportDue, ...]
    """In order; with one from before the week whose period reaches into it and that was still to be done."""
    runs: tuple[ReportRun, ...]
    """Oldest first."""
    total: timedelta
    """Of the runs that count."""
    value: timedelta | None
    """What the goal is held against: the mean of a run, or the week's sum; None without a run that counts."""
    goal: timedelta | None
    goal_per: GoalPer
    met: bool | None
    usual: timedelta | None
    """The median of its last eight runs before the week, else what is planned; of a goal of the week that of the sums
    of its last eight weeks with a run."""
    week_score: float | None
    """Of the week alone, by FORMULAS 8; None without a run that counts or a goal."""
    score: float | None
    """The score that old weeks fade out of, at the week's end; None without a schedule or a finished run."""
    streak: int
    """Due periods in a row that were done, as of the report's instant."""
    streak_weeks: int
    put_off: int
    """Due periods in a row without a finished run."""
    put_off_weeks: int
    chart: ChartData
    remarks: tuple[str, ...] = ()
    """What is to be said of it and its runs."""


class DueCounts(Value):
    """How many due dates there were, and what became of them."""

    due: int = 0
    """All but those in weeks off."""
    done: int = 0
    """Late ones too."""
    late: int = 0
    not_done: int = 0
    overdue: int = 0
    open: int = 0
    off: int = 0


class TimeRow(Value):
    """The time of one system or one person."""

    name: str | None
    """None: what names none."""
    total: timedelta
    share: float
    """Of all of it, 0 to 1."""
    usual: timedelta | None
    """What the same steps usually take; None where that is not known of each of them."""
    planned: timedelta | None
    """What was planned for them; None where one has no plan."""


class ReportSignal(Value):
    """A signal that the week completes."""

    routine_id: str
    routine: str
    rule: str
    sentence: str


class OpenLine(Value):
    """Something still to be settled: a redline, or a loose end."""

    id: str
    text: str
    written: date | None
    """None where nobody knows."""
    routine_id: str | None = None
    routine: str | None = None
    put_off_weeks: int = 0
    """Of a loose end: how many weeks it has been put off."""


class OffWeek(Value):
    """A declaration that the week is off."""

    routine_id: str | None
    routine: str | None
    """None: all routines."""
    reason: str


class NextDue(Value):
    """A due date of the week after."""

    routine_id: str
    routine: str
    at: datetime
    has_time: bool
    any_day: bool
    usual: timedelta | None
    overdue: bool = False
    """Whether it fell due before that week and its period reaches into it."""
    reason: str | None = None
    """Why it is off; then it is not in the sum."""


class NextWeek(Value):
    """What the week after holds."""

    week: Week
    dues: tuple[NextDue, ...]
    total: timedelta
    """By the usual lengths, where they are known."""
    unknown: int
    """Of how many of them no length is known."""


class WeekReport(Value):
    """The report of one ISO week."""

    week: Week
    as_of: datetime
    """The week's end, or now where it is not over; in the zone of the person."""
    unfinished: bool
    counts: DueCounts
    routines: tuple[ReportRoutine, ...]
    """Those that were due or run, by due date."""
    off: tuple[OffWeek, ...]
    total: timedelta
    """Of all runs that count."""
    runs: int
    met: int
    met_of: int
    """How many routines have a goal and a run that counts."""
    week_score: float | None
    """The mean of the routines' scores of this week."""
    systems: tuple[TimeRow, ...]
    people: tuple[TimeRow, ...]
    unknown_steps: int
    """Runs of which the steps cannot be read, so that they are missing from systems and people."""
    skipped_time: timedelta
    """Spent on steps that were skipped in the end: in the totals, in no system and no person."""
    prepared_time: timedelta
    """Spent before the runs, and in no total."""
    signals: tuple[ReportSignal, ...]
    redlines: tuple[OpenLine, ...]
    loose_ends: tuple[OpenLine, ...]
    next: NextWeek
    advice: str | None = None
    """What to do, where there is nothing to report."""
