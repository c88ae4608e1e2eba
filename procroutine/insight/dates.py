"""Days, months and clock times as the screens write them, whatever the machine's locale."""

from __future__ import annotations

from datetime import date, datetime

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_name(day: date) -> str:
    """Give `Thu`."""
    return _DAYS[day.weekday()]


def day_of_month(day: date) -> str:
    """Give `Thu 19`."""
    return f"{day_name(day)} {day.day}"


def short_date(day: date) -> str:
    """Give `Thu 19 Nov`."""
    return f"{day_name(day)} {day.day} {_MONTHS[day.month - 1]}"


def day_and_month(day: date) -> str:
    """Give `19 Nov`."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


def month_name(day: date) -> str:
    """Give `Aug`, and in January the year as well: `Jan 2026`."""
    name = _MONTHS[day.month - 1]
    return f"{name} {day.year}" if day.month == 1 else name


def clock_time(moment: datetime) -> str:
    """Give `14:05`, in the instant's own zone."""
    return f"{moment.hour:02d}:{moment.minute:02d}"


def end_time(now: datetime, end: datetime) -> str:
    """Give the clock time at which something ends, on another day than now after its name: `Fri 00:10`."""
    other_day = "" if end.date() == now.date() else f"{day_name(end)} "
    return f"{other_day}{clock_time(end)}"
