"""The place called This week: every routine in its group, the week's days, and how long the rest takes."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from procroutine.insight.dates import day_of_month, short_date
from procroutine.insight.routine_row import falls_in_this_week, routine_row, row_state, state_without_run
from procroutine.insight.routine_week import ZERO, RoutineWeek
from procroutine.insight.views.week import DayCell, RoutineRow, RowState, WeekView
from procroutine.weeks import Week

if TYPE_CHECKING:
    from procroutine.insight.routine_weeks import KnownPast
    from procroutine.insight.views.loose_ends import LooseEndRow
    from procroutine.run.live import RunState
    from procroutine.text import Shown

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
