"""The four corners, and what is missing where a routine stands in none."""

from __future__ import annotations

from datetime import timedelta

import pytest

from procroutine.improvement.corner import Corner, against, corner_of
from procroutine.improvement.ground import RoutineGround
from procroutine.routine.model import GoalPer
from tests.improvement.histories import FIRST, NOW, Played, ground, minutes, routine, step


def corner_on_the_day(past: RoutineGround) -> Corner:
    return corner_of(past, NOW.date())


@pytest.mark.parametrize(
    ("right", "takes", "corner", "advice"),
    [
        (4, 30, "effective_efficient", "Right and in time: the output was right in 4 of 5 runs"),
        (5, 31, "effective_slow", "Right but slow, so work on the systems"),
        (3, 20, "fast_not_right", "In time but not right, so work on the process"),
        (0, 40, "neither", "Neither right nor in time, so work on the process first"),
    ],
)
def test_the_corner_and_what_follows(right: int, takes: float, corner: str, advice: str) -> None:
    runs = [Played({"work": takes}, outcome="met" if number < right else "partly") for number in range(5)]
    found = corner_on_the_day(ground(routine(step("work"), goal=minutes(30)), runs))
    assert found.corner == corner
    assert found.sentence.startswith(advice)


def test_without_a_goal_or_outcomes_it_is_unknown_and_the_process_comes_first() -> None:
    runs = [Played({"work": 10}, outcome="met" if number < 3 else None) for number in range(9)]
    known = corner_on_the_day(ground(routine(step("work"), goal=minutes(30)), runs))
    assert (known.corner, known.sentence) == (
        "unknown",
        "Only 3 of the last 9 runs say whether the output was right, and 4 are needed. In doubt, work on the process.",
    )
    assert "There is no goal" in corner_on_the_day(ground(routine(step("work")), runs)).sentence
    assert (
        "There is no finished run yet"
        in corner_on_the_day(ground(routine(step("work"), goal=minutes(30)), [])).sentence
    )


@pytest.mark.parametrize(
    ("runs", "known", "said"),
    [
        (1, 1, "Only 1 finished run is there, and 4 that say whether the output was right are needed."),
        (3, 0, "Only 3 finished runs are there, and 4 that say whether the output was right are needed."),
        (4, 0, "None of the last 4 runs says whether the output was right, and 4 are needed."),
        (9, 1, "Only 1 of the last 9 runs says whether the output was right, and 4 are needed."),
    ],
)
def test_few_runs_are_told_in_the_number_they_have(runs: int, known: int, said: str) -> None:
    played = [Played({"work": 10}, outcome="met" if number < known else None) for number in range(runs)]
    found = corner_on_the_day(ground(routine(step("work"), goal=minutes(30)), played))
    assert found.sentence == f"{said} In doubt, work on the process."


@pytest.mark.parametrize(("left_out", "said"), [(1, "The only run is"), (10, "All 10 runs are")])
def test_runs_that_are_all_left_out_are_there(left_out: int, said: str) -> None:
    found = ground(routine(step("work"), goal=minutes(30)), []).replaced(left_out=left_out)
    assert corner_on_the_day(found).sentence == f"{said} left out of the statistics. In doubt, work on the process."


def test_a_goal_of_the_week_is_held_against_the_weeks() -> None:
    runs = [Played({"work": 10}, outcome="met") for _ in range(8)]
    weekly = routine(step("work"), goal=minutes(10), goal_per=GoalPer.WEEK)
    assert corner_on_the_day(ground(weekly, runs)).corner == "effective_efficient"
    assert "the middle of the newest 8 weeks takes 10m of 10m" in corner_on_the_day(ground(weekly, runs)).sentence


@pytest.mark.parametrize(
    ("times", "said"),
    [
        ((40,) * 5 + (29, 28, 33, 29, 30), "takes 37m of 30m, but 4 of the last 5 took no longer than 30m."),
        ((20,) * 6 + (40, 40, 20, 40, 40), "takes 20m of 30m, but 4 of the last 5 took longer than 30m."),
        ((40,) * 5 + (29, 28, 33, 29, 31), "takes 37m of 30m."),
    ],
)
def test_what_most_of_the_last_five_runs_took_is_said_where_it_is_otherwise(times: tuple[int, ...], said: str) -> None:
    runs = [Played({"work": time}, outcome="met") for time in times]
    assert corner_on_the_day(ground(routine(step("work"), goal=minutes(30)), runs)).sentence.endswith(said)


def test_only_the_newest_runs_count() -> None:
    runs = [Played({"work": 90}, outcome="missed")] * 40 + [Played({"work": 10}, outcome="met")] * 13
    assert corner_on_the_day(ground(routine(step("work"), goal=minutes(30)), runs)).corner == "effective_efficient"


def test_of_a_goal_of_the_week_only_whole_weeks_are_held_against_it() -> None:
    """Once a day 10 minutes, so 1h10 a week, whichever day it is."""
    daily = ground(
        routine(step("work"), goal=minutes(60), goal_per=GoalPer.WEEK), [Played({"work": 10}, outcome="met")] * 30
    )
    runs = tuple(run.replaced(day=FIRST + timedelta(days=number)) for number, run in enumerate(daily.runs))
    for count in range(14, 30):
        found = corner_of(daily.replaced(runs=runs[:count], total_runs=count), runs[count - 1].day)
        assert (found.corner, found.middle) == ("effective_slow", minutes(70))
    begun = corner_of(daily.replaced(runs=runs[:5], total_runs=5), runs[4].day)
    assert (begun.corner, begun.sentence) == (
        "unknown",
        "No week with a run is over yet. In doubt, work on the process.",
    )


def test_of_a_goal_of_the_week_the_newest_thirteen_weeks_count_however_many_runs_they_have() -> None:
    """Five runs a week, eleven weeks of 50 minutes, then three of 40; a week that was read in part is left out."""
    weekly = routine(step("work"), goal=minutes(45), goal_per=GoalPer.WEEK)
    daily = ground(weekly, [Played({"work": 10 if number < 55 else 8}, outcome="met") for number in range(70)])
    days = [FIRST + timedelta(weeks=number // 5, days=number % 5) for number in range(70)]
    runs = tuple(run.replaced(day=day) for run, day in zip(daily.runs, days, strict=True))
    after = FIRST + timedelta(weeks=15)
    found = corner_of(daily.replaced(runs=runs), after)
    assert found.middle == minutes(50)
    assert found.sentence.endswith("the middle of the newest 13 weeks takes 50m of 45m.")
    begun_earlier = daily.replaced(runs=runs[27:], total_runs=70)
    assert "of the newest 8 weeks takes 50m of 45m" in corner_of(begun_earlier, after).sentence


def test_a_length_just_over_its_goal_is_told_with_seconds() -> None:
    goal = timedelta(minutes=20)
    assert against(goal + timedelta(seconds=5), goal) == "20:05 of 20:00"
    assert against(goal, goal) == "20m of 20m"
    assert against(timedelta(minutes=25), goal) == "25m of 20m"
