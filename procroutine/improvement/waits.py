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

    That is the step at hand or the one before it: the one of those `with_wait`, after which the definition
    says that one usually waits; where that tells nothing, the step at hand, but the one before it where
    less than half of the work at hand was done, as where somebody goes on to the next step and then waits.
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
    if (at_hand in with_wait) != (earlier in with_wait):
        return at_hand if at_hand in with_wait else earlier
    return earlier if before < after else at_hand


def _work(stretches: Iterable[Stretch], step: str) -> timedelta:
    return sum((one.length for one in stretches if one.step == step and one.kind == WORK), ZERO)
