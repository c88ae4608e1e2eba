"""Signals of a week are those that Trends draws in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from procroutine.history.heads import RunHead
from procroutine.insight.behaviour import points_of
from procroutine.insight.report_routine import points_of_runs
from procroutine.insight.trends_answer import trends_answer
from procroutine.insight.weekly import weekly_values
from procroutine.routine.model import GoalPer
from procroutine.weeks import Week
from tests.insight.report_samples import ground, report, run_on
from tests.insight.week_samples import entry

FIRST = datetime(2026, 1, 5, 9, tzinfo=UTC)


def run(week: int, minutes: float, **given: Any) -> RunHead:
    return run_on((FIRST + timedelta(weeks=week)).isoformat(), minutes, **given)


def test_each_signal_of_trends_stands_in_the_report_of_its_week_and_nowhere_else() -> None:
    values = (60, 61, 59, 60, 61, 59, 60, 61, 59, 60, 90, 60, 61, 60, 63, 63, 63, 60, 60, *(59,) * 9, 60, 61)
    heads = [run(week, value) for week, value in enumerate(values)]
    made = ground([entry("posts", "weekly")], heads)
    routine = made.routines[0].routine
    assert routine is not None
    answer = trends_answer(routine, heads, Week.parse("2026-W47"), 60, {})
    expected = [(signal["week"], signal["rule"]) for signal in answer["signals"]]
    weeks = [str(Week.of(FIRST + timedelta(weeks=number))) for number in range(len(values))]
    found = [(week, signal.rule) for week in weeks for signal in report(made, week).signals]
    assert found == expected
    assert len(found) > 1


@given(
    st.lists(st.tuples(st.integers(0, 12), st.integers(1, 300), st.integers(0, 4)), max_size=30),
    st.sampled_from((GoalPer.RUN, GoalPer.WEEK)),
)
@settings(max_examples=40, deadline=None)
def test_points_are_those_of_the_weeks(runs: list[tuple[int, int, int]], goal_per: GoalPer) -> None:
    heads = [
        run(week, minutes, revision=revision or None, left_out=minutes % 7 == 0) for week, minutes, revision in runs
    ]
    first = Week.of(FIRST)
    assert points_of_runs(heads, goal_per) == points_of(weekly_values(heads, None, goal_per, first, first + 12))
