"""The trends of one routine: its weeks against the goal, and where the time goes.

Which weeks are shown is chosen, and steps, systems and people are those of these weeks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from procroutine.insight.comparisons import counted_runs
from procroutine.insight.dates import day_and_month
from procroutine.insight.goal_statement import GoalStatement, goal_statement
from procroutine.insight.shares import (
    StepFigures,
    share_rows,
    step_figures,
    step_rows,
    time_by_person,
    time_by_system,
    whole,
)
from procroutine.insight.trends_chart import trends_chart
from procroutine.insight.trends_plot import Plot, Question, plot_of
from procroutine.insight.trends_readings import charted, readings, standing_signal, usual
from procroutine.insight.views.steps import StepRow
from procroutine.insight.views.trends import TrendsView
from procroutine.insight.weekly import WeeklyValue, median, standing_of
from procroutine.routine.model import GoalPer
from procroutine.text import counted, shown

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.routine.model import Routine
    from procroutine.weeks import Week

RECENT = 8
"""Times that the line of a step draws."""


def figures_since(routine: Routine, heads: Iterable[RunHead], first: Week | None) -> tuple[StepFigures, ...]:
    """Give the figures of each step from the runs that count and began in a week or later; None: from all."""
    return step_figures(routine, (head for head in counted_runs(heads) if first is None or first <= head.week))


def recent_rows(figures: Sequence[StepFigures]) -> tuple[StepRow, ...]:
    """Draw the steps that were done, the slowest by median first, with their newest times."""
    newest = {one.step.id: one.times[-RECENT:] for one in figures}
    return tuple(
        StepRow(**{field: getattr(row, field) for field in row._fields}, recent=newest[row.id])
        for row in step_rows(figures)
    )


SPAN = 8
"""Weeks in a median, and in how often the goal was met."""
_NONE_OFF: Mapping[Week, str] = MappingProxyType({})


def trends_view(
    routine: Routine,
    heads: Sequence[RunHead],
    this_week: Week,
    weeks: int = 26,
    off: Mapping[Week, str] = _NONE_OFF,
    real_changes: Collection[int] = (),
    *,
    by_medians: bool = False,
    by_day: bool = False,
) -> TrendsView:
    """Draw the last so many weeks of a routine (0: all) from all of its runs, in any order.

    `off` has the weeks declared off with their reasons, `real_changes` the revisions that the person
    marked as a real change; limits are `by_medians` only where the person chose so. `by_day` draws
    the days with runs of these weeks.
    """
    asked = Question(
        routine=routine,
        heads=heads,
        this_week=this_week,
        weeks=weeks,
        off=off,
        real_changes=real_changes,
        by_medians=by_medians,
        by_day=by_day,
    )
    return _view(asked, plot_of(asked))


def _view(asked: Question, plot: Plot) -> TrendsView:
    routine = asked.routine
    ran = [value for value in plot.values if value.value is not None]
    last = ran[-1].value if ran else None
    middle, was = _medians(ran)
    best, best_day = _best(routine, ran, plot)
    left_out = _left_out(asked.heads, plot.weeks)
    chart = trends_chart(plot)
    statement = _statement(routine, plot)
    figures = figures_since(routine, asked.heads, plot.weeks[0].week if plot.weeks else None)
    names = {system.id: system.name for system in routine.systems.values()}
    return TrendsView(
        routine_id=routine.id,
        name=shown(routine.name),
        facts=_facts(plot.weeks, left_out),
        weeks=asked.weeks,
        last=last,
        last_vs_goal=None if last is None or plot.goal is None else last - plot.goal,
        last_standing=standing_of(last, plot.goal),
        median=middle,
        median_was=was,
        median_change=(middle - was) / was if middle is not None and was else None,
        best=best,
        best_day=best_day,
        goal=plot.goal,
        met=sum(value.met is True for value in ran[-SPAN:]),
        met_of=len(ran[-SPAN:]),
        chart=chart,
        steps=recent_rows(figures),
        systems=share_rows(time_by_system(figures), names, whole(figures)),
        people=share_rows(time_by_person(figures), {}, whole(figures)),
        by_day=asked.by_day,
        by_medians=asked.by_medians,
        is_sum=plot.is_sum,
        charted=charted(plot),
        readings=readings(plot, chart.points),
        goal_short=statement.short,
        goal_sentence=statement.sentence,
        standing=standing_signal(plot, chart.points),
        usual=usual(plot),
        left_out=left_out,
    )


def _statement(routine: Routine, plot: Plot) -> GoalStatement:
    if plot.goal is None and routine.goal is not None:
        return GoalStatement("the goal is one of the week", "The goal is one of the week, of which a day is a part.")
    # The sum of a week that is not over yet keeps no goal.
    lately = [one.value for one in plot.behaviour.points if not (plot.is_sum and one.week == plot.this_week)]
    return goal_statement(plot.behaviour.in_force, plot.goal, plot.unit, lately[-SPAN:])


def _left_out(heads: Sequence[RunHead], values: Sequence[WeeklyValue]) -> int:
    """Count the runs since the first of some weeks, of none all, that the person left out of the figures."""
    return sum(
        head.left_out and not head.deleted and head.state == "finished" and (not values or values[0].week <= head.week)
        for head in heads
    )


def _facts(values: Sequence[WeeklyValue], left_out: int) -> str:
    """Give `26 weeks · 25 runs · v1 to v4`."""
    if not values:
        return f"no runs that count · {left_out} left out" if left_out else "no runs yet"
    runs = [run for value in values for run in value.runs]
    numbers = [run.revision for run in runs if run.revision is not None]
    parts = [counted(len(values), "week"), counted(len(runs), "run")]
    if numbers:
        oldest, newest = min(numbers), max(numbers)
        parts.append(f"v{newest}" if oldest == newest else f"v{oldest} to v{newest}")
    if left_out:
        parts.append(f"{left_out} left out")
    return " · ".join(parts)


def _medians(ran: Sequence[WeeklyValue]) -> tuple[timedelta | None, timedelta | None]:
    """Give the median of the last eight weeks and that of the first eight; of eight in all only one."""
    values = [value.value for value in ran if value.value is not None]
    return median(values[-SPAN:]), median(values[:SPAN]) if len(values) > SPAN else None


def _best(routine: Routine, ran: Sequence[WeeklyValue], plot: Plot) -> tuple[timedelta | None, str]:
    """Give the best run, or week, in which every step that is not optional was done, and its day (FORMULAS 8).

    Of days that are parts of a week none is the best.
    """
    if routine.goal_per is GoalPer.WEEK:
        if plot.by_day:
            return None, ""
        whole_weeks = [
            value for value in ran if value.week != plot.this_week and all(run.complete for run in value.runs)
        ]
        found = [(value.total, value.runs[-1]) for value in whole_weeks]
    else:
        found = [(run.active, run) for value in ran for run in value.runs if run.complete]
    if not found:
        return None, ""
    best, run = min(found, key=lambda pair: (pair[0], pair[1].started_at))
    day = run.started_at.date()
    return best, day_and_month(day) if run.week.year == plot.this_week.year else f"{day_and_month(day)} {day.year}"
