"""What a revision changed in a few words, by the runs on either side of it, so that one knows what to keep."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from procroutine.improvement.levers.naming import listed, names_of

if TYPE_CHECKING:
    from procroutine.improvement.ground import GroundRun, RoutineGround, StepPart

_MOST = 3
"""Steps that are named of one sort of change; of more only how many."""


def what_changed(ground: RoutineGround, before: Sequence[GroundRun], since: Sequence[GroundRun]) -> str:
    """Give such as `without "Check", "Match" by Mia`; empty where no run tells.

    Whether a step was changed that is another one by now, before the revision as well as since, no run tells.
    """
    changes = [*_changes(ground, _parts(before), _parts(since))]
    return ", ".join([*changes, *(["in another order"] if _order(before, since) != _order(since, before) else [])])


def _order(runs: Sequence[GroundRun], others: Sequence[GroundRun]) -> list[str]:
    """Give the steps of the list of the newest of some runs that are in that of the others too."""
    newest, other = ({} if not each else each[-1].steps for each in (runs, others))
    return [step for step in newest if step in other]


def _parts(runs: Sequence[GroundRun]) -> dict[str, list[StepPart]]:
    found: dict[str, list[StepPart]] = {}
    for run in runs:
        for step, part in run.steps.items():
            found.setdefault(step, []).append(part)
    return found


def _changes(
    ground: RoutineGround, before: dict[str, list[StepPart]], since: dict[str, list[StepPart]]
) -> Iterator[str]:
    gone, new = ([step for step in one if step not in other] for one, other in ((before, since), (since, before)))
    both = [step for step in since if step in before]
    changed = [step for step in both if {part.same for part in before[step]} != {part.same for part in since[step]}]
    for lead, steps in (("without ", gone), ("with ", new), ("another ", changed)):
        if steps:
            yield lead + (names_of(ground, steps) if len(steps) <= _MOST else f"{len(steps)} steps")
    for step in both:
        yield from _otherwise(ground, step, before[step], since[step])


def _otherwise(ground: RoutineGround, step: str, before: list[StepPart], since: list[StepPart]) -> Iterator[str]:
    """Say by whom and with what a step is done since, where that was one person or set of systems and is another."""
    people = [{part.person for part in parts} for parts in (before, since)]
    if all(len(one) == 1 for one in people) and people[0] != people[1]:
        person = since[0].person
        yield f"{names_of(ground, [step])} by {person if person is not None else ground.routine.owner or 'nobody else'}"
    systems = [{part.systems for part in parts} for parts in (before, since)]
    if all(len(one) == 1 for one in systems) and systems[0] != systems[1] and since[0].systems:
        yield f"{names_of(ground, [step])} with {listed(map(ground.system, since[0].systems))}"
