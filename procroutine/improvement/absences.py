"""Steps that were done in some runs and not in others, with the runs on either side.

A step was not done where it was left out, and where a run did not have it yet or any more: what came
of those runs tells as much.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from procroutine.improvement.exact import Interval, median_interval, shift_interval
from procroutine.improvement.ground import RECENT, GroundRun, RoutineGround, middle_of
from procroutine.improvement.more_runs import more_runs
from procroutine.improvement.outcomes import Outcomes, outcomes_of
from procroutine.values import Value

EACH_SIDE = 5
"""Runs with a known outcome that each side needs, with the steps and without."""
LEAST_PART = 0.2
"""Of the runs that must be without: what is left out seldom is left out where it was not needed."""
_MOST = 0.75
_TAIL = 0.05
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

    def rest(self, runs: Sequence[GroundRun]) -> list[timedelta]:
        """Give what all other steps took in the newest of some runs."""
        parts = ((run, (run.steps.get(step) for step in self.steps)) for run in runs[-RECENT:])
        return [run.active - sum((part.active or ZERO for part in own if part), ZERO) for run, own in parts]

    def longer_without(self) -> Interval | None:
        """Give by how much longer all other steps took in the newest runs without them; None with too few runs."""
        return shift_interval(self.rest(self.without), self.rest(self.beside), _TAIL)

    @property
    def work_may_be_elsewhere(self) -> bool:
        """Whether in runs without the steps their work may have been done in others.

        It surely was not (at 95 %) where all else took longer there by less than the steps take; of runs
        that did not have them, where the work may have had another name, by less than most of that.
        """
        longer = self.longer_without()
        return longer is None or longer.high >= self._most_elsewhere

    @property
    def _most_elsewhere(self) -> timedelta:
        return (1.0 if self.left_out == len(self.without) else _MOST) * middle_of(self.times)

    @property
    def more_without(self) -> int | None:
        """Give about how many more runs without the steps would show that their work is not done in others."""
        longer = self.longer_without()
        if longer is None:
            return None
        runs = len(self.beside[-RECENT:]), len(self.without[-RECENT:])
        return more_runs(longer.high - longer.estimate, self._most_elsewhere - longer.estimate, runs)

    def saving(self, tail: float) -> Interval | None:
        """Give what a run takes less without them: their time, less what all else surely (at 95 %) takes longer then.

        None where the records do not show with a chance of `tail` at most on either side that it is any.
        """
        takes, longer = median_interval(self.times, tail), self.longer_without()
        return takes if takes is None or longer is None or longer.low <= ZERO else takes.less(longer)

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
    """Give the steps that were not done in some runs; those that always went together as one, but all there are.

    After them the steps of each person but the main one, where they are not one of these already.
    """
    return ground.once(absences, lambda: _absences(ground))


def _absences(ground: RoutineGround) -> tuple[Absence, ...]:
    sides: dict[tuple[str, ...], tuple[tuple[GroundRun, ...], tuple[GroundRun, ...]]] = {}
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for step in ground.steps:
        done, left = _sides(ground.finished, (step.id,))
        if done and left and not step.prepare:
            key = (*(run.id for run in done), "", *(run.id for run in left))
            sides[key] = done, left
            groups[key].append(step.id)
    found = [
        Absence(steps=tuple(steps), beside=sides[key][0], without=sides[key][1])
        for key, steps in groups.items()
        if len(steps) < sum(not step.prepare for step in ground.steps)
    ]
    known = {one.steps for one in found}
    found += [one for one in _people(ground) if one.steps not in known]
    return tuple(found)


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


def _people(ground: RoutineGround) -> list[Absence]:
    found = []
    for person, steps in people_beside(ground).items():
        done, left = _sides(ground.finished, steps)
        if done and left:
            found.append(Absence(steps=steps, beside=done, without=left, person=person))
    return found
