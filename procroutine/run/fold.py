"""The arithmetic of a run: where its time goes while its events are played (`acts`).

All times are whole milliseconds. Every millisecond that goes by lands in exactly one of the
current step's active time, paused, waiting and asleep, so that they add up to the time since the
start (plus what was corrected) at every instant.
"""

from __future__ import annotations

from datetime import datetime

from procroutine.errors import BadInput
from procroutine.run.timeline import LAST_INSTANT, LONGEST_RUN, is_before, stretch, wall_milliseconds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from procroutine.clock import Reading
    from procroutine.run.events import Event

    Moment = tuple[int, datetime]
    """Milliseconds since 1970 on the run's own timeline, and a wall reading in the zone of that moment."""
    Pause = list[tuple["FoldedStep", int]]
    """Where a pause fell: the steps that were current in it, and for how many milliseconds."""


class FoldedStep:
    """One step while the events are played."""

    __slots__ = (
        *("active", "added", "alternative", "corrected", "definition", "ended", "id", "notes", "off", "paused"),
        *("prepared", "started", "state", "ticked"),
    )

    def __init__(self, definition: dict[str, Any], added: bool = False) -> None:
        """Take the step as its snapshot has it."""
        self.id: str = definition["id"]
        self.definition = definition
        self.added = added
        self.state = "pending"
        self.started: Moment | None = None
        self.ended: Moment | None = None
        self.active: int | None = None
        self.paused = 0
        self.prepared: int | None = None
        self.corrected = 0
        self.off = False
        self.alternative: str | None = None
        self.notes: tuple[str, ...] = ()
        self.ticked: frozenset[int] = frozenset()

    def choose(self, system: str) -> None:
        """Let the step be done with one of its alternatives; any other system changes nothing."""
        if system in self.definition.get("alternatives", ()):
            self.alternative = system

    def copied(self) -> FoldedStep:
        """Give one that can go on without changing this one."""
        copy = FoldedStep.__new__(FoldedStep)
        for name in FoldedStep.__slots__:
            setattr(copy, name, getattr(self, name))
        return copy


class Fold:
    """A run as of the last act played; `noticed` is the sleep the app noticed since."""

    __slots__ = (
        *("started", "reading", "now", "steps", "by_id", "current", "order", "mode", "stopped", "ended", "outcome"),
        *("paused", "waiting", "asleep", "corrected", "waiting_for", "waiting_until", "notes", "rebooted"),
        *("sleeps", "pending_sleep", "noticed", "last_act", "preparing", "begun", "pauses", "pause", "deadline"),
        *("pause_over", "recounted", "latest"),
    )

    def __init__(self, started: Event) -> None:
        """Begin with `started`, on the first step that waits for no other."""
        self.started = started
        self.reading: Reading = started.reading
        self.now = wall_milliseconds(started.reading.wall)
        self.latest = min(self.now + LONGEST_RUN, LAST_INSTANT)
        self.steps = [FoldedStep(definition) for definition in started.details["snapshot"]["steps"]]
        self.by_id = {step.id: step for step in self.steps}
        if len(self.by_id) < len(self.steps):
            raise BadInput("two steps have the same id", "give every step its own")
        for name, system in (started.details.get("turns") or {}).items():
            if name in self.by_id:
                self.by_id[name].choose(system)
        self.order: list[FoldedStep] = []
        self.mode = "running"
        self.stopped: Moment | None = None
        self.ended: Moment | None = None
        self.outcome: str | None = None
        self.paused = self.waiting = self.asleep = self.corrected = self.recounted = 0
        self.waiting_for: str | None = None
        self.waiting_until: datetime | None = None
        self.notes: tuple[str, ...] = ()
        self.rebooted = False
        self.sleeps: list[tuple[FoldedStep, int]] = []
        self.pending_sleep = 0
        self.noticed: tuple[Event, ...] = ()
        self.preparing = bool(started.details.get("preparing"))
        self.begun = self.last_act = self.moment()
        self.pauses: list[Pause] = []
        self.pause: Pause = []
        self.pause_over: Moment | None = None
        self.deadline: datetime | None = None
        self.current: FoldedStep | None = None
        self.go_on(-1)

    def come_to(self, event: Event) -> None:
        """Let the time until an act go by."""
        self.noticed = self._go_by(event.reading)
        self.reading = event.reading
        if self.pending_sleep and self.current:
            self.sleeps.append((self.current, self.pending_sleep))
        self.pending_sleep = 0
        self.last_act = self.moment()

    def later(self, reading: Reading) -> Fold:
        """Give the run as of a reading with nothing having happened in between; this fold stays as it is."""
        if self.ended or self.current is None:
            return self
        copy = Fold.__new__(Fold)
        for name in Fold.__slots__:
            setattr(copy, name, getattr(self, name))
        copy.current = self.current.copied()
        copy.steps = [copy.current if step is self.current else step for step in self.steps]
        copy._go_by(reading)
        return copy

    def sleep_to_count(self) -> tuple[FoldedStep | None, int]:
        """Give the last sleep that is not counted, and the step it fell in."""
        if self.pending_sleep:
            return self.current, self.pending_sleep
        return self.sleeps[-1] if self.sleeps else (None, 0)

    def _go_by(self, until: Reading) -> tuple[Event, ...]:
        """Let the time since the last act go by; gives what sleep was noticed only after `until`."""
        before = self.reading
        noticed = self.noticed
        while noticed and not is_before(until, noticed[0].reading):
            event, noticed = noticed[0], noticed[1:]
            length, asleep, rebooted = stretch(before, event.reading)
            told = round(event.details["seconds"] * 1000)
            self._spend(length, max(asleep, told), rebooted)
            before = event.reading
        self._spend(*stretch(before, until))
        return noticed

    def _spend(self, length: int, asleep: int, rebooted: bool) -> None:
        step = self.current
        length = max(0, min(length, self.latest - self.now))
        asleep = min(asleep, length)
        self.now += length
        self.rebooted = self.rebooted or rebooted
        if step is None:
            return
        if self.preparing:
            # What is prepared before the run counts on its step alone: the run's own clock begins with the run.
            if self.mode == "running":
                step.prepared = (step.prepared or 0) + length - asleep
        elif self.mode == "running":
            step.active = (step.active or 0) + length - asleep
            self.asleep += asleep
            self.pending_sleep += asleep
        elif self.mode == "paused":
            step.paused += length
            self.paused += length
            self.pause = [*self.pause, (step, length)]
        else:
            self.waiting += length

    def moment(self) -> Moment:
        """Give the instant of the last act played, on the run's own timeline."""
        return self.now, self.reading.wall

    def step(self, details: dict[str, Any], key: str = "step") -> FoldedStep:
        """Give the step that an event names; BadInput where the run has none of that id."""
        step = self.by_id.get(details[key])
        if step is None:
            raise BadInput("an event names a step that the run does not have", "move the journal away")
        return step

    def go_on(self, left: int) -> None:
        """Make the next pending step current: in order and wrapping, the first that waits for none, else the first.

        While preparing only steps that may be done before the run count; after the last of them the
        run is paused until it begins. Where no step is pending the run is finished.
        """
        next_best: FoldedStep | None = None
        pending = [
            self.steps[place]
            for place in (*range(left + 1, len(self.steps)), *range(left + 1))
            if self.steps[place].state == "pending"
        ]
        if self.preparing:
            to_prepare = [step for step in pending if step.definition.get("prepare")]
            if not to_prepare and pending:
                self.mode = "paused"
                self.stopped = self.stopped or self.moment()
            pending = to_prepare or [step for step in self.steps if step.state == "pending"]
        for step in pending:
            if not self._has_to_wait(step):
                return self.enter(step)
            next_best = next_best or step
        return self.enter(next_best) if next_best else self.end("finished")

    def _has_to_wait(self, step: FoldedStep) -> bool:
        before = (self.by_id.get(name) for name in step.definition.get("after", ()))
        return any(other is not None and other.state not in ("done", "skipped") for other in before)

    def enter(self, step: FoldedStep) -> None:
        """Make a step the current one."""
        step.state = "current"
        step.off = False
        if not self.preparing:
            step.started = step.started or self.moment()
            step.active = step.active or 0
        if step in self.order:
            self.order.remove(step)
            step.ended = None
        self.current = step

    def run_on(self) -> None:
        """End a pause, if there is one."""
        if self.pause:
            self.pauses = [*self.pauses, self.pause]
            self.pause = []
            self.pause_over = self.moment()
        self.mode = "running"
        self.stopped = self.waiting_for = self.waiting_until = None

    def end(self, state: str) -> None:
        """End the run as `finished` or `abandoned`."""
        self.mode = state
        self.ended = self.moment()
        self.current = self.stopped = self.waiting_for = self.waiting_until = None
        if self.preparing:
            self.begun = self.ended  # of a run that never began no time is left over
