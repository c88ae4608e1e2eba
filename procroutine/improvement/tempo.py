"""How quickly a run went as a whole, so that a step of it can be held against the same step of others.

Practice, a good day and a bad one change all steps of a run alike. What is compared between runs of
different times is therefore set to the usual tempo first, by steps that have nothing to do with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING

from procroutine.improvement.ground import middle_of

if TYPE_CHECKING:
    from procroutine.improvement.ground import GroundRun

_FEWEST = 2
"""Steps that tell the tempo of a run; one alone tells mostly of itself."""


def tempos(runs: Iterable[GroundRun], steps: Collection[str]) -> dict[str, float]:
    """Give by run how much longer than usual some steps took in it: the middle of their times by their middle times.

    1 of a run in which fewer than two of them were done.
    """
    runs = tuple(runs)
    middles = {step: middle_of(times) for step in steps if (times := _times(runs, step))}
    return {run.id: _tempo(run, middles) for run in runs}


def _times(runs: Iterable[GroundRun], step: str) -> list[timedelta]:
    found = (_time(run, step) for run in runs)
    return [time for time in found if time is not None]


def _time(run: GroundRun, step: str) -> timedelta | None:
    part = run.steps.get(step)
    return run.time(step) if part is not None and part.same else None


def _tempo(run: GroundRun, middles: Mapping[str, timedelta]) -> float:
    times = ((_time(run, step), middle) for step, middle in middles.items() if middle)
    parts = [time / middle for time, middle in times if time]
    return median(parts) if len(parts) >= _FEWEST else 1.0
