"""Days, months and clock times as the screens write them, whatever the machine's locale."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from procroutine.weeks import Week

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY_NAMES_FOR = 6
"""Days within which the name of a day tells which one it is."""


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


def near_time(moment: datetime, now: datetime) -> str:
    """Give the clock time in the zone of now; with the day where that is another, from six days on with the date.

    So `00:10`, `Fri 00:10`, `30 Nov 00:10`; in another year the year stands for the time.
    """
    local = moment.astimezone(now.tzinfo)
    days = abs((local.date() - now.date()).days)
    if days < _DAY_NAMES_FOR:
        return f"{day_name(local)} {clock_time(local)}" if days else clock_time(local)
    return f"{day_and_month(local)} {clock_time(local) if local.year == now.year else local.year}"


def later(now: datetime, length: timedelta) -> datetime:
    """Give the instant a length after now, in its zone, whatever the clocks do in between."""
    return (now.astimezone(UTC) + length).astimezone(now.tzinfo)


def week_label(week: Week, this_week: Week) -> str:
    """Give `W47`, and of another year `W47 2025`."""
    return f"W{week.number}" if week.year == this_week.year else f"W{week.number} {week.year}"
