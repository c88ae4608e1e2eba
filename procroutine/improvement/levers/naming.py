"""Steps in the sentences of levers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from procroutine.improvement.ground import RoutineGround


def names_of(ground: RoutineGround, steps: Iterable[str]) -> str:
    """Name steps: `"Crop"`, `"Crop" and "Write"`, `"Crop", "Write" and "Enter"`."""
    return listed(f'"{ground.title(step)}"' for step in steps)


def listed(words: Iterable[str]) -> str:
    """Put words in a row, the last with `and`."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
