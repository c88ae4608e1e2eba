"""What a run and its finish draw."""

from __future__ import annotations

from datetime import datetime, timedelta

from procroutine.choices import Choice
from procroutine.insight.views.common import Standing
from procroutine.run.remarks import Remark
from procroutine.text import Shown
from procroutine.values import Value


class StepMark(Choice):
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
    off: bool = False
    """Whether it was switched off for this run."""
    before: str = ""
    """Where it stands apart from the run: `prepare` while it can be done before it, `before` once it was."""
    stands_in: bool = False
    """Whether the plan stands in for another comparison, in which the step has no time."""


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


class Level(Choice):
    """The tall clock's colour."""

    USUAL = "usual"
    OVER = "over"
    LATE = "late"
    PAUSED = "paused"


class SystemChoice(Value):
    """With which of several systems a step is done."""

    system: Shown
    """The one that it is done with."""
    next: str
    """The id of the one that stands after it, which the key for it takes."""
    next_name: Shown
    others: int
    """How many there are besides it."""


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
    choice: SystemChoice | None = None
    """None where it names no alternatives."""


class OddsLine(Value):
    """The odds of a run in words."""

    chance: Shown
    """`62 % to finish within 1h`, or why there are no odds; empty without a goal."""
    short: Shown
    """`62 % within 1h`."""
    times: Shown = Shown("")
    """`50 % by 14:41, 85 % by 14:52`."""
    caution: Shown = Shown("")
    """`2 steps only as planned`: those without a past."""


class DeadlineLine(Value):
    """Whether a run fits before its deadline."""

    fits: bool
    lead: Shown
    """`By 10:30: fits`, or `By 10:30: 4:10 short`."""
    advice: Shown
    """What there is to spare, or what to leave out."""
    odds: Shown = Shown("")
    """`62 % to finish by 10:30`; empty where there are no odds."""


class TotalLine(Value):
    """The bottom of Run."""

    elapsed: timedelta
    projected: timedelta
    goal: timedelta | None
    """What it may take: its own goal, or what is left of one of the week."""
    finish: str
    """`14:47`; with the day where it is not today."""
    slack: timedelta | None
    """Goal less projected."""
    done: tuple[timedelta, ...]
    """Times of the steps left behind, in the order they were done."""
    current: timedelta
    current_expected: timedelta
    left: tuple[timedelta, ...]
    to_go: timedelta = timedelta()
    """What is left of `projected` from now on."""
    odds: OddsLine | None = None
    """None while they are worked out for the first time."""
    goal_words: str = ""
    """The goal as it is told: `goal 1h00`, `20m left of the week's goal`; empty without one."""


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
    as_of: datetime | None = None
    """The instant it is true for, on the run's own timeline, which no setting of the clock moves."""
    restarted_since: bool = False
    """Whether the machine was restarted since the last event."""
    remarks: tuple[Remark, ...] = ()
    """What there is to say of its time, the weightiest first."""
    asleep: timedelta = timedelta()
    """Sleep that was not counted, in any step."""
    compared_with: str = "usual"
    """What the person chose to hold the steps against, as the settings name it."""
    against: str = "usual"
    """What they are held against, in words: `planned` where none of them has a time in what was chosen."""
    usual: timedelta | None = None
    """The usual time of the running step, else the planned one."""
    usual_is_planned: bool = False
    """Whether it is only planned, for want of a time of the step."""
    how_hard: float | None = None
    """p of the goal split where that is what they are held against: 0 is the sum of best, 1 the sum of worst."""
    deadline: DeadlineLine | None = None
    odds_due: bool = False
    """Whether the odds are to be worked out anew."""
    waiting_until: str | None = None
    """Until when the run waits, if that is known: `15:30`."""
    preparing: str | None = None
    """Before the run begins: `preparing`, or `prepared` once nothing is left to prepare."""
    acts: int = 0
    """How many acts the run had when it was drawn."""


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
    """What it might take: its own goal, or what was left of one of the week."""
    slack: timedelta | None
    vs_last: timedelta | None
    """This total less the last one."""
    best_so_far: bool
    skipped: int
    notable: tuple[NotableStep, ...]
    output: Shown | None
    """What the routine is to produce."""
    off: int = 0
    """How many steps were switched off for this run."""
    goal_words: str = ""
    """What `slack` is over or inside: `the goal of 1h00`; empty without a goal."""
