"""What Trends is to draw: the weeks or days that are asked for, and how they behave in the whole history."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from procroutine.insight.behaviour import behaviour_of, points_of
from procroutine.insight.weekly import WeeklyValue, counts, first_week, value_of_runs, weekly_values
from procroutine.routine.due import missed_weeks_of
from procroutine.routine.model import GoalPer
from procroutine.values import Value
from procroutine.weeks import Week

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.insight.behaviour import Behaviour
    from procroutine.routine.model import Routine


def daily_values(heads: Iterable[RunHead], goal: timedelta | None, goal_per: GoalPer) -> tuple[WeeklyValue, ...]:
    """Give the days with a run that counts, oldest first, each as the week it lies in with that day's runs alone.

    A run belongs to the day on which it began, where it began.
    """
    by_day: dict[date, list[RunHead]] = {}
    for head in heads:
        if counts(head):
            by_day.setdefault(head.day, []).append(head)
    return tuple(value_of_runs(by_day[day][0].week, by_day[day], goal, goal_per) for day in sorted(by_day))


class Question(Value):
    """What is asked about a routine."""

    routine: Routine
    heads: Sequence[RunHead]
    """All of its runs, in any order."""
    this_week: Week
    weeks: int
    """How many are shown, the present one last; 0 for all."""
    off: Mapping[Week, str]
    """Weeks declared off, and why."""
    real_changes: Collection[int]
    """Revisions that the person marked as a real change."""
    by_medians: bool
    by_day: bool


class Plot(Value):
    """What a chart is made from."""

    weeks: tuple[WeeklyValue, ...]
    """The weeks that are shown, oldest first, also where their days are drawn."""
    values: tuple[WeeklyValue, ...]
    """Weeks or days that are shown, oldest first; of the whole history the last ones."""
    behaviour: Behaviour
    """Of the whole history; of no points where none can be told."""
    goal: timedelta | None
    this_week: Week
    by_day: bool
    is_sum: bool
    """Whether a point is the sum of its runs, not their mean."""
    off: Mapping[Week, str]
    """Weeks declared off, and why."""
    missed: Collection[Week]

    @property
    def unit(self) -> str:
        """What a point stands for."""
        return "day" if self.by_day else "week"

    @property
    def earlier(self) -> int:
        """How many points of the behaviour lie before those that are shown."""
        return max(0, len(self.behaviour.points) - sum(value.value is not None for value in self.values))


def plot_of(asked: Question) -> Plot:
    """Find what there is to draw."""
    routine = asked.routine
    ever = weeks_ever(routine, asked.heads, asked.this_week)
    weeks = ever[-asked.weeks :] if asked.weeks else ever
    values, goal, is_sum = weeks, routine.goal, routine.goal_per is GoalPer.WEEK
    if asked.by_day:
        # A day is only a part of what a goal of the week is about.
        goal = None if is_sum else goal
        ever = daily_values(asked.heads, goal, routine.goal_per)
        values = tuple(value for value in ever if weeks and weeks[0].week <= value.week)
    points = () if asked.by_day and is_sum else points_of(ever)
    return Plot(
        weeks=weeks,
        values=values,
        behaviour=behaviour_of(points, asked.real_changes, by_medians=asked.by_medians),
        goal=goal,
        this_week=asked.this_week,
        by_day=asked.by_day,
        is_sum=is_sum,
        off={} if asked.by_day else asked.off,
        missed=() if asked.by_day else _missed(routine, asked.heads, weeks),
    )


def weeks_ever(routine: Routine, heads: Sequence[RunHead], this_week: Week) -> tuple[WeeklyValue, ...]:
    """Give all weeks from that of the first run that counts up to the present one, oldest first."""
    first = first_week(heads)
    if first is None:
        return ()
    return weekly_values(heads, routine.goal, routine.goal_per, first, max(this_week, first))


def _missed(routine: Routine, heads: Sequence[RunHead], values: Sequence[WeeklyValue]) -> Collection[Week]:
    """Give the weeks without a run in which one was due and not done."""
    empty = [place for place, value in enumerate(values) if value.value is None]
    if routine.schedule is None or not empty:
        return ()
    days = [head.day for head in heads if head.state == "finished" and not head.deleted]
    # Weeks with a run need no look: the due days of ten years take long to find.
    return missed_weeks_of(
        routine.schedule, days, ((values[first].week, values[last].week) for first, last in _rows(empty))
    )


def _rows(places: Sequence[int]) -> list[tuple[int, int]]:
    """Give the first and last of each row of places that follow one another."""
    starts = [place for before, place in pairwise((-2, *places)) if place != before + 1]
    ends = [place for place, after in pairwise((*places, -2)) if after != place + 1]
    return list(zip(starts, ends, strict=True))
