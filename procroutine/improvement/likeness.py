"""Whether runs are like those right before them: then a good stretch looks like a gain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from math import sqrt
from operator import mul
from statistics import fmean

_SURE = 1.96
"""Standard errors above which a correlation is no chance any more, at 2.5 %."""


def are_alike(parts: Iterable[Sequence[timedelta]]) -> bool:
    """Say whether times are correlated with the next ones by more than chance, each around the mean of its part.

    The standard error of the correlation is that of independent values, 1 / √n (Box & Jenkins 1970).
    """
    together = squares = 0.0
    count = 0
    for part in parts:
        seconds = [time.total_seconds() for time in part]
        mean = fmean(seconds)
        beside = [one - mean for one in seconds]
        together += sum(map(mul, beside, beside[1:]))
        squares += sum(map(mul, beside, beside))
        count += len(beside)
    return together * sqrt(count) > _SURE * squares
