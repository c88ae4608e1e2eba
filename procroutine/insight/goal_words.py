"""What a run is held against, in words: its goal, or what earlier runs of its week have left of one of the week."""

from __future__ import annotations

from datetime import timedelta

from procroutine.durations import total_time

OF_WEEK = " of the week's goal"
"""What goes first where there is no room to say of what it is left."""
NOTHING_LEFT = f"nothing is left{OF_WEEK}"


def goal_words(goal: timedelta, is_of_week: bool) -> str:
    """Give `the goal of 1h00`, `the 20m left of the week's goal` or `the week's goal, used up before`."""
    if not is_of_week:
        return f"the goal of {total_time(goal)}"
    return f"the {total_time(goal)} left{OF_WEEK}" if goal else "the week's goal, used up before"


def goal_at_begin(goal: timedelta, is_of_week: bool) -> str:
    """Give the same as it is told at the beginning: `goal 1h00`, `20m left of the week's goal`."""
    if not is_of_week:
        return f"goal {total_time(goal)}"
    return f"{total_time(goal)} left{OF_WEEK}" if goal else NOTHING_LEFT
