"""What This week showed when it was last drawn, for the first screen of the next start.

It is kept in the cache folder, one file a day, and holds as long as every file it was drawn from
is as it was then and the day lasts: nothing in it depends on the time of day but when what Enter
does would come to its end, and that is worked out when it is read. It is never the truth; what is
missing, damaged, made by another version or from other files counts as not there.

The first line tells for when it holds, the second is the view without its rows. Those follow, a
line each, with where the detail of each stands in the rest; both are read when they are looked at,
so that five hundred routines cost little more than nine. At the end stands what it was drawn from.
"""

from __future__ import annotations

import json
import marshal
import os
import zlib
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from typing import TYPE_CHECKING, Any

from procroutine import __version__
from procroutine.insight.dates import near_time
from procroutine.insight.kept import marks_of, past_marks
from procroutine.insight.views.common import ChartData, Standing
from procroutine.insight.views.later import Later
from procroutine.insight.views.week import RoutineDetail, RoutineRow, RowState, WeekView, unread_row
from procroutine.insight.views.written import LENGTH, UNREADABLE, WEEK, read_day, read_detail, read_row
from procroutine.text import shown
from procroutine.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from procroutine.clock import Reading
    from procroutine.insight.views.loose_ends import LooseEndRow
    from procroutine.places import Places

FORMAT = 4
FOLDER = "week"
"""In the cache folder."""
LARGEST = 1 << 26
"""Bytes; a file beyond is none of ours."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


class KeptWeek(Value):
    """One day's view, as it was written."""

    source: bytes
    """What it was drawn from, as `source_of` gives it."""
    past: bytes
    """The beginning of that which is history, as `past_source` gives it."""
    start: int
    end: int
    """From when to when it holds: milliseconds since 1970."""
    offset: int
    """Seconds that the person's clocks are ahead of UTC all that time."""
    seal: bytes
    """Checksum of all of it."""
    head: bytes
    rows: tuple[bytes, ...]
    details: bytes

    def holds(self, source: bytes, reading: Reading) -> bool:
        """Say whether it was drawn from just these files, for this time and zone."""
        moment = (reading.wall - _EPOCH) // _MILLISECOND
        return (
            source == self.source
            and self.start <= moment < self.end
            and reading.wall.utcoffset() == timedelta(seconds=self.offset)
        )

    def view(self, now: datetime) -> WeekView:
        """Give the view as it is at an instant; one of `UNREADABLE` where something else was written."""
        local = now.astimezone(timezone(timedelta(seconds=self.offset)))
        plain = json.loads(self.head)
        return WeekView(
            date=shown(plain["date"]),
            week=WEEK[1](plain["week"]),
            done=int(plain["done"]),
            due=int(plain["due"]),
            overdue=int(plain["overdue"]),
            to_go=LENGTH[1](plain["to_go"]),
            days=tuple(map(read_day, plain["days"])),
            groups=tuple(self._groups(plain["groups"], local)),
            loose_ends=_loose_ends(written) if (written := plain["loose_ends"]) else (),
        )

    def _groups(self, plain: list[Any], local: datetime) -> Iterator[tuple[str, tuple[RoutineRow, ...]]]:
        minute = f"{local:%H:%M}"
        start = 0
        for title, count in plain:
            written = self.rows[start : start + int(count)]
            if len(written) != count:
                raise ValueError(count)
            start += len(written)
            yield shown(title), tuple([unread_row(partial(self._row, line, local, minute)) for line in written])

    def _row(self, line: bytes, local: datetime, minute: str) -> RoutineRow:
        try:
            plain, start, length, ends = json.loads(line)

            def drawn() -> RoutineDetail:
                return _detail(row, self.details[start : start + length], local)

            row = read_row(plain, Later(drawn, (self.seal, start, ends and minute)))
        except UNREADABLE:
            return _unreadable_row()  # as for a detail
        return row


def _loose_ends(written: list[Any]) -> tuple[LooseEndRow, ...]:
    from procroutine.insight.views.loose_ends import read_loose_ends

    return read_loose_ends(written)


def _unreadable_row() -> RoutineRow:
    row = RoutineRow(
        routine_id="",
        name=shown(""),
        state=RowState.BROKEN,
        due_day="",
        due_note="cannot be read",
        last=None,
        vs_goal=None,
        standing=Standing.NONE,
        weeks=(),
        goal=None,
        streak=0,
        put_off=0,
        run_id=None,
        drawn=Later(lambda: _empty_detail(row)),
    )
    return row


def _detail(row: RoutineRow, written: bytes, now: datetime) -> RoutineDetail:
    try:
        detail = read_detail(json.loads(written))
        end = None if detail.remaining is None else near_time(now + detail.remaining, now)
        return detail.replaced(key_time=end)
    except UNREADABLE:
        # Only somebody who wrote it with intent can have come so far: it is drawn anew with the next change.
        return _empty_detail(row)


def _empty_detail(row: RoutineRow) -> RoutineDetail:
    return RoutineDetail(
        name=row.name,
        facts="",
        purpose=shown(""),
        last=row.last,
        last_standing=Standing.NONE,
        median=None,
        best=None,
        goal=row.goal,
        chart=ChartData(),
        slowest=(),
        key_action="",
        key_time=None,
    )


def kept_view(places: Places, source: bytes, reading: Reading) -> WeekView | None:
    """Give the view of This week if it was kept for this time and these files, as `source_of` tells them."""
    kept = read_kept(places, reading)
    try:
        return kept.view(reading.wall) if kept is not None and kept.holds(source, reading) else None
    except UNREADABLE:
        return None


def read_kept(places: Places, reading: Reading) -> KeptWeek | None:
    """Read what was kept for the day of a reading; None where that is missing, damaged or of another version."""
    try:
        with open(kept_path(places, reading.wall.date()), "rb", opener=_open_file) as file:
            seal, _, rest = file.read(LARGEST).partition(b"\n")
        if seal != b"%08x" % zlib.crc32(rest):
            return None
        first, _, rest = rest.partition(b"\n")
        known = json.loads(first)
        end = len(rest) - known["source"]
        rest, source = rest[:end], rest[end:]
        head, _, rest = rest.partition(b"\n")
        rows, _, details = rest.partition(b"\n\n")
        lines = tuple(rows.split(b"\n")) if rows else ()
        known |= {"past": source[: known["past"]], "source": source}
        return KeptWeek(seal=seal, head=head, rows=lines, details=details, **known)
    except (OSError, *UNREADABLE):
        return None


def _open_file(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))


def kept_path(places: Places, day: date) -> str:
    """Give where the view of a day is kept."""
    return os.path.join(places.cache, FOLDER, day.isoformat())


def source_of(places: Places, zone: str) -> bytes | None:
    """Give in one all that This week is drawn from but the time; None where it is different each time.

    It is: the files of the routines, of the history and of the open runs, the zone, and the program.
    """
    past = past_source(places)
    open_runs = marks_of(places.open_runs)
    if past is None or any(name.endswith(".shown") for name, *_ in open_runs):
        return None
    second = marks_of(os.path.join(places.safety, "open-runs"))
    return past + _written((zone, marks_of(places.routines), open_runs, second))


def past_source(places: Places) -> bytes | None:
    """Give in one all that the history is read from; None while a change of it is under way."""
    marks = past_marks(places)
    if any(os.path.basename(name) == "history.plan" for name, *_ in marks):
        return None
    return _written((FORMAT, __version__, places.routines, marks))


def _written(value: tuple[Any, ...]) -> bytes:
    """Write out a value to be compared; of all ways this is by far the quickest, and it is never read back."""
    return marshal.dumps(value, 0)


def is_past_as_kept(places: Places, reading: Reading) -> bool:
    """Say whether the history is as it was when today's view was kept, which is done only of a sound one."""
    kept = read_kept(places, reading)
    return kept is not None and kept.past == past_source(places)
