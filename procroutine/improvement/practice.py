"""When practice will bring a routine to its goal, if it does (FORMULAS 5).

A run gets quicker the more often it was done: T_n = A + B·e^(−αn), the exponential law of practice
(Newell & Rosenbloom 1981 for practice; Heathcote, Brown & Mewhort 2000 for this form of it).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache
from math import exp, log, sqrt
from operator import mul

from procroutine.values import Value

FEWEST = 6
"""Runs that a curve needs."""
_STEP = 1.12
_RATES = tuple(0.01 * _STEP**step for step in range(50))
"""The α that are tried: from 0.01 (seventy runs to half the way) to 2.6 (all of it in a run or two)."""
_GOLDEN = (sqrt(5) - 1) / 2
_NARROWINGS = 18
"""Of the stretch around the best of them: to less than a ten-thousandth of α."""

_ROUNDING = 1e-12


class Curve(Value):
    """A learning curve through the runs of one revision, the first of which is number 1."""

    settles: timedelta
    """A: what practice alone leads to; never below 0."""
    gain: timedelta
    """B: what the run before the first would have taken beyond it; above 0."""
    rate: float
    """α."""
    runs: int
    """Through how many it was drawn."""

    @property
    def shows_its_end(self) -> bool:
        """Whether the runs have come far enough along it to show where it settles: 1 − 1/e of the way, 63 %.

        A curve that is still almost straight settles anywhere.
        """
        return self.rate * self.runs >= 1

    def at(self, number: float) -> timedelta:
        """Give what the curve says of a run."""
        return self.settles + self.gain * exp(-self.rate * number)

    def runs_to(self, goal: timedelta) -> float | None:
        """Give in how many more runs the curve is at a goal, ln(B / (G − A)) / α less those done.

        0 where it is there already; None where practice alone will not get there.
        """
        if self.at(self.runs) <= goal:
            return 0.0
        if goal <= self.settles:
            return None
        return max(0.0, log(self.gain / (goal - self.settles)) / self.rate - self.runs)


def learning_curve(times: Sequence[timedelta], *, roughly: bool = False) -> Curve | None:
    """Fit a curve to the runs of a revision, oldest first, by least squares, with A not below 0.

    A and B follow from α; the best α of a grid is refined between its neighbours. `roughly` leaves it at
    the grid, in steps of an eighth, for those who fit hundreds. None of fewer than six runs, and where no
    curve falls.
    """
    if len(times) < FEWEST:
        return None
    seconds = [time.total_seconds() for time in times]
    found = max((_fit(shape, seconds) for shape in _shapes(len(seconds))), key=lambda fit: fit[0])
    explained, settles, gain, rate = found if roughly else _refined(found, seconds)
    if explained <= _ROUNDING * _dot(seconds, seconds):
        return None
    return Curve(settles=timedelta(seconds=settles), gain=timedelta(seconds=gain), rate=rate, runs=len(seconds))


_Shape = tuple[float, tuple[float, ...], tuple[float, ...], float, float]
"""A rate, e^(−αn) for each run, the same less its mean, that mean, and the sum of squares of what is less."""


@lru_cache(maxsize=16)
def _shapes(count: int) -> tuple[_Shape, ...]:
    return tuple(_shape(rate, count) for rate in _RATES)


def _shape(rate: float, count: int) -> _Shape:
    falling = tuple(exp(-rate * number) for number in range(1, count + 1))
    mean = sum(falling) / count
    apart = tuple(each - mean for each in falling)
    return rate, falling, apart, mean, _dot(apart, apart)


_Fit = tuple[float, float, float, float]
"""How much less the squares beside the curve are than beside the mean, A, B and α."""


def _refined(found: _Fit, seconds: Sequence[float]) -> _Fit:
    """Look for a better α within a step of the grid, by golden section of its logarithm (Kiefer 1953)."""
    low, high = log(found[-1] / _STEP), log(found[-1] * _STEP)
    for _ in range(_NARROWINGS):
        reach = (high - low) * _GOLDEN
        left, right = (_fit(_shape(exp(one), len(seconds)), seconds) for one in (high - reach, low + reach))
        found = max(found, left, right, key=lambda fit: fit[0])
        low, high = (low, low + reach) if left[0] > right[0] else (high - reach, high)
    return found


def _fit(shape: _Shape, seconds: Sequence[float]) -> _Fit:
    """Give how much less the squares beside the curve are than beside the mean, A, B and α; 0 less where it rises."""
    rate, falling, apart, mean, squares = shape
    along = _dot(apart, seconds)
    gain = along / squares
    if gain <= 0:
        return 0.0, 0.0, 0.0, rate
    middle = sum(seconds) / len(seconds)
    settles = middle - gain * mean
    if settles >= 0:
        return along * gain, settles, gain, rate
    through = _dot(falling, seconds)
    gain = through / _dot(falling, falling)
    return through * gain - len(seconds) * middle * middle, 0.0, gain, rate


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return float(sum(map(mul, one, other)))
