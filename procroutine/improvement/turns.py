"""With which of its alternatives a step is done now: with one of them, or with each in its turn."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from procroutine.improvement.levers.rivals import NOW, alternative_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from procroutine.improvement.ground import RoutineGround
    from procroutine.routine.model import Step


@dataclass(frozen=True, slots=True)
class Turn:
    """How a step with alternatives is done now and then."""

    systems: tuple[str, ...]
    """All that it is done with then."""
    share: float
    """In what part of the newest runs with it, from 0 to 1."""


def turns_of(ground: RoutineGround) -> dict[str, tuple[Turn, ...]]:
    """Give for steps with alternatives how their newest runs did them, the most frequent first; nothing without any."""
    found = ((step.id, _turns(ground, step)) for step in ground.steps if len(step.alternatives) > 1)
    return {step_id: turns for step_id, turns in found if turns}


def _turns(ground: RoutineGround, step: Step) -> tuple[Turn, ...]:
    parts = (run.steps[step.id] for run in reversed(ground.finished) if run.done(step.id))
    used = [tuple(part.systems) for part in parts if alternative_of(step, part.systems) is not None][:NOW]
    return tuple(Turn(systems, count / len(used)) for systems, count in Counter(used).most_common())


def used_of(turns: Mapping[str, tuple[Turn, ...]]) -> dict[str, tuple[str, ...]]:
    """Give the systems that each such step was done with most often, as `flow.settled` takes them."""
    return {step_id: own[0].systems for step_id, own in turns.items()}
