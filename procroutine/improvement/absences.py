"""Steps that were done in some runs and not in others, with the runs on either side.

A step was not done where it was left out, and where a run did not have it yet or any more: what came
of those runs tells as much.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta

from procroutine.improvement.elsewhere import came_back
from procroutine.improvement.exact import Interval, median_interval
from procroutine.improvement.ground import RECENT, GroundRun, RoutineGround, middle_of
from procroutine.improvement.more_runs import more_runs
from procroutine.improvement.outcomes import Outcomes, outcomes_of
from procroutine.values import Value

EACH_SIDE = 5
"""Runs with a known outcome that each side needs, with the steps and without."""
LEAST_PART = 0.2
"""Of the runs that must be without: what is left out seldom is left out where it was not needed."""
_MOSTLY = 2 / 3
"""Of the runs with one of two steps, and of those without; steps that go together so often are one decision."""
ZERO = timedelta()


class Absence(Value):
    """Steps that were done or not done together, and the runs with them and without."""

    steps: tuple[str, ...]
    beside: tuple[GroundRun, ...]
    """Finished runs in which they were done, oldest first."""
    without: tuple[GroundRun, ...]
    person: str | None = None
    """Where they are all the steps of one person."""

    @property
    def outcomes(self) -> tuple[Outcomes, Outcomes]:
        """What came of the runs without them, and of those with them."""
        return outcomes_of(self.without), outcomes_of(self.beside)

    @property
    def can_be_tested(self) -> bool:
        """Whether runs enough tell their outcome on both sides; what they tell makes no difference here."""
        enough = min(side.known for side in self.outcomes) >= EACH_SIDE
        return enough and len(self.without) >= LEAST_PART * (len(self.without) + len(self.beside))

    @property
    def times(self) -> tuple[timedelta, ...]:
        """What they took together, in the newest runs in which they were done."""
        each = ([run.time(step) or ZERO for step in self.steps] for run in self.beside[-RECENT:])
        return tuple(sum(times, ZERO) for times in each if any(times))

    def came_back(self) -> Interval | None:
        """Give what may have come back in other steps in the newest runs without them; None with too few runs."""
        return came_back(self.without[-RECENT:], self.beside[-RECENT:], self.steps)

    @property
    def work_may_be_elsewhere(self) -> bool:
        """Whether in runs without the steps their work may have been done in others; it surely was not at 95 %."""
        back = self.came_back()
        return back is None or back.high >= middle_of(self.times)

    @property
    def more_without(self) -> int | None:
        """Give about how many more runs without the steps would show that their work is not done in others."""
        back = self.came_back()
        if back is None:
            return None
        runs = len(self.beside[-RECENT:]), len(self.without[-RECENT:])
        return more_runs(back.high - back.estimate, middle_of(self.times) - back.estimate, runs)

    def saving(self, tail: float) -> Interval | None:
        """Give what a run takes less without them: their time, less what may have come back in other steps.

        None where the records do not show with a chance of `tail` at most on either side that it is any.
        """
        takes, back = median_interval(self.times, tail), self.came_back()
        return None if takes is None or back is None else takes.less(back)

    @property
    def left_out(self) -> int:
        """In how many runs they were left out that had them."""
        return sum(all(step in run.steps for step in self.steps) for run in self.without)

    def share_done(self, ground: RoutineGround) -> float:
        """Give in what part of the newest runs that had them they were done."""
        newest = [run for run in ground.finished[-RECENT:] if all(step in run.steps for step in self.steps)]
        done = {run.id for run in self.beside}
        return sum(run.id in done for run in newest) / max(1, len(newest))


def absences(ground: RoutineGround) -> tuple[Absence, ...]:
    """Give the steps that were not done in some runs; those that mostly went together as one, but all there are.

    After them the steps of each person but the main one, where they are not one of these already.
    """
    return ground.once(absences, lambda: _absences(ground))


def _absences(ground: RoutineGround) -> tuple[Absence, ...]:
    steps = [step.id for step in ground.steps if not step.prepare]
    found = [_absence(ground, group) for group in _decided_together(ground.finished, steps) if len(group) < len(steps)]
    known = {one.steps for one in found}
    people = people_beside(ground).items()
    found += [_absence(ground, own, person) for person, own in people if own not in known]
    return tuple(one for one in found if one.beside and one.without)


def _decided_together(runs: Sequence[GroundRun], steps: Iterable[str]) -> Iterable[tuple[str, ...]]:
    """Put steps together that were mostly done, and mostly not done, in the same runs."""
    sides = {step: [{run.id for run in side} for side in _sides(runs, (step,))] for step in steps}
    groups: dict[str, tuple[str, ...]] = {}
    for step, own in sides.items():
        first = next((one for one in groups if all(map(_are_mostly_one, sides[one], own))), step)
        groups[first] = (*groups.get(first, ()), step)
    return groups.values()


def _are_mostly_one(one: set[str], other: set[str]) -> bool:
    return len(one & other) >= _MOSTLY * len(one | other)


def _absence(ground: RoutineGround, steps: tuple[str, ...], person: str | None = None) -> Absence:
    done, left = _sides(ground.finished, steps)
    return Absence(steps=steps, beside=done, without=left, person=person)


def _sides(runs: Sequence[GroundRun], steps: Sequence[str]) -> tuple[tuple[GroundRun, ...], tuple[GroundRun, ...]]:
    """Give the runs in which all of some steps were done, with the work that they are now, and those without any."""
    done = tuple(run for run in runs if all(run.done(step) and run.steps[step].same for step in steps))
    left = tuple(run for run in runs if not any(run.done(step) for step in steps))
    return done, left


def people_beside(ground: RoutineGround) -> dict[str, tuple[str, ...]]:
    """Give the steps of each person but the one who does most of the steps (the owner, where equal)."""
    own: dict[str, list[str]] = defaultdict(list)
    for step in ground.steps:
        if step.person and not step.prepare:
            own[step.person].append(step.id)
    main = max(own, key=lambda person: (len(own[person]), person == ground.routine.owner), default=None)
    return {person: tuple(steps) for person, steps in own.items() if person != main}
