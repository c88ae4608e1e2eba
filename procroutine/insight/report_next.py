"""What the week after a report's week holds, in clock time in the zone of the person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from procroutine.insight.report_due import dues_of, off_reason
from procroutine.insight.report_ground import DAY
from procroutine.insight.views.report import DueState, NextDue, NextWeek
from procroutine.insight.weekly import counts, median
from procroutine.routine.schedule import due_instant, occurrences

if TYPE_CHECKING:
    from procroutine.insight.report_ground import RoutineGround, Span
    from procroutine.routine.periods import Period
    from procroutine.routine.schedule import Schedule
    from procroutine.weeks import Week

SPAN = 8
"""Runs in a median, as on This week."""
ZERO = timedelta()


def next_week(routines: Iterable[RoutineGround], span: Span, week: Week) -> NextWeek:
    """Give what falls due in a week, as it is known at the end of the span before it; sorted by time due.

    What a run of its period has done already is left out; what fell due before and still may be done is there too.
    """
    dues = [due for one in routines for due in (*_still_overdue(one, span, week), *_dues(one, span, week))]
    ahead = [due for due in dues if due.reason is None]
    return NextWeek(
        week=week,
        dues=tuple(sorted(dues, key=_order)),
        total=sum((due.usual for due in ahead if due.usual is not None), ZERO),
        unknown=sum(due.usual is None for due in ahead),
    )


def _order(due: NextDue) -> tuple[date, bool, datetime, str, str]:
    """Order by day, what may be done at any time of a day behind what has its time."""
    return due.at.date(), not due.has_time, due.at, due.routine.casefold(), due.routine_id


def usual_length(one: RoutineGround, before: Week) -> timedelta | None:
    """Give what a routine usually took before a week: the median of its last eight active totals, else its plan."""
    earlier = (head.active for head in one.until(before.monday - DAY) if counts(head))
    found = median(islice(earlier, SPAN))
    if found is not None:
        return found
    return one.routine.planned_run or None if one.routine is not None else None


def usual_week(one: RoutineGround, before: Week) -> timedelta | None:
    """Give what a routine usually took in a week: the median of its last eight sums of a week that has a run."""
    sums: dict[Week, timedelta] = {}
    for head in one.until(before.monday - DAY):
        if counts(head):
            if head.week not in sums and len(sums) == SPAN:
                break
            sums[head.week] = sums.get(head.week, ZERO) + head.active
    return median(sums.values())


def _dues(one: RoutineGround, span: Span, week: Week) -> Iterator[NextDue]:
    schedule, known_from = one.in_force(span.first, span.last)
    if schedule is None or known_from is None or known_from > span.last or one.gone:
        return
    days = one.days_until(span.last_run_day)
    for period in occurrences(schedule, week.monday, week.sunday):
        if not any(period.start <= day <= period.end for day in days):
            yield _next_due(one, span, week, schedule, period).replaced(reason=off_reason(period, one.off))


def _still_overdue(one: RoutineGround, span: Span, week: Week) -> Iterator[NextDue]:
    """Give what is overdue at the end of the span, where its period reaches into the week."""
    if one.gone:
        return
    schedule, _ = one.in_force(span.first, span.last)
    period = None if schedule is None else schedule.rule.period_of(week.monday)
    if schedule is None or period is None or period.due > span.last:
        return
    if any(due.state is DueState.OVERDUE and due.at == due_instant(period, span.zone) for due in dues_of(one, span)):
        yield _next_due(one, span, week, schedule, period).replaced(overdue=True)


def _next_due(one: RoutineGround, span: Span, week: Week, schedule: Schedule, period: Period) -> NextDue:
    return NextDue(
        routine_id=one.id,
        routine=one.name,
        at=due_instant(period, span.zone),
        has_time=period.at is not None,
        any_day=schedule.any_day,
        usual=usual_length(one, week),
    )
