"""What History draws."""

from __future__ import annotations

from datetime import timedelta

from procroutine.insight.views.common import Standing
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
