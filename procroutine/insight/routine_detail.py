"""The right side of This week: one routine's figures, its weeks, and what Enter would do."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import islice

from procroutine.insight.comparisons import counted_runs
from procroutine.insight.dates import clock_time, day_and_month, day_name, later, near_time
from procroutine.insight.routine_week import SPAN, RoutineWeek
from procroutine.insight.shares import part, step_figures, step_rows
from procroutine.insight.views.common import ChartData, ShareRow
from procroutine.insight.views.week import RoutineDetail, RowState
from procroutine.insight.weekly import WeeklyValue, chart_of, median, standing_of
from procroutine.routine.due import DueState, missed_weeks
from procroutine.routine.model import GoalPer
from procroutine.text import Shown, counted, shown
from procroutine.values import Value
from procroutine.weeks import Week

WEEKS = 26
"""Weeks in the small chart."""
_SLOWEST = 4


class Figures(Value):
    """The times a routine is judged by: of single runs, or of whole weeks where its goal is one of the week."""

    median: timedelta | None
    """Of the last eight."""
    best: timedelta | None
    """Of those in which every step that is not optional was done (FORMULAS 8)."""


def figures_of(one: RoutineWeek, values: Sequence[WeeklyValue]) -> Figures:
    """Work out a routine's figures, from its runs or from its recent weeks (oldest first)."""
    if one.goal_per is GoalPer.WEEK:
        ran = [value for value in values if value.runs]
        totals = [value.total for value in reversed(ran)]
        whole = [value.total for value in ran if value.week != one.week and all(run.complete for run in value.runs)]
    else:
        return Figures(median=median(one.runs.newest_lengths), best=one.runs.best)
    return Figures(median=median(totals[:SPAN]), best=min(whole, default=None))


def last_time(one: RoutineWeek, values: Sequence[timedelta | None]) -> timedelta | None:
    """Give the time of the last run, or of the last week with one (by what was charted) where the goal is its."""
    if one.goal_per is GoalPer.WEEK:
        return next((value for value in reversed(values) if value is not None), None)
    return next(iter(one.runs.newest_lengths), None)


def routine_detail(
    one: RoutineWeek, state: RowState, values: Sequence[WeeklyValue], last: timedelta | None
) -> RoutineDetail:
    """Draw the detail of one routine; `values` are its last 26 weeks, `last` is its `last_time`."""
    figures = figures_of(one, values)
    key_action, rest = _key(one, state)
    return RoutineDetail(
        name=shown(one.name),
        facts=_facts(one),
        purpose=_purpose(one),
        last=last,
        last_standing=standing_of(last, one.goal),
        median=figures.median,
        best=figures.best,
        goal=one.goal,
        chart=_chart(one, values),
        slowest=_slowest(one),
        key_action=key_action,
        key_time=None if rest is None else near_time(later(one.now, rest), one.now),
        remaining=rest,
        redlines=one.redlines if one.run is None or one.run.preparing else 0,
    )


def _chart(one: RoutineWeek, values: Sequence[WeeklyValue]) -> ChartData:
    missed: frozenset[Week] = frozenset()
    if one.routine is not None and one.routine.schedule is not None and values:
        missed = missed_weeks(one.routine.schedule, one.runs.days, values[0].week, values[-1].week)
    return chart_of(values, one.goal, one.week, one.off_weeks, missed)


def _slowest(one: RoutineWeek) -> tuple[ShareRow, ...]:
    """Give the slowest steps by their median in the last eight runs; before the first run, as planned."""
    if one.routine is None:
        return ()
    newest = islice((head for head in one.heads if not head.left_out), SPAN)
    rows = step_rows(step_figures(one.routine, counted_runs(newest)))[:_SLOWEST]
    if rows:
        return rows
    planned = [(step.id, step.title, step.planned) for step in one.routine.steps if step.planned is not None]
    slowest = sorted(planned, key=lambda step: -step[2])[:_SLOWEST]
    return tuple(
        ShareRow(
            id=step_id,
            name=shown(title),
            median=time,
            share=part(time, one.routine.planned),
            of_largest=part(time, slowest[0][2]),
        )
        for step_id, title, time in slowest
    )


def _facts(one: RoutineWeek) -> str:
    """Give `v4 · 10 steps · 10 systems · due Wed`."""
    if one.routine is None:
        if one.entry is None:
            return "its file is gone"
        return f"{counted(len(one.entry.problems), 'problem')} · {shown(os.path.basename(one.entry.path))}"
    systems = {system for step in one.routine.steps for system in step.systems}
    parts = [f"v{one.revision}"] if one.revision is not None else []
    parts.append(counted(len(one.routine.steps), "step"))
    if systems:
        parts.append(counted(len(systems), "system"))
    return " · ".join([*parts, _due(one)])


def _due(one: RoutineWeek) -> str:
    if one.routine is None or one.routine.schedule is None:
        return "no schedule"
    standing = one.standing
    if standing.due is None:
        return "done for good" if standing.state is DueState.DONE else "no longer due"
    day = near_day(standing.due.due, one.now.date())
    return f"next due {day}" if standing.state is DueState.DONE else f"due {day}"


def near_day(day: date, today: date) -> str:
    """Give `Wed` within six days, else `30 Nov`."""
    return day_name(day) if abs((day - today).days) < 7 else day_and_month(day)


def _purpose(one: RoutineWeek) -> Shown:
    if one.routine is not None:
        return shown((one.routine.purpose or "").strip())
    if one.entry is not None and one.entry.problems:
        first = one.entry.problems[0]
        line = f"line {first.line}: " if first.line is not None else ""
        return shown(f"{line}{first.problem}; {first.remedy}.")
    return shown("The run goes on as it began.")


def _key(one: RoutineWeek, state: RowState) -> tuple[str, timedelta | None]:
    """Give what Enter does, and how long that takes from now where the sentence ends with a time."""
    if state is RowState.DONE:
        ended = one.done[0].ended_at.astimezone(one.now.tzinfo)
        return f"done {day_name(ended)} {clock_time(ended)}", None
    if state is RowState.BROKEN:
        return "show what is wrong", None
    if one.run is not None:
        verb = "resume" if one.run.state == "paused" else "go on"
        action = verb if one.run.current is None else f"{verb} at step {one.run.current + 1}"
    else:
        action = "start all the same" if state is RowState.OFF else "start now"
    rest = one.remaining
    if rest is None:
        return action, None
    return f"{action} and finish about", rest
