"""A level that changed at once: from one run on all are shorter, and no revision says why."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from datetime import timedelta

from procroutine.improvement.exact import Interval, left_out, shift_interval
from procroutine.improvement.practice import learning_curve
from procroutine.values import Value

EACH_SIDE = 6
"""Runs before and since that a shift needs."""
ZERO = timedelta()


class LevelShift(Value):
    """From which run on, and by how much they are shorter."""

    place: int
    """Of the first run of the new level."""
    saved: Interval


def level_shift(times: Sequence[timedelta], tail: float) -> LevelShift | None:
    """Find where times fell to a new level, if they surely did; `tail` is shared by all places where they may have.

    At each place the times before and since are compared by exact ranks (a careful form of Pettitt
    1979): by how many pairs of one before and one since stand the wrong way round. Of the places where
    they differ surely, the one that leaves least beside the two levels.
    """
    places = range(EACH_SIDE, len(times) - EACH_SIDE + 1)
    wrong = [0]
    before: list[timedelta] = []
    later = sorted(times)
    for time in times:
        later.pop(bisect_left(later, time))
        rising = len(later) - bisect_left(later, time) - bisect_right(before, time)
        wrong.append(wrong[-1] + rising)
        insort(before, time)
    surely = [
        place for place in places if wrong[place] < left_out(*sorted((place, len(times) - place)), tail / len(places))
    ]
    best = min(surely, key=lambda place: _beside_levels(times, place), default=None)
    saved = None if best is None else shift_interval(times[:best], times[best:], tail / len(places))
    return None if best is None or saved is None else LevelShift(place=best, saved=saved)


def is_practice(times: Sequence[timedelta], place: int | None = None) -> bool:
    """Say whether a learning curve leaves no more beside it than two levels, by the sums of squares.

    With `place` the second level begins there, else where the two leave least.
    """
    curve = learning_curve(times)
    if curve is None:
        return False
    beside_curve = sum((time - curve.at(number)).total_seconds() ** 2 for number, time in enumerate(times, start=1))
    places = range(EACH_SIDE, len(times) - EACH_SIDE + 1) if place is None else (place,)
    return min((_beside_levels(times, each) for each in places), default=beside_curve) >= beside_curve


def _beside_levels(times: Sequence[timedelta], place: int) -> float:
    return sum(_beside_mean([time.total_seconds() for time in part]) for part in (times[:place], times[place:]))


def _beside_mean(seconds: Sequence[float]) -> float:
    mean = sum(seconds) / len(seconds)
    return sum((second - mean) ** 2 for second in seconds)
