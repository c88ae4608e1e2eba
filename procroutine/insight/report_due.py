"""What was due on some days, and what became of it up to an instant."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from procroutine.insight.views.report import DueCounts, DueState, ReportDue
from procroutine.routine.due import DueStanding, standing
from procroutine.routine.schedule import Schedule, due_instant, occurrences
from procroutine.weeks import Week

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.insight.report_ground import RoutineGround, Span
    from procroutine.routine.periods import Period


class _Done:
    """The finished runs of a routine, by the day on which they began."""

    __slots__ = ("_days", "_heads")

    def __init__(self, heads: Iterable[RunHead]) -> None:
        self._heads = sorted((head for head in heads if head.state == "finished"), key=lambda head: head.day)
        self._days = [head.day for head in self._heads]

    def by(self, period: Period) -> RunHead | None:
        """Give the first run that began in a period."""
        place = bisect_left(self._days, period.start)
        return self._heads[place] if place < len(self._days) and self._days[place] <= period.end else None


def dues_of(one: RoutineGround, span: Span, *, carried: bool = True) -> tuple[ReportDue, ...]:
    """Give a routine's due dates in some days, in order, with what became of each.

    With `carried` also the one from before whose period reaches into these days and that was still to be done.
    """
    schedule, known_from = one.in_force(span.first, span.last)
    if schedule is None or span.last < (known_from or span.last):
        return ()
    inside = schedule.rule.period_of(span.first) if carried else None
    done = _Done(one.between(span.first if inside is None else inside.start, span.last_run_day))
    found = []
    for period in _periods(schedule, span, known_from, done, carried):
        run = done.by(period)
        if run is not None or (known_from is not None and period.due >= known_from):
            found.append(_due(schedule, period, run, one.off, span))
    return tuple(found)


def _periods(schedule: Schedule, span: Span, known_from: date | None, done: _Done, carried: bool) -> Iterator[Period]:
    # Days before anything was known are not gone through: they may reach back to the year 1.
    first = max(span.first, known_from) if known_from is not None and span.first < known_from else span.first
    before = schedule.rule.period_of(span.first) if carried and first == span.first else None
    if before is not None and before.due < span.first:
        run = done.by(before)
        if run is None or run.day >= span.first:
            yield before
    start = first
    if first > span.first:
        inside = schedule.rule.period_of(first)
        start = max(span.first, inside.start) if inside is not None else first
    yield from occurrences(schedule, start, span.last)


def _due(schedule: Schedule, period: Period, run: RunHead | None, off: Mapping[Week, str], span: Span) -> ReportDue:
    reason = off_reason(period, off) if run is None else None
    state = _state(period, run, reason, span.today)
    day = run.day if run is not None else span.last_run_day if state is DueState.OVERDUE else period.due
    return ReportDue(
        at=due_instant(period, span.zone),
        has_time=period.at is not None,
        any_day=schedule.any_day,
        state=state,
        done_at=None if run is None else run.started_at,
        days_late=max(0, (day - period.due).days),
        reason=reason if state is DueState.OFF else None,
    )


def _state(period: Period, run: RunHead | None, off: str | None, today: date) -> DueState:
    if run is not None:
        return DueState.LATE if run.day > period.due else DueState.DONE
    if off is not None:
        return DueState.OFF
    if period.due >= today:
        return DueState.OPEN
    return DueState.OVERDUE if period.end >= today else DueState.NOT_DONE


def off_reason(period: Period, off: Mapping[Week, str]) -> str | None:
    """Give why a week from the due one to the period's last is off, as `standing` counts it; None where none is."""
    if not off:
        return None
    week, last = Week.of(period.due), Week.of(period.end)
    while week <= last:
        if week in off:
            return off[week]
        week += 1
    return None


def standing_at(one: RoutineGround, span: Span) -> DueStanding:
    """Give a routine's streak and what it put off, as of the end of some days or now."""
    schedule, known_from = one.in_force(span.first, span.last)
    return standing(
        schedule, one.days_until(span.last_run_day), span.as_of, off_weeks=frozenset(one.off), known_from=known_from
    )


def counts_of(dues: Iterable[ReportDue]) -> DueCounts:
    """Count due dates by what became of them."""
    states = [due.state for due in dues]
    late, off = states.count(DueState.LATE), states.count(DueState.OFF)
    return DueCounts(
        due=len(states) - off,
        done=states.count(DueState.DONE) + late,
        late=late,
        not_done=states.count(DueState.NOT_DONE),
        overdue=states.count(DueState.OVERDUE),
        open=states.count(DueState.OPEN),
        off=off,
    )
