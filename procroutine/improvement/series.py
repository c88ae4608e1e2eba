"""What some steps took, run after run, with what all else took beside them.

A change of one step is told by that step far sooner than by whole runs, which have the good and bad
days of all others in them. Its times are set to the usual tempo of these (`tempo`), so that practice
and good days, which change all steps alike, are no merit of it; and it counts only where all else
surely did not take longer instead.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.improvement.elsewhere import came_back
from procroutine.values import Value

if TYPE_CHECKING:
    from procroutine.improvement.exact import Interval
    from procroutine.improvement.ground import GroundRun
    from procroutine.improvement.tempo import Parts

ZERO = timedelta()


class Series(Value):
    """Times of runs, oldest first."""

    steps: tuple[str, ...]
    """Those whose times they are; none where they are those of whole runs."""
    runs: tuple[GroundRun, ...]
    times: tuple[timedelta, ...]
    """At the usual tempo where they are those of steps."""

    def net(self, first: int, place: int, saved: Interval) -> Interval | None:
        """Give what is saved from a place on, held against the runs from `first`, less what came back elsewhere.

        None where that may be all (`came_back`); off its ends only what surely came back is taken.
        """
        if not self.steps:
            return saved
        back = came_back(self.runs[place:], self.runs[first:place], self.steps)
        if back is None or back.high >= saved.estimate:
            return None
        if back.low > ZERO:
            return saved.less(back)
        return saved.replaced(estimate=max(saved.low, saved.estimate - back.estimate))


def whole_runs(runs: Sequence[GroundRun]) -> Series:
    """Give the active times of runs."""
    return Series(steps=(), runs=tuple(runs), times=tuple(run.active for run in runs))


def series_of(runs: Sequence[GroundRun], steps: Collection[str], parts: Mapping[str, Parts]) -> Series:
    """Give what some steps took in the runs in which all of them were done that it had.

    The others of `parts` (`tempo.parts_of_usual`) tell the tempo.
    """
    own = [(run, [run.steps[step].taken for step in steps if step in run.steps]) for run in runs]
    done = [(run, sum((time for time in times if time), ZERO)) for run, times in own if None not in times]
    return Series(
        steps=tuple(steps),
        runs=tuple(run for run, _ in done),
        times=tuple(time / parts[run.id].tempo(steps) for run, time in done),
    )
