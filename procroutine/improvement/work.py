"""What of the work of a routine's steps a draft of its checklist leaves inside the hour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from procroutine.improvement.change import PERSON, SYSTEM
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
    inside = [step for step in draft.routine.steps if is_inside(step, times)]
    now, then = _switched(settled(inside, used)), _switched(_as_done(draft, times, used))
    parts = {step.id: Part(step, Fraction(), switched_now=step.id in now, switched=step.id in then) for step in inside}
    supposed = ZERO
    for one in draft.steps:
        staying = [step for step in staying_inside(draft, one) if step.id in parts]
        if not one.is_planned:
            parts |= {step.id: _with_more(parts[step.id], one) for step in staying}
        elif any(is_mostly_inside(step, times) for step in staying):
            supposed += one.step.planned or ZERO
    return Work(supposed, tuple(parts.values()))


def staying_inside(draft: Draft, one: DraftStep) -> Iterator[Step]:
    """Give the present steps in a step of a draft that are not newly done before the run.

    One that may be done before it already is done as it was: what it takes of the run stays.
    """
    present = {step.id: step for step in draft.routine.steps}
    return (present[step_id] for step_id in one.made_of if present[step_id].prepare or not one.step.prepare)


def _with_more(part: Part, one: DraftStep) -> Part:
    alone = len(one.made_of) == 1
    return replace(
        part,
        share=part.share + one.share,
        systems=one.step.systems if alone and SYSTEM in one.changes else part.systems,
        person=one.step.person if alone and PERSON in one.changes else part.person,
    )


def _as_done(draft: Draft, times: Times, used: Used) -> Iterator[Step]:
    """Give the present steps in the order in which their work would be done inside the hour."""
    last = None
    for one in draft.steps:
        for step in staying_inside(draft, one):
            if step.id != last and is_inside(step, times):
                now = step if one.parts else step.replaced(systems=one.step.systems, alternatives=one.step.alternatives)
                yield from settled((now,), used)
            last = step.id


def _switched(steps: Iterable[Step]) -> frozenset[str]:
    return frozenset(switched((step.id, step.systems) for step in steps))
