"""What a person can do in a run. Each verb answers with the event, or raises what stands in its way.

A verb changes nothing: the event counts once it is in the journal, and `LiveRun.then` plays it.
DoesNotFit says that the run is not in a state for the verb, NotFound that no such step is there,
BadInput that a text or length will not do.
"""

from __future__ import annotations

import os
from datetime import UTC, timedelta

from procroutine.clock import milliseconds, to_millisecond
from procroutine.durations import LONGEST, step_time, written_duration
from procroutine.errors import BadInput, DoesNotFit
from procroutine.run.events import OUTCOMES, happened
from procroutine.run.fields import LONGEST_TEXT
from procroutine.run.finding import find_step, new_step_id
from procroutine.text import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from typing import Any

    from procroutine.clock import Reading
    from procroutine.run.events import Event
    from procroutine.run.live import LiveRun
    from procroutine.run.states import RunState, StepState


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
) -> Event:
    """Begin a run of the routine that `snapshot` defines; `targets` are its times to be held against, by step id."""
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
    )


def done(run: LiveRun, reading: Reading) -> Event:
    """Finish the current step and go to the next; on a paused run, resume in the same instant."""
    _, step = _current(run, reading)
    return happened("done", reading, step=step.id)


def skip(run: LiveRun, reading: Reading, reason: str | None = None) -> Event:
    """Leave out the current step, which keeps its time, and go to the next; a pause goes on.

    The reason becomes a note on the step.
    """
    _, step = _current(run, reading)
    return happened("skipped", reading, step=step.id, reason=_text("reason", reason) if reason else None)


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
    state, _ = _current(run, reading)
    if state.state == "paused" and state.waiting_for is None:
        raise DoesNotFit(f"{_name(state)} is paused already", "resume it to go on")
    return happened("paused", reading, because=because)


def waiting(run: LiveRun, reading: Reading, text: str, until: datetime | None = None) -> Event:
    """Set the run aside for a cause outside the person; a pause becomes waiting, another cause takes its place."""
    _current(run, reading)
    if until is not None and until.astimezone(UTC) <= reading.wall.astimezone(UTC):
        raise BadInput("The time to wait until has passed", "write a later one, or leave it out")
    if until is not None and until.year > reading.wall.year + 100:
        raise BadInput(f"The year {until.year} is out of reach", "write an earlier time, or leave it out")
    written = None if until is None else to_millisecond(until).isoformat(timespec="milliseconds")
    return happened("waiting", reading, text=_text("cause", text), until=written)


def resume(run: LiveRun, reading: Reading) -> Event:
    """Go on after a pause or waiting."""
    state, _ = _current(run, reading)
    if state.state == "running":
        raise DoesNotFit(f"{_name(state)} is running already", "pause it to set it aside")
    return happened("resumed", reading)


def note(run: LiveRun, reading: Reading, text: str, step: str | None = None, *, whole_run: bool = False) -> Event:
    """Write a note on the current step, on another one, or on the run as a whole."""
    state, current = _current(run, reading)
    if whole_run:
        return happened("noted", reading, text=_text("note", text))
    on = current if step is None else find_step(state, step)
    return happened("noted", reading, text=_text("note", text), step=on.id)


def finish(run: LiveRun, reading: Reading, outcome: str | None = None) -> Event:
    """End the run; what is open is skipped. `outcome` is met, partly or missed."""
    _current(run, reading)
    if outcome is not None and outcome not in OUTCOMES:
        raise BadInput(f"{shown(outcome)} is no outcome", f"write {', '.join(OUTCOMES[:-1])} or {OUTCOMES[-1]}")
    return happened("finished", reading, outcome=outcome)


def abandon(run: LiveRun, reading: Reading) -> Event:
    """End the run and keep it out of every figure but those of the steps that were done."""
    _current(run, reading)
    return happened("abandoned", reading)


def goto(run: LiveRun, reading: Reading, step: str) -> Event:
    """Make another step the current one; one that was done or skipped is open again. A pause goes on."""
    state, current = _current(run, reading)
    target = find_step(state, step)
    if target.id == current.id:
        raise DoesNotFit(f"{shown(target.title)} is the current step already", "name another step")
    return happened("went", reading, step=target.id)


def add(run: LiveRun, reading: Reading, title: str) -> Event:
    """Add a step to this run only, after the current one."""
    state, current = _current(run, reading)
    title = _text("title", title)
    return happened(
        "added", reading, id=new_step_id(title, {step.id for step in state.steps}), title=title, after=current.id
    )


def tick(run: LiveRun, reading: Reading, step: str, item: int, on: bool = True) -> Event:
    """Tick an item of a step's checklist (counted from 0), or take the tick away."""
    state, _ = _current(run, reading)
    target = find_step(state, step)
    items = target.definition.get("checklist") or ()
    if not 0 <= item < len(items):
        remedy = f"it has {len(items)}" if items else "it has no checklist"
        raise BadInput(f"{shown(target.title)} has no item {item + 1}", remedy)
    if (item in target.ticked) == on:
        raise DoesNotFit(f"{shown(items[item])} is {'ticked already' if on else 'not ticked'}", "nothing is left to do")
    return happened("ticked", reading, step=target.id, item=item, on=on)


def amend(run: LiveRun, reading: Reading, step: str, sign: str, length: timedelta) -> Event:
    """Correct the active time of a step: `+` and `-` change it, no sign sets it.

    BadInput where it would go below zero or over 999 hours.
    """
    state, _ = _current(run, reading)
    target = find_step(state, step)
    before = target.active or timedelta()
    change = {"+": length, "-": -length}.get(sign, length - before)
    if before + change < timedelta():
        remedy = (
            f"take off {written_duration(before)} at most" if before >= timedelta(seconds=1) else "it has no time yet"
        )
        raise BadInput(f"{shown(target.title)} has only {step_time(before)}", remedy)
    if change > timedelta() and before + change > LONGEST:
        raise BadInput(f"{shown(target.title)} would be over 999 hours", "write less")
    return happened("corrected", reading, step=target.id, change_seconds=milliseconds(change) / 1000)


def count_sleep(run: LiveRun, reading: Reading) -> Event:
    """Count the last sleep that was left out as work on the step it fell in."""
    state, _ = _current(run, reading)
    if not state.asleep:
        raise DoesNotFit("No sleep was left out", "there is nothing to count")
    return happened("counted", reading)


def slept(run: LiveRun, reading: Reading, length: timedelta) -> Event:
    """Record sleep that the clocks did not see: at least `length` of the time since the last event."""
    state, _ = _current(run, reading)
    if state.state != "running":
        raise DoesNotFit(f"{_name(state)} is paused", "sleep in a pause is part of the pause")
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
    "tick": tick,
    "amend": amend,
    "count_sleep": count_sleep,
    "slept": slept,
}
"""Every verb by its name; each takes the run, a reading and its own details."""


def _current(run: LiveRun, reading: Reading) -> tuple[RunState, StepState]:
    """Give the run and its current step; DoesNotFit after the end."""
    state = run.state(reading)
    if state.current is None:
        raise DoesNotFit(f"{_name(state)} is {state.state}", "undo takes that back")
    return state, state.steps[state.current]


def _name(state: RunState) -> str:
    return shown(state.routine_name)


def _text(what: str, text: str) -> str:
    text = text.strip()
    if not text:
        raise BadInput(f"The {what} is empty", "write a word or more")
    if len(text) > LONGEST_TEXT:
        raise BadInput(f"The {what} is too long", f"write at most {LONGEST_TEXT} characters")
    return text
