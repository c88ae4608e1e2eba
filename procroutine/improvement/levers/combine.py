"""Small neighbouring steps of one system that could be one step (ECRS: combine)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.durations import step_time
from procroutine.improvement.change import merge
from procroutine.improvement.ground import RoutineGround
from procroutine.improvement.levers.chance import Chance
from procroutine.improvement.levers.lever import ZERO, Figure, Lever, Missing
from procroutine.improvement.levers.naming import names_of

if TYPE_CHECKING:
    from procroutine.routine.model import Step

KIND = "combine"
_SMALL = timedelta(minutes=3)
"""A step whose middle time is at most that is small."""


def levers(ground: RoutineGround, chance: Chance) -> Iterator[Lever | Missing]:
    """Name the longest row of small steps; what merging them saves no record can tell, so nothing is claimed."""
    rows = [tuple(step.id for step in row) for row in _rows(ground)]
    if rows:
        yield _lever(ground, max(rows, key=lambda ids: (len(ids), _together(ground, ids))))


def _together(ground: RoutineGround, ids: tuple[str, ...]) -> timedelta:
    return sum((ground.middle(step) or ZERO for step in ids), ZERO)


def _lever(ground: RoutineGround, ids: tuple[str, ...]) -> Lever:
    together = _together(ground, ids)
    system = next(step.systems[0] for step in ground.steps if step.id == ids[0])
    return Lever(
        kind=KIND,
        routine=ground.routine.id,
        steps=ids,
        system=system,
        at_stake=ground.weekly(together),
        sentence=f'Make {names_of(ground, ids)} one step: all are done with "{ground.system(system)}", and together'
        f" they take {step_time(together)}.",
        how="Middle times of neighbouring steps of one system and one person; what merging them saves is not known"
        " before it is tried.",
        evidence=tuple(Figure(what=ground.title(step), length=ground.middle(step) or ZERO) for step in ids),
        tries=tuple(merge(ids[0], other) for other in ids[1:]),
    )


def _rows(ground: RoutineGround) -> Iterator[list[Step]]:
    row: list[Step] = []
    for step in ground.steps:
        if row and not (_is_small(ground, step) and _go_together(row[-1], step)):
            if len(row) > 1:
                yield row
            row = []
        if _is_small(ground, step):
            row.append(step)
    if len(row) > 1:
        yield row


def _go_together(one: Step, following: Step) -> bool:
    """Say whether two steps are done with the same, by the same person, and the one right after the other."""
    same = one.systems == following.systems and one.alternatives == following.alternatives
    return same and one.person == following.person and one.wait is None


def _is_small(ground: RoutineGround, step: Step) -> bool:
    middle = ground.middle(step.id)
    return bool(step.systems) and not step.prepare and not step.optional and middle is not None and middle <= _SMALL
