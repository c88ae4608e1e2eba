"""What History, the page of a run and Trends draw."""

from __future__ import annotations

from datetime import timedelta

from procroutine.insight.views.common import ChartData, ShareRow, Standing
from procroutine.text import Shown
from procroutine.values import Value


class HistoryRow(Value):
    """One finished or abandoned run."""

    run_id: str
    routine_id: str
    week: str
    """`W47` on the first row of a week, else empty."""
    finished: str
    """`Tue 17 16:20`."""
    name: Shown
    state: str
    """`finished` or `abandoned`."""
    total: timedelta
    vs_goal: timedelta | None
    standing: Standing
    steps: str
    """`9/10`."""
    skipped: bool
    revision: str
    """`4`, or empty where it has none."""
    note: Shown


class HistoryView(Value):
    """The table of runs."""

    title: Shown
    facts: str
    """`last 12 weeks · 61 runs · 48h12`."""
    rows: tuple[HistoryRow, ...]


class RunPageStep(Value):
    """One step on a past run's page."""

    title: Shown
    state: str
    """`done`, `skipped`, or `off` where it was switched off for this run; of an abandoned run also `pending`."""
    time: timedelta | None
    usual: timedelta | None
    difference: timedelta | None
    standing: Standing
    paused: timedelta
    note: Shown | None


class RunPage(Value):
    """One past run."""

    run_id: str
    routine_id: str
    name: Shown
    place: str
    """`v4 · week 47 · Thu 19 Nov 13:47 to 14:44`."""
    state: str
    total: timedelta
    goal: timedelta | None
    vs_goal: timedelta | None
    standing: Standing
    vs_usual: timedelta | None
    paused: timedelta
    waiting: timedelta
    asleep: timedelta
    corrected: timedelta
    outcome: str | None
    note: Shown | None
    steps: tuple[RunPageStep, ...]
    order: str = ""
    """`done in the order 1, 3, 2`, where that is not the order of the list."""


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
