"""When a routine is due: the plain forms people write, and RFC 5545 rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, tzinfo
from itertools import takewhile

from procroutine.errors import BadInput, did_you_mean, nearest
from procroutine.routine.periods import MonthDay, MonthRule, Period, Rule, WeekRule
from procroutine.values import Value

GRAMMAR = """\
A schedule says on which days a routine is due, and if you like at what time:

    daily                        every day
    weekdays                     Monday to Friday
    weekly                       once a week, on any day; due on Sunday
    weekly on Monday             or: every Monday, on Monday
    weekly on Mon, Wed and Fri   or: every Mon, Wed and Fri
    every 2 weeks on Fri         every n-th week, counted from Monday 5 January 1970
    monthly                      once a month, on any day; due on its last
    monthly on 1                 or: monthly on 1, 15
    monthly on 31                the last day in shorter months; or: monthly on last day
    monthly on first Monday      or second, third, fourth, last; or: on first and third Monday
    ... at 09:00                 after any of these

Days are English, short or long; small and capital letters are the same. A run that began
anywhere in the week (or weeks, or month) of one due day has done it; where a schedule names
several days, each lasts until the next. Times are those of your own clock: one that the change
to summer time leaves out counts an hour later, one that comes twice counts the first time.

Anything else as an RFC 5545 rule, due at most once a day:

    FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=30
    FREQ=WEEKLY;INTERVAL=2       like every 2 weeks: no day named, so any will do
    FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=1
    DTSTART:20260105T090000 RRULE:FREQ=WEEKLY;COUNT=10

FREQ, INTERVAL, COUNT, UNTIL, WKST=MO, BYMONTH, BYWEEKNO, BYYEARDAY, BYMONTHDAY, BYDAY, BYHOUR,
BYMINUTE and BYSETPOS are understood. Without DTSTART intervals are counted from 5 January 1970;
COUNT needs DTSTART, and so does a rule of several months or of years that names no day.
"""

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_COUNTS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": -1}
_WEEKDAYS = (0, 1, 2, 3, 4)
_MOST_WEEKS = 520
_MOST_DIGITS = 30
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)
_NUMBERED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?", re.ASCII)
_WORDS = ("daily", "weekdays", "weekly", "monthly", "every", "on", "at")
_EXAMPLE = "write it like daily, weekdays, weekly on Monday at 09:00, every 2 weeks on Fri or monthly on 1"


def parse_plain(text: str) -> WeekRule | MonthRule:
    """Read a plain form; BadInput says what to write instead."""
    words = [word for word in re.split(r"[\s,]+", text.lower()) if word and word not in ("and", "&")]
    words, at = _without_time(words)
    match words:
        case ["daily"] | ["every", "day"]:
            return WeekRule(days=tuple(range(7)), at=at)
        case ["weekdays"] | ["every", "weekday"]:
            return WeekRule(days=_WEEKDAYS, at=at)
        case ["weekly"] | ["every", "week"]:
            return WeekRule(days=(), at=at)
        case ["weekly", "on", *days] | ["every", "week", "on", *days] | ["on", *days] if days:
            return WeekRule(days=_weekdays(days), at=at)
        case ["every", number, "weeks" | "week", *days] if number in ("other", "second") or number.isdigit():
            return WeekRule(days=_after_on(days), every=_every(number), at=at)
        case ["monthly"] | ["every", "month"]:
            return MonthRule(days=(), at=at)
        case ["monthly", "on", *days] | ["every", "month", "on", *days] if days:
            return MonthRule(days=_month_days(text, days), at=at)
        case ["every", *days] if days:
            _refuse_other_forms(text, days)
            return WeekRule(days=_weekdays(days), at=at)
    raise BadInput(f"{text!r} is not a schedule", _remedy(words))


def _refuse_other_forms(text: str, words: list[str]) -> None:
    """Refuse what is well said behind `every` and no plain form, with what to write instead."""
    match words:
        case [number, "day" | "days" | "month" | "months" as unit, *_] if number.isdigit():
            raise BadInput(f"{text!r} is not a plain schedule", _as_rule(unit, number))
        case ["other" | "second", *days] if days:
            raise BadInput(f"{text!r} is not a plain schedule", f"write every 2 weeks on {' and '.join(days)}")


def _without_time(words: list[str]) -> tuple[list[str], time | None]:
    if "at" not in words:
        if words and _TIME.fullmatch(words[-1]):
            raise BadInput(f"{words[-1]!r} stands alone", f"write at before it: at {words[-1]}")
        return words, None
    place = words.index("at")
    written = " ".join(words[place + 1 :])
    match = _TIME.fullmatch(written)
    if match is None:
        raise BadInput(f"{written!r} is not a time of day", "write it as the last word, on 24 hours, such as at 09:00")
    return words[:place], time(int(match.group(1)), int(match.group(2)))


def _after_on(words: list[str]) -> tuple[int, ...]:
    if not words:
        return ()
    if words[0] != "on" or len(words) == 1:
        raise BadInput(f"{' '.join(words)!r} does not say which day", "write on and a day, such as on Fri")
    return _weekdays(words[1:])


def _every(number: str) -> int:
    if number in ("other", "second"):
        return 2
    if not _is_within(number, _MOST_WEEKS):
        raise BadInput(f"every {_cut(number)} weeks is out of bounds", f"write a number from 1 to {_MOST_WEEKS}")
    return int(number)


def _is_within(number: str, most: int) -> bool:
    return number.isascii() and len(number) <= len(str(most)) and 1 <= int(number) <= most


def _cut(number: str) -> str:
    return number if len(number) <= _MOST_DIGITS else f"{number[:_MOST_DIGITS]}…"


def _as_rule(unit: str, number: str) -> str:
    from procroutine.routine.recurrence_text import LONGEST_INTERVAL  # only on the way to an error

    frequency, rest = ("DAILY", "") if unit.startswith("day") else ("MONTHLY", ";BYMONTHDAY=1")
    most = LONGEST_INTERVAL[frequency]
    if _is_within(number, most):
        return f"write FREQ={frequency}{rest};INTERVAL={int(number)}"
    return f"write FREQ={frequency}{rest};INTERVAL= and a number from 1 to {most}"


def _weekdays(words: list[str]) -> tuple[int, ...]:
    return tuple(sorted({_weekday(word) for word in words}))


def _weekday(word: str) -> int:
    name = word.removesuffix("s") if word.endswith("days") else word
    for number, day in enumerate(_DAYS):
        if len(name) >= 3 and day.startswith(name):
            return number
    near = nearest(word, [*_DAYS, *(day[:3] for day in _DAYS)])
    remedy = did_you_mean(near and near.capitalize(), "write days like Monday or Mon")
    raise BadInput(f"{word!r} is not a day of the week", remedy)


def _month_days(text: str, words: list[str]) -> tuple[MonthDay, ...]:
    left = [word for word in words if word != "the"]
    days: set[MonthDay] = set()
    while left:
        counts = list(takewhile(_COUNTS.__contains__, left))
        following = left[len(counts)] if len(counts) < len(left) else ""
        if not counts or not following or following[0].isdigit():
            days.add(MonthDay(number=_month_day(left.pop(0))))
            continue
        # All of them count what stands behind the last: "first and third Monday".
        weekday = None if following == "day" else _weekday(following)
        if len(counts) > 1 and re.search(r"(second|third|fourth|2nd|3rd|4th)\s+last", text.lower()):
            instead = "write FREQ=MONTHLY;BYMONTHDAY=-2 or FREQ=MONTHLY;BYDAY=-2FR"
            raise BadInput(f"{text!r} is not a plain schedule", instead)
        days.update(_counted(_COUNTS[count], weekday) for count in counts)
        del left[: len(counts) + 1]
    return tuple(sorted(days, key=lambda day: (day.weekday is not None, day.number, day.weekday or 0)))


def _counted(number: int, weekday: int | None) -> MonthDay:
    return MonthDay(number=31 if weekday is None and number < 0 else number, weekday=weekday)


def _month_day(word: str) -> int:
    match = _NUMBERED.fullmatch(word)
    if match is None or not 1 <= int(match.group(1)) <= 31:
        raise BadInput(f"{word!r} is not a day of the month", "write 1 to 31, or such as first Monday or last day")
    return int(match.group(1))


def _remedy(words: list[str]) -> str:
    rare = {"biweekly": "every 2 weeks on Fri", "fortnightly": "every 2 weeks on Fri"}
    yearly = {"quarterly": "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=1", "yearly": "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15"}
    first = words[0] if words else ""
    if first.removesuffix("s") in _DAYS:
        return f"write it like weekly on {first.removesuffix('s').capitalize()}"
    if instead := (rare | yearly | {"annually": yearly["yearly"]}).get(first):
        return f"write it like {instead}"
    near = nearest(first, _WORDS) if first else None
    return did_you_mean(None if near == first else near, _EXAMPLE)


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
