"""Whether a routine's odds could have been believed, as told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random

from procroutine.history.heads import RunHead
from procroutine.insight.backtest_answer import backtest_answer
from procroutine.routine.model import GoalPer, Routine, Step

ROUTINE = Routine(id="posts", name="Weekly posts", goal=timedelta(seconds=100), steps=(Step(id="a", title="A"),))


def test_below_six_runs_there_is_nothing_to_tell(make_head: Callable[..., RunHead]) -> None:
    answer = backtest_answer(ROUTINE, [make_head(a=60) for _ in range(5)], {})
    assert (answer["runs"], answer["bands"]) == (0, [])
    assert answer["sentence"] == "Odds need 5 runs before the one they are for, and a goal; there are 5 runs."


def test_where_there_is_no_goal_that_is_what_is_lacking(make_head: Callable[..., RunHead]) -> None:
    heads = [make_head(a=60, goal=None) for _ in range(9)]
    said = backtest_answer(ROUTINE.replaced(goal=None), heads, {})["sentence"]
    assert said == "Odds need a goal, and none of the runs has one."


def test_runs_without_a_goal_are_held_against_the_routines(make_head: Callable[..., RunHead]) -> None:
    heads = [make_head(a=60, goal=None) for _ in range(8)]
    answer = backtest_answer(ROUTINE, heads, {})
    assert (answer["runs"], answer["met"], answer["bands"][0]["share_met"]) == (3, 3, 1.0)
    assert "says little" in answer["sentence"]


def test_odds_of_a_steady_process_can_be_believed(make_head: Callable[..., RunHead]) -> None:
    random = Random(1)
    heads = [make_head(a=random.gauss(95, 10), goal=timedelta(seconds=100)) for _ in range(120)]
    answer = backtest_answer(ROUTINE, heads, {})
    assert answer["runs"] == 115
    assert answer["sentence"].endswith("The odds can be believed.")
    assert sum(band["runs"] for band in answer["bands"]) == 115


def test_odds_of_a_process_that_gets_worse_all_the_time_promised_too_much(make_head: Callable[..., RunHead]) -> None:
    heads = [make_head(a=50 + number * 1.5, goal=timedelta(seconds=51 + number * 1.5 - 2)) for number in range(60)]
    assert backtest_answer(ROUTINE, heads, {})["sentence"].endswith("The odds promised too much.")


def test_of_a_goal_of_the_week_a_run_has_what_those_before_it_left(make_head: Callable[..., RunHead]) -> None:
    monday = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)
    days = [monday + timedelta(weeks=week, days=day) for week in range(4) for day in range(5)]
    heads = [make_head(a=40, goal=timedelta(seconds=100), started_at=day) for day in days]
    of_week = ROUTINE.replaced(goal_per=GoalPer.WEEK)
    answer = backtest_answer(of_week, heads, {})
    assert (answer["runs"], answer["met"], answer["goal_per"]) == (15, 6, "week")
    assert "6 kept what was left of the week's goal" in answer["sentence"]
    recorded = {1: {"id": "posts", "goal_per": "week", "steps": [{"id": "a", "title": "A"}]}}
    assert backtest_answer(ROUTINE, heads, recorded)["met"] == 6
    assert backtest_answer(of_week, heads, {1: {"id": "posts", "steps": recorded[1]["steps"]}})["met"] == 15
