"""What of the work of a routine's steps a draft of its checklist leaves inside the hour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from procroutine.improvement.change import PERSON, SYSTEM

if TYPE_CHECKING:
    from procroutine.improvement.draft import Draft, DraftStep
    from procroutine.routine.model import Step

ZERO = timedelta()


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


@dataclass(frozen=True, slots=True)
class Work:
    """The work inside the hour."""

    supposed: timedelta
    """What the steps take whose time the person supposed."""
    parts: tuple[Part, ...]
    """One for each present step, also for those of which nothing is left, so that the others are drawn as before."""


def present_work(draft: Draft) -> Work:
    """Give the work as it is now."""
    return Work(ZERO, tuple(Part(step, Fraction(1)) for step in _inside(draft)))


def work_of(draft: Draft) -> Work:
    """Give the work as it would be."""
    inside = [one for one in draft.steps if not one.step.prepare]
    parts = {step.id: Part(step, Fraction()) for step in _inside(draft)}
    for one in inside:
        if not one.is_planned:
            for step_id in one.made_of:
                parts[step_id] = _with_more(parts[step_id], one)
    return Work(sum((one.step.planned or ZERO for one in inside if one.is_planned), ZERO), tuple(parts.values()))


def _with_more(part: Part, one: DraftStep) -> Part:
    alone = len(one.made_of) == 1
    return Part(
        step=part.step,
        share=part.share + one.share,
        systems=one.step.systems if alone and SYSTEM in one.changes else part.systems,
        person=one.step.person if alone and PERSON in one.changes else part.person,
    )


def _inside(draft: Draft) -> Iterable[Step]:
    return (step for step in draft.routine.steps if not step.prepare)


def more_switches(draft: Draft) -> int:
    """Give how many more of the steps that stay would be begun after a change of system; fewer are below 0.

    A step that goes takes what its own switch cost with it, and two steps made one still change the
    system between them, whatever they are called.
    """
    before, after = _switched(_inside(draft)), _switched(_as_done(draft))
    there = {step.id for step in _as_done(draft)}
    return len(after) - len(before & there)


def _as_done(draft: Draft) -> Iterator[Step]:
    """Give the present steps in the order in which their work would be done inside the hour."""
    known = {step.id: step for step in draft.routine.steps}
    last = None
    for one in draft.steps:
        if one.step.prepare:
            continue
        for step_id in one.made_of:
            if step_id != last:
                systems = one.step.systems if len(one.made_of) == 1 else known[step_id].systems
                yield known[step_id].replaced(systems=systems)
            last = step_id


def _switched(steps: Iterable[Step]) -> frozenset[str]:
    """Give the steps that are begun after a step of another system, as `flow.switches` counts them."""
    found, at_hand = [], frozenset[str]()
    for step in steps:
        uses = frozenset(step.systems)
        if uses and at_hand and not uses & at_hand:
            found.append(step.id)
        at_hand = uses or at_hand
    return frozenset(found)
