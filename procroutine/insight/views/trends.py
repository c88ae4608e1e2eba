"""What Trends draws."""

from __future__ import annotations

from datetime import timedelta

from procroutine.insight.views.common import ChartData, ShareRow, Standing
from procroutine.text import Shown
from procroutine.values import Value


class TrendsView(Value):
    """The trends of one routine."""

    routine_id: str
    name: Shown
    facts: str
    """`26 weeks · 25 runs · v1 to v4`."""
    weeks: int
    """How many are shown; 0 for all."""
    last: timedelta | None
    last_vs_goal: timedelta | None
    last_standing: Standing
    median: timedelta | None
    """Of the last eight weeks with a run."""
    median_was: timedelta | None
    """Of the first eight shown."""
    median_change: float | None
    """Relative, such as -0.28."""
    best: timedelta | None
    best_day: str
    goal: timedelta | None
    met: int
    met_of: int
    """Of how many last weeks `met` were at or under the goal; at most eight."""
    chart: ChartData
    steps: tuple[ShareRow, ...]
    systems: tuple[ShareRow, ...]
    people: tuple[ShareRow, ...]
