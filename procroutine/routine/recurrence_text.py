"""Reading RFC 5545 rules: every part checked, the ones a routine cannot use refused by name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time

from procroutine.errors import BadInput, did_you_mean, nearest
from procroutine.routine.periods import FIRST_MONDAY, MonthRule, WeekRule
from procroutine.routine.recurrence import REACH, Filters, RecurrenceRule

_WEEKDAYS = {name: number for number, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
LONGEST_INTERVAL = {"DAILY": 3660, "WEEKLY": 520, "MONTHLY": 120, "YEARLY": 10}
"""The greatest INTERVAL that is taken: about ten years."""
_TOO_OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")
_BOUNDS = {
    "BYMONTH": (1, 12),
    "BYWEEKNO": (1, 53),
    "BYYEARDAY": (1, 366),
    "BYMONTHDAY": (1, 31),
    "BYSETPOS": (1, 366),
    "BYHOUR": (0, 23),
    "BYMINUTE": (0, 59),
    "BYSECOND": (0, 59),
}
_SIGNED = ("BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYSETPOS")
_FITS = {
    "BYWEEKNO": ("YEARLY",),
    "BYYEARDAY": ("YEARLY",),
    "BYMONTHDAY": ("DAILY", "MONTHLY", "YEARLY"),
    "BYSETPOS": ("MONTHLY", "YEARLY"),
}
_PARTS = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", *_BOUNDS)
_OF_ANY_DAY = frozenset(("FREQ", "INTERVAL", "WKST", "BYHOUR", "BYMINUTE", "BYSECOND"))
"""Parts beside which a week or month is meant as a whole."""
_START = "DTSTART:20260105"
_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?", re.ASCII)
_YEARS = (1970, 2200)
_LARGEST_COUNT = 9999
_SEEN = 8
"""Years looked at for two due days in one week or month."""

Parts = dict[str, str]


def parse_recurrence(text: str) -> RecurrenceRule | WeekRule | MonthRule:
    """Read a rule, with or without `RRULE:` and a line `DTSTART:`; BadInput says what to change."""
    start, parts = _split(text.upper())
    frequency = _frequency(parts)
    moment, start_time = (None, None) if start is None else _moment("DTSTART", start)
    interval = _whole(parts, "INTERVAL", LONGEST_INTERVAL[frequency], 1)
    if moment is None:
        _refuse_count(parts)
        if plain := _of_any_day(parts, frequency, interval):
            return plain
    rule = RecurrenceRule(
        frequency=frequency,
        interval=interval,
        filters=_filters(parts, frequency, moment),
        anchor=moment or FIRST_MONDAY,
        first=moment,
        last=_moment("UNTIL", parts["UNTIL"])[0] if "UNTIL" in parts else None,
        positions=_numbers(parts, "BYSETPOS"),
        at=_time(parts, start_time),
    )
    _check_week_start(parts, bool(rule.filters.weeks) or (frequency == "WEEKLY" and interval > 1))
    return _with_period(_counted(rule, parts, text), text)


def _refuse_count(parts: Parts) -> None:
    if "COUNT" in parts:
        raise BadInput("COUNT does not say from when", f"add {_START} before the rule, with the day it starts")


def _of_any_day(parts: Parts, frequency: str, interval: int) -> WeekRule | MonthRule | None:
    """Give a rule that asks for any day of a week or month, since it names none; None for all others."""
    if not parts.keys() <= _OF_ANY_DAY:
        return None
    if frequency == "WEEKLY":
        _check_week_start(parts, matters=True)
        return WeekRule(days=(), every=interval, at=_time(parts, None))
    return MonthRule(days=(), at=_time(parts, None)) if frequency == "MONTHLY" and interval == 1 else None


def _split(text: str) -> tuple[str | None, Parts]:
    start: str | None = None
    rule: str | None = None
    for line in text.split():
        name, _, rest = line.rpartition(":")
        if name.partition(";")[0] == "DTSTART" and start is None:
            start = rest
        elif name in ("", "RRULE") and rule is None:
            rule = rest
        else:
            raise BadInput(f"{line!r} has no place in a schedule", "write one RRULE, and before it at most one DTSTART")
    if rule is None:
        raise BadInput("the schedule has no rule", "write one such as FREQ=WEEKLY;BYDAY=MO")
    return start, _parts(rule)


def _parts(rule: str) -> Parts:
    parts: Parts = {}
    for written in rule.strip(";").split(";"):
        name, mark, value = written.partition("=")
        if not mark or not value:
            raise BadInput(f"{written!r} is no part of a rule", "write parts like FREQ=WEEKLY with ; between them")
        if name not in _PARTS:
            raise BadInput(f"{name!r} is no part of a rule", did_you_mean(nearest(name, _PARTS), "leave it out"))
        if name in parts:
            raise BadInput(f"{name} stands twice", f"keep one {name}, with commas between its values")
        parts[name] = value
    return parts


def _frequency(parts: Parts) -> str:
    frequency = parts.get("FREQ", "")
    if frequency in _TOO_OFTEN:
        raise BadInput(f"FREQ={frequency} is more often than once a day", "write FREQ=DAILY or a longer one")
    if frequency not in LONGEST_INTERVAL:
        problem = f"FREQ={frequency} is not known" if frequency else "the rule has no FREQ"
        raise BadInput(problem, "write FREQ=DAILY, WEEKLY, MONTHLY or YEARLY")
    for name, fitting in _FITS.items():
        if name in parts and frequency not in fitting:
            raise BadInput(f"{name} does not go with FREQ={frequency}", f"use it with {' or '.join(fitting)}")
    return frequency


def _whole(parts: Parts, name: str, largest: int, default: int) -> int:
    written = parts.get(name, str(default))
    if not (written.isascii() and written.isdigit() and len(written) < 6 and 1 <= int(written) <= largest):
        raise BadInput(f"{name}={written} is out of bounds", f"write a number from 1 to {largest}")
    return int(written)


def _numbers(parts: Parts, name: str) -> tuple[int, ...]:
    if name not in parts:
        return ()
    lowest, highest = _BOUNDS[name]
    pattern = r"[+-]?\d{1,3}" if name in _SIGNED else r"\d{1,3}"
    values = parts[name].split(",")
    if not all(re.fullmatch(pattern, value, re.ASCII) and lowest <= abs(int(value)) <= highest for value in values):
        also = ", or counted from the end with a minus" if name in _SIGNED else ""
        raise BadInput(f"{name}={parts[name]} is out of bounds", f"write numbers from {lowest} to {highest}{also}")
    return tuple(sorted({int(value) for value in values}))


def _weekdays(parts: Parts, frequency: str) -> tuple[tuple[int, int], ...]:
    if "BYDAY" not in parts:
        return ()
    days: set[tuple[int, int]] = set()
    for written in parts["BYDAY"].split(","):
        match = _DAY.fullmatch(written)
        if match is None:
            raise BadInput(
                f"BYDAY={written} is no day", "write MO, TU, WE, TH, FR, SA or SU, such as MO or 1FR or -1FR"
            )
        which = int(match.group(1) or 0)
        largest = {"MONTHLY": 5, "YEARLY": 53}.get(frequency, 0)
        if match.group(1) and not 1 <= abs(which) <= largest:
            raise BadInput(f"BYDAY={written} does not go with FREQ={frequency}", f"write {match.group(2)} alone")
        days.add((_WEEKDAYS[match.group(2)], which))
    return tuple(sorted(days))


def _filters(parts: Parts, frequency: str, start: date | None) -> Filters:
    filters = Filters(
        months=_numbers(parts, "BYMONTH"),
        weeks=_numbers(parts, "BYWEEKNO"),
        year_days=_numbers(parts, "BYYEARDAY"),
        month_days=_numbers(parts, "BYMONTHDAY"),
        weekdays=_weekdays(parts, frequency),
    )
    says_day = filters.weekdays or filters.month_days or filters.year_days
    if frequency == "DAILY" or says_day:
        return filters
    if start is None:
        raise BadInput("the rule names no day", f"{_remedy(frequency, filters)}, or {_START} before the rule")
    if frequency == "WEEKLY" or filters.weeks:
        return replace(filters, weekdays=((start.weekday(), 0),))
    months = filters.months or ((start.month,) if frequency == "YEARLY" else ())
    return replace(filters, months=months, month_days=(start.day,))


def _remedy(frequency: str, filters: Filters) -> str:
    if frequency == "WEEKLY" or filters.weeks:
        return "add BYDAY, such as BYDAY=MO"
    if frequency == "YEARLY" and not filters.months:
        return "add BYMONTH and BYMONTHDAY, such as BYMONTH=3;BYMONTHDAY=15"
    return "add BYMONTHDAY or BYDAY, such as BYMONTHDAY=1"


def _moment(name: str, written: str) -> tuple[date, time | None]:
    """Read a day, and its time if it has one.

    The zone of UNTIL does not matter, since only its day counts; DTSTART in UTC is refused, for
    due times are those of the person's own clock.
    """
    match = _MOMENT.fullmatch(written)
    try:
        if match is None:
            raise ValueError
        moment = datetime(*(int(part or 0) for part in match.groups()[:6]))  # type: ignore[arg-type]  # six numbers
    except ValueError:
        raise BadInput(f"{name}={written} is no day", f"write {name} like 20261231 or 20261231T090000") from None
    if match.group(7) and name == "DTSTART":
        raise BadInput("DTSTART is in UTC", "write it in your own clock's time, without the Z")
    if not _YEARS[0] <= moment.year <= _YEARS[1]:
        raise BadInput(f"{name}={written} is out of bounds", f"write a year from {_YEARS[0]} to {_YEARS[1]}")
    return moment.date(), moment.time() if match.group(4) else None


def _time(parts: Parts, start: time | None) -> time | None:
    for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        if len(_numbers(parts, name)) > 1:
            raise BadInput(f"{name}={parts[name]} is more often than once a day", "write one time a day")
    hour, minute = _numbers(parts, "BYHOUR"), _numbers(parts, "BYMINUTE")
    if minute and not hour and start is None:
        raise BadInput("BYMINUTE stands without an hour", "add BYHOUR, such as BYHOUR=9")
    if not hour and start is None:
        return None
    default = start or time()
    return time(hour[0] if hour else default.hour, minute[0] if minute else default.minute)


def _check_week_start(parts: Parts, matters: bool) -> None:
    start = parts.get("WKST", "MO")
    if start not in _WEEKDAYS:
        raise BadInput(f"WKST={start} is no day", "leave it out: weeks begin on Monday")
    if start != "MO" and matters:
        raise BadInput(f"weeks cannot begin on {start} here", "leave WKST out: weeks begin on Monday")


def _counted(rule: RecurrenceRule, parts: Parts, text: str) -> RecurrenceRule:
    if "COUNT" not in parts or rule.first is None:
        return rule
    if "UNTIL" in parts:
        raise BadInput("COUNT stands with UNTIL", "leave one of them out")
    left = _whole(parts, "COUNT", _LARGEST_COUNT, 1)
    for year in range(rule.first.year, rule.first.year + 10 * REACH):
        days = rule.occurrences(year)
        if len(days) >= left:
            return replace(rule, last=date.fromordinal(days[left - 1]))
        left -= len(days)
    raise BadInput(f"{text!r} comes to no end", "write a smaller COUNT, or none")


def _with_period(rule: RecurrenceRule, text: str) -> RecurrenceRule:
    """Refuse a rule that never comes; give it whole weeks or months where each holds one due day."""
    first = (rule.first or FIRST_MONDAY).year
    earliest = next((year for year in range(first, first + REACH) if rule.occurrences(year)), None)
    if earliest is None:
        raise BadInput(f"{text!r} never comes", "check that its parts fit each other")
    if rule.frequency == "DAILY":
        return rule
    days = [day for year in range(earliest, earliest + _SEEN) for day in rule.occurrences(year)]
    key: Callable[[date], tuple[int, int]] = _week if rule.frequency == "WEEKLY" else _month
    return replace(rule, whole=len({key(date.fromordinal(day)) for day in days}) == len(days))


def _week(day: date) -> tuple[int, int]:
    return day.isocalendar()[:2]


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month
