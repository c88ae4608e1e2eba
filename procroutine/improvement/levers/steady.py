"""Steps whose times spread far around their middle: there is no fixed way of doing them (ECRS: simplify).

Nothing is promised of them: whether the slow runs come down to the middle no record shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from math import exp, log, sqrt
from statistics import NormalDist, fmean
from typing import TYPE_CHECKING

from procroutine.durations import step_time
from procroutine.improvement.ground import RoutineGround, middle_of
from procroutine.improvement.levers.chance import Chance, sureness
from procroutine.improvement.levers.lever import Figure, Lever, Missing
from procroutine.improvement.levers.planned import share_done
from procroutine.improvement.more_runs import LIKELY

if TYPE_CHECKING:
    from procroutine.routine.model import Step

KIND = "steady"
LARGE = 0.45
"""The spread of the logarithms from which one is large: one run of three lies beyond a factor of 1.57 of the middle."""
_FEWEST = 12
"""Times that a step needs."""
_MEAN_RANGE = 1.128
"""From the mean of moving ranges to the standard deviation of normal values (FORMULAS 2)."""
_FREEDOM = 0.62
"""Degrees of freedom of a mean of moving ranges for each range (Wheeler 1995, *Advanced Topics*, for n = 2)."""
_SHORTEST = timedelta(milliseconds=1)
_UNSURE = "That the spread is so large is likely, and may still be chance."


def levers(ground: RoutineGround, chance: Chance) -> Iterator[Lever | Missing]:
    """Find steps that surely spread far, from one run to the next, so that a slow drift is no spread."""
    asked = [
        (step, times) for step in ground.steps if not step.prepare and len(times := ground.times(step.id)) >= _FEWEST
    ]
    tail = chance.tail(KIND, len(asked))
    for step, times in asked:
        spread = spread_of(times)
        if least_spread(spread, len(times), LIKELY / len(asked)) > LARGE:
            lever = _lever(ground, step, times, tail)
            yield lever if least_spread(spread, len(times), tail) > LARGE else lever.replaced(how=_UNSURE)


def spread_of(times: Sequence[timedelta]) -> float:
    """Give the standard deviation of the logarithms of at least two times, by their moving ranges."""
    logarithms = [log(max(time, _SHORTEST) / _SHORTEST) for time in times]
    return fmean(abs(after - before) for before, after in pairwise(logarithms)) / _MEAN_RANGE


def least_spread(spread: float, count: int, tail: float) -> float:
    """Give how large the true spread is at least, by chi-square with the degrees of freedom of moving ranges.

    The quantile of chi-square by Wilson and Hilferty 1931.
    """
    freedom = _FREEDOM * (count - 1)
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
            Figure(what="one of three is off by a factor over", count=exp(spread_of(times))),
            Figure(what="times a week", count=a_week),
        ),
    )
