"""Keeping This week for the first screen of the next start (see `kept_week`), a little at a time.

The views of the next days are kept as well, since most people look in the morning, and nothing
but the day is different then.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Callable, Generator, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING

from procroutine.insight.kept_week import FOLDER, KeptWeek, kept_path, past_source
from procroutine.insight.views.written import LENGTH, WEEK, write_day, write_detail, write_row
from procroutine.places import make_folder

if TYPE_CHECKING:
    from procroutine.insight.views.week import WeekView
    from procroutine.places import Places

    Draw = Callable[[datetime], Generator[None, None, WeekView]]
    """Draws the view of an instant, a millisecond or two at a time."""

AHEAD = 7
"""Days after today, so that who looks once a week finds the same day of the next one."""
_ROWS = 120
"""Rows of all days together, beyond which no further day is kept."""
_DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def keep_weeks(
    places: Places, source: bytes, view: WeekView, now: datetime, zone: tzinfo, draw: Draw
) -> Iterator[None]:
    """Keep a view that was drawn from `source` at an instant, then those of the days after it as `draw` gives them.

    Each step of the iterator takes a millisecond or two. Nothing is kept where the history has changed since.
    """
    past = past_source(places)
    if past is None or not source.startswith(past):
        return
    today = now.astimezone(zone).date()
    days = [today]
    yield from _keep_day(places, source, past, today, view, zone)
    for number in range(1, AHEAD + 1):
        if (number + 1) * sum(len(rows) for _, rows in view.groups) > _ROWS:
            break
        days.append(today + number * _DAY)
        yield
        noon = datetime.combine(days[-1], time(12), zone)
        yield from _keep_day(places, source, past, days[-1], (yield from draw(noon)), zone)
    _forget_others(os.path.join(places.cache, FOLDER), {day.isoformat() for day in days})


def _keep_day(places: Places, source: bytes, past: bytes, day: date, view: WeekView, zone: tzinfo) -> Iterator[None]:
    start, end, after = (datetime.combine(day + number * _DAY, time(), zone) for number in range(3))
    offset = start.utcoffset()
    if offset is None or offset != end.utcoffset() or offset != after.utcoffset():
        return  # what takes long then ends at a time that does not follow from its length
    rows: list[bytes] = []
    details: list[bytes] = []
    place = 0
    for row in (row for _, group in view.groups for row in group):
        yield
        if row.detail.remaining is not None and row.detail.remaining > _DAY:
            return
        details.append(_line(write_detail(row.detail)))
        rows.append(_line([write_row(row), place, len(details[-1]), row.detail.remaining is not None]))
        place += len(details[-1])
    yield
    kept = KeptWeek(
        source=source,
        past=past,
        start=_milliseconds(start),
        end=_milliseconds(end),
        offset=round(offset.total_seconds()),
        seal=b"",
        head=_line(_head(view)),
        rows=tuple(rows),
        details=b"".join(details),
    )
    _write(kept_path(places, day), kept)


def _milliseconds(moment: datetime) -> int:
    return (moment.astimezone(UTC) - _EPOCH) // timedelta(milliseconds=1)


def _head(view: WeekView) -> dict[str, object]:
    return {
        "date": view.date,
        "week": WEEK[0](view.week),
        "done": view.done,
        "due": view.due,
        "overdue": view.overdue,
        "to_go": LENGTH[0](view.to_go),
        "days": list(map(write_day, view.days)),
        "groups": [[title, len(group)] for title, group in view.groups],
        "loose_ends": [[getattr(row, field) for field in row._fields] for row in view.loose_ends],
    }


def _line(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode("ascii")


def _write(path: str, kept: KeptWeek) -> None:
    """Write a view at once; where that fails, none is kept."""
    lengths = {"source": len(kept.source), "past": len(kept.past)}
    first = {**lengths, "start": kept.start, "end": kept.end, "offset": kept.offset}
    lines = b"\n".join((_line(first), kept.head, *kept.rows))
    body = b"%b\n\n%b%b" % (lines, kept.details, kept.source)
    folder = os.path.dirname(path)
    fresh = os.path.join(folder, f".{os.getpid()}")
    try:
        make_folder(folder)
        number = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o600)
        with open(number, "wb") as file:
            file.write(b"%08x\n%b" % (zlib.crc32(body), body))
        os.replace(fresh, path)
    except OSError:
        return  # it only costs time


def _forget_others(folder: str, wanted: set[str]) -> None:
    try:
        for name in os.listdir(folder):
            if name not in wanted:
                os.unlink(os.path.join(folder, name))
    except OSError:
        return  # they are of no use, and do no harm
