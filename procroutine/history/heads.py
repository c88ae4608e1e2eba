"""The few fields of a run that lists, trends and comparisons need, read quickly.

For each history file a small index is kept in the cache folder: one row per run, and what else
the first screen needs (weeks off, redlines, revisions). An index counts only for exactly the
file it was made from; where it is missing, old or damaged it is made anew from the file. It is
never the truth, and deleting it loses nothing.
"""

from __future__ import annotations

import json
import os
import zlib
from datetime import datetime, timedelta

from procroutine.values import Value
from procroutine.weeks import Week

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from procroutine.places import Places

    Row = list[Any]

FORMAT = 1
FOOTER = 192
"""Bytes of the last line, which says what file the index was made from."""

_NOTHING = timedelta()


class RunHead(Value):
    """A finished or abandoned run, in brief."""

    id: str
    routine: str
    routine_name: str
    revision: int | None
    state: str
    week: Week
    """Of its start, in the zone where it began."""
    started_at: datetime
    ended_at: datetime
    active: timedelta
    paused: timedelta
    waiting: timedelta
    asleep: timedelta
    goal: timedelta | None
    steps_done: int
    steps_total: int
    complete: bool
    """Whether every step that is not optional was done."""
    outcome: str | None
    note: str | None
    device: str
    left_out: bool
    """Whether the person keeps it out of the statistics."""
    corrected: bool
    """Whether its times were amended."""
    deleted: bool
    step_times: dict[str, timedelta]
    """Active time of the steps that were done; combined ones left out."""
    stamp: tuple[int, str]


class WeekOff(Value):
    """A week declared off, for one routine or for all."""

    routine: str | None
    week: Week
    reason: str
    day: str
    """When it was declared, as an ISO date."""


class Redline(Value):
    """What the person wants to change or eliminate next time."""

    id: str
    routine: str
    text: str
    run: str | None
    """The run after which it was written."""
    state: str
    """`open`, `done` or `dropped`."""


class Overview(Value):
    """What the history files hold together, in brief."""

    heads: tuple[RunHead, ...]
    """Newest first, deleted ones included."""
    weeks_off: tuple[WeekOff, ...]
    redlines: tuple[Redline, ...]
    """All that are open, oldest first."""
    revisions: dict[tuple[str, str], int]
    """The number of a revision, by routine and hash of its meaning."""
    said: tuple[str, ...]
    """What to tell the person about files that are not sound."""


class Index(Value):
    """What is known of one history file."""

    rows: list[Row] | None
    """One row per run, as `head_of` reads it; None where they were not asked for."""
    tables: dict[str, list[Any]]
    """Rows of the small tables: weeks_off, redlines, revisions."""
    years: tuple[int, ...]
    """Years in which runs of the file began, newest first."""
    said: str | None = None
    path: str = ""


def read_overview(places: Places, years: int | None = None) -> Overview:
    """Read the runs of the newest `years` years that have any (all by default), and the small tables.

    CannotRead where the history folder or a file cannot be read.
    """
    indexes = read_indexes(places, years)
    return Overview(
        heads=tuple(head_of(row) for row in merged_rows(indexes) if not row[REOPENED]),
        weeks_off=tuple(
            WeekOff(routine=row[4], week=Week.parse(row[5]), reason=row[6], day=row[7])
            for row in merged_table(indexes, "weeks_off")
            if not row[8]
        ),
        redlines=tuple(
            Redline(id=row[0], routine=row[4], text=row[5], run=row[6], state=row[7])
            for row in sorted(merged_table(indexes, "redlines"), key=lambda row: (row[8], row[0]))
            if row[7] == "open"
        ),
        revisions={(row[4], row[5]): row[6] for row in merged_table(indexes, "revisions")},
        said=tuple(index.said for index in indexes if index.said),
    )


def read_indexes(places: Places, years: int | None = None) -> list[Index]:
    """Read the indexes of all history files, those of older years without their rows."""
    paths = history_files(places.history)
    if years is None:
        return [read_index(places, path) for path in paths]
    brief = [read_index(places, path, rows=False) for path in paths]
    kept = sorted({year for index in brief for year in index.years}, reverse=True)[:years]
    return [read_index(places, index.path) if any(year in kept for year in index.years) else index for index in brief]


def history_files(folder: str) -> list[str]:
    """Give the paths of all history files, also of one whose name is gone but whose previous generation is there."""
    try:
        names = os.listdir(folder)
    except FileNotFoundError:
        return []
    except OSError as error:
        from procroutine.errors import CannotRead

        raise CannotRead(f"{folder} cannot be read ({error.strerror})", "look at its permissions") from error
    files = {name.removesuffix(".previous") for name in names if name.endswith((".json", ".json.previous"))}
    return [os.path.join(folder, name) for name in sorted(files) if not name.startswith(".")]


def index_path(places: Places, path: str) -> str:
    """Give where the index of a history file is kept."""
    return os.path.join(places.cache, "heads", f"{os.path.basename(path)}.index")


def read_index(places: Places, path: str, *, rows: bool = True) -> Index:
    """Read the index of one history file, made anew from the file if it does not fit it."""
    found = _read_index(index_path(places, path), path, rows)
    if found is not None:
        return found
    from procroutine.history.indexing import make_index

    return make_index(places, path)


def _read_index(index: str, path: str, rows: bool) -> Index | None:
    try:
        with open(index, "rb") as file:
            first = file.readline()
            kept = file.read() if rows else b""
            if not rows:
                file.seek(-FOOTER, os.SEEK_END)
            footer = kept[-FOOTER:] if rows else file.read()
    except OSError:
        return None
    header = _checked(first)
    source = source_of(footer, path)
    if header is None or source is None:
        return None
    body = memoryview(kept)[:-FOOTER]
    if rows and zlib.crc32(body) != source[0]:
        return None
    return Index(
        rows=json.loads(b"[" + bytes(body) + b"]") if rows else None,
        tables=header[1],
        years=tuple(header[2]),
        path=path,
    )


def _checked(line: bytes) -> Any:
    """Give the JSON of a line that begins with its own checksum; None where it does not hold."""
    checksum, _, text = line.partition(b" ")
    if checksum != b"%08x" % zlib.crc32(text):
        return None
    return json.loads(text)


def checked_line(value: object, width: int = 0) -> bytes:
    """Write JSON as a line that begins with its checksum, filled with spaces to a width."""
    text = json.dumps(value, separators=(",", ":")).encode("ascii").ljust(max(0, width - 10)) + b"\n"
    return b"%08x %b" % (zlib.crc32(text), text)


def footer_of(path: str, generation: int, checksum: int, count: int) -> bytes | None:
    """Write the last line of an index: checksum and number of its rows, and what file it was made from.

    None where the file `path` is of another generation by now.
    """
    identity = _identity(path, generation)
    return None if identity is None else checked_line([checksum, count, *identity], FOOTER)


def source_of(footer: bytes, path: str) -> list[int] | None:
    """Read the last line of an index; None where it is damaged or was made from another state of the file."""
    source: list[int] | None = _checked(footer)
    return source if source and source[2:] == _identity(path, source[-1]) else None


def _identity(path: str, generation: int) -> list[int] | None:
    """Give what tells this state of a file from every other; None where it is not of that generation."""
    start = b'{"_seal":{"1":{"gen":%d,' % generation
    try:
        with open(path, "rb", buffering=0) as file:
            if file.read(len(start)) != start:
                return None
            state = os.fstat(file.fileno())
    except OSError:
        return None
    return [FORMAT, state.st_size, state.st_mtime_ns, state.st_ino, generation]


STAMP, DEVICE_OF_STAMP, CHECK, REOPENED, STARTED = 1, 2, 3, 4, 5
"""Places in a row: what versions are ordered by, whether it is an undone finish, when it began (ms)."""
FIELDS = 6
"""Where the fields of `RunHead` begin."""


def merged_rows(indexes: Iterable[Index]) -> list[Row]:
    """Give of each run the row of its latest version, newest run first."""
    merged: dict[str, Row] = {}
    for index in indexes:
        for row in index.rows or ():
            there = merged.setdefault(row[0], row)
            if there is not row and there[STAMP:REOPENED] < row[STAMP:REOPENED]:
                merged[row[0]] = row
    return sorted(merged.values(), key=_start, reverse=True)


def _start(row: Row) -> tuple[int, str]:
    return row[STARTED], row[0]


def merged_table(indexes: Iterable[Index], name: str) -> list[Row]:
    """Give of each document of a small table the row of its latest version."""
    merged: dict[str, Row] = {}
    for index in indexes:
        for row in index.tables.get(name, ()):
            there = merged.setdefault(row[0], row)
            if there is not row and there[STAMP:REOPENED] < row[STAMP:REOPENED]:
                merged[row[0]] = row
    return list(merged.values())


_SETTERS = tuple(RunHead.__dict__[field].__set__ for field in RunHead._fields)
_WEEKS: dict[str, Week] = {}


def head_of(row: Row) -> RunHead:
    """Make a head from its row; written for speed, since there may be tens of thousands."""
    (
        run_id, stamp, device_of_stamp, _, _, _, routine, routine_name, revision, state, week, started_at, ended_at,
        active, paused, waiting, asleep, goal, steps_done, steps_total, complete, outcome, note, device, left_out,
        corrected, deleted, step_times,
    ) = row  # fmt: skip
    head: RunHead = object.__new__(RunHead)
    values = (
        run_id,
        routine,
        routine_name,
        revision,
        state,
        _WEEKS.get(week) or _week(week),
        datetime.fromisoformat(started_at),
        datetime.fromisoformat(ended_at),
        timedelta(0, 0, active * 1000),
        timedelta(0, 0, paused * 1000) if paused else _NOTHING,
        timedelta(0, 0, waiting * 1000) if waiting else _NOTHING,
        timedelta(0, 0, asleep * 1000) if asleep else _NOTHING,
        None if goal is None else timedelta(0, 0, goal * 1000),
        steps_done,
        steps_total,
        complete,
        outcome,
        note,
        device,
        left_out,
        corrected,
        deleted,
        {step: timedelta(0, 0, length * 1000) for step, length in step_times.items()},
        (stamp, device_of_stamp),
    )
    for put, value in zip(_SETTERS, values, strict=True):
        put(head, value)
    return head


def _week(text: str) -> Week:
    return _WEEKS.setdefault(text, Week.parse(text))
