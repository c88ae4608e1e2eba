"""Playing the events of a run: what each kind of them does."""

from __future__ import annotations

from datetime import datetime

from procroutine.errors import BadInput
from procroutine.run.fold import Fold, FoldedStep

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from procroutine.run.events import Event


def play(fold: Fold, event: Event) -> None:
    """Let the time until an event go by, and the event happen. After the end nothing happens any more."""
    if fold.ended:
        return
    if event.kind == "slept":
        fold.noticed = (*fold.noticed, event)
        return
    fold.come_to(event)
    _ACTS[event.kind](fold, event.details)


def _leave(fold: Fold, details: dict[str, Any], state: str) -> None:
    """Leave the current step for the next one; leaving the last one ends the run."""
    step = fold.step(details)
    if step is not fold.current:
        raise BadInput("an event leaves a step that is not the current one", "move the journal away")
    step.state = state
    if not fold.preparing:
        step.ended = fold.moment()
    fold.order.append(step)
    fold.go_on(fold.steps.index(step))


def _done(fold: Fold, details: dict[str, Any]) -> None:
    fold.run_on()
    _leave(fold, details, "done")


def _skipped(fold: Fold, details: dict[str, Any]) -> None:
    if details.get("reason"):
        step = fold.step(details)
        step.notes = (*step.notes, details["reason"])
    _leave(fold, details, "skipped")


def _paused(fold: Fold, _details: dict[str, Any]) -> None:
    fold.mode = "paused"
    fold.stopped = fold.stopped or fold.moment()
    fold.waiting_for = fold.waiting_until = None


def _waiting(fold: Fold, details: dict[str, Any]) -> None:
    fold.mode = "waiting"
    fold.stopped = fold.stopped or fold.moment()
    fold.waiting_for = details["text"]
    until = details.get("until")
    fold.waiting_until = datetime.fromisoformat(until) if until else None


def _resumed(fold: Fold, _details: dict[str, Any]) -> None:
    fold.run_on()


def _recounted(fold: Fold, details: dict[str, Any]) -> None:
    """Turn the last pause that is over into work on the steps it fell in, or into waiting."""
    if not fold.pauses:
        return
    for step, length in fold.pauses[-1]:
        step.paused -= length
        fold.paused -= length
        if details["as"] == "work":
            step.active = (step.active or 0) + length
            fold.recounted += length
        else:
            fold.waiting += length
    fold.pauses = fold.pauses[:-1]


def _went(fold: Fold, details: dict[str, Any]) -> None:
    target = fold.step(details)
    if fold.current is not None:
        fold.current.state = "pending"
    fold.enter(target)


def _noted(fold: Fold, details: dict[str, Any]) -> None:
    """Add a note; an empty one is a note that was taken out of the record later."""
    written = (details["text"],) if details["text"] else ()
    if "step" in details:
        step = fold.step(details)
        step.notes = (*step.notes, *written)
    else:
        fold.notes = (*fold.notes, *written)


def _added(fold: Fold, details: dict[str, Any]) -> None:
    before = fold.by_id.get(details["after"])
    if before is None or details["id"] in fold.by_id:
        raise BadInput("an event adds a step that does not fit", "move the journal away")
    step = FoldedStep({"id": details["id"], "title": details["title"]}, added=True)
    fold.steps.insert(fold.steps.index(before) + 1, step)
    fold.by_id[step.id] = step


def _switched_off(fold: Fold, details: dict[str, Any]) -> None:
    step = fold.step(details)
    if step.state != "pending":
        raise BadInput("an event switches off a step that is not to come", "move the journal away")
    step.state = "skipped"
    step.off = True


def _switched_on(fold: Fold, details: dict[str, Any]) -> None:
    step = fold.step(details)
    if not step.off:
        raise BadInput("an event switches on a step that is not off", "move the journal away")
    step.state = "pending"
    step.off = False


def _reordered(fold: Fold, details: dict[str, Any]) -> None:
    step, before = fold.step(details), fold.step(details, "after")
    if step is before:
        raise BadInput("an event moves a step behind itself", "move the journal away")
    fold.steps.remove(step)
    fold.steps.insert(fold.steps.index(before) + 1, step)


def _chose(fold: Fold, details: dict[str, Any]) -> None:
    fold.step(details).choose(details["system"])


def _ticked(fold: Fold, details: dict[str, Any]) -> None:
    step = fold.step(details)
    item = frozenset((details["item"],))
    step.ticked = step.ticked | item if details.get("on") else step.ticked - item


def _corrected(fold: Fold, details: dict[str, Any]) -> None:
    step = fold.step(details)
    change = round(details["change_seconds"] * 1000)
    if step.active is None and step.prepared is not None:
        before = step.prepared
        step.prepared = max(0, before + change)
        step.corrected += step.prepared - before
        return
    before = step.active or 0
    step.active = max(0, before + change)
    step.corrected += step.active - before
    fold.corrected += step.active - before


def _counted(fold: Fold, _details: dict[str, Any]) -> None:
    """Turn the last sleep that is not counted yet into work on the step that was current."""
    if fold.sleeps:
        step, length = fold.sleeps.pop()
        step.active = (step.active or 0) + length
        fold.asleep -= length


def _begun(fold: Fold, _details: dict[str, Any]) -> None:
    """Begin the run that was prepared so far: from here on its clock runs."""
    if not fold.preparing:
        raise BadInput("an event begins a run that has begun", "move the journal away")
    fold.run_on()
    fold.preparing = False
    fold.begun = fold.moment()
    if fold.current is not None:
        fold.current.state = "pending"
    fold.go_on(-1)


def _deadline(fold: Fold, details: dict[str, Any]) -> None:
    until = details.get("until")
    fold.deadline = datetime.fromisoformat(until) if until else None


def _finished(fold: Fold, details: dict[str, Any]) -> None:
    for step in fold.steps:
        if step.state in ("pending", "current"):
            step.state = "skipped"
            if step.started:
                step.ended = fold.moment()
                fold.order.append(step)
    fold.outcome = details.get("outcome")
    fold.end("finished")


def _abandoned(fold: Fold, _details: dict[str, Any]) -> None:
    if fold.current is not None:
        fold.current.state = "pending"
    fold.end("abandoned")


_ACTS: dict[str, Callable[[Fold, dict[str, Any]], None]] = {
    "done": _done,
    "skipped": _skipped,
    "paused": _paused,
    "waiting": _waiting,
    "resumed": _resumed,
    "recounted": _recounted,
    "went": _went,
    "noted": _noted,
    "added": _added,
    "switched_off": _switched_off,
    "switched_on": _switched_on,
    "reordered": _reordered,
    "chose": _chose,
    "ticked": _ticked,
    "corrected": _corrected,
    "counted": _counted,
    "begun": _begun,
    "deadline": _deadline,
    "finished": _finished,
    "abandoned": _abandoned,
}
"""What each kind does; `started` makes the fold, and the fold itself keeps `slept`."""
