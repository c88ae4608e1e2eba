"""Periods: the stretches of days in each of which a routine is to be done once.

Every rule cuts the calendar into periods without gaps. A period knows on which of its days it is
due; a run that began anywhere in it has done it, also before the due day. Where a rule names one
day of a week or month, the period is that whole week (or weeks) or month; where it names several,
each due day begins a period that lasts until the next.

Days are counted as `date.toordinal` does inside the rules, since a streak walks over hundreds.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import NamedTuple, Protocol

from procroutine.values import Value

FIRST_MONDAY = date(1970, 1, 5)
"""Every n-th week is counted from here, so that it never depends on the day one looks."""

_ANCHOR = FIRST_MONDAY.toordinal()
_MONDAY = _ANCHOR % 7


class Period(NamedTuple):
    """One stretch of days; both ends are part of it."""

    start: date
    end: date
    due: date
    at: time | None
    """Wall-clock time on the due day, in the zone of the person; None: any time of that day."""


class Rule(Protocol):
    """What a schedule says, as periods."""

    def period_of(self, day: date) -> Period | None:
        """Give the period a day is in; None before the first and after the last."""

    def period_after(self, day: date) -> Period | None:
        """Give the first period that begins after a day; None where no more come."""


def monday_of(ordinal: int) -> int:
    """Give the Monday of a day's week."""
    return ordinal - (ordinal - _MONDAY) % 7


def days_in_month(year: int, month: int) -> int:
    """Give the length of a month; `calendar` would load the locale before the first frame."""
    return (date(year + month // 12, month % 12 + 1, 1) - date(year, month, 1)).days


class WeekRule(Value):
    """Certain days of every week, or of every n-th; days from 0 (Monday) to 6."""

    days: tuple[int, ...]
    """In order; empty: any day, which is due at the latest on the period's last."""
    every: int = 1
    at: time | None = None

    def period_of(self, day: date) -> Period:
        """Give the period a day is in."""
        ordinal = day.toordinal()
        length = 7 * self.every
        first = ordinal - (ordinal - _ANCHOR) % length
        if len(self.days) > 1:
            return self._until_next(ordinal, first, length)
        end = date.fromordinal(first + length - 1)
        due = date.fromordinal(first + self.days[0]) if self.days else end
        return Period(date.fromordinal(first), end, due, self.at)

    def _until_next(self, ordinal: int, first: int, length: int) -> Period:
        starts = [first - length + self.days[-1], *(first + offset for offset in self.days)]
        starts.append(first + length + self.days[0])
        index = next(place for place in range(len(starts) - 2, -1, -1) if starts[place] <= ordinal)
        start = date.fromordinal(starts[index])
        return Period(start, date.fromordinal(starts[index + 1] - 1), start, self.at)

    def period_after(self, day: date) -> Period:
        """Give the period after the one a day is in."""
        return self.period_of(date.fromordinal(self.period_of(day).end.toordinal() + 1))


class MonthDay(Value):
    """A day of every month: by its number, or the n-th of a weekday."""

    number: int
    """Day 1 to 31, the last day in months that are shorter; with a weekday 1 to 4, or -1 for the last."""
    weekday: int | None = None

    def within(self, year: int, month: int) -> int:
        """Give the day of one month."""
        length = days_in_month(year, month)
        if self.weekday is None:
            return min(self.number, length)
        first = 1 + (self.weekday - date(year, month, 1).weekday()) % 7
        if self.number > 0:
            return first + 7 * (self.number - 1)
        return first + (length - first) // 7 * 7


class MonthRule(Value):
    """Certain days of every month."""

    days: tuple[MonthDay, ...]
    """Empty: any day, which is due at the latest on the month's last."""
    at: time | None = None

    def period_of(self, day: date) -> Period:
        """Give the period a day is in."""
        if len(self.days) > 1:
            return self._until_next(day)
        length = days_in_month(day.year, day.month)
        due = self.days[0].within(day.year, day.month) if self.days else length
        return Period(day.replace(day=1), day.replace(day=length), day.replace(day=due), self.at)

    def _until_next(self, day: date) -> Period:
        month = day.year * 12 + day.month - 1
        starts = sorted({start for number in (month - 1, month, month + 1) for start in self._starts(number)})
        index = max(place for place, start in enumerate(starts) if start <= day)
        end = date.fromordinal(starts[index + 1].toordinal() - 1)
        return Period(starts[index], end, starts[index], self.at)

    def _starts(self, month: int) -> Iterator[date]:
        year, number = divmod(month, 12)
        for day in self.days:
            yield date(year, number + 1, day.within(year, number + 1))

    def period_after(self, day: date) -> Period:
        """Give the period after the one a day is in."""
        return self.period_of(date.fromordinal(self.period_of(day).end.toordinal() + 1))
