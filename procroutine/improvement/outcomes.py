"""Whether the output is right as often without something as with it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from math import comb, sqrt
from typing import TYPE_CHECKING

from procroutine.values import Value

if TYPE_CHECKING:
    from procroutine.improvement.ground import GroundRun

MARGIN = 0.3
"""Without it the output may be wrong in three runs of ten more, not in as many; set before looking at any run."""
WORSE = 0.05
"""Chance from which on fewer right runs without it are no chance any more."""
_GRID = 40
"""Shares at which the chance is looked at."""
_ROUNDING = 1e-12


class Outcomes(Value):
    """How many runs produced their output."""

    right: int
    known: int
    """Of those that say."""

    @property
    def share(self) -> float:
        """The part that did."""
        return self.right / self.known if self.known else 0.0

    @property
    def words(self) -> str:
        """Say it as `23 of 26 runs`."""
        return f"{self.right} of {self.known} runs"


def outcomes_of(runs: Iterable[GroundRun]) -> Outcomes:
    """Count the finished runs that say what came of them; only `met` is right."""
    known = [run.outcome for run in runs if run.finished and run.outcome is not None]
    return Outcomes(right=known.count("met"), known=len(known))


def chance_if_worse(without: Outcomes, beside: Outcomes, margin: float = MARGIN) -> float:
    """Give how likely outcomes like these would be at most, were the output right less often without it by `margin`.

    The exact unconditional test of non-inferiority: the largest chance over all true shares of a
    result at least so far from the margin (Barnard 1945; ordered as by Chan 1998, by the
    standardised difference, here with one right and one wrong run added to each side).
    """
    seen = _distance(without.right, without.known, beside.right, beside.known, margin) - _ROUNDING
    # The more are right with it, the nearer to the margin: so of each number right without, those up to one count.
    most = [
        bisect_right(
            range(beside.known + 1),
            -seen,
            key=lambda theirs: -_distance(ours, without.known, theirs, beside.known, margin),
        )
        for ours in range(without.known + 1)
    ]
    shares = (margin + (1 - margin) * place / _GRID for place in range(_GRID + 1))
    return min(1.0, max(_chance(most, without.known, share - margin, beside.known, share) for share in shares))


def is_surely_worse(without: Outcomes, beside: Outcomes) -> bool:
    """Say whether the output was right less often without it, by more than chance (Fisher's exact test, one-sided).

    Then the outcome suffered, and it does not matter that it suffered less than the margin.
    """
    known, wrong = without.known + beside.known, without.known - without.right
    all_wrong = wrong + beside.known - beside.right
    as_many = range(wrong, min(without.known, all_wrong) + 1)
    ways = sum(comb(without.known, count) * comb(beside.known, all_wrong - count) for count in as_many)
    return ways <= WORSE * comb(known, all_wrong)


def _distance(ours: int, own: int, theirs: int, other: int, margin: float) -> float:
    """Give how many standard errors the difference lies above the margin."""
    mine, beside = (ours + 1) / (own + 2), (theirs + 1) / (other + 2)
    error = sqrt(mine * (1 - mine) / (own + 2) + beside * (1 - beside) / (other + 2))
    return (mine - beside + margin) / error


def _chance(most: Sequence[int], own: int, mine: float, other: int, beside: float) -> float:
    """Give the chance that with some number right without, fewer than so many are right with it."""
    fewer = [0.0, *accumulate(_binomial(other, beside))]
    return sum(chance * fewer[count] for chance, count in zip(_binomial(own, mine), most, strict=True))


def _binomial(count: int, share: float) -> list[float]:
    return [comb(count, hits) * share**hits * (1 - share) ** (count - hits) for hits in range(count + 1)]
