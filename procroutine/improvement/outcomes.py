"""Whether the output is right as often without something as with it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from math import comb, sqrt
from typing import TYPE_CHECKING

from procroutine.values import Value

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
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
    return _counted(run.outcome for run in runs if run.finished)


def outcomes_of_heads(heads: Iterable[RunHead]) -> Outcomes:
    """Count the same from the heads of finished runs."""
    return _counted(head.outcome for head in heads)


def _counted(outcomes: Iterable[str | None]) -> Outcomes:
    known = [outcome for outcome in outcomes if outcome is not None]
    return Outcomes(right=known.count("met"), known=len(known))


def saying(known: int, runs: str) -> str:
    """Say how many of some runs tell what came of them: `3 of the last 9 runs say`, `none of the last 9 runs says`."""
    return f"{known or 'none'} of {runs} {'say' if known > 1 else 'says'}"


def chance_if_worse(without: Outcomes, beside: Outcomes, beyond: float = 0.0) -> float:
    """Give how likely outcomes like these would be at most, were the output right less often without it by `MARGIN`.

    The exact unconditional test of non-inferiority: the largest chance over all true shares of a
    result at least so far from the margin (Barnard 1945; ordered as by Chan 1998, by the
    standardised difference, here with one right and one wrong run added to each side). Shares are
    left out that these outcomes rule out but for a chance of `beyond`, set in advance, which is
    added (Berger & Boos 1994): shares of a half make for wide chances, and tell nothing of a
    routine that is right nine times of ten.
    """
    seen = _distance(without.right, without.known, beside.right, beside.known) - _ROUNDING
    # The more are right with it, the nearer to the margin: so of each number right without, those up to one count.
    most = [
        bisect_right(
            range(beside.known + 1), -seen, key=lambda theirs: -_distance(ours, without.known, theirs, beside.known)
        )
        for ours in range(without.known + 1)
    ]
    shares = [MARGIN + (1 - MARGIN) * place / _GRID for place in range(_GRID + 1)]
    drawn = [(_binomial(without.known, share - MARGIN), _binomial(beside.known, share)) for share in shares]
    # A quarter for each end of each of the two shares.
    can_be = [
        _is_possible(mine, without.right, beyond / 4) and _is_possible(theirs, beside.right, beyond / 4)
        for mine, theirs in drawn
    ]
    # With the next ones on either side, between which the bound of what is possible lies.
    looked_at = [pair for place, pair in enumerate(drawn) if any(can_be[max(0, place - 1) : place + 2])]
    if not looked_at:  # no shares that far apart are possible, so these are surely nearer, or surely further
        return beyond if without.share + MARGIN > beside.share else 1.0
    return min(1.0, beyond + max(_chance(most, mine, theirs) for mine, theirs in looked_at))


def _is_possible(chances: Sequence[float], seen: int, tail: float) -> bool:
    """Say whether neither so few nor so many are as unlikely as `tail` (Clopper & Pearson 1934)."""
    return sum(chances[: seen + 1]) > tail and sum(chances[seen:]) > tail


def is_surely_worse(without: Outcomes, beside: Outcomes) -> bool:
    """Say whether the output was right less often without it, by more than chance.

    Then the outcome suffered, and it does not matter that it suffered less than the margin.
    """
    return chance_of_so_few(without, beside) <= WORSE


def chance_of_so_few(without: Outcomes, beside: Outcomes) -> float:
    """Give the chance of so few right runs without it, were it no matter (Fisher's exact test, one-sided)."""
    known, wrong = without.known + beside.known, without.known - without.right
    all_wrong = wrong + beside.known - beside.right
    as_many = range(wrong, min(without.known, all_wrong) + 1)
    ways = sum(comb(without.known, count) * comb(beside.known, all_wrong - count) for count in as_many)
    return ways / comb(known, all_wrong)


def _distance(ours: int, own: int, theirs: int, other: int) -> float:
    """Give how many standard errors the difference lies above the margin."""
    mine, beside = (ours + 1) / (own + 2), (theirs + 1) / (other + 2)
    error = sqrt(mine * (1 - mine) / (own + 2) + beside * (1 - beside) / (other + 2))
    return (mine - beside + MARGIN) / error


def _chance(most: Sequence[int], mine: Sequence[float], theirs: Sequence[float]) -> float:
    """Give the chance that with some number right without, fewer than so many are right with it."""
    fewer = [0.0, *accumulate(theirs)]
    return sum(chance * fewer[count] for chance, count in zip(mine, most, strict=True))


def _binomial(count: int, share: float) -> list[float]:
    return [comb(count, hits) * share**hits * (1 - share) ** (count - hits) for hits in range(count + 1)]
