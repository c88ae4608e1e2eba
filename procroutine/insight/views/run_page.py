"""What the page of a past run draws."""

from __future__ import annotations

from datetime import timedelta

from procroutine.insight.views.common import Standing
from procroutine.text import Shown
from procroutine.values import Value


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
