"""The last weeks as one row of blocks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from textual.content import Content

from procroutine.tui.widgets.cells import FAINT, Pieces, joined

_BLOCKS = "▁▂▃▄▅▆▇"


def week_bars(weeks: Sequence[timedelta | None], goal: timedelta | None) -> Content:
    """Give one block a week: green at or under the goal, grey above it or without one, a dot where none was run."""
    return joined(*bars_in_pieces(weeks, goal))


def bars_in_pieces(weeks: Sequence[timedelta | None], goal: timedelta | None) -> Pieces:
    """Give what `week_bars` gives, as pieces."""
    values = [week for week in weeks if week is not None]
    if not values:
        return (("·" * len(weeks), FAINT),)
    highest = max(values)
    lowest = min(values if goal is None else (*values, goal)) * 0.92
    span = highest - lowest
    pieces: list[tuple[str, str]] = []
    for week in weeks:
        if week is None:
            pieces.append(("·", FAINT))
        else:
            part = (week - lowest) / span if span else 0.0
            met = goal is not None and week <= goal
            pieces.append((_BLOCKS[round(part * (len(_BLOCKS) - 1))], "$text-success" if met else "$foreground 45%"))
    return tuple(pieces)
