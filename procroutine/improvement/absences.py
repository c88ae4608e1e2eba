"""Steps that were done in some runs and left out in others, with the runs on either side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from procroutine.improvement.ground import RECENT, GroundRun, RoutineGround, middle_of
from procroutine.improvement.outcomes import Outcomes, outcomes_of
from procroutine.values import Value

EACH_SIDE = 5
"""Runs with a known outcome that each side needs, with the steps and without."""
LEAST_PART = 0.2
"""Of the runs that must be without: what is left out seldom is left out where it was not needed."""
ZERO = timedelta()


class Absence(Value):
    """Steps that were done or left out together, and the runs with them and without."""

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

    @property
    def waits(self) -> timedelta:
        """What a run with them usually waits at them."""
        return middle_of(
            sum((wait.length for wait in run.waits if wait.step in self.steps), ZERO) for run in self.beside[-RECENT:]
        )

    def share_done(self, ground: RoutineGround) -> float:
        """Give in what part of the newest runs they were done."""
        newest = {run.id for run in ground.finished[-RECENT:]}
        done, left = (sum(run.id in newest for run in runs) for runs in (self.beside, self.without))
        return done / (done + left) if done + left else 0.0


def absences(ground: RoutineGround) -> tuple[Absence, ...]:
    """Give the steps that were left out in some runs; those that always went together as one.

    After them the steps of each person but the main one, where they are not one of these already.
    """
    sides: dict[tuple[str, ...], tuple[tuple[GroundRun, ...], tuple[GroundRun, ...]]] = {}
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for step in ground.steps:
        done, left = _sides(ground.finished, (step.id,))
        if done and left and not step.prepare:
            key = (*(run.id for run in done), "", *(run.id for run in left))
            sides[key] = done, left
            groups[key].append(step.id)
    found = [Absence(steps=tuple(steps), beside=sides[key][0], without=sides[key][1]) for key, steps in groups.items()]
    known = {one.steps for one in found}
    found += [one for one in _people(ground) if one.steps not in known]
    return tuple(found)


def _sides(runs: Sequence[GroundRun], steps: Sequence[str]) -> tuple[tuple[GroundRun, ...], tuple[GroundRun, ...]]:
    """Give the runs in which all of some steps were done, and those in which none was, where the work was the same."""
    had = [run for run in runs if all((part := run.steps.get(step)) is not None and part.same for step in steps)]
    done = tuple(run for run in had if all(run.done(step) for step in steps))
    left = tuple(run for run in had if not any(run.done(step) for step in steps))
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
