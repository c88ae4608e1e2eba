"""What is waited at steps that would be done with another system or by another person."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from procroutine.improvement.basis import FEWEST_TIMED
from procroutine.insight.weekly import median

if TYPE_CHECKING:
    from procroutine.improvement.basis import Basis
    from procroutine.improvement.draft import Draft
    from procroutine.improvement.work import Work

ZERO = timedelta()


def waits_otherwise(draft: Draft, work: Work, basis: Basis, there: Collection[str]) -> dict[str, timedelta]:
    """Give what was waited in the middle when steps were done as they would be, where that was often enough.

    A person is waited for behind the step before theirs as well; where that is not `there` any more, it
    is waited at their own.
    """
    before = {step.id: earlier.id for earlier, step in pairwise(draft.routine.steps)}
    at_own, at_earlier = dict[str, timedelta](), dict[str, timedelta]()
    for part in work.parts if basis.beside else ():
        step, earlier = part.step.id, before.get(part.step.id) if part.person is not None else None
        known = [one.waits for one in basis.otherwise(part) if one.waits is not None] if part.share else []
        if len(known) < FEWEST_TIMED:
            continue
        own = [waits.get(step, ZERO) for waits in known]
        if earlier is not None:
            behind = [waits.get(earlier, ZERO) for waits in known]
            if earlier in there:
                at_earlier[earlier] = median(behind) or ZERO
            else:
                own = [one + other for one, other in zip(own, behind, strict=True)]
        at_own[step] = median(own) or ZERO
    return at_earlier | at_own
