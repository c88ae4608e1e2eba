"""Several steps made of one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.errors import BadInput
from procroutine.routine.slugs import slug, unused

if TYPE_CHECKING:
    from procroutine.routine.model import Step

LONGEST_TITLE = 200
"""Characters of the title of a part."""
_SECOND = timedelta(seconds=1)


def taken_by(ids: Iterable[str]) -> set[str]:
    """Give the ids that no new step may have: those of steps, and the one that stands for each used routine."""
    return {taken for one in ids for taken in (one, one.partition("/")[0])}


def split_step(whole: Step, texts: Sequence[str], taken: Collection[str]) -> tuple[Step, ...]:
    """Make steps of one, each after the one before, with titles of their own; BadInput for these.

    Their ids are none of those `taken`. The first keeps instructions and the little checklist, the last
    the wait; what was planned is shared out equally.
    """
    titles = [text.strip() for text in texts]
    if len(titles) < 2 or not all(titles):
        raise BadInput("a step is split into at least two parts", "write their titles, joined by commas")
    if any(len(title) > LONGEST_TITLE for title in titles):
        raise BadInput(f"a title has more than {LONGEST_TITLE} characters", "make it shorter")
    parts: list[Step] = []
    for title in titles:
        name = unused(slug(title, "step"), {*taken, *(part.id for part in parts)})
        is_first, is_last = not parts, len(parts) == len(titles) - 1
        part = whole.replaced(
            id=name,
            title=title,
            planned=whole.planned and max(_SECOND, _SECOND * round(whole.planned / len(titles) / _SECOND)),
            instructions=whole.instructions if is_first else None,
            checklist=whole.checklist if is_first else (),
            after=whole.after if is_first else (parts[-1].id,),
            wait=whole.wait if is_last else None,
        )
        parts.append(part)
    return tuple(parts)
