"""Intervals that hold whatever the times are distributed like, and a test for a trend; all exact, nothing is drawn.

A `tail` is the chance with which the true value lies beyond one end of the interval. Where a claim
needs a very small one, a handful of runs gives no end at all: then None.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache
from itertools import accumulate
from math import comb

from procroutine.insight.weekly import median
from procroutine.values import Value

ZERO = timedelta()


class Interval(Value):
    """An estimate, and between what it lies."""

    estimate: timedelta
    low: timedelta
    high: timedelta

    def times(self, factor: float) -> Interval:
        """Give so many times of it."""
        return Interval(estimate=self.estimate * factor, low=self.low * factor, high=self.high * factor)

    def less(self, other: Interval) -> Interval | None:
        """Give it less what is as little known; None where that may be nothing."""
        if self.low <= other.high:
            return None
        return Interval(estimate=self.estimate - other.estimate, low=self.low - other.high, high=self.high - other.low)


def median_interval(values: Sequence[timedelta], tail: float) -> Interval | None:
    """Give the median of values with its interval by order statistics (any textbook; Conover 1999, 3.2).

    The k-th smallest and the k-th largest, with the largest k for which fewer than k of n values lie
    below the true median with a chance of at most `tail`.
    """
    ordered, middle = sorted(values), median(values)
    count = len(ordered)
    chances = accumulate(comb(count, below) / 2**count for below in range(count // 2))
    place = sum(chance <= tail for chance in chances)
    if middle is None or not place:
        return None
    return Interval(estimate=middle, low=ordered[place - 1], high=ordered[count - place])


def shift_interval(first: Sequence[timedelta], second: Sequence[timedelta], tail: float) -> Interval | None:
    """Give by how much the first times are longer than the second (Hodges & Lehmann 1963).

    The median of all differences of a first and a second time. Its interval inverts the rank-sum test
    (Mann & Whitney 1947): order statistics of the differences, by the exact distribution. None where
    there is no pair, or too few for that tail.
    """
    differences = sorted(one - other for one in first for other in second)
    estimate = median(differences)
    if estimate is None:
        return None
    place = left_out(*sorted((len(first), len(second))), tail)
    if not place:
        return None
    return Interval(estimate=estimate, low=differences[place - 1], high=differences[-place])


@lru_cache(maxsize=512)
def left_out(first: int, second: int, tail: float) -> int:
    """Give how many of the smallest differences of so many times may be left out; `first` is no more than `second`."""
    ways = _ways(first, second)
    return bisect_right(list(accumulate(ways)), tail * sum(ways))


@lru_cache(maxsize=512)
def _ways(first: int, second: int) -> list[int]:
    """Count the orders of two groups by how many pairs stand the wrong way round: the Gaussian binomial."""
    length = first * second + 1
    ways = [1] + [0] * (length - 1)
    for factor in range(1, first + 1):
        step = second + factor
        for place in range(length - 1, step - 1, -1):
            ways[place] -= ways[place - step]
        for place in range(factor, length):
            ways[place] += ways[place - factor]
    return ways


def chance_of_fall(values: Sequence[timedelta]) -> float:
    """Give the chance that as many pairs of values without a trend would fall (Kendall 1938, Mann 1945), exactly.

    Pairs of equal values count as rising, which is the careful side.
    """
    falls = sum(later < earlier for place, later in enumerate(values) for earlier in values[:place])
    ways = _falls(len(values))
    return sum(ways[falls:]) / sum(ways)


@lru_cache(maxsize=64)
def _falls(count: int) -> list[int]:
    """Count the orders of so many values by how many pairs of them fall.

    One more value falls behind none to all of those before it: each count is the sum of as many neighbours.
    """
    ways = [1]
    for size in range(2, count + 1):
        sums = [*accumulate(ways, initial=0)]
        sums += [sums[-1]] * (size - 1)
        ways = [more - (sums[place - size] if place >= size else 0) for place, more in enumerate(sums) if place]
    return ways


def theil_sen(values: Sequence[timedelta]) -> timedelta:
    """Give the change from one value to the next: the median of the slopes of all pairs (Theil 1950, Sen 1968)."""
    slopes = [
        (later - values[earlier]) / (place - earlier) for place, later in enumerate(values) for earlier in range(place)
    ]
    return median(slopes) or ZERO
