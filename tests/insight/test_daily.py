"""The days of a routine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from procroutine.insight.trends_plot import daily_values
from procroutine.routine.model import GoalPer

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead

HOUR = timedelta(hours=1)


def test_each_day_with_a_run_that_counts_is_worth_their_mean_or_sum(make_head: Callable[..., RunHead]) -> None:
    runs = [("18T09:00", 50, {}), ("16T15:00", 80, {}), ("16T09:00", 60, {}), ("17T09:00", 1, {"left_out": True})]
    heads = [
        make_head(
            started_at=datetime.fromisoformat(f"2026-11-{at}").replace(tzinfo=UTC),
            active=timedelta(minutes=minutes),
            **given,
        )
        for at, minutes, given in runs
    ]
    means = daily_values(heads, HOUR, GoalPer.RUN)
    assert [(value.value, value.met) for value in means] == [
        (timedelta(minutes=70), False),
        (timedelta(minutes=50), True),
    ]
    assert [run.started_at.hour for run in means[0].runs] == [9, 15]
    assert [value.value for value in daily_values(heads, None, GoalPer.WEEK)] == [
        timedelta(minutes=140),
        timedelta(minutes=50),
    ]
