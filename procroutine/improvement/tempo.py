"""How quickly a run went as a whole, so that a step of it can be held against the same step of others.

Practice, a good day and a bad one change all steps of a run alike. What is compared between runs of
different times is therefore set to the usual tempo first, by steps that have nothing to do with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING

from procroutine.improvement.ground import middle_of

if TYPE_CHECKING:
    from procroutine.improvement.ground import GroundRun

FEWEST = 2
"""Steps that tell the tempo of a run; one alone tells mostly of itself."""


def tempos(runs: Iterable[GroundRun], steps: Collection[str]) -> dict[str, float]:
    """Give by run how much longer than usual some steps took in it: the middle of their times by their middle times.

    1 of a run in which fewer than two of them were done.
    """
    return {run: tempo_of(parts) for run, parts in parts_of_usual(tuple(runs), steps).items()}


def parts_of_usual(runs: Sequence[GroundRun], steps: Collection[str]) -> dict[str, dict[str, float]]:
    """Give by run what each of some steps took in it by its middle time; nothing of those that took none."""
    middles = {step: middle for step in steps if (middle := middle_of(_times(runs, step)))}
    return {
        run.id: {step: time / middle for step, middle in middles.items() if (time := _time(run, step))} for run in runs
    }


def tempo_of(parts: Mapping[str, float], but: Collection[str] = ()) -> float:
    """Give the tempo of a run by such parts of it, but for those of some steps."""
    own = [part for step, part in parts.items() if step not in but]
    return median(own) if len(own) >= FEWEST else 1.0


def _times(runs: Sequence[GroundRun], step: str) -> list[timedelta]:
    found = (_time(run, step) for run in runs)
    return [time for time in found if time is not None]


def _time(run: GroundRun, step: str) -> timedelta | None:
    part = run.steps.get(step)
    return run.time(step) if part is not None and part.same else None
