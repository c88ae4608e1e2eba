"""Where each millisecond of a run went: stretches of work, pauses, waits and sleep, in the order of time.

Told by the events of a run; by what another history told of it; or, where nobody told anything,
by when each of its steps began and ended, which says in which step a run stood still, but not when in it.
"""

from __future__ import annotations

from datetime import timedelta

from procroutine.run.acts import play
from procroutine.run.effective import effective
from procroutine.run.fold import Fold
from procroutine.run.timeline import wall_milliseconds
from procroutine.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from procroutine.clock import Reading
    from procroutine.run.events import Event
    from procroutine.run.fold import FoldedStep
    from procroutine.run.states import RunState, StepState

WORK, PREPARED, PAUSED, WAITED, ASLEEP = "work", "prepared", "paused", "waiting", "asleep"
KINDS = (WORK, PREPARED, PAUSED, WAITED, ASLEEP)
"""What a stretch can be; `prepared` is work before the run."""
_REWRITING = frozenset(("recounted", "counted", "corrected"))
"""Events that say something else of time gone by; all others leave it as it is."""
_ZERO, _MILLISECOND = timedelta(), timedelta(milliseconds=1)


class Stretch(Value):
    """Time in one step, of one kind."""

    step: str
    kind: str
    length: timedelta
    text: str = ""
    """What was waited for."""


class _Open:
    """A stretch that may turn out to have been something else, or longer; in milliseconds."""

    __slots__ = ("kind", "length", "step", "text")

    def __init__(self, step: str, kind: str, length: int, text: str = "") -> None:
        self.step = step
        self.kind = kind
        self.length = length
        self.text = text


class _Before:
    """What had gone by in a run, and in its current step, before more does; in milliseconds."""

    __slots__ = ("active", "asleep", "mode", "paused", "prepared", "preparing", "step", "waiting", "waiting_for")

    def __init__(self, fold: Fold) -> None:
        self.step = step = fold.current
        self.mode = fold.mode
        self.preparing = fold.preparing
        self.waiting_for = fold.waiting_for
        self.paused, self.waiting, self.asleep = fold.paused, fold.waiting, fold.asleep
        self.prepared = 0 if step is None else step.prepared or 0
        self.active = 0 if step is None else step.active or 0


class _Player:
    """Plays the events of a run, and writes down where its time went."""

    def __init__(self, started: Event) -> None:
        self.fold = Fold(started)
        self.found: list[_Open] = []
        self._pause: list[_Open] = []
        self._pauses: list[list[_Open]] = []
        """Pauses that are over, as the fold knows them."""
        self._sleeps: list[_Open] = []

    def play(self, event: Event) -> None:
        """Let the time up to an event go by, and the event happen."""
        if event.kind in _REWRITING:
            self.go_by(event.reading)
            self._correct(event)
            play(self.fold, event)
        else:
            before = _Before(self.fold)
            play(self.fold, event)
            self._add_since(before, self.fold, before.step)
        if len(self.fold.pauses) > len(self._pauses):
            self._pauses.append(self._pause)
            self._pause = []

    def go_by(self, until: Reading) -> None:
        """Let the time up to a reading go by, without anything happening."""
        later = self.fold.later(until)
        self._add_since(_Before(self.fold), later, later.current)

    def _add_since(self, before: _Before, fold: Fold, step: FoldedStep | None) -> None:
        """Write down what went by in the step that was current."""
        if step is None:
            return
        if before.mode == "paused" and not before.preparing:
            self._add(_Open(step.id, PAUSED, fold.paused - before.paused))
        self._add(_Open(step.id, WAITED, fold.waiting - before.waiting, before.waiting_for or ""))
        self._add(_Open(step.id, PREPARED, (step.prepared or 0) - before.prepared))
        self._add(_Open(step.id, WORK, (step.active or 0) - before.active))
        self._add(_Open(step.id, ASLEEP, fold.asleep - before.asleep))

    def _add(self, stretch: _Open) -> None:
        if stretch.length <= 0:
            return
        if stretch.kind == PAUSED:
            self._pause.append(stretch)
        elif stretch.kind == ASLEEP:
            self._sleeps.append(stretch)
        self.found.append(stretch)

    def _correct(self, event: Event) -> None:
        """Change what was found by an event that says something else of time gone by."""
        if event.kind == "recounted" and self._pauses:
            for stretch in self._pauses.pop():
                stretch.kind = WORK if event.details["as"] == "work" else WAITED
        elif event.kind == "counted" and self._sleeps:
            self._sleeps.pop().kind = WORK
        elif event.kind == "corrected":
            step = self.fold.by_id.get(event.details["step"])
            only_prepared = step is not None and step.active is None and step.prepared is not None
            change = round(event.details["change_seconds"] * 1000)
            _amend(self.found, event.details["step"], PREPARED if only_prepared else WORK, change)


def _amend(found: list[_Open], step: str, kind: str, change: int) -> None:
    """Make the last work on a step longer or shorter, and what was before it where that is not enough."""
    own = [one for one in found if one.step == step and one.kind == kind]
    if not own and change > 0:
        found.append(_Open(step, kind, change))
    for stretch in reversed(own):
        changed = max(0, stretch.length + change)
        change -= changed - stretch.length
        stretch.length = changed


def stretches_of_events(events: Sequence[Event], now: Reading | None = None) -> tuple[Stretch, ...]:
    """Give where the time of a run went by its events; of an open one as of a reading."""
    in_force = effective(events).events
    player = _Player(in_force[0])
    for event in in_force[1:]:
        player.play(event)
    if now is not None:
        player.go_by(now)
    return tuple(_closed(player.found))


def stretches_as_told(told: Iterable[Stretch], run: RunState) -> tuple[Stretch, ...]:
    """Give what another history told, with the times of steps that were corrected since."""
    found = [_Open(one.step, one.kind, one.length // _MILLISECOND, one.text) for one in told]
    for step in run.steps:
        for kind, length in ((WORK, step.active), (PREPARED, step.prepared)):
            before = sum(one.length for one in found if one.step == step.id and one.kind == kind)
            _amend(found, step.id, kind, (length or _ZERO) // _MILLISECOND - before)
    return tuple(_closed(found))


def stretches_of_record(run: RunState) -> tuple[Stretch, ...]:
    """Give what a run alone tells: each step with its work first, and behind it how long the run stood still in it.

    What no step accounts for stands behind the last one.
    """
    begun = [step for step in run.steps if step.active is not None or step.prepared is not None]
    begun.sort(key=lambda step: (step.started_at is not None, step.started_at or run.started_at))
    if not begun:
        return ()
    paused = {step.id: step.paused // _MILLISECOND for step in begun}
    paused[begun[-1].id] += run.paused // _MILLISECOND - sum(paused.values())
    still = _stood_still(run, begun)
    waited = _shared_out(run.waiting // _MILLISECOND, still, begun[-1].id)
    asleep = _shared_out(run.asleep // _MILLISECOND, {step: still[step] - waited[step] for step in still}, begun[-1].id)
    found: list[_Open] = []
    for step in begun:
        found.append(_Open(step.id, PREPARED, (step.prepared or _ZERO) // _MILLISECOND))
        found.append(_Open(step.id, WORK, (step.active or _ZERO) // _MILLISECOND))
        found.append(_Open(step.id, PAUSED, paused[step.id]))
        found.append(_Open(step.id, WAITED, waited[step.id], run.waiting_for or ""))
        found.append(_Open(step.id, ASLEEP, asleep[step.id]))
    return tuple(_closed(found))


def _stood_still(run: RunState, begun: Sequence[StepState]) -> dict[str, int]:
    """Give by step how long nothing was done, nor paused, until the next step began, or the run ended.

    A step that was left and come back to goes on until its end, less what was done in between.
    """
    spans = {
        step.id: (wall_milliseconds(step.started_at), wall_milliseconds(step.ended_at))
        for step in begun
        if step.started_at is not None and step.ended_at is not None
    }
    end = wall_milliseconds(run.ended_at or run.as_of)
    found = dict.fromkeys((step.id for step in begun), 0)
    for step in begun:
        if step.id not in spans:
            continue
        start, stop = spans[step.id]
        others = [span for other, span in spans.items() if other != step.id]
        inside = sum(last - first for first, last in others if start <= first and last <= stop)
        is_inside = any(first < stop < last for first, last in others)
        until = stop if is_inside else min((first for first, _ in others if first >= stop), default=end)
        found[step.id] = max(0, until - start - inside - ((step.active or _ZERO) + step.paused) // _MILLISECOND)
    return found


def _shared_out(length: int, room: dict[str, int], last: str) -> dict[str, int]:
    """Put a length where there is room, the most first; what finds none at the last step."""
    found = dict.fromkeys(room, 0)
    for step in sorted(room, key=lambda one: -room[one]):
        found[step] = min(length, room[step])
        length -= found[step]
    found[last] += length
    return found


def _closed(found: Iterable[_Open]) -> Iterator[Stretch]:
    """Put neighbours of one kind in one step together; nothing of no length stays."""
    last: _Open | None = None
    for one in found:
        if one.length <= 0:
            continue
        if last is not None and (last.step, last.kind, last.text) == (one.step, one.kind, one.text):
            last = _Open(last.step, last.kind, last.length + one.length, last.text)
            continue
        if last is not None:
            yield _as_value(last)
        last = one
    if last is not None:
        yield _as_value(last)


def _as_value(one: _Open) -> Stretch:
    return Stretch(step=one.step, kind=one.kind, length=one.length * _MILLISECOND, text=one.text)
