"""Did a change help? One revision's runs before and after it (FORMULAS 3)."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from itertools import accumulate
from math import ceil, exp, floor, lgamma, log, log1p, sqrt

from procroutine.insight.weekly import median

FEWEST = 3
"""Runs that each side needs."""
RECENT = 8
"""Runs of the old revision that count: its last ones."""
TAIL = 0.025
"""Left out at each end, for an interval of 95 %."""
_UNLIKELY = 1e-15
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a revision changed."""

    verdict: str
    """`too few runs`, `helped`, `hurt` or `not clear yet`."""
    before: timedelta | None
    """Median of the last runs of the old revision."""
    after: timedelta | None
    """Median of all runs of the new one."""
    saved: timedelta | None = None
    low: timedelta | None = None
    high: timedelta | None = None


def before_and_after(old: Sequence[timedelta], new: Sequence[timedelta]) -> Verdict:
    """Hold the totals of a revision's runs against those of the one before, both oldest to newest."""
    old = old[-RECENT:]
    before, after = median(old), median(new)
    saved = before - after if before is not None and after is not None else None
    if len(old) < FEWEST or len(new) < FEWEST:
        return Verdict(verdict="too few runs", before=before, after=after, saved=saved)
    low, high = interval_of_saved(old, new)
    verdict = "helped" if low > timedelta() else "hurt" if high < timedelta() else "not clear yet"
    return Verdict(verdict=verdict, before=before, after=after, saved=saved, low=low, high=high)


def interval_of_saved(old: Sequence[timedelta], new: Sequence[timedelta]) -> tuple[timedelta, timedelta]:
    """Give the 95 % interval of median old − median new over all resamples, exactly.

    This is what a percentile bootstrap comes to with ever more draws; no seed is needed.
    """
    before, after = median_distribution(old), median_distribution(new)
    afters = [value for value, _ in after]
    running = [0.0, *accumulate(chance for _, chance in after)]

    def chance_at_most(saved: int) -> float:
        return sum(chance * (running[-1] - running[bisect_left(afters, value - saved)]) for value, chance in before)

    least, most = before[0][0] - afters[-1], before[-1][0] - afters[0]
    low, high = (
        bisect_left(range(least, most), share * chance_at_most(most), key=chance_at_most) + least
        for share in (TAIL, 1 - TAIL)
    )
    return low * _TICK / 2, high * _TICK / 2


def median_distribution(lengths: Sequence[timedelta]) -> list[tuple[int, float]]:
    """Give every median a resample (drawn with replacement) can have, in half microseconds, and its chance.

    By order statistics: the middle of an odd number, the mean of the two middle ones of an even one.
    Medians further from the middle than six standard deviations are left out.
    """
    ordered = sorted(length // _TICK for length in lengths)
    count = len(ordered)
    middle = (count + 1) // 2
    reach = 3 * sqrt(count)
    places = range(max(floor(count / 2 - reach), 0), min(ceil(count / 2 + reach), count))
    chances: dict[int, float] = defaultdict(float)
    for place in places:
        alone = _at_least(middle, count, (place + 1) / count) - _at_least(middle, count, place / count)
        if count % 2 == 0:
            for higher in range(place + 1, places.stop):
                both = _chance_of_both(place, higher, middle, count)
                chances[ordered[place] + ordered[higher]] += both
                alone -= both
        chances[2 * ordered[place]] += max(alone, 0.0)
    return sorted(chances.items())


def _at_least(wanted: int, count: int, chance: float) -> float:
    """Give the chance of at least so many hits (one or more) in `count` draws."""
    if chance in (0, 1):
        return chance
    term = exp(_log_choices(count, wanted) + wanted * log(chance) + (count - wanted) * log1p(-chance))
    total = 0.0
    for hits in range(wanted, count + 1):
        total += term
        term *= (count - hits) / (hits + 1) * chance / (1 - chance)
        if term < _UNLIKELY and hits > count * chance:
            break
    return total


def _chance_of_both(low: int, high: int, middle: int, count: int) -> float:
    """Give the chance that the two middle values of a resample are those at the places `low` < `high`.

    Then none is drawn from between, half of them up to the one with at least one of it, and so above.
    """
    below = middle * log((low + 1) / count) + log1p(-((low / (low + 1)) ** middle))
    rest = count - high
    above = middle * log(rest / count) + log1p(-(((rest - 1) / rest) ** middle))
    return exp(_log_choices(count, middle) + below + above)


@lru_cache(maxsize=64)
def _log_choices(count: int, chosen: int) -> float:
    return lgamma(count + 1) - lgamma(chosen + 1) - lgamma(count - chosen + 1)
