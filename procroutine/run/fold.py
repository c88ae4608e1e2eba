"""The arithmetic of a run: its events played one after the other.

All times are whole milliseconds. Every millisecond that goes by lands in exactly one of the
current step's active time, paused, waiting and asleep, so that they add up to the time since the
start (plus what was corrected) at every instant.
"""

from __future__ import annotations

from datetime import datetime

from procroutine.errors import BadInput
from procroutine.run.timeline import LAST_INSTANT, is_before, stretch, wall_milliseconds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from procroutine.clock import Reading
    from procroutine.run.events import Event

    Moment = tuple[int, datetime]
    """Milliseconds since 1970 on the run's own timeline, and a wall reading in the zone of that moment."""


class FoldedStep:
    """One step while the events are played."""

    __slots__ = ("active", "added", "definition", "ended", "id", "notes", "paused", "started", "state", "ticked")

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
        self.notes: tuple[str, ...] = ()
        self.ticked: frozenset[int] = frozenset()

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
        *("sleeps", "pending_sleep", "noticed", "last_act"),
    )

    def __init__(self, started: Event) -> None:
        """Begin with `started`, on the first step that waits for no other."""
        self.started = started
        self.reading: Reading = started.reading
        self.now = wall_milliseconds(started.reading.wall)
        self.steps = [FoldedStep(definition) for definition in started.details["snapshot"]["steps"]]
        self.by_id = {step.id: step for step in self.steps}
        if len(self.by_id) < len(self.steps):
            raise BadInput("two steps have the same id", "give every step its own")
        self.order: list[FoldedStep] = []
        self.mode = "running"
        self.stopped: Moment | None = None
        self.ended: Moment | None = None
        self.outcome: str | None = None
        self.paused = self.waiting = self.asleep = self.corrected = 0
        self.waiting_for: str | None = None
        self.waiting_until: datetime | None = None
        self.notes: tuple[str, ...] = ()
        self.rebooted = False
        self.sleeps: list[tuple[FoldedStep, int]] = []
        self.pending_sleep = 0
        self.noticed: tuple[Event, ...] = ()
        self.last_act = self._moment()
        self.current: FoldedStep | None = None
        self._go_on(-1)

    def play(self, event: Event) -> None:
        """Let the time until an event go by, and the event happen. After the end nothing happens any more."""
        if self.ended:
            return
        if event.kind == "slept":
            self.noticed = (*self.noticed, event)
            return
        self._go_by(event.reading)
        self.noticed = ()
        self.reading = event.reading
        if self.pending_sleep and self.current:
            self.sleeps.append((self.current, self.pending_sleep))
        self.pending_sleep = 0
        self.last_act = self._moment()
        _HAPPEN[event.kind](self, event.details)

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

    def _go_by(self, until: Reading) -> None:
        """Let the time since the last act go by; sleep that was noticed after `until` is not part of it."""
        before = self.reading
        for event in self.noticed:
            if is_before(until, event.reading):
                break
            length, asleep, rebooted = stretch(before, event.reading)
            told = round(event.details["seconds"] * 1000)
            self._spend(length, max(asleep, told), rebooted)
            before = event.reading
        self._spend(*stretch(before, until))

    def _spend(self, length: int, asleep: int, rebooted: bool) -> None:
        step = self.current
        length = max(0, min(length, LAST_INSTANT - self.now))
        asleep = min(asleep, length)
        self.now += length
        self.rebooted = self.rebooted or rebooted
        if step is None:
            return
        if self.mode == "running":
            step.active = (step.active or 0) + length - asleep
            self.asleep += asleep
            self.pending_sleep += asleep
        elif self.mode == "paused":
            step.paused += length
            self.paused += length
        else:
            self.waiting += length

    def _moment(self) -> Moment:
        return self.now, self.reading.wall

    def _step(self, details: dict[str, Any]) -> FoldedStep:
        step = self.by_id.get(details["step"])
        if step is None:
            raise BadInput("an event names a step that the run does not have", "move the journal away")
        return step

    def _leave(self, details: dict[str, Any], state: str) -> None:
        """Leave the current step for the next one; leaving the last one ends the run."""
        step = self._step(details)
        if step is not self.current:
            raise BadInput("an event leaves a step that is not the current one", "move the journal away")
        step.state = state
        step.ended = self._moment()
        self.order.append(step)
        self._go_on(self.steps.index(step))

    def _done(self, details: dict[str, Any]) -> None:
        self._run_on()
        self._leave(details, "done")

    def _skipped(self, details: dict[str, Any]) -> None:
        if details.get("reason"):
            step = self._step(details)
            step.notes = (*step.notes, details["reason"])
        self._leave(details, "skipped")

    def _go_on(self, left: int) -> None:
        """Make the next pending step current: in order and wrapping, the first that waits for none, else the first."""
        next_best: FoldedStep | None = None
        for place in (*range(left + 1, len(self.steps)), *range(left + 1)):
            step = self.steps[place]
            if step.state == "pending":
                if not self._has_to_wait(step):
                    return self._enter(step)
                next_best = next_best or step
        return self._enter(next_best) if next_best else self._end("finished")

    def _has_to_wait(self, step: FoldedStep) -> bool:
        before = (self.by_id.get(name) for name in step.definition.get("after", ()))
        return any(other is not None and other.state not in ("done", "skipped") for other in before)

    def _enter(self, step: FoldedStep) -> None:
        step.state = "current"
        step.started = step.started or self._moment()
        step.active = step.active or 0
        if step.ended:
            self.order.remove(step)
            step.ended = None
        self.current = step

    def _end(self, state: str) -> None:
        self.mode = state
        self.ended = self._moment()
        self.current = self.stopped = self.waiting_for = self.waiting_until = None

    def _run_on(self) -> None:
        self.mode = "running"
        self.stopped = self.waiting_for = self.waiting_until = None

    def _paused(self, _details: dict[str, Any]) -> None:
        self.mode = "paused"
        self.stopped = self.stopped or self._moment()
        self.waiting_for = self.waiting_until = None

    def _waiting(self, details: dict[str, Any]) -> None:
        self.mode = "waiting"
        self.stopped = self.stopped or self._moment()
        self.waiting_for = details["text"]
        until = details.get("until")
        self.waiting_until = datetime.fromisoformat(until) if until else None

    def _resumed(self, _details: dict[str, Any]) -> None:
        self._run_on()

    def _went(self, details: dict[str, Any]) -> None:
        target = self._step(details)
        if self.current is not None:
            self.current.state = "pending"
        self._enter(target)

    def _noted(self, details: dict[str, Any]) -> None:
        if "step" in details:
            step = self._step(details)
            step.notes = (*step.notes, details["text"])
        else:
            self.notes = (*self.notes, details["text"])

    def _added(self, details: dict[str, Any]) -> None:
        before = self.by_id.get(details["after"])
        if before is None or details["id"] in self.by_id:
            raise BadInput("an event adds a step that does not fit", "move the journal away")
        step = FoldedStep({"id": details["id"], "title": details["title"]}, added=True)
        self.steps.insert(self.steps.index(before) + 1, step)
        self.by_id[step.id] = step

    def _ticked(self, details: dict[str, Any]) -> None:
        step = self._step(details)
        item = frozenset((details["item"],))
        step.ticked = step.ticked | item if details.get("on") else step.ticked - item

    def _corrected(self, details: dict[str, Any]) -> None:
        step = self._step(details)
        before = step.active or 0
        step.active = max(0, before + round(details["change_seconds"] * 1000))
        self.corrected += step.active - before

    def _counted(self, _details: dict[str, Any]) -> None:
        """Turn the last sleep that is not counted yet into work on the step that was current."""
        if self.sleeps:
            step, length = self.sleeps.pop()
            step.active = (step.active or 0) + length
            self.asleep -= length

    def _finished(self, details: dict[str, Any]) -> None:
        for step in self.steps:
            if step.state in ("pending", "current"):
                step.state = "skipped"
                if step.started:
                    step.ended = self._moment()
                    self.order.append(step)
        self.outcome = details.get("outcome")
        self._end("finished")

    def _abandoned(self, _details: dict[str, Any]) -> None:
        if self.current is not None:
            self.current.state = "pending"
        self._end("abandoned")


_HAPPEN = {
    "done": Fold._done,
    "skipped": Fold._skipped,
    "paused": Fold._paused,
    "waiting": Fold._waiting,
    "resumed": Fold._resumed,
    "went": Fold._went,
    "noted": Fold._noted,
    "added": Fold._added,
    "ticked": Fold._ticked,
    "corrected": Fold._corrected,
    "counted": Fold._counted,
    "finished": Fold._finished,
    "abandoned": Fold._abandoned,
}
