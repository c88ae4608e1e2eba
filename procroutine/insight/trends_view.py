"""The trends of one routine: its weeks against the goal, and where the time goes.

Which weeks are shown is chosen; steps, systems and people are those of the whole history.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.insight.comparisons import counted_runs
from procroutine.insight.dates import day_and_month
from procroutine.insight.shares import share_rows, step_figures, step_rows, time_by_person, time_by_system, whole
from procroutine.insight.views.trends import TrendsView
from procroutine.insight.weekly import (
    WeeklyValue,
    chart_of,
    first_week,
    median,
    standing_of,
    weekly_values,
)
from procroutine.routine.due import missed_weeks
from procroutine.routine.model import GoalPer
from procroutine.text import counted, shown

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.routine.model import Routine
    from procroutine.weeks import Week

SPAN = 8
"""Weeks in a median, and in how often the goal was met."""


def trends_view(
    routine: Routine, heads: Sequence[RunHead], this_week: Week, weeks: int = 26, off: Collection[Week] = ()
) -> TrendsView:
    """Draw the last so many weeks of a routine (0: all) from all of its runs, in any order."""
    values = shown_weeks(routine, heads, this_week, weeks)
    ran = [value for value in values if value.value is not None]
    goal = routine.goal
    last = ran[-1].value if ran else None
    middle, was = _medians(ran)
    best, best_day = _best(routine, ran, this_week)
    figures = step_figures(routine, counted_runs(heads))
    names = {system.id: system.name for system in routine.systems.values()}
    return TrendsView(
        routine_id=routine.id,
        name=shown(routine.name),
        facts=_facts(values),
        weeks=weeks,
        last=last,
        last_vs_goal=None if last is None or goal is None else last - goal,
        last_standing=standing_of(last, goal),
        median=middle,
        median_was=was,
        median_change=(middle - was) / was if middle is not None and was else None,
        best=best,
        best_day=best_day,
        goal=goal,
        met=sum(value.met is True for value in ran[-SPAN:]),
        met_of=len(ran[-SPAN:]),
        chart=chart_of(values, goal, this_week, off, _missed(routine, heads, values)),
        steps=step_rows(figures),
        systems=share_rows(time_by_system(figures), names, whole(figures)),
        people=share_rows(time_by_person(figures), {}, whole(figures)),
    )


def shown_weeks(routine: Routine, heads: Sequence[RunHead], this_week: Week, weeks: int) -> tuple[WeeklyValue, ...]:
    """Give the last so many weeks up to the present one (0: all), none from before the first run."""
    first = first_week(heads)
    if first is None:
        return ()
    if weeks:
        first = max(first, this_week + (1 - weeks))
    return weekly_values(heads, routine.goal, routine.goal_per, first, max(this_week, first))


def _missed(routine: Routine, heads: Sequence[RunHead], values: Sequence[WeeklyValue]) -> Collection[Week]:
    if routine.schedule is None or not values:
        return ()
    days = [head.day for head in heads if head.state == "finished" and not head.deleted]
    return missed_weeks(routine.schedule, days, values[0].week, values[-1].week)


def _facts(values: Sequence[WeeklyValue]) -> str:
    """Give `26 weeks · 25 runs · v1 to v4`."""
    runs = [run for value in values for run in value.runs]
    if not runs:
        return "no runs yet"
    numbers = [run.revision for run in runs if run.revision is not None]
    parts = [counted(len(values), "week"), counted(len(runs), "run")]
    if numbers:
        oldest, newest = min(numbers), max(numbers)
        parts.append(f"v{newest}" if oldest == newest else f"v{oldest} to v{newest}")
    return " · ".join(parts)


def _medians(ran: Sequence[WeeklyValue]) -> tuple[timedelta | None, timedelta | None]:
    """Give the median of the last eight weeks and that of the first eight; of eight in all only one."""
    values = [value.value for value in ran if value.value is not None]
    return median(values[-SPAN:]), median(values[:SPAN]) if len(values) > SPAN else None


def _best(routine: Routine, ran: Sequence[WeeklyValue], this_week: Week) -> tuple[timedelta | None, str]:
    """Give the best run, or week, in which every step that is not optional was done, and its day (FORMULAS 8)."""
    if routine.goal_per is GoalPer.WEEK:
        whole_weeks = [value for value in ran if value.week != this_week and all(run.complete for run in value.runs)]
        found = [(value.total, value.runs[-1]) for value in whole_weeks]
    else:
        found = [(run.active, run) for value in ran for run in value.runs if run.complete]
    if not found:
        return None, ""
    best, run = min(found, key=lambda pair: (pair[0], pair[1].started_at))
    day = run.started_at.date()
    return best, day_and_month(day) if run.week.year == this_week.year else f"{day_and_month(day)} {day.year}"
