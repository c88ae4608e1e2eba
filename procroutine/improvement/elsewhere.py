"""What may have come back in other steps where some took less, or were not done at all.

Work that is not done where it belongs is done in another step. That step tells of it far sooner than
whole runs, which have the good and bad days of all others in them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.improvement.exact import Interval, shift_interval
from procroutine.improvement.ground import middle_of
from procroutine.improvement.tempo import parts_of_usual

if TYPE_CHECKING:
    from procroutine.improvement.ground import GroundRun

_TAIL = 0.05
ZERO = timedelta()


def all_else(runs: Sequence[GroundRun], steps: Collection[str]) -> list[timedelta]:
    """Give what all other steps took in some runs."""
    parts = ((run, (run.steps.get(step) for step in steps)) for run in runs)
    return [run.active - sum((part.active or ZERO for part in own if part), ZERO) for run, own in parts]


def came_back(runs: Sequence[GroundRun], beside: Sequence[GroundRun], steps: Collection[str]) -> Interval | None:
    """Give what came back in other steps: by how much the middle of all else is longer in some runs than in others.

    At least what all else surely (at 95 %) took longer, at most too; where that may be nothing, at most what
    any one other step may have (at 95 %). Never less than nothing; None with too few runs.
    """
    with_more, with_less = all_else(runs, steps), all_else(beside, steps)
    longer = shift_interval(with_more, with_less, _TAIL)
    if longer is None:
        return None
    middle = max(ZERO, middle_of(with_more) - middle_of(with_less))
    most = longer.high if longer.low > ZERO else _most_in_another(runs, beside, steps)
    return Interval(estimate=middle, low=min(middle, max(ZERO, longer.low)), high=max(middle, most))


def _most_in_another(runs: Sequence[GroundRun], beside: Sequence[GroundRun], steps: Collection[str]) -> timedelta:
    """Give by how much longer any other step may have taken, at the usual tempo of its run."""
    both = (*runs, *beside)
    others = dict.fromkeys(step for run in both for step in run.steps if step not in steps)
    parts = parts_of_usual(both, others)

    def times(some: Sequence[GroundRun], step: str) -> list[timedelta]:
        return [(run.time(step) or ZERO) / parts[run.id].tempo((step,)) for run in some]

    longer = (shift_interval(times(runs, step), times(beside, step), _TAIL) for step in others)
    return max((one.high for one in longer if one is not None), default=ZERO)
