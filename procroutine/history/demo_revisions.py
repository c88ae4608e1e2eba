"""The definitions that a routine had before the one in its file, made up from its plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from procroutine.history.demo_plan import Former, Plan, Slower
from procroutine.routine.model import Routine, Step, System


def revisions_of(routine: Routine, plan: Plan, others: Mapping[str, Routine]) -> tuple[Routine, ...]:
    """Give the routine as it was in each of its revisions, oldest first; the last is as it is now.

    Changes that name steps the routine does not have are passed over, and revisions that would
    be the same as the one after them are left out.
    """
    first_form = others.get(plan.first_form or "")
    known = {**first_form.systems, **routine.systems} if first_form else routine.systems
    made = [_as_of(routine, plan, number, known) for number in range(1, plan.revisions + 1)]
    if first_form is not None and len(made) > 1:
        made[0] = routine.replaced(steps=first_form.steps, systems=first_form.systems, analysis=first_form.analysis)
    return tuple(earlier for earlier, later in zip(made, [*made[1:], None], strict=True) if earlier != later)


def _as_of(routine: Routine, plan: Plan, number: int, known: Mapping[str, System]) -> Routine:
    steps = list(routine.steps)
    systems = dict(routine.systems)
    for change in plan.changes:
        if isinstance(change, Slower) and change.changed_in > number:
            steps = [_slowed(step, change) for step in steps]
        elif isinstance(change, Former) and change.dropped_in > number:
            _put_back(steps, change, routine.owner)
            systems |= {name: known.get(name, System(id=name, name=name)) for name in change.systems}
    return routine.replaced(steps=tuple(steps), systems=systems)


def _slowed(step: Step, change: Slower) -> Step:
    if step.id != change.id or step.planned is None:
        return step
    return step.replaced(planned=timedelta(seconds=round(step.planned.total_seconds() * change.factor)))


def _put_back(steps: list[Step], former: Former, owner: str | None) -> None:
    place = next((place for place, step in enumerate(steps) if step.id == former.before), None)
    if place is None:
        return
    steps.insert(
        place,
        Step(
            id=former.id,
            title=former.title,
            planned=timedelta(minutes=former.minutes),
            systems=former.systems,
            person=steps[place].person or owner,
            section=steps[place].section,
        ),
    )
