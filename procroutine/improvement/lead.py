"""What a routine takes from start to end besides its work: lead time less active time (FORMULAS 6).

It has one meaning wherever it is told: what the finished runs paused, waited and slept; and before
the first of them the waits that the file names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.history.targets import usual

if TYPE_CHECKING:
    from procroutine.routine.model import Step

ZERO = timedelta()


def besides(lengths: Sequence[timedelta], steps: Iterable[Step]) -> timedelta:
    """Give what a run takes besides its work; `lengths` are those of finished runs, oldest first."""
    if lengths:
        return usual(lengths) or ZERO
    return sum((step.wait for step in steps if step.wait and not step.prepare), ZERO)
