"""What a run waited for, and which step that wait belongs to: one answer for review, what-if and flow map."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.improvement.ground import Wait
from procroutine.run.stretches import WAITED, WORK

if TYPE_CHECKING:
    from procroutine.run.stretches import Stretch

ZERO = timedelta()


def waits_of(stretches: Sequence[Stretch], with_wait: Collection[str] = ()) -> tuple[Wait, ...]:
    """Give the waits of a run in the order of time, each with the step in or behind which it was waited.

    That is the step at hand. But where less than half of its work was done, as where somebody goes on
    to the next step and then waits, it is the one before it; unless only the step at hand is one of
    those `with_wait`, after which the definition says that one usually waits.
    """
    return tuple(
        Wait(step=_waited_behind(stretches, place, with_wait), text=one.text or None, length=one.length)
        for place, one in enumerate(stretches)
        if one.kind == WAITED
    )


def waited_by_step(waits: Iterable[Wait]) -> dict[str, timedelta]:
    """Give how long was waited in and behind each step."""
    found: dict[str, timedelta] = defaultdict(timedelta)
    for wait in waits:
        if wait.step is not None:
            found[wait.step] += wait.length
    return dict(found)


def _waited_behind(stretches: Sequence[Stretch], place: int, with_wait: Collection[str]) -> str:
    at_hand = stretches[place].step
    earlier = next((one.step for one in reversed(stretches[:place]) if one.step != at_hand), at_hand)
    before, after = (_work(part, at_hand) for part in (stretches[:place], stretches[place:]))
    is_own = at_hand in with_wait and earlier not in with_wait
    return earlier if before < after and not is_own else at_hand


def _work(stretches: Iterable[Stretch], step: str) -> timedelta:
    return sum((one.length for one in stretches if one.step == step and one.kind == WORK), ZERO)
