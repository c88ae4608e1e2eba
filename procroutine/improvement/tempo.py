"""How quickly a run went as a whole, so that a step of it can be held against the same step of others.

Practice, a good day and a bad one change all steps of a run alike. What is compared between runs of
different times is therefore set to the usual tempo first, by steps that have nothing to do with it.
A step that takes longer with one system than with another, or when another person does it, makes no
slow run of that: its times are held against those done alike.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.improvement.ground import middle_of

if TYPE_CHECKING:
    from procroutine.improvement.ground import GroundRun, StepPart

Way = tuple[str, frozenset[str], str | None]
"""A step, what it was done with, and who did it."""
FEWEST = 2
"""Steps that tell the tempo of a run; one alone tells mostly of itself."""
_FEWEST_ALIKE = 3
"""Times of a step done alike; the middle of fewer tells mostly of themselves."""


def tempos(runs: Iterable[GroundRun], steps: Collection[str]) -> dict[str, float]:
    """Give by run how much longer than usual some steps took in it: the middle of their times by their middle times.

    1 of a run in which fewer than two of them were done.
    """
    return {run: parts.tempo() for run, parts in parts_of_usual(tuple(runs), steps).items()}


class Parts:
    """What each of some steps took in one run by the middle of its times."""

    __slots__ = ("_by_step", "_ordered")

    def __init__(self, by_step: Mapping[str, float]) -> None:
        """Take the part of each step, by id: 1 is as long as usual."""
        self._by_step = by_step
        self._ordered = sorted(by_step.values())

    def tempo(self, but: Iterable[str] = ()) -> float:
        """Give the tempo of the run by all of them but some; 1 where fewer than two are left."""
        own = self._ordered.copy()
        for step in self._by_step.keys() & but:
            del own[bisect_left(own, self._by_step[step])]
        middle = len(own) // 2
        if len(own) < FEWEST:
            return 1.0
        return own[middle] if len(own) % 2 else (own[middle - 1] + own[middle]) / 2


def parts_of_usual(runs: Sequence[GroundRun], steps: Collection[str]) -> dict[str, Parts]:
    """Give by run what each of some steps took in it by the middle of its times done alike.

    Nothing of those that took no time, or were hardly ever done with the same systems by the same person.
    """
    times: dict[Way, list[timedelta]] = defaultdict(list)
    for run in runs:
        for way, time in _done(run, steps):
            times[way].append(time)
    middles = {way: middle_of(own) for way, own in times.items() if len(own) >= _FEWEST_ALIKE}
    return {
        run.id: Parts({way[0]: time / middles[way] for way, time in _done(run, steps) if way in middles})
        for run in runs
    }


def _done(run: GroundRun, steps: Collection[str]) -> Iterator[tuple[Way, timedelta]]:
    """Give what each of some steps took in a run, and how it was done."""
    for step in steps:
        part = run.steps.get(step)
        if part is not None and part.same and (time := part.taken):
            yield way_of(part), time


def way_of(part: StepPart) -> Way:
    """Give how a step was done: times of another way say nothing of it."""
    return part.id, frozenset(part.systems), part.person
