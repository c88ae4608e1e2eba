"""When a routine is due: the plain forms people write, and RFC 5545 rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, tzinfo

from procroutine.errors import BadInput
from procroutine.routine.periods import MonthRule, Period, Rule, WeekRule
from procroutine.routine.schedule_text import GRAMMAR, parse_plain
from procroutine.values import Value

__all__ = ["GRAMMAR", "Schedule", "due_instant", "occurrences", "parse_schedule", "periods_from"]

_LONGEST = 500
"""Characters; nobody writes a longer one, and it is quoted in messages."""
_RECURRENCE = re.compile(r"FREQ\s*=|^\s*(RRULE|DTSTART)\b", re.IGNORECASE)
"""What only an RFC 5545 rule has."""


class Schedule(Value):
    """A schedule as its author wrote it, and what it means."""

    text: str
    rule: Rule

    @property
    def any_day(self) -> bool:
        """Whether it names no day, so that any of its period will do."""
        return isinstance(self.rule, WeekRule | MonthRule) and not self.rule.days


def parse_schedule(text: str) -> Schedule:
    """Read a schedule; BadInput says what to write instead. The forms stand in `GRAMMAR`."""
    if len(text) > _LONGEST:
        raise BadInput("the schedule is too long", f"write at most {_LONGEST} characters")
    if _RECURRENCE.search(text):
        from procroutine.routine.recurrence_text import parse_recurrence  # most homes need it not

        return Schedule(text=text, rule=parse_recurrence(text))
    return Schedule(text=text, rule=parse_plain(text))


def periods_from(schedule: Schedule, day: date) -> Iterator[Period]:
    """Give the period a day is in, if it is in any, and every later one; endless for most schedules."""
    period = schedule.rule.period_of(day) or schedule.rule.period_after(day)
    while period is not None:
        yield period
        period = schedule.rule.period_after(period.end)


def occurrences(schedule: Schedule, start: date, end: date) -> tuple[Period, ...]:
    """Give the periods whose due day lies between two days, both included, in order."""
    found: list[Period] = []
    for period in periods_from(schedule, start):
        if period.due > end:
            break
        if period.due >= start:
            found.append(period)
    return tuple(found)


def due_instant(period: Period, zone: tzinfo) -> datetime:
    """Give the instant a period is due in a person's zone; without a time, the due day's first moment.

    A time that a change of the clocks leaves out counts as much later as the clocks jump; one
    that comes twice counts the first time (RFC 5545, 3.3.5).
    """
    wall = datetime.combine(period.due, period.at or time(), tzinfo=zone)
    return wall.astimezone(UTC).astimezone(zone)
