"""How many more runs would show what the records only make likely."""

from __future__ import annotations

from datetime import timedelta
from math import sqrt

from procroutine.text import counted

LIKELY = 0.1
"""Chance, were there nothing, up to which something is called likely, though it is not sure."""
NOT_PROMISED = "Of so much that is looked at here some would by chance alone, so it is not promised."
MOST = 52
"""More than a year of weekly runs is no advice."""


def more_runs(reach: timedelta, difference: timedelta, runs: tuple[int, int]) -> int | None:
    """Give how many more of the second of two kinds of runs would make a difference reach beyond 0.

    `reach` is how far the interval goes below it with the runs there are; it shrinks as a standard
    error does. None where a year of weekly runs would not do.
    """
    first, second = runs
    now = sqrt(1 / first + 1 / second)
    return next(
        (more for more in range(1, MOST + 1) if reach * sqrt(1 / first + 1 / (second + more)) / now < difference), None
    )


def would_show(more: int | None, which: str) -> str:
    """Say it as a sentence behind another one: ` About 8 more runs without it would show it.`; nothing of None."""
    return "" if more is None else f" About {counted(more, 'more run')} {which} would show it."
