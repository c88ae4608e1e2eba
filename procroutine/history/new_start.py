"""When a past run began, as the person says it later."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING

from procroutine.clock import zone_of
from procroutine.durations import parse_duration
from procroutine.errors import BadInput, quoted

if TYPE_CHECKING:
    from datetime import tzinfo

    from procroutine.clock import Reading
    from procroutine.history.home import Home
    from procroutine.history.past import PastRun
    from procroutine.history.stamps import Stamp

FORMS = "13:45, 2026-11-19, 2026-11-19T13:45, +10m or -1d"
"""How it may be written."""
_LONGEST_CLOCK = len("13:45:00")


def set_start(home: Home, run_id: str, text: str, seen: Stamp | None = None) -> PastRun:
    """Correct the start of a run as a person wrote it; errors as `new_start` and `History.set_start`."""
    history = home.history()
    return history.set_start(run_id, new_start(text, history.past(run_id), home.clock.read()), seen)


def new_start(text: str, past: PastRun, now: Reading) -> datetime:
    """Read a new start in the zone where the run began; BadInput for what is none.

    `13:45` is on the day on which it began, a date alone keeps the time of day; both may stand together, with an
    offset if that is another. `+10m` and `-1d` move it. What it is already, as far as it is written, changes nothing:
    a run began at 13:45:00.200 and is shown as 13:45.
    """
    began, zone = past.run.started_at, zone_of_run(past, now)
    local = began.astimezone(zone)
    written = text.strip()
    try:
        if written[:1] in ("+", "-", "−"):
            length = parse_duration(written[1:], days=True)
            return _fixed((began.astimezone(UTC) + (length if written[0] == "+" else -length)).astimezone(zone))
        if len(written) <= _LONGEST_CLOCK and ":" in written:
            return _fixed(_or_as_it_is(_at(local.date(), _clock(written), zone), local, written))
        return _fixed(_or_as_it_is(_written(written, local, zone), local, written))
    except (ValueError, OverflowError):
        raise BadInput(f"{quoted(text)} is not a time", f"write it like {FORMS}") from None


def _or_as_it_is(moment: datetime, began: datetime, written: str) -> datetime:
    """Give the begin itself where the moment is the same to the minute or the second that was written."""
    whole = began.replace(microsecond=0)
    with_seconds = written.partition("+")[0].count(":") > 1
    return began if moment == whole or (not with_seconds and moment == whole.replace(second=0)) else moment


def _clock(text: str) -> time:
    return time.fromisoformat(text.zfill(_LONGEST_CLOCK if text.count(":") > 1 else len("13:45")))


def _written(text: str, local: datetime, zone: tzinfo) -> datetime:
    if len(text) == len("2026-11-19"):
        return _at(date.fromisoformat(text), local.timetz().replace(tzinfo=None), zone)
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)


def _at(day: date, clock: time, zone: tzinfo) -> datetime:
    if clock.tzinfo is not None:
        raise ValueError(clock)
    return datetime.combine(day, clock, zone)


def _fixed(moment: datetime) -> datetime:
    """Give an instant at its offset alone, cut to the millisecond, as runs have theirs."""
    offset = moment.utcoffset() or timedelta()
    whole = timezone(timedelta(seconds=offset // timedelta(seconds=1)))
    return moment.astimezone(whole).replace(microsecond=moment.microsecond // 1000 * 1000)


def zone_of_run(past: PastRun, now: Reading) -> tzinfo:
    """Give the zone a run began in; of an imported one the person's where that had the same offset, else its offset."""
    if past.events:
        return zone_of(past.events[0].reading)
    zone = zone_of(now)
    began = past.run.started_at
    return zone if began.astimezone(zone).utcoffset() == began.utcoffset() else began.tzinfo or UTC
