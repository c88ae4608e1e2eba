"""Steps whose times spread far around their middle: there is no fixed way of doing them (ECRS: simplify).

Nothing is promised of them: whether the slow runs come down to the middle no record shows. What takes
another time with another system, by another person or where another step is left out has a fixed way
in each case: then the spread is that of the times of one case.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from itertools import pairwise
from math import log, sqrt
from statistics import NormalDist, fmean
from typing import TYPE_CHECKING

from procroutine.durations import step_time
from procroutine.improvement.ground import RoutineGround, middle_of
from procroutine.improvement.levers.chance import Chance, sureness
from procroutine.improvement.levers.lever import Figure, Lever, Missing
from procroutine.improvement.levers.planned import share_done
from procroutine.improvement.more_runs import LIKELY

if TYPE_CHECKING:
    from procroutine.improvement.ground import GroundRun, StepPart
    from procroutine.routine.model import Step

KIND = "steady"
LARGE = 0.45
"""The spread of the logarithms from which one is large: one run of three lies beyond a factor of 1.57 of the middle."""
_FEWEST = 12
"""Times that a step needs."""
_MEAN_RANGE = 1.128
"""From the mean of moving ranges to the standard deviation of normal values (FORMULAS 2)."""
_FEWEST_OF_A_CASE = 3
"""Runs with another step, and without it."""
_FREEDOM = 0.62
"""Degrees of freedom of a mean of moving ranges for each range (Wheeler 1995, *Advanced Topics*, for n = 2)."""
_SHORTEST = timedelta(milliseconds=1)
_UNSURE = "That the spread is so large is likely, and may still be chance."


def levers(ground: RoutineGround, chance: Chance) -> Iterator[Lever | Missing]:
    """Find steps that surely spread far, from one run to the next, so that a slow drift is no spread."""
    asked = [
        (step, runs) for step in ground.steps if not step.prepare and len(runs := ground.timed(step.id)) >= _FEWEST
    ]
    tail = chance.tail(KIND, len(asked))
    for step, runs in asked:
        is_sure = _is_unsteady(step.id, runs, tail)
        if is_sure or _is_unsteady(step.id, runs, LIKELY / len(asked)):
            lever = _lever(ground, step, ground.times(step.id), tail)
            yield lever if is_sure else lever.replaced(how=_UNSURE)


def _is_unsteady(step: str, runs: Sequence[GroundRun], tail: float) -> bool:
    """Say whether the spread is large, however the runs are parted into cases."""
    return all(_least(_logarithms(step, runs, way), tail) > LARGE for way in _ways(step, runs))


def _ways(step: str, runs: Sequence[GroundRun]) -> Iterator[Callable[[GroundRun], object]]:
    """Give what may make cases of the runs: nothing, how the step was done, and each step that now and then is."""
    yield lambda _: None
    yield lambda run: _done_by(run.steps[step])
    for other in dict.fromkeys(other for run in runs for other in run.steps if other != step):
        if _is_now_and_then(runs, other):
            yield partial(_does, step=other)


def _done_by(part: StepPart) -> object:
    return frozenset(part.systems), part.person


def _does(run: GroundRun, step: str) -> bool:
    return run.done(step)


def _is_now_and_then(runs: Sequence[GroundRun], step: str) -> bool:
    done = sum(run.done(step) for run in runs)
    return min(done, len(runs) - done) >= _FEWEST_OF_A_CASE


def _logarithms(step: str, runs: Iterable[GroundRun], case: Callable[[GroundRun], object]) -> Iterable[Sequence[float]]:
    """Give the logarithms of the times of a step by case."""
    by_case: dict[object, list[float]] = defaultdict(list)
    for run in runs:
        by_case[case(run)].append(log(max(run.steps[step].timed or _SHORTEST, _SHORTEST) / _SHORTEST))
    return by_case.values()


def _least(cases: Iterable[Sequence[float]], tail: float) -> float:
    ranges = [abs(after - before) for one in cases for before, after in pairwise(one)]
    return least_spread(fmean(ranges) / _MEAN_RANGE, len(ranges), tail) if ranges else 0.0


def least_spread(spread: float, ranges: int, tail: float) -> float:
    """Give how large the true spread is at least, by chi-square with the degrees of freedom of moving ranges.

    The quantile of chi-square by Wilson and Hilferty 1931.
    """
    freedom = _FREEDOM * ranges
    part = 2 / (9 * freedom)
    quantile = freedom * (1 - part + NormalDist().inv_cdf(1 - tail) * sqrt(part)) ** 3
    return spread * sqrt(freedom / quantile)


def excess(times: Sequence[timedelta]) -> timedelta:
    """Give what a run takes over the middle in the mean, none counted that is quicker."""
    middle = middle_of(times)
    return sum((max(time - middle, timedelta()) for time in times), timedelta()) / len(times)


def _lever(ground: RoutineGround, step: Step, times: tuple[timedelta, ...], tail: float) -> Lever:
    ordered, middle, over = sorted(times), middle_of(times), excess(times)
    a_week = ground.a_week * share_done(ground, step.id)
    low, high = ordered[len(ordered) // 6], ordered[-1 - len(ordered) // 6]
    advice = "look at its instructions" if step.instructions else "write its instructions"
    return Lever(
        kind=KIND,
        routine=ground.routine.id,
        steps=(step.id,),
        person=step.person,
        is_likely=True,
        at_stake=over * a_week,
        sentence=f'"{step.title}" takes anything from {step_time(low)} to {step_time(high)}, so there is no fixed way'
        f" of doing it: {advice}.",
        how=f"A week's worth is what the last {len(times)} times took over their middle, in the mean, times"
        f" {a_week:.2f}: saved if the slow ones come down to the middle, which no record shows. That the spread is"
        f" large is sure at {sureness(tail)}.",
        evidence=(
            Figure(what="middle time", length=middle),
            Figure(what="over the middle, in the mean", length=over),
            Figure(what="one of six takes less than", length=low),
            Figure(what="one of six takes more than", length=high),
            Figure(what="times a week", count=a_week),
        ),
    )
