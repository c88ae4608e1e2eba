"""Generated pasts of a routine, whose truth is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from math import exp, sqrt
from random import Random

from procroutine.improvement.ground import DONE, SKIPPED, Ground, GroundRun, RoutineGround, StepPart, Wait
from procroutine.routine.model import Routine, Step, System

NOW = datetime(2026, 11, 19, 14, 5, tzinfo=UTC)
FIRST = date(2024, 1, 1)
ZERO = timedelta()


def minutes(count: float) -> timedelta:
    return timedelta(milliseconds=round(count * 60_000))


@dataclass
class Played:
    """One run as it is to be: what a story changes before it is recorded."""

    times: dict[str, float]
    """Minutes of the steps, in the order in which they are done."""
    skipped: set[str] = field(default_factory=set)
    systems: dict[str, tuple[str, ...]] = field(default_factory=dict)
    prepared: dict[str, float] = field(default_factory=dict)
    waits: list[Wait] = field(default_factory=list)
    outcome: str | None = None
    absent: set[str] = field(default_factory=set)
    """Steps that its definition did not have."""
    revision: int = 1
    other_work: set[str] = field(default_factory=set)
    """Steps that had other work in them than the present definition says."""
    finished: bool = True


def step(step_id: str, system: str = "desk", planned: float | None = None, **given: object) -> Step:
    fields = {"title": step_id.capitalize(), "systems": (system,), "planned": planned and minutes(planned)} | given
    return Step(id=step_id, **fields)  # type: ignore[arg-type]  # the fields are those of the call


def routine(*steps: Step, **given: object) -> Routine:
    systems = {name: System(id=name, name=name.capitalize()) for one in steps for name in one.systems}
    return Routine(**{"id": "posts", "name": "Weekly posts", "steps": steps, "systems": systems} | given)  # type: ignore[arg-type]  # as above


def recorded(definition: Routine, played: Played, number: int) -> GroundRun:
    parts = {}
    for one in definition.steps:
        if one.id in played.absent:
            continue
        there = one.id in played.times and one.id not in played.skipped
        active = minutes(played.times[one.id]) if there and one.id not in played.prepared else None
        parts[one.id] = StepPart(
            id=one.id,
            state=DONE if there else SKIPPED,
            active=active,
            prepared=minutes(played.prepared[one.id]) if one.id in played.prepared else None,
            systems=played.systems.get(one.id, one.systems),
            person=one.person,
            same=one.id not in played.other_work,
        )
    total = sum((part.active or ZERO for part in parts.values()), ZERO)
    waiting = sum((wait.length for wait in played.waits), ZERO)
    return GroundRun(
        id=f"{number}",
        day=FIRST + timedelta(weeks=number),
        finished=played.finished,
        revision=played.revision,
        active=total,
        waiting=waiting,
        lead=total + waiting,
        outcome=played.outcome,
        steps=parts,
        order=tuple(step_id for step_id in played.times if step_id not in played.skipped | played.absent),
        waits=tuple(played.waits),
    )


def ground(definition: Routine, runs: Sequence[Played], a_week: float = 1.0) -> RoutineGround:
    made = tuple(recorded(definition, played, number) for number, played in enumerate(runs))
    return RoutineGround(routine=definition, runs=made, a_week=a_week, total_runs=sum(run.finished for run in made))


def alone(one: RoutineGround) -> Ground:
    return Ground(routines=(one,), now=NOW)


def dependent(
    random: Random, middles: Mapping[str, float], spread: float, likeness: float
) -> Iterator[dict[str, float]]:
    """Draw times as `noisy` does, run after run, whose logarithms are correlated from one run to the next."""
    widths = {"": spread / 2} | dict.fromkeys(middles, spread)
    beside = {name: random.gauss(0, width) for name, width in widths.items()}
    while True:
        yield {name: middle * exp(beside[""] + beside[name]) for name, middle in middles.items()}
        for name, width in widths.items():
            beside[name] = likeness * beside[name] + sqrt(1 - likeness**2) * random.gauss(0, width)


def noisy(random: Random, middles: Mapping[str, float], spread: float) -> dict[str, float]:
    """Draw times whose logarithms are normal around their middles; a bad day slows all steps down."""
    day = random.gauss(0, spread / 2)
    return {name: middle * exp(day + random.gauss(0, spread)) for name, middle in middles.items()}
