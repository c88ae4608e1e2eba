"""What is to be thought of when a checklist would be changed as a draft says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from procroutine.errors import quoted
from procroutine.improvement.change import MOVE

if TYPE_CHECKING:
    from procroutine.improvement.draft import Draft


def remarks_on(draft: Draft) -> Iterator[str]:
    """Say what is to be thought of, one sentence each; nothing of steps that are left out themselves."""
    yield from _missed(draft)
    yield from draft.remarks
    for prefix in changed_uses(draft):
        title = next(step.title for step in draft.routine.steps if step.id.startswith(prefix))
        yield f"{quoted(title)} stands in the file of a routine that is used here: its changes can be tried, not kept"


def _missed(draft: Draft) -> Iterator[str]:
    """Ask about steps that come after one that is left out."""
    titles = {name: one.step.title for one in reversed(draft.steps) for name in one.made_of}
    for gone in draft.routine.steps:
        behind = [step.id for step in draft.routine.steps if gone.id in step.after]
        names = dict.fromkeys(quoted(titles[name]) for name in behind if name in titles)
        if names and gone.id not in titles:
            yield f"{', '.join(names)} came after {quoted(gone.title)}: is there still what is needed?"


def changed_uses(draft: Draft) -> tuple[str, ...]:
    """Give what the ids of the steps begin with that come from a used routine, and are not as its file says any more.

    They may be moved together; what the first of them come after is up to the routine that uses them.
    """
    prefixes = dict.fromkeys(f"{step.id.partition('/')[0]}/" for step in draft.routine.steps if "/" in step.id)
    return tuple(prefix for prefix in prefixes if not _stands(draft, prefix))


def _stands(draft: Draft, prefix: str) -> bool:
    """Say whether the steps of one use still stand together as they did."""
    here = [place for place, one in enumerate(draft.steps) if any(name.startswith(prefix) for name in one.made_of)]
    block = draft.steps[here[0] : here[-1] + 1] if here else ()
    present = [step.replaced(after=()) for step in draft.routine.steps if step.id.startswith(prefix)]
    same = present == [one.step.replaced(after=()) for one in block]
    return not block or (same and not any(set(one.changes) - {MOVE} for one in block))
