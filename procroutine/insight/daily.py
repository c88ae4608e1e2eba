"""A routine's days in numbers, for routines that are done more often than once a week."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from procroutine.insight.weekly import WeeklyValue, counts, value_of_runs

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.routine.model import GoalPer


def daily_values(heads: Iterable[RunHead], goal: timedelta | None, goal_per: GoalPer) -> tuple[WeeklyValue, ...]:
    """Give the days with a run that counts, oldest first, each as the week it lies in with that day's runs alone.

    A run belongs to the day on which it began, where it began.
    """
    by_day: dict[date, list[RunHead]] = {}
    for head in heads:
        if counts(head):
            by_day.setdefault(head.day, []).append(head)
    return tuple(value_of_runs(by_day[day][0].week, by_day[day], goal, goal_per) for day in sorted(by_day))
