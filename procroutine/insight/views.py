"""What the screens draw: one frozen value for one instant, with nothing left to compute.

Lengths stay `timedelta` (the screens only choose between the written forms of
`procroutine.durations`); days and clock times are already text; every text of other people's is
`Shown`. They are made from `Value`, since the first screen waits for this module, and dataclasses
would cost thirteen times as much.
"""

from __future__ import annotations

from datetime import timedelta
from enum import Enum

from procroutine.text import Shown
from procroutine.values import Value
from procroutine.weeks import Week


class RowState(Enum):
    """Where a routine stands this week; the list's glyphs and groups follow from it."""

    OVERDUE = "overdue"
    RUNNING = "running"
    PAUSED = "paused"
    TODAY = "today"
    LATER = "later"
    NEVER = "never"
    """No schedule, and nothing done this week."""
    DONE = "done"
    OFF = "off"
    """This period is declared off."""
    BROKEN = "broken"
    """Its file has problems."""


class Standing(Enum):
    """How a total or a step stands against what it is held against."""

    MET = "met"
    """At or under."""
    OVER = "over"
    """Over, by no more than a tenth."""
    FAR_OVER = "far over"
    """More than a tenth over."""
    NONE = "none"
    """Nothing to hold it against."""


class Mark(Enum):
    """What a point of the chart is drawn as."""

    MET = "met"
    OVER = "over"
    OUTSIDE = "outside"
    MISSED = "missed"


class ChartPoint(Value):
    """One week of the chart."""

    week: Week
    day: str
    """The day it is named by, such as `Wed 19 Aug`: of its last run, else its Monday."""
    month: str
    """`Aug`, and with the year in January: `Jan 2026`."""
    value: timedelta | None
    """None: no run in that week."""
    mark: Mark
    unfinished: bool = False
    """Whether it is the present week."""
    off: bool = False
    """Whether the week was declared off."""
    run_ids: tuple[str, ...] = ()
    """Runs of that week, oldest first."""
    vs_goal: timedelta | None = None
    vs_before: timedelta | None = None
    """Difference to the last week that had a run."""


class Band(Value):
    """The usual range from one point to another (the second not included)."""

    start: int
    end: int
    centre: timedelta
    low: timedelta
    high: timedelta
    soft: bool = False


class ChartData(Value):
    """Everything a chart draws."""

    points: tuple[ChartPoint, ...] = ()
    goal: timedelta | None = None
    revisions: tuple[tuple[int, str], ...] = ()
    """Index of the first point of a revision, and its label such as `v3`."""
    bands: tuple[Band, ...] = ()


class ShareRow(Value):
    """A step or system with its part of the time."""

    id: str
    name: Shown
    median: timedelta
    share: float
    """Of the whole, 0 to 1."""
    of_largest: float
    """Against the largest row, 0 to 1: the length of its bar."""
    best: timedelta | None = None
    last: timedelta | None = None
    slow: bool = False
    """Whether the last time was more than a tenth over the median."""


class RoutineDetail(Value):
    """The right side of This week, for the selected routine."""

    name: Shown
    facts: str
    """Such as `v4 · 10 steps · 10 systems · due Wed`."""
    purpose: Shown
    last: timedelta | None
    last_standing: Standing
    median: timedelta | None
    best: timedelta | None
    goal: timedelta | None
    chart: ChartData
    slowest: tuple[ShareRow, ...]
    """At most four."""
    key_action: str
    """What Enter does: `start now and finish about`, `resume at step 5 and finish about`, `done`."""
    key_time: str | None
    """The clock time that ends the sentence, such as `15:03`."""


class RoutineRow(Value):
    """One line of This week."""

    routine_id: str
    name: Shown
    state: RowState
    due_day: str
    """`Wed`, or empty."""
    due_note: str
    """`1 day late`, `paused 4/9`, `today`, `tomorrow`, `09:41`; of a broken file its first problem."""
    last: timedelta | None
    vs_goal: timedelta | None
    standing: Standing
    weeks: tuple[timedelta | None, ...]
    """The last eight weeks, oldest first; None where there was no run."""
    goal: timedelta | None
    streak: int
    put_off: int
    """Due periods in a row without a finished run; three or more ask for a system."""
    run_id: str | None
    """Its open run."""
    detail: RoutineDetail


class DayCell(Value):
    """One day of the week strip."""

    label: str
    """`Thu 19`."""
    today: bool
    states: tuple[RowState, ...]


class WeekView(Value):
    """The place called This week."""

    date: str
    """`Thu 19 Nov`."""
    week: Week
    done: int
    due: int
    overdue: int
    to_go: timedelta
    """About how long all that is still due takes."""
    days: tuple[DayCell, ...]
    groups: tuple[tuple[str, tuple[RoutineRow, ...]], ...]
    """Heading and rows; groups without rows are left out."""
    quiet_lines: tuple[Shown, ...] = ()
    """Such as `Weekly social posts was interrupted at 14:05, step 3`."""


class StepMark(Enum):
    """What stands before a step."""

    PENDING = "pending"
    CURRENT = "current"
    DONE = "done"
    SKIPPED = "skipped"


class StepRow(Value):
    """One line of the checklist."""

    id: str
    number: int
    title: Shown
    section: Shown | None
    """Given on the first step of a section only."""
    mark: StepMark
    compared: timedelta | None
    """What it is held against: usual, or planned where there is no history."""
    from_plan: bool
    """Whether `compared` is only what was planned."""
    time: timedelta | None
    difference: timedelta | None
    """None while it is to stay hidden."""
    standing: Standing
    best_ever: bool
    optional: bool


class Figure(Value):
    """A time to hold the running step against, and what is left until it (negative: over)."""

    label: str
    time: timedelta
    left: timedelta


class Link(Value):
    """A system to open with a digit."""

    digit: int
    name: Shown
    url: str | None
    opens: bool
    """Whether its address may be opened: http, https, mailto, file."""


class Level(Enum):
    """The tall clock's colour."""

    USUAL = "usual"
    OVER = "over"
    LATE = "late"
    PAUSED = "paused"


class StepPanel(Value):
    """The right side of Run: one step, the running one or another being looked at."""

    id: str
    number: int
    count: int
    title: Shown
    is_current: bool
    time: timedelta
    level: Level
    figures: tuple[Figure, ...]
    compared: timedelta | None
    best: timedelta | None
    instructions: Shown
    """Markdown."""
    checklist: tuple[tuple[Shown, bool], ...]
    """Items and whether they are ticked."""
    last_note: tuple[str, Shown] | None
    """Where it is from (`week 46`), and the note."""
    notes: tuple[Shown, ...]
    """Notes of this run on this step."""
    links: tuple[Link, ...]


class TotalLine(Value):
    """The bottom of Run."""

    elapsed: timedelta
    projected: timedelta
    goal: timedelta | None
    finish: str
    """`14:47`; with the day where it is not today."""
    slack: timedelta | None
    """Goal less projected."""
    done: tuple[timedelta, ...]
    """Times of the steps left behind, in the order they were done."""
    current: timedelta
    current_expected: timedelta
    left: tuple[timedelta, ...]
    odds: Shown | None = None


class RunView(Value):
    """A run, drawn."""

    run_id: str
    routine_id: str
    name: Shown
    place: str
    """`v4 · week 47`."""
    since: str
    """`13:47`."""
    now: str
    """`Thu 14:05`."""
    paused_since: str | None
    waiting_for: Shown | None
    steps: tuple[StepRow, ...]
    panel: StepPanel
    """The running step, or the one looked at."""
    current: int
    """Index into `steps` of the running step."""
    so_far: timedelta
    vs_usual: timedelta | None
    """Times so far of finished steps against their comparison."""
    total: TotalLine
    done_count: int
    can_undo: bool
    can_redo: bool
    compared_with: str = "usual"
    """What the steps are held against, which heads their column: `usual`, `best`, `last`, `average`, `planned`."""


class NotableStep(Value):
    """A step worth a line at the finish."""

    title: Shown
    time: timedelta
    difference: timedelta
    standing: Standing
    remark: str
    """`new best`, `slowest against usual`, or empty."""


class FinishView(Value):
    """The finish."""

    run_id: str
    routine_id: str
    name: Shown
    place: str
    """`week 47 · finished 14:44`."""
    total: timedelta
    goal: timedelta | None
    slack: timedelta | None
    vs_last: timedelta | None
    """This total less the last one."""
    best_so_far: bool
    skipped: int
    notable: tuple[NotableStep, ...]
    output: Shown | None
    """What the routine is to produce."""


class HistoryRow(Value):
    """One finished or abandoned run."""

    run_id: str
    routine_id: str
    week: str
    """`W47` on the first row of a week, else empty."""
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


class HistoryView(Value):
    """The table of runs."""

    title: Shown
    facts: str
    """`last 12 weeks · 61 runs · 48h12`."""
    rows: tuple[HistoryRow, ...]


class RunPageStep(Value):
    """One step on a past run's page."""

    title: Shown
    state: str
    time: timedelta | None
    usual: timedelta | None
    difference: timedelta | None
    standing: Standing
    paused: timedelta
    note: Shown | None


class RunPage(Value):
    """One past run."""

    run_id: str
    routine_id: str
    name: Shown
    place: str
    """`v4 · week 47 · Thu 19 Nov 13:47 to 14:44`."""
    state: str
    total: timedelta
    goal: timedelta | None
    vs_goal: timedelta | None
    standing: Standing
    vs_usual: timedelta | None
    paused: timedelta
    waiting: timedelta
    asleep: timedelta
    corrected: timedelta
    outcome: str | None
    note: Shown | None
    steps: tuple[RunPageStep, ...]


class TrendsView(Value):
    """The trends of one routine."""

    routine_id: str
    name: Shown
    facts: str
    """`26 weeks · 25 runs · v1 to v4`."""
    weeks: int
    """How many are shown; 0 for all."""
    last: timedelta | None
    last_vs_goal: timedelta | None
    last_standing: Standing
    median: timedelta | None
    """Of the last eight weeks with a run."""
    median_was: timedelta | None
    """Of the first eight shown."""
    median_change: float | None
    """Relative, such as -0.28."""
    best: timedelta | None
    best_day: str
    goal: timedelta | None
    met: int
    met_of: int
    """Of how many last weeks `met` were at or under the goal; at most eight."""
    chart: ChartData
    steps: tuple[ShareRow, ...]
    systems: tuple[ShareRow, ...]
    people: tuple[ShareRow, ...]
