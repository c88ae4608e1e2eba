"""What a run waited for, and at which step, as is told of where its time went."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from procroutine.improvement.ground import Wait
from procroutine.run.stretches import WAITED

if TYPE_CHECKING:
    from procroutine.run.stretches import Stretch


def waits_of(stretches: Iterable[Stretch]) -> tuple[Wait, ...]:
    """Give the waits of a run in the order of time."""
    return tuple(
        Wait(step=one.step, text=one.text or None, length=one.length) for one in stretches if one.kind == WAITED
    )
