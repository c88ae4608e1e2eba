"""One step made of two."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.errors import DoesNotFit, quoted

if TYPE_CHECKING:
    from procroutine.routine.model import Step

ZERO = timedelta()


def merged_step(first: Step, second: Step) -> tuple[Step, tuple[str, ...]]:
    """Make one step of two neighbours, and say what that changes besides; DoesNotFit where they cannot be one.

    It keeps the id, the section and the person of the first; it takes what both were planned to take, is
    done with the systems of both, and has the instructions and the little checklists of both.
    """
    if first.prepare != second.prepare:
        early = first if first.prepare else second
        raise DoesNotFit(
            f"only {quoted(early.title)} is done before the run", "merge two steps that are both done in it"
        )
    remarks = []
    unplanned = [step for step in (first, second) if not step.planned]
    if len(unplanned) == 1:
        remarks.append(
            f"nothing is planned for {quoted(unplanned[0].title)}: the two are planned with the other's time"
        )
    if first.person and second.person and first.person != second.person:
        remarks.append(f"{first.person} would do {quoted(second.title)} as well, which {second.person} does now")
    if first.alternatives != second.alternatives:
        raise DoesNotFit("the two have other systems to choose from", "merge steps with the same ones")
    return first.replaced(
        title=f"{first.title}, {second.title}",
        planned=(first.planned or ZERO) + (second.planned or ZERO) or None,
        systems=tuple(dict.fromkeys((*first.systems, *second.systems))),
        person=first.person or second.person,
        instructions="\n\n".join(filter(None, (first.instructions, second.instructions))) or None,
        checklist=(*first.checklist, *second.checklist),
        after=tuple(name for name in dict.fromkeys((*first.after, *second.after)) if name != first.id),
        optional=first.optional and second.optional,
        wait=(first.wait or ZERO) + (second.wait or ZERO) or None,
        section=first.section or second.section,
        bell=first.bell or second.bell,
    ), tuple(remarks)
