"""What of the work of a routine's steps a draft of its checklist leaves inside the hour."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from procroutine.improvement.change import PREPARE
from procroutine.improvement.draft import Draft
from procroutine.insight.flow import settled, switched
from procroutine.insight.inside import is_inside, is_mostly_inside

if TYPE_CHECKING:
    from collections.abc import Mapping

    from procroutine.improvement.draft import DraftStep
    from procroutine.insight.inside import Times
    from procroutine.routine.model import Routine, Step

    Used = Mapping[str, tuple[str, ...]]

ZERO = timedelta()
_Way = tuple[tuple[str, ...] | None, str | None]
"""Systems and person of a `Part`."""
WHOLE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Part:
    """How much of the work of one present step is done inside the hour, and how."""

    step: Step
    """As it is now."""
    share: Fraction
    """From nothing to all of it."""
    systems: tuple[str, ...] | None = None
    """What it would be done with, where that is something else than now."""
    person: str | None = None
    """Who would do it, where that is somebody else than now."""
    switched_now: bool = False
    """Whether it is begun after a step of another system."""
    switched: bool = False
    """Whether it would be; two steps made one still change the system between them, whatever they are called."""


@dataclass(frozen=True, slots=True)
class Work:
    """The work inside the hour."""

    supposed: timedelta
    """What the steps take whose time the person supposed."""
    parts: tuple[Part, ...]
    """One for each present step inside, also for those of which nothing is left: the others are drawn as before."""

    @property
    def more_switches(self) -> int:
        """How many more of the steps that stay would be begun after a change of system; fewer are below 0."""
        return sum(part.switched - part.switched_now for part in self.parts if part.share)


def present_work(routine: Routine, times: Times, used: Used) -> Work:
    """Give the work as it is now.

    `times` are what the present steps took within runs, and `used` as in `flow.settled`.
    """
    return work_of(Draft.of(routine), times, used)


def work_of(draft: Draft, times: Times, used: Used) -> Work:
    """Give the work as it would be; `times` and `used` as those of `present_work`."""
    inside = {step.id: step for step in draft.routine.steps if is_inside(step, times)}
    shares, ways = dict.fromkeys(inside, Fraction()), defaultdict[str, set[_Way]](set)
    supposed = ZERO
    for one in draft.steps:
        staying = [(step, done) for step, done in _done_inside(draft, one) if step.id in inside]
        if one.is_planned and any(is_mostly_inside(step, times) for step, _ in staying):
            supposed += one.step.planned or ZERO
        for step, done in staying if not one.is_planned else ():
            shares[step.id] += one.share
            ways[step.id].add(_way(one, step, done))
    now, then = _switched(settled(inside.values(), used)), _switched(_as_done(draft, times, used))
    parts = (
        Part(step, shares[step.id], *_one_way(ways[step.id]), switched_now=step.id in now, switched=step.id in then)
        for step in inside.values()
    )
    return Work(supposed, tuple(parts))


def staying_inside(draft: Draft, one: DraftStep) -> Iterator[Step]:
    """Give the present steps in a step of a draft that are not newly done before the run.

    One that may be done before it already is done as it was: what it takes of the run stays, unless it is tried
    to do it before each time.
    """
    return (step for step, _ in _done_inside(draft, one))


def _done_inside(draft: Draft, one: DraftStep) -> Iterator[tuple[Step, Step]]:
    """Give the same, each with the step that says what it would be done with.

    What was split after it was made of several is done as now: nobody knows which of them is in which part.
    """
    present, is_told = {step.id: step for step in draft.routine.steps}, len(one.parts) == len(one.made_of)
    for place, step_id in enumerate(one.made_of):
        step = present[step_id]
        if PREPARE not in one.changes and (step.prepare or not one.step.prepare):
            yield step, one.parts[place] if is_told else step if one.parts else one.step


def _way(one: DraftStep, step: Step, done: Step) -> _Way:
    """Give what a present step would be done with and who would do it, where that is another than now."""
    as_now = (done.systems, done.alternatives) == (step.systems, step.alternatives)
    return None if as_now else done.systems, None if one.step.person == step.person else one.step.person


def _one_way(ways: Collection[_Way]) -> _Way:
    """Give the way of all parts of a step; as now where they would be done in several, which nobody timed."""
    return next(iter(ways)) if len(ways) == 1 else (None, None)


def _as_done(draft: Draft, times: Times, used: Used) -> Iterator[Step]:
    """Give the present steps in the order in which their work would be done inside the hour."""
    last = None
    for one in draft.steps:
        for step, done in _done_inside(draft, one):
            if step.id != last and is_inside(step, times):
                yield from settled((step.replaced(systems=done.systems, alternatives=done.alternatives),), used)
            last = step.id


def _switched(steps: Iterable[Step]) -> frozenset[str]:
    return frozenset(switched((step.id, step.systems) for step in steps))
