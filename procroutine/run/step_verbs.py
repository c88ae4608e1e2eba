"""Verbs about single steps of a run: going to them, changing which there are, their notes and times."""

from __future__ import annotations

from datetime import timedelta

from procroutine.clock import milliseconds
from procroutine.durations import LONGEST, step_time, written_duration
from procroutine.errors import BadInput, DoesNotFit
from procroutine.run.events import happened
from procroutine.run.finding import find_step, new_step_id
from procroutine.run.verb_checks import checked_text, current_step, refuse_before_begin
from procroutine.text import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from procroutine.clock import Reading
    from procroutine.run.events import Event
    from procroutine.run.live import LiveRun
    from procroutine.run.states import StepState


def note(run: LiveRun, reading: Reading, text: str, step: str | None = None, *, whole_run: bool = False) -> Event:
    """Write a note on the current step, on another one, or on the run as a whole."""
    state, current = current_step(run, reading)
    if whole_run:
        return happened("noted", reading, text=checked_text("note", text))
    on = current if step is None else find_step(state, step)
    return happened("noted", reading, text=checked_text("note", text), step=on.id)


def goto(run: LiveRun, reading: Reading, step: str) -> Event:
    """Make another step the current one; one that was done or skipped is open again. A pause goes on."""
    state, current = current_step(run, reading)
    target = find_step(state, step)
    if target.id == current.id:
        raise DoesNotFit(f"{shown(target.title)} is the current step already", "name another step")
    refuse_before_begin(state, target)
    return happened("went", reading, step=target.id)


def add(run: LiveRun, reading: Reading, title: str) -> Event:
    """Add a step to this run only, after the current one."""
    state, current = current_step(run, reading)
    title = checked_text("title", title)
    return happened(
        "added", reading, id=new_step_id(title, {step.id for step in state.steps}), title=title, after=current.id
    )


def switch_off(run: LiveRun, reading: Reading, step: str) -> Event:
    """Leave a step that is to come out of this run."""
    state, current = current_step(run, reading)
    target = find_step(state, step)
    if target.id == current.id:
        raise DoesNotFit(f"{shown(target.title)} is the current step", "skip it instead")
    _refuse_left(target)
    return happened("switched_off", reading, step=target.id)


def switch_on(run: LiveRun, reading: Reading, step: str) -> Event:
    """Take a step that was switched off back into this run."""
    state, _ = current_step(run, reading)
    target = find_step(state, step)
    if not target.off:
        raise DoesNotFit(f"{shown(target.title)} is not switched off", "nothing is left to do")
    return happened("switched_on", reading, step=target.id)


def move(run: LiveRun, reading: Reading, step: str, after: str) -> Event:
    """Put a step that is to come behind another one, in this run only."""
    state, current = current_step(run, reading)
    target, before = find_step(state, step), find_step(state, after)
    if target.id == current.id:
        raise DoesNotFit(f"{shown(target.title)} is the current step", "go to another one first")
    _refuse_left(target)
    if target.id == before.id:
        raise DoesNotFit(f"{shown(target.title)} cannot come after itself", "name another step")
    order = [one for one in state.steps if one.id != target.id]
    place = order.index(before) + 1
    if state.steps.index(target) == place:
        raise DoesNotFit(f"{shown(target.title)} comes after {shown(before.title)} already", "nothing is left to do")
    _refuse_against_order(target, order[:place], order[place:])
    return happened("reordered", reading, step=target.id, after=before.id)


def _refuse_left(step: StepState) -> None:
    if step.state != "pending":
        what = "switched off" if step.off else step.state
        raise DoesNotFit(f"{shown(step.title)} is {what} already", "choose a step that is still to come")


def _refuse_against_order(step: StepState, before: Sequence[StepState], after: Sequence[StepState]) -> None:
    """Refuse a place that would put a step before one that it has to come after."""
    needed = step.definition.get("after") or ()
    for other in after:
        if other.id in needed and other.state in ("pending", "current"):
            raise DoesNotFit(f"{shown(step.title)} has to come after {shown(other.title)}", "move that one first")
    for other in before:
        if step.id in (other.definition.get("after") or ()) and other.state in ("pending", "current"):
            raise DoesNotFit(f"{shown(other.title)} has to come after {shown(step.title)}", "move that one first")


def tick(run: LiveRun, reading: Reading, step: str, item: int, on: bool = True) -> Event:
    """Tick an item of a step's checklist (counted from 0), or take the tick away."""
    state, _ = current_step(run, reading)
    target = find_step(state, step)
    items = target.definition.get("checklist") or ()
    if not 0 <= item < len(items):
        remedy = f"it has {len(items)}" if items else "it has no checklist"
        raise BadInput(f"{shown(target.title)} has no item {item + 1}", remedy)
    if (item in target.ticked) == on:
        raise DoesNotFit(f"{shown(items[item])} is {'ticked already' if on else 'not ticked'}", "nothing is left to do")
    return happened("ticked", reading, step=target.id, item=item, on=on)


def choose(run: LiveRun, reading: Reading, system: str, step: str | None = None) -> Event:
    """Say which of its alternatives the current step, or another one, is done with; by id or name of the system."""
    state, current = current_step(run, reading)
    target = current if step is None else find_step(state, step)
    names = alternatives_of(target.definition, state.definition.get("systems", {}))
    if not names:
        raise DoesNotFit(f"{shown(target.title)} has no systems to choose from", "write alternatives into its step")
    found = alternative_named(target.title, names, system)
    if found == target.alternative:
        raise DoesNotFit(f"{shown(target.title)} is done with {shown(system)} already", "nothing is left to do")
    return happened("chose", reading, step=target.id, system=found)


def alternative_named(title: str, names: Mapping[str, str], word: str) -> str:
    """Find the alternative of a step that a word means, by its id or name; BadInput where it is none of them."""
    wanted = word.strip().casefold()
    for system, name in names.items():
        if wanted in (system.casefold(), name.strip().casefold()):
            return system
    raise BadInput(
        f"{shown(title)} cannot be done with {shown(word[:200])}",
        f"write {' or '.join(shown(name) for name in names.values())}",
    )


def alternatives_of(definition: Mapping[str, Any], systems: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Give the names of the systems that a step of a snapshot can be done with, by their ids; none for no choice."""
    return {one: systems.get(one, {}).get("name") or one for one in definition.get("alternatives") or ()}


def amend(run: LiveRun, reading: Reading, step: str, sign: str, length: timedelta) -> Event:
    """Correct the time of a step (`time_of`): `+` and `-` change it, no sign sets it; errors as `corrected_time`."""
    state, _ = current_step(run, reading)
    target = find_step(state, step)
    before = time_of(target)
    change = corrected_time(target.title, before, sign, length) - before
    return happened("corrected", reading, step=target.id, change_seconds=milliseconds(change) / 1000)


def time_of(step: StepState) -> timedelta:
    """Give the time of a step that a correction changes: its active one, or of one only prepared the prepared one."""
    return (step.prepared if step.active is None else step.active) or timedelta()


def corrected_time(title: str, before: timedelta, sign: str, length: timedelta) -> timedelta:
    """Give what a correction makes of a step's time: `+` more, `-` less, no sign just so.

    BadInput where it would go below zero or over 999 hours.
    """
    after = {"+": before + length, "-": before - length}.get(sign, length)
    if after < timedelta():
        remedy = (
            f"take off {written_duration(before)} at most" if before >= timedelta(seconds=1) else "it has no time yet"
        )
        raise BadInput(f"{shown(title)} has only {step_time(before)}", remedy)
    if after > max(before, LONGEST):
        raise BadInput(f"{shown(title)} would be over 999 hours", "write less")
    return after
