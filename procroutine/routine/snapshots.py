"""The JSON form of a routine, which its runs carry and its revisions keep.

Left out, besides everything that is absent or at its default: `analysis`, `review_every`,
`previous_ids` and the files it was made from, none of which a run needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any, TypeVar

from procroutine.choices import Choice
from procroutine.routine.model import Bell, GoalPer, Phase, Routine, Step, System
from procroutine.routine.schedule import parse_schedule

Words = TypeVar("Words", bound=Choice)

_SECOND = timedelta(seconds=1)
_TEXTS = ("purpose", "input", "output", "owner")
_STEP_TEXTS = ("person", "instructions", "section")
_STEP_LISTS = ("systems", "checklist", "after", "alternatives")
_STEP_FLAGS = ("optional", "prepare")


def snapshot_of(routine: Routine) -> dict[str, Any]:
    """Give a routine as JSON can hold it; lengths are whole seconds, in keys that end in `_seconds`."""
    made: dict[str, Any] = {"id": routine.id, "name": routine.name}
    _put(made, routine, _TEXTS)
    _put_seconds(made, goal=routine.goal)
    if routine.goal_per is not GoalPer.RUN:
        made["goal_per"] = routine.goal_per.value
    if routine.phase is not Phase.TESTING:
        made["phase"] = routine.phase.value
    if routine.schedule is not None:
        made["schedule"] = routine.schedule.text
    if routine.tags:
        made["tags"] = list(routine.tags)
    if routine.systems:
        made["systems"] = {system.id: _system(system) for system in routine.systems.values()}
    made["steps"] = [_step(step) for step in routine.steps]
    return made


def _put(made: dict[str, Any], source: object, names: Iterable[str], form: Callable[[Any], Any] = str) -> None:
    """Copy the attributes that are there."""
    made.update({name: form(value) for name in names if (value := getattr(source, name))})


def _put_seconds(made: dict[str, Any], **lengths: timedelta | None) -> None:
    made.update({f"{name}_seconds": length // _SECOND for name, length in lengths.items() if length is not None})


def _system(system: System) -> dict[str, Any]:
    made: dict[str, Any] = {"name": system.name}
    _put(made, system, ("url", "notes"))
    return made


def _step(step: Step) -> dict[str, Any]:
    made: dict[str, Any] = {"id": step.id, "title": step.title}
    _put_seconds(made, planned=step.planned, wait=step.wait)
    _put(made, step, _STEP_TEXTS)
    _put(made, step, _STEP_LISTS, list)
    _put(made, step, _STEP_FLAGS, bool)
    if step.bell is not None:
        made["bell"] = step.bell.value
    return made


def routine_from_snapshot(snapshot: dict[str, Any]) -> Routine:
    """Give back the routine that a snapshot was taken of, but for what snapshots leave out."""
    return Routine(**steps_and_systems_from_snapshot(snapshot), **fields_from_snapshot(snapshot))


def steps_and_systems_from_snapshot(snapshot: dict[str, Any]) -> dict[str, Any]:
    """Give back the steps and systems of the routine that a snapshot was taken of, by the names of the fields."""
    return {
        "steps": tuple(_step_from(step) for step in snapshot["steps"]),
        "systems": {name: System(id=name, **fields) for name, fields in snapshot.get("systems", {}).items()},
    }


def fields_from_snapshot(snapshot: dict[str, Any]) -> dict[str, Any]:
    """Give back all else of that routine that the snapshot holds, by the names of the fields."""
    schedule = snapshot.get("schedule")
    return {
        "id": snapshot["id"],
        "name": snapshot["name"],
        "purpose": snapshot.get("purpose"),
        "goal": _length(snapshot, "goal"),
        "goal_per": _word(GoalPer, snapshot.get("goal_per")) or GoalPer.RUN,
        "phase": _word(Phase, snapshot.get("phase")) or Phase.TESTING,
        "schedule": parse_schedule(schedule) if schedule is not None else None,
        "input": snapshot.get("input"),
        "output": snapshot.get("output"),
        "owner": snapshot.get("owner"),
        "tags": tuple(snapshot.get("tags", ())),
    }


def _step_from(step: dict[str, Any]) -> Step:
    return Step(
        id=step["id"],
        title=step["title"],
        planned=_length(step, "planned"),
        systems=tuple(step.get("systems", ())),
        person=step.get("person"),
        instructions=step.get("instructions"),
        checklist=tuple(step.get("checklist", ())),
        after=tuple(step.get("after", ())),
        optional=step.get("optional", False),
        prepare=step.get("prepare", False),
        wait=_length(step, "wait"),
        section=step.get("section"),
        bell=_word(Bell, step.get("bell")),
        alternatives=tuple(step.get("alternatives", ())),
    )


def _length(source: dict[str, Any], name: str) -> timedelta | None:
    seconds = source.get(f"{name}_seconds")
    return timedelta(seconds=seconds) if seconds is not None else None


def _word(words: type[Words], value: str | None) -> Words | None:
    return words(value) if value is not None else None
