"""What a person can do in a run. Each verb answers with the event, or raises what stands in its way.

A verb changes nothing: the event counts once it is in the journal, and `LiveRun.then` plays it.
DoesNotFit says that the run is not in a state for the verb, NotFound that no such step is there,
BadInput that a text or length will not do.
"""

from __future__ import annotations

import os

from procroutine.clock import milliseconds
from procroutine.errors import BadInput, DoesNotFit
from procroutine.run.events import OUTCOMES, RECOUNTED, happened
from procroutine.run.step_verbs import add, amend, choose, goto, move, note, switch_off, switch_on, tick
from procroutine.run.verb_checks import checked_text, current_step, moment_to_come, name_of, refuse_before_begin
from procroutine.text import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta
    from typing import Any

    from procroutine.clock import Reading
    from procroutine.run.events import Event
    from procroutine.run.live import LiveRun


def new_run_id() -> str:
    """Make a random run id: 16 digits, the first not 0, so that it is also a whole number to stock TinyDB."""
    return str(10**15 + int.from_bytes(os.urandom(16)) % (9 * 10**15))


def start(
    reading: Reading,
    *,
    run: str,
    device: str,
    snapshot: dict[str, Any],
    revision: int | None = None,
    content_hash: str | None = None,
    targets: dict[str, dict[str, float]] | None = None,
    turns: dict[str, str] | None = None,
    preparing: bool = False,
) -> Event:
    """Begin a run of the routine that `snapshot` defines; `targets` are its times to be held against, by step id.

    `turns` gives by step id with which of its alternatives a step is done as long as nobody chooses another.
    With `preparing` its clock does not run yet: first come the steps that may be done before the run.
    DoesNotFit where it has none.
    """
    if preparing:
        refuse_nothing_to_prepare(snapshot)
    return happened(
        "started",
        reading,
        run=run,
        device=device,
        routine=snapshot["id"],
        routine_name=snapshot["name"],
        revision=revision,
        hash=content_hash,
        snapshot=snapshot,
        targets=targets,
        turns=turns or None,
        preparing=preparing or None,
    )


def refuse_nothing_to_prepare(snapshot: dict[str, Any]) -> None:
    """Refuse to prepare a run of a routine that has no step for it; DoesNotFit."""
    if not any(step.get("prepare") for step in snapshot["steps"]):
        problem = f"{shown(snapshot['name'])} has no step that may be done before"
        raise DoesNotFit(problem, "write prepare = true into a step that can be")


def done(run: LiveRun, reading: Reading) -> Event:
    """Finish the current step and go to the next; on a paused run, resume in the same instant."""
    state, step = current_step(run, reading)
    refuse_before_begin(state, step)
    return happened("done", reading, step=step.id)


def skip(run: LiveRun, reading: Reading, reason: str | None = None) -> Event:
    """Leave out the current step, which keeps its time, and go to the next; a pause goes on.

    The reason becomes a note on the step.
    """
    state, step = current_step(run, reading)
    refuse_before_begin(state, step)
    return happened("skipped", reading, step=step.id, reason=checked_text("reason", reason) if reason else None)


def undo(run: LiveRun, reading: Reading) -> Event:
    """Take back the last thing done, the end of the run included."""
    last = run.in_force.to_undo
    if last is None:
        raise DoesNotFit("There is nothing to take back", "to be rid of the run, abandon it")
    return happened("undone", reading, of=last.kind, step=last.details.get("step"))


def redo(run: LiveRun, reading: Reading) -> Event:
    """Bring back what undo took back last."""
    last = run.in_force.to_redo
    if last is None:
        raise DoesNotFit("There is nothing to bring back", "redo works right after undo")
    return happened("redone", reading, of=last.kind, step=last.details.get("step"))


def pause(run: LiveRun, reading: Reading, *, because: str | None = None) -> Event:
    """Set the run aside; waiting becomes a pause. `because` is the run that was taken up instead."""
    state, _ = current_step(run, reading)
    if state.state == "paused" and state.waiting_for is None:
        raise DoesNotFit(f"{name_of(state)} is paused already", "resume it to go on")
    return happened("paused", reading, because=because)


def waiting(run: LiveRun, reading: Reading, text: str, until: datetime | None = None) -> Event:
    """Set the run aside for a cause outside the person; a pause becomes waiting, another cause takes its place."""
    current_step(run, reading)
    written = None if until is None else moment_to_come(until, reading)
    return happened("waiting", reading, text=checked_text("cause", text), until=written)


def resume(run: LiveRun, reading: Reading) -> Event:
    """Go on after a pause or waiting; where all is prepared, begin the run."""
    state, step = current_step(run, reading)
    if state.preparing and not step.definition.get("prepare"):
        return happened("begun", reading)
    if state.state == "running":
        raise DoesNotFit(f"{name_of(state)} is running already", "pause it to set it aside")
    return happened("resumed", reading)


def finish(run: LiveRun, reading: Reading, outcome: str | None = None) -> Event:
    """End the run; what is open is skipped. `outcome` is met, partly or missed."""
    state, _ = current_step(run, reading)
    if state.preparing:
        raise DoesNotFit(f"{name_of(state)} has not begun yet", "begin it, or abandon it")
    if outcome is not None and outcome not in OUTCOMES:
        raise BadInput(f"{shown(outcome)} is no outcome", f"write {', '.join(OUTCOMES[:-1])} or {OUTCOMES[-1]}")
    return happened("finished", reading, outcome=outcome)


def abandon(run: LiveRun, reading: Reading) -> Event:
    """End the run and keep it out of every figure but those of the steps that were done."""
    current_step(run, reading)
    return happened("abandoned", reading)


def count_sleep(run: LiveRun, reading: Reading) -> Event:
    """Count the last sleep that was left out as work on the step it fell in."""
    state, _ = current_step(run, reading)
    if not state.asleep:
        raise DoesNotFit("No sleep was left out", "there is nothing to count")
    return happened("counted", reading)


def recount(run: LiveRun, reading: Reading, what: str) -> Event:
    """Count the last pause that is over as `work` on the steps it fell in, or as `waiting`."""
    state, _ = current_step(run, reading)
    if what not in RECOUNTED:
        raise BadInput(f"A pause cannot be counted as {shown(what)}", f"write {' or '.join(RECOUNTED)}")
    if not state.last_pause:
        raise DoesNotFit("There was no pause", "there is nothing to count")
    return happened("recounted", reading, **{"as": what})


def begin(run: LiveRun, reading: Reading) -> Event:
    """Begin a run that was prepared so far, also where something is left to prepare."""
    state, _ = current_step(run, reading)
    if not state.preparing:
        raise DoesNotFit(f"{name_of(state)} has begun already", "go on with it")
    return happened("begun", reading)


def deadline(run: LiveRun, reading: Reading, until: datetime | None = None) -> Event:
    """Say by when the person wants to be through; None takes that back."""
    state, _ = current_step(run, reading)
    if until is None and state.deadline is None:
        raise DoesNotFit(f"{name_of(state)} has no deadline", "nothing is left to take back")
    return happened("deadline", reading, until=None if until is None else moment_to_come(until, reading))


def slept(run: LiveRun, reading: Reading, length: timedelta) -> Event:
    """Record sleep that the clocks did not see: at least `length` of the time since the last event."""
    state, _ = current_step(run, reading)
    if state.state != "running":
        raise DoesNotFit(f"{name_of(state)} is paused", "sleep in a pause is part of the pause")
    return happened("slept", reading, seconds=max(0, milliseconds(length)) / 1000)


VERBS: dict[str, Callable[..., Event]] = {
    "done": done,
    "skip": skip,
    "undo": undo,
    "redo": redo,
    "pause": pause,
    "waiting": waiting,
    "resume": resume,
    "note": note,
    "finish": finish,
    "abandon": abandon,
    "goto": goto,
    "add": add,
    "switch_off": switch_off,
    "switch_on": switch_on,
    "move": move,
    "choose": choose,
    "tick": tick,
    "amend": amend,
    "count_sleep": count_sleep,
    "recount": recount,
    "begin": begin,
    "deadline": deadline,
    "slept": slept,
}
"""Every verb by its name; each takes the run, a reading and its own details."""
