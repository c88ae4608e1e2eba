"""Points in time as typed on the command line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from procroutine.clock import zone_of
from procroutine.errors import BadInput, quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from procroutine.clock import Reading
    from procroutine.weeks import Week

_WEEKS_OF_YEAR = 53
_REMEDY = "write it like 14:05, 14:05:30 or 2026-11-19T14:05"


def parse_moment(text: str, now: Reading) -> datetime:
    """Read `--at`: a clock time of today (yesterday if still to come), or ISO 8601; aware.

    BadInput for anything else, and for what is later than now.
    """
    text = text.strip()
    try:
        moment = _last(text, now) if len(text) <= 8 and ":" in text else _iso(text, now)
        late = _is_later(moment, now)
    except (ValueError, OverflowError):
        raise BadInput(f"{quoted(text)} is not a time", _REMEDY) from None
    if late:
        raise BadInput(f"{text} is later than now", "give a time that has passed")
    return moment


def parse_until(text: str, now: Reading) -> datetime:
    """Read the end of a waiting: a clock time still to come (else tomorrow's), or ISO 8601; aware."""
    text = text.strip()
    try:
        if len(text) > 8 or ":" not in text:
            return _iso(text, now)
        return _next(text, now)
    except (ValueError, OverflowError):
        raise BadInput(f"{quoted(text)} is not a time", _REMEDY) from None


def cause_and_end(text: str, now: Reading) -> tuple[str, datetime | None]:
    """Take `photos until 15:30` apart; BadInput where what begins like a time is none."""
    cause, found, end = text.rpartition(" until ")
    if not found or not end.strip()[:1].isdigit():
        return text, None
    return cause, parse_until(end, now)


def parse_since(text: str, now: Reading) -> date:
    """Read `--since`: a date, a week such as 2026-W47, or a length back from today such as 90d."""
    from datetime import date

    from procroutine.durations import parse_duration
    from procroutine.weeks import Week

    text = text.strip()
    try:
        if "W" in text.upper() and not text.endswith("w"):
            return Week.parse(text).monday
        if text[-1:].isalpha():
            return (now.wall - parse_duration(text, days=True)).date()
        return date.fromisoformat(text)
    except (ValueError, OverflowError, BadInput):
        raise BadInput(
            f"{quoted(text)} is not a day",
            "write a date such as 2026-11-19, a week such as 2026-W47, or a length such as 90d",
        ) from None


def parse_week(text: str | None, now: Reading) -> Week:
    """Read `--week`; the present week where nothing is given."""
    from procroutine.weeks import Week

    return Week.of(now.wall.date()) if text is None else Week.parse(text)


def parse_weeks(text: str | None, now: Reading) -> tuple[Week, ...]:
    """Read one week, or several such as `2026-W52..2027-W01`, in order; the present week where nothing is given.

    BadInput where they stand in the wrong order, or are more than a year's.
    """
    first, mark, last = (text or "").partition("..")
    if not mark:
        return (parse_week(text, now),)
    start, end = parse_week(first, now), parse_week(last, now)
    if end < start:
        raise BadInput(f"{end} comes before {start}", f"write {end}..{start}")
    if end - start >= _WEEKS_OF_YEAR:
        raise BadInput(f"{text.strip() if text else ''} are {end - start + 1} weeks", "name a year's weeks at most")
    return tuple(start + number for number in range(end - start + 1))


def _last(text: str, now: Reading) -> datetime:
    """Give when a clock showed a time last; in the hour that comes twice, the one of those that it is now."""
    time_of_day = _clock_time(text, now)
    moment = _local(time_of_day.replace(fold=now.wall.astimezone(zone_of(now)).fold), now)
    return moment if not _is_later(moment, now) else _local(time_of_day - timedelta(days=1), now)


def _next(text: str, now: Reading) -> datetime:
    """Give when a clock will show a time next."""
    time_of_day = _clock_time(text, now)
    for moment in (_local(time_of_day, now), _local(time_of_day.replace(fold=1), now)):
        if _is_later(moment, now):
            return moment
    return _local(time_of_day + timedelta(days=1), now)


def _clock_time(text: str, now: Reading) -> datetime:
    """Give today's wall time of what is written like 14:05 or 14:05:30; ValueError for anything else."""
    parts = text.split(":")
    if not (2 <= len(parts) <= 3 and all(part.isascii() and part.isdigit() and len(part) <= 2 for part in parts)):
        raise ValueError(text)
    hour, minute, second = int(parts[0]), int(parts[1]), int(parts[2]) if len(parts) == 3 else 0
    return now.wall.replace(tzinfo=None, fold=0, hour=hour, minute=minute, second=second, microsecond=0)


def _is_later(moment: datetime, now: Reading) -> bool:
    """Say whether an instant is still to come; two of one zone would be compared by what its clocks show."""
    return moment.astimezone(UTC) > now.wall.astimezone(UTC)


def _iso(text: str, now: Reading) -> datetime:
    moment = datetime.fromisoformat(text)
    placed = moment if moment.tzinfo else _local(moment, now)
    placed.astimezone(UTC)  # OverflowError within a day of the first and the last year
    return placed


def _local(moment: datetime, now: Reading) -> datetime:
    """Put a wall time into the person's zone, right also across a change of summer time."""
    return moment.replace(tzinfo=zone_of(now))
