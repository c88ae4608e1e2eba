"""What a run is held against, in words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from procroutine.insight.goal_words import goal_at_begin, goal_words


@pytest.mark.parametrize(
    ("minutes", "is_of_week", "begin", "end"),
    [
        (60, False, "goal 1h00", "the goal of 1h00"),
        (20, True, "20m left of the week's goal", "the 20m left of the week's goal"),
        (0, True, "nothing is left of the week's goal", "the week's goal, used up before"),
    ],
)
def test_of_a_goal_of_the_week_what_is_left_is_told(minutes: int, is_of_week: bool, begin: str, end: str) -> None:
    goal = timedelta(minutes=minutes)
    assert (goal_at_begin(goal, is_of_week), goal_words(goal, is_of_week)) == (begin, end)
