"""Whether a routine is due, late or done, and how steadily it has been done (FORMULAS 8)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo

from procroutine.choices import Choice
from procroutine.routine.periods import Period, Rule, monday_of
from procroutine.routine.schedule import Schedule, due_instant, occurrences
from procroutine.values import Value
from procroutine.weeks import Week

_DAY = timedelta(days=1)


class DueState(Choice):
    """Where a routine stands in its present period; the values are those of `routines --json`."""

    NOW = "now"
    """Its time today has come."""
    TODAY = "today"
    """Due today, later or at no certain time."""
    OVERDUE = "overdue"
    """Its due day is over and the period is not."""
    LATER = "later"
    DONE = "done"
    """Done in this period."""
    NEVER = "never"
    """It has no schedule, or one that has come to its end."""


class DueStanding(Value):
    """A routine at one instant."""

    state: DueState
    due_at: datetime | None = None
    """When it is due: in this period, or if that is done or off in the next; midnight where it has no time."""
    due: Period | None = None
    """The period `due_at` belongs to."""
    present: Period | None = None
    """The period today is in."""
    off: bool = False
    """Whether the present period is declared off."""
    days_late: int = 0
    streak: int = 0
    """Due periods in a row that were done, the present one only if it is done already."""
    streak_weeks: int = 0
    """The whole weeks these periods take up; the same number where it is due every week."""
    put_off: int = 0
    """Due periods in a row without a finished run, the present one only if it is overdue."""
    put_off_weeks: int = 0
    """The whole weeks these take up."""


class Kept(Choice):
    """What became of a period."""

    DONE = "done"
    OFF = "off"
    """It adds nothing and breaks nothing."""
    MISSED = "missed"


class _Record:
    """What was done in which period."""

    __slots__ = ("_counted", "_days", "_off", "first", "known_from")

    def __init__(self, run_days: Iterable[date], off_weeks: Collection[Week], known_from: date | None) -> None:
        self._off = {week.monday for week in off_weeks}
        self._days = sorted(set(run_days))
        off_days = {monday + _DAY * number for monday in self._off for number in range(7)}
        self._counted = [day for day in self._days if day not in off_days] if off_days else self._days
        self.first = self._days[0] if self._days else None
        self.known_from = known_from or self.first

    def done(self, period: Period) -> bool:
        """Say whether any run began in a period."""
        return _holds(self._days, period)

    def is_off(self, period: Period) -> bool:
        """Say whether a week from the due one to the period's last is declared off."""
        if not self._off:
            return False
        weeks = range(monday_of(period.due.toordinal()), period.end.toordinal() + 1, 7)
        return any(date.fromordinal(monday) in self._off for monday in weeks)

    def kept(self, period: Period) -> Kept:
        """Say what a period adds: a run in a week that is off adds nothing and breaks nothing."""
        if _holds(self._counted, period):
            return Kept.DONE
        return Kept.OFF if self.done(period) or self.is_off(period) else Kept.MISSED

    def was_expected(self, period: Period) -> bool:
        """Say whether the routine was known on a due day."""
        return self.known_from is not None and period.due >= self.known_from

    def goes_back_to(self) -> date | None:
        """Give the day before which there is nothing to look for."""
        if self.known_from is None or self.first is None:
            return self.known_from
        return min(self.known_from, self.first)


def _holds(days: list[date], period: Period) -> bool:
    place = bisect_left(days, period.start)
    return place < len(days) and days[place] <= period.end


def standing(
    schedule: Schedule | None,
    run_days: Iterable[date],
    now: datetime,
    *,
    zone: tzinfo | None = None,
    off_weeks: Collection[Week] = (),
    known_from: date | None = None,
) -> DueStanding:
    """Give a routine's standing at an aware instant.

    `run_days` are the days on which finished runs began, each in the zone where it began, in any
    order. `zone` is the person's, with its changes of the clocks; without it that of `now`.
    `off_weeks` are the weeks declared off for this routine. `known_from` is the day the routine
    was first seen with this schedule; due days before it are neither late nor put off. Without it
    that is the day of its first run, and without any run nothing has been put off.
    """
    here = zone or now.tzinfo
    if schedule is None or here is None:
        return DueStanding(state=DueState.NEVER)
    local = now.astimezone(here)
    record = _Record(run_days, off_weeks, known_from)
    rule = schedule.rule
    present = rule.period_of(local.date())
    state = _state(record, present, local, here, known_from)
    due = _due_period(record, rule, present, local.date(), state)
    if state is DueState.LATER and due is None:
        state = DueState.NEVER
    streak, put_off = _rows(record, rule, present, state is DueState.OVERDUE)
    return DueStanding(
        state=state,
        due_at=None if due is None else due_instant(due, here),
        due=due,
        present=present,
        off=present is not None and state is DueState.LATER and record.is_off(present),
        days_late=(local.date() - present.due).days if present and state is DueState.OVERDUE else 0,
        streak=len(streak),
        streak_weeks=_weeks(streak),
        put_off=len(put_off),
        put_off_weeks=_weeks(put_off),
    )


def _state(record: _Record, present: Period | None, local: datetime, zone: tzinfo, known_from: date | None) -> DueState:
    if present is None:
        return DueState.LATER
    if record.done(present):
        return DueState.DONE
    today = local.date()
    if record.is_off(present) or present.due > today:
        return DueState.LATER
    if present.due == today:
        come = present.at is not None and due_instant(present, zone).astimezone(UTC) <= local.astimezone(UTC)
        return DueState.NOW if come else DueState.TODAY
    seen_in_time = known_from is None or present.due >= known_from
    return DueState.OVERDUE if seen_in_time else DueState.LATER


def _due_period(record: _Record, rule: Rule, present: Period | None, today: date, state: DueState) -> Period | None:
    if state in (DueState.NOW, DueState.TODAY, DueState.OVERDUE):
        return present
    if state is DueState.LATER and present is not None and present.due > today and not record.is_off(present):
        return present
    return _next_due(record, rule, today)


def _next_due(record: _Record, rule: Rule, today: date) -> Period | None:
    period = rule.period_after(today)
    while period is not None and record.is_off(period):
        period = rule.period_after(period.end)
    return period


def _rows(record: _Record, rule: Rule, present: Period | None, overdue: bool) -> tuple[list[Period], list[Period]]:
    """Give the periods of the streak and those put off, newest first; one of them is empty."""
    newest = present
    if present is not None and not overdue and record.kept(present) is not Kept.DONE:
        newest = _before(rule, present)
    streak: list[Period] = []
    put_off: list[Period] = []
    period, oldest = newest, record.goes_back_to()
    while period is not None and oldest is not None and period.end >= oldest:
        kept = record.kept(period)
        if kept is Kept.DONE and not put_off:
            streak.append(period)
        elif kept is Kept.MISSED and not streak and record.was_expected(period):
            put_off.append(period)
        elif kept is not Kept.OFF:
            break
        period = _before(rule, period)
    return streak, put_off


def kept_periods(
    schedule: Schedule,
    run_days: Iterable[date],
    now: datetime,
    *,
    off_weeks: Collection[Week] = (),
    known_from: date | None = None,
) -> Iterator[tuple[Period, Kept]]:
    """Give what became of each due period, newest first, back to the first run; the words are those of `standing`.

    The present period is there once it is done. One that was missed before the schedule was known counts as off.
    """
    record, rule = _Record(run_days, off_weeks, known_from), schedule.rule
    present = rule.period_of(now.date())
    period, oldest = present, record.first
    while period is not None and oldest is not None and period.end >= oldest:
        kept = record.kept(period)
        if kept is Kept.DONE or period is not present:
            expected = kept is not Kept.MISSED or record.was_expected(period)
            yield period, kept if expected else Kept.OFF
        period = _before(rule, period)


def _before(rule: Rule, period: Period) -> Period | None:
    return rule.period_of(period.start - _DAY)


def _weeks(periods: list[Period]) -> int:
    return sum((period.end - period.start).days + 1 for period in periods) // 7


def missed_weeks(schedule: Schedule, run_days: Iterable[date], first: Week, last: Week) -> frozenset[Week]:
    """Give the weeks, from one to another, that hold a due day whose period has no finished run."""
    return missed_weeks_of(schedule, run_days, ((first, last),))


def missed_weeks_of(
    schedule: Schedule, run_days: Iterable[date], spans: Iterable[tuple[Week, Week]]
) -> frozenset[Week]:
    """Give what `missed_weeks` does for several spans of weeks; what lies between them takes no time."""
    record = _Record(run_days, (), None)
    return frozenset(
        Week.of(period.due)
        for first, last in spans
        for period in occurrences(schedule, first.monday, last.sunday)
        if not record.done(period)
    )
