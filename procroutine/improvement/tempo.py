"""How quickly a run went as a whole, so that a step of it can be held against the same step of others.

Practice, a good day and a bad one change all steps of a run alike. What is compared between runs of
different times is therefore set to the usual tempo first, by steps that have nothing to do with it.
A step that takes longer with one system than with another, or when another person does it, makes no
slow run of that: its times are held against those done alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from statistics import median
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
    return {run: tempo_of(parts) for run, parts in parts_of_usual(tuple(runs), steps).items()}


def parts_of_usual(runs: Sequence[GroundRun], steps: Collection[str]) -> dict[str, dict[str, float]]:
    """Give by run what each of some steps took in it by the middle of its times done alike.

    Nothing of those that took no time, or were hardly ever done with the same systems by the same person.
    """
    times: dict[Way, list[timedelta]] = defaultdict(list)
    for run in runs:
        for way, time in _done(run, steps):
            times[way].append(time)
    middles = {way: middle_of(own) for way, own in times.items() if len(own) >= _FEWEST_ALIKE}
    return {run.id: {way[0]: time / middles[way] for way, time in _done(run, steps) if way in middles} for run in runs}


def tempo_of(parts: Mapping[str, float], but: Collection[str] = ()) -> float:
    """Give the tempo of a run by such parts of it, but for those of some steps."""
    own = [part for step, part in parts.items() if step not in but]
    return median(own) if len(own) >= FEWEST else 1.0


def _done(run: GroundRun, steps: Collection[str]) -> Iterator[tuple[Way, timedelta]]:
    """Give what each of some steps took in a run, and how it was done."""
    for step in steps:
        part = run.steps.get(step)
        if part is not None and part.same and (time := run.time(step)):
            yield way_of(part), time


def way_of(part: StepPart) -> Way:
    """Give how a step was done: times of another way say nothing of it."""
    return part.id, frozenset(part.systems), part.person
