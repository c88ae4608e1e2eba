"""The last weeks as one row of blocks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from textual.content import Content

from procroutine.tui.widgets.cells import FAINT, joined

_BLOCKS = "▁▂▃▄▅▆▇"


def week_bars(weeks: Sequence[timedelta | None], goal: timedelta | None) -> Content:
    """Give one block a week: green at or under the goal, grey above it or without one, a dot where none was run."""
    values = [week for week in weeks if week is not None]
    if not values:
        return Content.styled("·" * len(weeks), FAINT)
    lowest = min([*values, goal] if goal is not None else values) * 0.92
    return joined(*(_bar(week, goal, lowest, max(values)) for week in weeks))


def _bar(week: timedelta | None, goal: timedelta | None, lowest: timedelta, highest: timedelta) -> tuple[str, str]:
    if week is None:
        return "·", FAINT
    part = (week - lowest) / (highest - lowest) if highest > lowest else 0.0
    met = goal is not None and week <= goal
    return _BLOCKS[round(part * (len(_BLOCKS) - 1))], "$text-success" if met else "$foreground 45%"
