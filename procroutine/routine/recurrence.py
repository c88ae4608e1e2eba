"""Schedules written as RFC 5545 recurrence rules.

dateutil says which days of one year fit the BY parts; which of those fall on the interval, the
count and the period they make is decided here. So every question costs a bounded number of
years, also for rules that never come: `dateutil.rrule` on its own would look for those day by
day until the year 9999.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache

from procroutine.routine.periods import Period, monday_of

REACH = 40
"""Years looked through for the next due day: the longest interval is ten, and leap days come every fourth or eighth."""


@dataclass(frozen=True, slots=True)
class Filters:
    """The BY parts that choose days of a year."""

    months: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    weekdays: tuple[tuple[int, int], ...] = ()
    """Weekday from 0 (Monday), and which of its kind in the month or year; 0 for all."""


@dataclass(frozen=True, slots=True)
class RecurrenceRule:
    """A rule that is due at most once a day."""

    frequency: str
    """`DAILY`, `WEEKLY`, `MONTHLY` or `YEARLY`."""
    interval: int
    filters: Filters
    anchor: date
    """What intervals are counted from."""
    first: date | None = None
    """DTSTART: nothing is due before."""
    last: date | None = None
    """UNTIL, or the day COUNT comes to."""
    positions: tuple[int, ...] = ()
    """BYSETPOS, within a month or a year."""
    at: time | None = None
    whole: bool = False
    """Whether the period begins with the week (WEEKLY) or month of its due day, if that is due on no day before."""

    def period_of(self, day: date) -> Period | None:
        """Give the period a day is in; None before the first and after the last."""
        due = self._due_for(day.toordinal())
        if due is None:
            return None
        period = self._period(due)
        return period if period.start <= day <= period.end else None

    def period_after(self, day: date) -> Period | None:
        """Give the first period that begins after a day; None where no more come."""
        due = self._next(day.toordinal())
        if due is not None and self._start(due) <= day.toordinal():
            due = self._next(due)
        return None if due is None else self._period(due)

    def occurrences(self, year: int) -> tuple[int, ...]:
        """Give the due days of one calendar year, in order."""
        return _days_of_year(self, year) if 1 <= year <= 9999 else ()

    def _due_for(self, day: int) -> int | None:
        coming = self._next(day)
        if coming is not None and self._start(coming) <= day:
            return coming
        return self._latest(day)

    def _period(self, due: int) -> Period:
        following = self._next(due)
        end = self._natural_end(due) if following is None else self._start(following) - 1
        as_date = date.fromordinal
        return Period(as_date(self._start(due)), as_date(end), as_date(due), self.at)

    def _start(self, due: int) -> int:
        if not self.whole:
            return due
        if self.frequency == "WEEKLY":
            return monday_of(due)
        day = date.fromordinal(due)
        first = day.replace(day=1).toordinal()
        days = self.occurrences(day.year)
        return first if days[bisect_left(days, first)] == due else due

    def _natural_end(self, due: int) -> int:
        if self.frequency == "DAILY":
            return due
        if self.frequency == "WEEKLY":
            return monday_of(due) + 6
        month_after = date.fromordinal(date.fromordinal(due).replace(day=28).toordinal() + 4)
        return month_after.replace(day=1).toordinal() - 1

    def _latest(self, day: int) -> int | None:
        """Give the last due day up to a day, that day included."""
        newest = date.fromordinal(day).year
        for year in range(newest, newest - REACH, -1):
            days = self.occurrences(year)
            if days and days[0] <= day:
                return days[bisect_right(days, day) - 1]
            if self.first is not None and year <= self.first.year:
                break
        return None

    def _next(self, day: int) -> int | None:
        """Give the first due day after a day."""
        oldest = date.fromordinal(day).year
        for year in range(oldest, oldest + REACH):
            days = self.occurrences(year)
            if days and days[-1] > day:
                return days[bisect_right(days, day)]
            if self.last is not None and year >= self.last.year:
                break
        return None


@lru_cache(maxsize=512)
def _days_of_year(rule: RecurrenceRule, year: int) -> tuple[int, ...]:
    days = [day for day in _filtered(rule.filters, rule.frequency, year) if _on_interval(rule, day)]
    if rule.positions:
        days = _positioned(rule, days)
    ordinals = [day.toordinal() for day in days]
    start = 0 if rule.first is None else bisect_left(ordinals, rule.first.toordinal())
    end = len(ordinals) if rule.last is None else bisect_right(ordinals, rule.last.toordinal())
    return tuple(ordinals[start:end])


def _filtered(filters: Filters, frequency: str, year: int) -> list[date]:
    from dateutil import rrule  # costs start-up time, and most schedules are written plainly

    months = filters.months
    if frequency == "MONTHLY" and not months:
        months = tuple(range(1, 13))  # so that the n-th weekday is that of the month, not of the year
    weekdays = [rrule.weekday(number, which or None) for number, which in filters.weekdays]
    if not (filters.weeks or filters.year_days or filters.month_days or weekdays):
        weekdays = [rrule.weekday(number) for number in range(7)]
    found = rrule.rrule(
        rrule.YEARLY,
        dtstart=datetime(year, 1, 1),
        interval=10_000,  # the one year, and then the end of the calendar
        bymonth=months or None,
        byweekno=filters.weeks or None,
        byyearday=filters.year_days or None,
        bymonthday=filters.month_days or None,
        byweekday=weekdays or None,
    )
    return [moment.date() for moment in found]


def _on_interval(rule: RecurrenceRule, day: date) -> bool:
    anchor = rule.anchor
    if rule.frequency == "DAILY":
        distance = day.toordinal() - anchor.toordinal()
    elif rule.frequency == "WEEKLY":
        distance = (monday_of(day.toordinal()) - monday_of(anchor.toordinal())) // 7
    elif rule.frequency == "MONTHLY":
        distance = (day.year - anchor.year) * 12 + day.month - anchor.month
    else:
        distance = day.year - anchor.year
    return distance % rule.interval == 0


def _positioned(rule: RecurrenceRule, days: list[date]) -> list[date]:
    sets: dict[int, list[date]] = {}
    for day in days:
        sets.setdefault(day.month if rule.frequency == "MONTHLY" else 0, []).append(day)
    chosen = {
        members[position - 1 if position > 0 else position]
        for members in sets.values()
        for position in rule.positions
        if abs(position) <= len(members)
    }
    return sorted(chosen)
