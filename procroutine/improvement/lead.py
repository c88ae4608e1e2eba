"""What a routine takes from start to end besides its work: lead time less active time (FORMULAS 6).

It has one meaning wherever it is told: what the finished runs paused, waited and slept; and before
the first of them the waits that the file names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.history.targets import usual
from procroutine.improvement.waits import waited_by_step

if TYPE_CHECKING:
    from procroutine.improvement.ground import RoutineGround
    from procroutine.routine.model import Step

ZERO = timedelta()


@dataclass(frozen=True, slots=True)
class Beside:
    """What a finished run took besides its active time."""

    length: timedelta
    """Paused, waiting and asleep."""
    waits: Mapping[str, timedelta]
    """How much of it the run waited in and behind each step."""

    def without(self, gone: Collection[str]) -> timedelta:
        """Give it without the waits of steps that are gone."""
        return self.length - sum((length for step, length in self.waits.items() if step in gone), ZERO)


def besides(lengths: Sequence[timedelta], steps: Iterable[Step]) -> timedelta:
    """Give what a run takes besides its work; `lengths` are those of finished runs, oldest first."""
    if lengths:
        return usual(lengths) or ZERO
    return sum((step.wait for step in steps if step.wait and not step.prepare), ZERO)


def beside_of(ground: RoutineGround) -> tuple[Beside, ...]:
    """Give what the present runs of a routine took besides their work, oldest first."""
    return tuple(Beside(run.lead - run.active, waited_by_step(run.waits)) for run in ground.present.runs)


def over_sooner(ground: RoutineGround, gone: Collection[str]) -> timedelta:
    """Give by how much a run would be over sooner, beyond the work that is saved, without some steps."""
    runs = beside_of(ground)
    now, then = (besides([run.without(steps) for run in runs], ()) for steps in ((), gone))
    return max(ZERO, now - then)
