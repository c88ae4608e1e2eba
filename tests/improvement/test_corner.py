"""The four corners, and what is missing where a routine stands in none."""

from __future__ import annotations

import pytest

from procroutine.improvement.corner import corner_of
from procroutine.routine.model import GoalPer
from tests.improvement.histories import Played, ground, minutes, routine, step


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
    found = corner_of(ground(routine(step("work"), goal=minutes(30)), runs))
    assert found.corner == corner
    assert found.sentence.startswith(advice)


def test_without_a_goal_or_outcomes_it_is_unknown_and_the_process_comes_first() -> None:
    runs = [Played({"work": 10}, outcome="met" if number < 3 else None) for number in range(9)]
    known = corner_of(ground(routine(step("work"), goal=minutes(30)), runs))
    assert (known.corner, known.sentence) == (
        "unknown",
        "Only 3 of the last 9 runs say whether the output was right, and 4 are needed. In doubt, work on the process.",
    )
    assert "There is no goal" in corner_of(ground(routine(step("work")), runs)).sentence
    assert "There is no finished run yet" in corner_of(ground(routine(step("work"), goal=minutes(30)), [])).sentence


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
    found = corner_of(ground(routine(step("work"), goal=minutes(30)), played))
    assert found.sentence == f"{said} In doubt, work on the process."


@pytest.mark.parametrize(("left_out", "said"), [(1, "The only run is"), (10, "All 10 runs are")])
def test_runs_that_are_all_left_out_are_there(left_out: int, said: str) -> None:
    found = ground(routine(step("work"), goal=minutes(30)), []).replaced(left_out=left_out)
    assert corner_of(found).sentence == f"{said} left out of the statistics. In doubt, work on the process."


def test_a_goal_of_the_week_is_held_against_the_weeks() -> None:
    runs = [Played({"work": 10}, outcome="met") for _ in range(8)]
    weekly = routine(step("work"), goal=minutes(10), goal_per=GoalPer.WEEK)
    assert corner_of(ground(weekly, runs)).corner == "effective_efficient"
    assert "the middle week takes 10m of 10m" in corner_of(ground(weekly, runs)).sentence


def test_only_the_newest_runs_count() -> None:
    runs = [Played({"work": 90}, outcome="missed")] * 40 + [Played({"work": 10}, outcome="met")] * 13
    assert corner_of(ground(routine(step("work"), goal=minutes(30)), runs)).corner == "effective_efficient"
