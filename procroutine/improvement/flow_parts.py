"""The stretches of a flow: of the definition with usual times and waits, and of one run as its events tell it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.improvement.flow_map import ZERO, FlowPart, Pause, Source
from procroutine.run.acts import play
from procroutine.run.effective import effective
from procroutine.run.fold import Fold

if TYPE_CHECKING:
    from procroutine.clock import Reading
    from procroutine.routine.model import Routine, Step
    from procroutine.run.events import Event
    from procroutine.run.states import RunState, StepState

_MILLISECOND = timedelta(milliseconds=1)


def parts_of_routine(
    routine: Routine, usual: Mapping[str, timedelta], waited: Mapping[str, timedelta]
) -> tuple[FlowPart, ...]:
    """Give the steps of a definition in their order, each with its usual time, and the waits after them.

    `waited` is what was usually waited in or after a step; where that is nothing, the wait that
    the file names stands.
    """
    found: list[FlowPart] = []
    for number, step in enumerate(routine.steps, start=1):
        found.append(_defined(step, number, usual.get(step.id)))
        pause, length = Pause.WAITED, waited.get(step.id, ZERO)
        if not length:
            pause, length = Pause.WRITTEN, step.wait or ZERO
        if length:
            found.append(found[-1].replaced(length=length, source=None, pause=pause, before=step.prepare))
    return tuple(found)


def _defined(step: Step, number: int, usual: timedelta | None) -> FlowPart:
    source = Source.USUAL if usual is not None else Source.PLANNED if step.planned is not None else Source.UNKNOWN
    return FlowPart(
        step=step.id,
        title=step.title,
        number=number,
        length=usual if usual is not None else step.planned or ZERO,
        source=source,
        systems=step.systems,
        either=() if step.systems else step.alternatives,
        person=step.person,
        before=step.prepare,
    )


class _Stretch:
    """Time in one step while the events are played: work where `pause` is None."""

    __slots__ = ("before", "length", "pause", "step", "text")

    def __init__(self, step: str, pause: Pause | None, length: int, text: str = "", before: bool = False) -> None:
        self.step = step
        self.pause = pause
        self.length = length
        self.text = text
        self.before = before


class _Player:
    """Plays the events of a run, and writes down where each millisecond of it went."""

    def __init__(self, started: Event) -> None:
        self.fold = Fold(started)
        self.found: list[_Stretch] = []
        self._pause: list[_Stretch] = []
        self._pauses: list[list[_Stretch]] = []
        """Pauses that are over, as the fold knows them."""
        self._sleeps: list[_Stretch] = []

    def play(self, event: Event) -> None:
        """Let the time up to an event go by, and the event happen."""
        if event.kind != "slept":
            self.go_by(event.reading)
            self._correct(event)
        play(self.fold, event)
        if len(self.fold.pauses) > len(self._pauses):
            self._pauses.append(self._pause)
            self._pause = []

    def go_by(self, until: Reading) -> None:
        """Let the time up to a reading go by."""
        fold = self.fold
        step = fold.current
        if step is None or fold.ended:
            return
        later = fold.later(until)
        after = later.current
        if after is None or later is fold:
            return
        if fold.mode == "paused" and not fold.preparing:
            self._add(_Stretch(step.id, Pause.PAUSED, later.paused - fold.paused))
        self._add(_Stretch(step.id, Pause.WAITED, later.waiting - fold.waiting, fold.waiting_for or ""))
        self._add(_Stretch(step.id, None, (after.prepared or 0) - (step.prepared or 0), before=True))
        self._add(_Stretch(step.id, None, (after.active or 0) - (step.active or 0)))
        self._add(_Stretch(step.id, Pause.ASLEEP, later.asleep - fold.asleep))

    def _add(self, stretch: _Stretch) -> None:
        if stretch.length <= 0:
            return
        if stretch.pause is Pause.PAUSED:
            self._pause.append(stretch)
        elif stretch.pause is Pause.ASLEEP:
            self._sleeps.append(stretch)
        self.found.append(stretch)

    def _correct(self, event: Event) -> None:
        """Change what was found by an event that says something else of time gone by."""
        if event.kind == "recounted" and self._pauses:
            for stretch in self._pauses.pop():
                stretch.pause = None if event.details["as"] == "work" else Pause.WAITED
        elif event.kind == "counted" and self._sleeps:
            self._sleeps.pop().pause = None
        elif event.kind == "corrected":
            self._amend(event.details["step"], round(event.details["change_seconds"] * 1000))

    def _amend(self, step_id: str, change: int) -> None:
        """Make the last work on a step longer or shorter, and what was before it where that is not enough."""
        step = self.fold.by_id.get(step_id)
        before = step is not None and step.active is None and step.prepared is not None
        own = [one for one in self.found if one.step == step_id and one.pause is None and one.before == before]
        if not own and change > 0:
            self.found.append(_Stretch(step_id, None, change, before=before))
        for stretch in reversed(own):
            changed = max(0, stretch.length + change)
            change -= changed - stretch.length
            stretch.length = changed


def parts_of_run(run: RunState, events: Sequence[Event], now: Reading | None = None) -> tuple[FlowPart, ...]:
    """Give what was really done in a run, in the order of time; of an open one as of a reading.

    Without events (imported runs) each step is drawn with its work first and its pauses behind it.
    """
    steps = {step.id: (number, step) for number, step in enumerate(run.steps, start=1)}
    stretches = _played(events, now) if events else list(_recorded(run))
    parts = [_part(stretch, *steps[stretch.step]) for stretch in stretches if stretch.step in steps]
    return tuple(_put_together(parts))


def _played(events: Sequence[Event], now: Reading | None) -> list[_Stretch]:
    in_force = effective(events).events
    player = _Player(in_force[0])
    for event in in_force[1:]:
        player.play(event)
    if now is not None:
        player.go_by(now)
    return player.found


def _recorded(run: RunState) -> Iterator[_Stretch]:
    """Give what a run without events tells: work and pauses by step, waiting and sleep at its end."""
    begun = [step for step in run.steps if step.active is not None or step.prepared is not None]
    begun.sort(key=lambda step: (step.started_at is not None, step.started_at or run.started_at))
    for step in begun:
        yield _Stretch(step.id, None, (step.prepared or ZERO) // _MILLISECOND, before=True)
        yield _Stretch(step.id, None, (step.active or ZERO) // _MILLISECOND)
        yield _Stretch(step.id, Pause.PAUSED, step.paused // _MILLISECOND)
    if begun:
        last = begun[-1].id
        yield _Stretch(last, Pause.PAUSED, (run.paused - sum((one.paused for one in begun), ZERO)) // _MILLISECOND)
        yield _Stretch(last, Pause.WAITED, run.waiting // _MILLISECOND, run.waiting_for or "")
        yield _Stretch(last, Pause.ASLEEP, run.asleep // _MILLISECOND)


def _part(stretch: _Stretch, number: int, step: StepState) -> FlowPart:
    source = Source.SKIPPED if step.state == "skipped" else Source.REAL
    return FlowPart(
        step=step.id,
        title=step.title,
        number=number,
        length=stretch.length * _MILLISECOND,
        source=None if stretch.pause is not None else source,
        pause=stretch.pause,
        text=stretch.text,
        systems=step.systems,
        person=step.person,
        before=stretch.before,
    )


def _put_together(parts: Iterable[FlowPart]) -> Iterator[FlowPart]:
    """Put neighbours of one kind in one step together; nothing of no length stays."""
    last: FlowPart | None = None
    for part in parts:
        if part.length <= ZERO:
            continue
        if last is not None and last.replaced(length=ZERO) == part.replaced(length=ZERO):
            last = last.replaced(length=last.length + part.length)
            continue
        if last is not None:
            yield last
        last = part
    if last is not None:
        yield last


def waited_behind(parts: Sequence[FlowPart]) -> dict[str, timedelta]:
    """Give how long was waited behind each step of a run.

    A wait in the middle of a step stands behind it; one that came when less than half of a step's
    work was done, as it does where somebody goes on to the next step and then waits, behind the
    one before it.
    """
    found: dict[str, timedelta] = {}
    for place, part in enumerate(parts):
        if part.pause is not Pause.WAITED:
            continue
        before = _work(parts[:place], part.step)
        earlier = next((one.step for one in reversed(parts[:place]) if one.step != part.step), part.step)
        behind = earlier if 2 * before < before + _work(parts[place:], part.step) else part.step
        found[behind] = found.get(behind, ZERO) + part.length
    return found


def _work(parts: Iterable[FlowPart], step: str) -> timedelta:
    return sum((part.length for part in parts if part.step == step and part.pause is None and not part.before), ZERO)
