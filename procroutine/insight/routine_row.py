"""One line of This week: where a routine stands, in a few words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from procroutine.insight.dates import clock_time, day_and_month, day_name
from procroutine.insight.routine_detail import WEEKS, last_time, routine_detail
from procroutine.insight.routine_week import SPAN, RoutineWeek, recent_values, recent_weeks
from procroutine.insight.views.later import Later
from procroutine.insight.views.week import RoutineRow, RowState
from procroutine.insight.weekly import standing_of
from procroutine.routine.due import DueState
from procroutine.routine.model import GoalPer
from procroutine.text import Shown, counted, shown

_WAITING = {
    DueState.OVERDUE: RowState.OVERDUE,
    DueState.NOW: RowState.TODAY,
    DueState.TODAY: RowState.TODAY,
    DueState.LATER: RowState.LATER,
}


def row_state(one: RoutineWeek) -> RowState:
    """Say where a routine stands this week; an open run comes before everything else."""
    if one.run is not None:
        return RowState.PAUSED if one.run.state == "paused" else RowState.RUNNING
    if one.routine is None:
        return RowState.BROKEN
    return state_without_run(one)


def state_without_run(one: RoutineWeek) -> RowState:
    """Say where a routine stands this week, its open run left aside."""
    state = one.standing.state
    if one.standing.off and one.week in one.off_weeks:
        return RowState.OFF
    if state in (DueState.DONE, DueState.NEVER) and one.done:
        return RowState.DONE
    if state is DueState.DONE:
        return RowState.NEVER if one.standing.due is None else RowState.LATER
    return _WAITING.get(state, RowState.NEVER)


def falls_in_this_week(one: RoutineWeek, state: RowState) -> bool:
    """Say whether a routine belongs to this week's work, done or not; one without a schedule does not."""
    if one.standing.state is DueState.NEVER:
        return False
    if state in (RowState.OVERDUE, RowState.TODAY, RowState.DONE):
        return True
    due = one.standing.due
    return state is RowState.LATER and due is not None and due.due <= one.week.sunday


def routine_row(one: RoutineWeek, state: RowState) -> RoutineRow:
    """Draw the line of one routine; its detail is drawn when it is looked at."""
    values = recent_values(one, SPAN)
    due_day, due_note = _due(one, state)
    last, goal = _last_time(one, values), one.goal
    return RoutineRow(
        routine_id=one.id,
        name=shown(one.name),
        state=state,
        due_day=due_day,
        due_note=due_note,
        last=last,
        vs_goal=None if last is None or goal is None else last - goal,
        standing=standing_of(last, goal),
        weeks=tuple(values),
        goal=goal,
        streak=one.standing.streak_weeks,
        put_off=one.standing.put_off,
        run_id=None if one.run is None else one.run.id,
        drawn=Later(lambda: routine_detail(one, state, recent_weeks(one, WEEKS), last)),
    )


def _last_time(one: RoutineWeek, values: Sequence[timedelta | None]) -> timedelta | None:
    """Give the last time by the few weeks of the line; where they tell none, by those of the detail."""
    last = last_time(one, values)
    return last_time(one, recent_values(one, WEEKS)) if last is None and one.goal_per is GoalPer.WEEK else last


def _due(one: RoutineWeek, state: RowState) -> tuple[str, str]:
    """Give the day, and the few words beside it."""
    if state is RowState.BROKEN:
        return "", _first_problem(one)
    if state is RowState.DONE:
        ended = one.done[0].ended_at.astimezone(one.now.tzinfo)
        return day_name(ended), clock_time(ended)
    if state is RowState.OFF:
        present = one.standing.present
        return day_name(present.due) if present is not None else "", "off"
    due = one.standing.due
    day = day_name(due.due) if due is not None and not _any_day(one) else ""
    if one.run is not None:
        left_behind = sum(step.state in ("done", "skipped") for step in one.run.steps)
        word = "waiting" if one.run.waiting_for is not None else one.run.state
        return day, f"{word} {left_behind}/{len(one.run.steps)}"
    return day, _when(one, state)


def _when(one: RoutineWeek, state: RowState) -> str:
    due, late = one.standing.due, one.standing.days_late
    if due is None:
        return ""
    if state is RowState.OVERDUE:
        return f"{counted(late, 'day')} late"
    days = (due.due - one.now.date()).days
    if days and _any_day(one) and due.due <= one.week.sunday:
        return "this week"
    if days == 1:
        return "tomorrow"
    if due.due > one.week.sunday:
        return day_and_month(due.due)
    if due.at is not None and one.standing.due_at is not None:
        return f"at {clock_time(one.standing.due_at)}"
    return f"in {days} days" if days else "today"


def _any_day(one: RoutineWeek) -> bool:
    return one.routine is not None and one.routine.schedule is not None and one.routine.schedule.any_day


def _first_problem(one: RoutineWeek) -> Shown:
    if one.entry is None or not one.entry.problems:
        return Shown("cannot be read")
    first = one.entry.problems[0]
    line = f"line {first.line}: " if first.line is not None else ""
    return shown(f"{line}{first.problem}")
