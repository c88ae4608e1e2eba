"""Changes to a draft as keys make them, one step of the way at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procroutine.errors import DoesNotFit
from procroutine.improvement.change import MOVE, merge, move

if TYPE_CHECKING:
    from procroutine.improvement.draft import Draft


def moved_by(draft: Draft, step_id: str, by: int) -> Draft:
    """Put a step so many places further down, or (below 0) up; one move after the other of a step is one change.

    DoesNotFit where it stands at that end already, or must stay before or behind another.
    """
    place = draft.place(step_id) + by
    if not 0 <= place < len(draft.steps):
        raise DoesNotFit(
            f"{draft.called(step_id)} stands at the {'end' if by > 0 else 'front'} already", "move it the other way"
        )
    last = draft.changes[-1] if draft.changes else None
    base = draft.without_last() if last is not None and last.kind == MOVE and last.steps[0] == step_id else draft
    if base.place(step_id) == place:
        return base
    others = [one.step.id for one in base.steps if one.step.id != step_id]
    return base.changed(move(step_id, others[place - 1] if place else None))


def merged_with_next(draft: Draft, step_id: str) -> Draft:
    """Make one step of a step and the one behind it; DoesNotFit at the end, and where they cannot be one."""
    place = draft.place(step_id)
    if place + 1 == len(draft.steps):
        raise DoesNotFit(f"no step stands behind {draft.called(step_id)}", "choose the one before it")
    return draft.changed(merge(step_id, draft.steps[place + 1].step.id))
