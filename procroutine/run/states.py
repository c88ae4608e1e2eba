"""A run as it stands at one instant: the frozen values that everything else reads."""

from __future__ import annotations

from datetime import timedelta

from procroutine.run.timeline import LAST_INSTANT, instant, stretch, wall_milliseconds
from procroutine.values import Value
from procroutine.weeks import Week, week_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from procroutine.clock import Reading
    from procroutine.run.effective import Effective
    from procroutine.run.fold import Fold, FoldedStep, Moment


class StepState(Value):
    """One step of a run."""

    id: str
    title: str
    section: str | None
    state: str
    """`pending`, `current`, `done` or `skipped`."""
    started_at: datetime | None
    """When it was first come to."""
    ended_at: datetime | None
    """When it was last left as done or skipped."""
    active: timedelta | None
    """None where it was never begun."""
    paused: timedelta
    """Paused while it was the current step; waiting is kept for the run alone."""
    prepared: timedelta | None
    """Done outside the run, and not in `active`."""
    planned: timedelta | None
    systems: tuple[str, ...]
    person: str | None
    notes: tuple[str, ...]
    ticked: frozenset[int]
    """Places in its checklist, from 0."""
    combined: bool
    """Whether an imported time may hold a skipped step's work."""
    added: bool
    """Whether it is in this run only."""
    optional: bool
    definition: dict[str, Any]
    """The step as the run's snapshot has it; empty for imported runs."""
    off: bool = False
    """Whether it was switched off for this run before it was begun; its state is `skipped` then."""
    corrected: timedelta = timedelta()
    """What the person added to its time or took off while the run was open."""
    alternative: str | None = None
    """Which of its alternatives it is done with, which is one of `systems` then; None where it has none."""

    @property
    def note(self) -> str | None:
        """All notes, a line each, or None."""
        return "\n".join(self.notes) or None

    @property
    def taken(self) -> timedelta | None:
        """Its active time; of one that was only prepared, what that took; None where it was never begun."""
        return self.prepared if self.active is None else self.active


class RunState(Value):
    """A run as of one instant."""

    id: str
    routine: str
    routine_name: str
    revision: int | None
    goal: timedelta | None
    state: str
    """`running`, `paused` (waiting too), `finished` or `abandoned`."""
    started_at: datetime
    ended_at: datetime | None
    week: Week
    """Of the start, in the zone where the run began."""
    active: timedelta
    """The sum over the steps."""
    paused: timedelta
    """The sum over the steps."""
    waiting: timedelta
    asleep: timedelta
    corrected: timedelta
    """active + paused + waiting + asleep = (ended_at, or as_of while open) − started_at + corrected."""
    waiting_for: str | None
    waiting_until: datetime | None
    steps: tuple[StepState, ...]
    current: int | None
    """Place of the current step; None after the end."""
    order_done: tuple[int, ...]
    """Places of the steps in the order in which they were left as done or skipped."""
    note: str | None
    outcome: str | None
    """`met`, `partly`, `missed` or None."""
    device: str
    deleted: bool
    as_of: datetime
    """The instant this is true for, on the run's own timeline."""
    step_elapsed: timedelta
    """Active time of the current step so far; zero after the end."""
    paused_since: datetime | None
    can_undo: bool
    can_redo: bool
    rebooted: bool
    """Whether a length had to come from the wall clock because the machine was restarted."""
    restarted_since: bool
    """Whether the machine was restarted since the last event, so that the wall clock says how long ago that was."""
    last_event_at: datetime
    """When the person did something last."""
    asleep_pending: timedelta
    """Sleep since then, not counted."""
    asleep_to_count: timedelta
    """What counting sleep would make work: the last that is not counted; zero where there is none."""
    asleep_in: int | None
    """Place of the step in which that fell."""
    clock_moved: timedelta
    """How far the wall clock is now from the run's own timeline, because it was set in the middle."""
    targets: dict[str, Any]
    """Times to hold each step against, as they were given at the start."""
    definition: dict[str, Any]
    """The snapshot of the routine; empty for imported runs."""
    preparing: bool = False
    """Whether it has not begun yet: steps are being prepared, and `started_at` is now."""
    deadline: datetime | None = None
    """When the person wants to be through."""
    last_pause: timedelta = timedelta()
    """The last pause that is over and was not counted otherwise."""
    recounted: timedelta = timedelta()
    """Pauses that were counted as work when they were over."""
    pause_over: datetime | None = None
    """When a pause was over last."""
    acts: int = 0
    """How many acts there were so far, by which a window knows whether it shows the run as it is; 0 after the end."""

    @property
    def is_open(self) -> bool:
        """Whether it has not ended."""
        return self.ended_at is None

    @property
    def is_goal_of_week(self) -> bool:
        """Whether the goal it was made with is one of the week, which all runs of the week share."""
        return self.definition.get("goal_per") == "week"

    @property
    def own_goal(self) -> timedelta | None:
        """The goal that it is held against alone; None where there is none, or one of the week."""
        return None if self.is_goal_of_week else self.goal

    def target(self, step: StepState) -> timedelta | None:
        """Give the time that a step is held against: its usual one as of the start of the run, else the planned one."""
        usual = self.targets.get(step.id, {}).get("usual_seconds")
        return step.planned if usual is None else timedelta(seconds=usual)

    def is_outside(self, step: StepState) -> bool:
        """Say whether a step is no part of the run's own time: it is, or is to be, prepared before the run."""
        if self.preparing:
            return bool(step.definition.get("prepare"))
        return step.active is None and step.prepared is not None and step.state in ("done", "skipped")


def freeze(fold: Fold, steps: tuple[StepState, ...], in_force: Effective, reading: Reading) -> RunState:
    """Give the state of a fold that has been brought to `reading` with `Fold.later`."""
    details = fold.started.details
    snapshot = details["snapshot"]
    since_end = stretch(fold.reading, reading)[0] if fold.ended else 0
    as_of = min(fold.now + since_end, LAST_INSTANT), reading.wall
    started = instant(*(as_of if fold.preparing and not fold.ended else fold.begun))
    places = {step.id: place for place, step in enumerate(fold.steps)}
    asleep_in, asleep_to_count = fold.sleep_to_count()
    return RunState(
        id=details["run"],
        routine=details["routine"],
        routine_name=details["routine_name"],
        revision=details.get("revision"),
        goal=_seconds(snapshot.get("goal_seconds")),
        state="paused" if fold.mode == "waiting" else fold.mode,
        started_at=started,
        ended_at=_instant(fold.ended),
        week=week_of(started),
        active=_length(sum(step.active or 0 for step in fold.steps)),
        paused=_length(fold.paused),
        waiting=_length(fold.waiting),
        asleep=_length(fold.asleep),
        corrected=_length(fold.corrected),
        waiting_for=fold.waiting_for,
        waiting_until=fold.waiting_until,
        steps=steps,
        current=places[fold.current.id] if fold.current else None,
        order_done=tuple(places[step.id] for step in fold.order),
        note="\n".join(fold.notes) or None,
        outcome=fold.outcome,
        device=details["device"],
        deleted=False,
        as_of=instant(*as_of),
        step_elapsed=_length(fold.current.active or 0) if fold.current else timedelta(),
        paused_since=_instant(fold.stopped),
        can_undo=in_force.to_undo is not None,
        can_redo=in_force.to_redo is not None,
        rebooted=fold.rebooted,
        restarted_since=not fold.ended and (fold.noticed[-1] if fold.noticed else fold).reading.boot != reading.boot,
        last_event_at=instant(*fold.last_act),
        asleep_pending=_length(fold.pending_sleep),
        asleep_to_count=_length(asleep_to_count),
        asleep_in=places[asleep_in.id] if asleep_in else None,
        clock_moved=_length(wall_milliseconds(reading.wall) - fold.now) if not fold.ended else timedelta(),
        targets=details.get("targets") or {},
        definition=snapshot,
        preparing=fold.preparing and not fold.ended,
        deadline=fold.deadline,
        last_pause=_length(sum(length for _, length in fold.pauses[-1])) if fold.pauses else timedelta(),
        recounted=_length(fold.recounted),
        pause_over=_instant(fold.pause_over),
        acts=0 if fold.ended else in_force.acts,
    )


def freeze_step(step: FoldedStep) -> StepState:
    """Give the state of one step."""
    definition = step.definition
    return StepState(
        id=step.id,
        title=definition["title"],
        section=definition.get("section"),
        state=step.state,
        started_at=_instant(step.started),
        ended_at=_instant(step.ended),
        active=None if step.active is None else _length(step.active),
        paused=_length(step.paused),
        prepared=None if step.prepared is None else _length(step.prepared),
        planned=_seconds(definition.get("planned_seconds")),
        systems=systems_with(definition, step.alternative),
        person=definition.get("person"),
        notes=step.notes,
        ticked=step.ticked,
        combined=False,
        added=step.added,
        optional=bool(definition.get("optional")),
        definition=definition,
        off=step.off,
        corrected=_length(step.corrected),
        alternative=step.alternative,
    )


def systems_with(definition: dict[str, Any], alternative: str | None) -> tuple[str, ...]:
    """Give the systems of a step that is done with one of its alternatives: the others are not used then."""
    systems = tuple(definition.get("systems") or ())
    if alternative is None:
        return systems
    others = definition.get("alternatives") or ()
    kept = tuple([one for one in systems if one == alternative or one not in others])
    return kept if alternative in kept else (*kept, alternative)


def _length(count: int) -> timedelta:
    return timedelta(milliseconds=count)


def _seconds(value: float | None) -> timedelta | None:
    return None if value is None else timedelta(milliseconds=round(value * 1000))


def _instant(moment: Moment | None) -> datetime | None:
    return None if moment is None else instant(*moment)
