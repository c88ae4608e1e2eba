"""The place called This week: every routine in its group, the week's days, and how long the rest takes."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from procroutine.insight.dates import clock_time, day_and_month, day_name, day_of_month, short_date
from procroutine.insight.routine_detail import WEEKS, last_time, routine_detail
from procroutine.insight.routine_week import SPAN, ZERO, RoutineWeek, recent_values, recent_weeks
from procroutine.insight.views.later import Later
from procroutine.insight.views.week import DayCell, RoutineRow, RowState, WeekView
from procroutine.insight.weekly import standing_of
from procroutine.routine.due import DueState
from procroutine.routine.model import GoalPer
from procroutine.text import Shown, counted, shown
from procroutine.weeks import Week

if TYPE_CHECKING:
    from procroutine.insight.routine_weeks import KnownPast
    from procroutine.insight.views.loose_ends import LooseEndRow
    from procroutine.run.live import RunState
    from procroutine.text import Shown

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


GROUPS = ("Now", "Later this week", "Done", "Not this week", "Any time", "Cannot be read")
"""Headings, in order."""

_GROUP_OF = {
    RowState.LATER: "Later this week",
    RowState.DONE: "Done",
    RowState.OFF: "Done",
    RowState.NEVER: "Any time",
    RowState.BROKEN: "Cannot be read",
}
_UNDONE = (RowState.OVERDUE, RowState.TODAY, RowState.LATER)
_URGENCY = {RowState.OVERDUE: 0, RowState.RUNNING: 1, RowState.PAUSED: 2, RowState.OFF: 2}
_LAST = datetime.max.replace(tzinfo=UTC)

Stated = tuple[RoutineWeek, RowState]


def whole(parts: Generator[None, None, WeekView]) -> WeekView:
    """Draw all parts of a view in one go."""
    while True:
        try:
            next(parts)
        except StopIteration as end:
            view: WeekView = end.value
            return view


def week_by_parts(
    past: KnownPast, open_runs: Sequence[RunState], now: datetime, quiet_lines: Sequence[Shown] = ()
) -> Generator[None, None, WeekView]:
    """Draw This week at an instant in the zone of the person, a millisecond or two at a time."""
    ones = []
    for one in past.routines(open_runs, now):
        ones.append(one)
        yield
    ones = _told_apart(ones)
    stated = sorted(((one, row_state(one)) for one in ones), key=_order)
    week = Week.of(now.date())
    this_week = [state for one in ones if falls_in_this_week(one, state := state_without_run(one))]
    yield
    to_go = ZERO
    for one in ones:
        to_go += _to_go(one)
        yield
    days = []
    for number in range(7):
        days.append(_day(week.monday + timedelta(days=number), now.date(), stated))
        yield
    groups: dict[str, list[RoutineRow]] = {title: [] for title in GROUPS}
    for pair in stated:
        groups[_group(pair)].append(routine_row(*pair))
        yield
    return WeekView(
        date=short_date(now.date()),
        week=week,
        done=this_week.count(RowState.DONE),
        due=len(this_week),
        overdue=sum(state is RowState.OVERDUE for _, state in stated),
        to_go=to_go,
        days=tuple(days),
        groups=tuple((title, tuple(rows)) for title, rows in groups.items() if rows),
        quiet_lines=tuple(quiet_lines),
        loose_ends=_loose_ends(past, week) if past.loose_ends else (),
    )


def _told_apart(ones: list[RoutineWeek]) -> list[RoutineWeek]:
    """Give routines of which several have one name with their ids behind it."""
    first: dict[str, str] = {}
    shared = {one.name for one in ones if first.setdefault(one.name, one.id) != one.id}
    if not shared:
        return ones
    return [one.replaced(name=f"{one.name} ({one.id})") if one.name in shared else one for one in ones]


def _loose_ends(past: KnownPast, week: Week) -> tuple[LooseEndRow, ...]:
    from procroutine.insight.loose_ends import loose_end_rows

    return loose_end_rows(past.loose_ends, week, past.off.get(None, ()))


def _group(pair: Stated) -> str:
    one, state = pair
    if state is RowState.LATER and not falls_in_this_week(one, state):
        return "Not this week"
    return _GROUP_OF.get(state, "Now")


def _order(pair: Stated) -> tuple[int, datetime, str, str]:
    """Order within a group: overdue first, then open runs, then by time due (done ones: ended), then by name."""
    one, state = pair
    moment = one.done[0].ended_at if state is RowState.DONE else one.standing.due_at
    return _URGENCY.get(state, 1 if state is RowState.DONE else 3), moment or _LAST, one.name.casefold(), one.id


def _to_go(one: RoutineWeek) -> timedelta:
    """Give how long all takes that is still due of a routine this week, and its open run in any case."""
    state = state_without_run(one)
    undone = state in _UNDONE and falls_in_this_week(one, state)
    now = (one.remaining or ZERO) if one.run is not None or undone else ZERO
    return now + (one.usual or ZERO) * len(one.due_later_this_week())


def _day(day: date, today: date, stated: Iterable[Stated]) -> DayCell:
    states = tuple(state for pair in stated for state in _on_day(pair, day, today))
    return DayCell(label=day_of_month(day), today=day == today, states=states)


def _on_day(pair: Stated, day: date, today: date) -> Iterable[RowState]:
    """Give a routine's states on one day of the week: what was done, what is due, what falls due again."""
    one, state = pair
    if any(head.day == day for head in one.done):
        yield RowState.DONE
    if state not in (RowState.DONE, RowState.NEVER, RowState.BROKEN) and day == _stands_on(one, state, today):
        yield state
    if any(period.due == day for period in one.due_later_this_week()):
        yield RowState.LATER


def _stands_on(one: RoutineWeek, state: RowState, today: date) -> date | None:
    """Give the day under which a state stands: the due day, or today where that is of no use."""
    period = one.standing.present if state is RowState.OFF else one.standing.due
    without_run = state_without_run(one)
    beyond = without_run is RowState.DONE or not falls_in_this_week(one, without_run)
    if period is None or period.due < one.week.monday or (one.run is not None and beyond):
        return today
    return period.due
