"""What a routine takes from start to end besides its work: lead time less active time (FORMULAS 6).

It has one meaning wherever it is told: what the present runs paused, waited and slept, in the middle. A
wait goes with its step: it is that of the runs in which the step was done, as the time of the step is. Before
the first run it is the waits that the file names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.improvement.waits import waited_by_step
from procroutine.insight.weekly import median

if TYPE_CHECKING:
    from procroutine.improvement.ground import RoutineGround

ZERO = timedelta()


@dataclass(frozen=True, slots=True)
class Beside:
    """What a finished run took besides its active time."""

    length: timedelta
    """Paused, waiting and asleep."""
    waits: Mapping[str, timedelta]
    """How much of it the run waited in and behind each step."""
    missing: frozenset[str] = frozenset()
    """Steps of the present definition that were not done in it."""
    ahead: frozenset[str] = frozenset()
    """Steps before which it waited: their waits come before them, all others in or behind them."""
    active: timedelta | None = None
    """Its active time; None where that is not told."""

    def has(self, step: str) -> bool:
        """Say whether it tells what is waited at a step."""
        return step not in self.missing or step in self.waits


def usual_waits(runs: Iterable[Beside]) -> dict[str, timedelta]:
    """Give the middle of what was waited in and behind each step, over the runs in which it was done."""
    runs = tuple(runs)
    steps = dict.fromkeys(step for run in runs for step in run.waits)
    return {step: median(run.waits.get(step, ZERO) for run in runs if run.has(step)) or ZERO for step in steps}


def besides(runs: Sequence[Beside], steps: Collection[str], otherwise: Mapping[str, timedelta]) -> timedelta:
    """Give what a run with some steps takes besides its work, in the middle of some runs; nothing without any.

    The waits of other steps are not in it; at a step that a run left out it would have waited as usual. At
    steps that would be done `otherwise` it waits as is said there.
    """
    waits = usual_waits(runs)

    def length(run: Beside) -> timedelta:
        there = ((run.waits.get(step, ZERO) if run.has(step) else waits.get(step, ZERO)) for step in same)
        return run.length - sum(run.waits.values(), ZERO) + sum(there, changed)

    same = [step for step in steps if step not in otherwise]
    changed = sum((otherwise[step] for step in steps if step in otherwise), ZERO)
    return median(map(length, runs)) or ZERO


def beside_of(ground: RoutineGround) -> tuple[Beside, ...]:
    """Give what the present runs of a routine took besides their work, oldest first."""
    return tuple(
        Beside(
            run.lead - run.active,
            waited_by_step(run.waits),
            frozenset(step.id for step in ground.steps if not run.done(step.id)),
            frozenset(wait.step for wait in run.waits if wait.is_ahead and wait.step is not None),
            run.active,
        )
        for run in ground.present.runs
    )


def waited_at(ground: RoutineGround, steps: Collection[str]) -> timedelta:
    """Give what the present runs in which any of some steps was done waited at them, in the middle."""
    runs = [run for run in ground.present.runs if any(map(run.done, steps))]
    waits = (waited_by_step(run.waits) for run in runs)
    return median(sum((one.get(step, ZERO) for step in steps), ZERO) for one in waits) or ZERO
