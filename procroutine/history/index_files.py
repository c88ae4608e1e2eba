"""An index for each history file, kept in the cache folder, so that nothing else is read at start-up.

It holds one row per run, and what else the first screen needs (weeks off, redlines, revisions).
It counts only for exactly the file it was made from; where it is missing, old or damaged it is
made anew from the file. It is never the truth, and deleting it loses nothing.

The first line holds the small tables and the years, the second a summary by routine (see
`index_summary`) of the rows that follow, the last one (of fixed length) what file it was made from
and the checksum of all rows, so that a row can be added without reading.

A row is a line of parts, each in JSON, with tabs between (in JSON a tab is written otherwise): so
thousands of rows are parted quickly, and only what is asked for of a run is read.
"""

from __future__ import annotations

import json
import os
import zlib

from procroutine.history.last_known import checked, checked_line, history_files, open_at_once, read_last_known
from procroutine.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from procroutine.places import Places

    Row = list[Any]
    """The parts of a run's row, each in JSON, or what was read from it."""

FORMAT = 11
FOOTER = 192
"""Bytes of the last line."""


class Index(Value):
    """What is known of one history file."""

    rows: list[Row] | None
    """One row per run, as `head_of` reads it; None where they were not asked for."""
    summary: list[Any] | None = None
    """Of the first of the rows, by routine, where that was asked for and the rows were not."""
    body: bytes = b""
    """All rows as they are written, where the summary was asked for."""
    tables: dict[str, list[Any]]
    """Rows of the small tables: weeks_off, redlines, revisions."""
    years: tuple[int, ...]
    """Years in which runs of the file began, newest first."""
    said: str | None = None
    path: str = ""
    generation: int = 0
    """Of the file; 0 where it is not sound."""
    first: bytes = b""
    """The line that the small tables and the years were read from."""


class Wanted(Value):
    """What is to be read of an index beyond the small tables and the years."""

    rows: bool = True
    """Whether its rows are wanted."""
    about: str | None = None
    """With this, rows that do not hold this text may be left out."""
    summary: bool = False
    """Whether its summary is wanted, and the rows only as they are written, where it has one."""


ALL = Wanted()
TABLES = Wanted(rows=False)


def read_indexes(places: Places, years: int | None = None, wanted: Wanted = ALL) -> list[Index]:
    """Read what is wanted of the indexes of all history files, of those of older years only the small tables."""
    paths = history_files(places)
    if years is None:
        return [read_index(places, path, wanted) for path in paths]
    brief = [read_index(places, path, TABLES) for path in paths]
    kept = set(sorted({year for index in brief for year in index.years}, reverse=True)[:years])
    while more := {year for index in brief if not kept.isdisjoint(index.years) for year in index.years} - kept:
        kept |= more  # versions of one run, whose start was moved, have a year in common: all of them, or none
    return [
        read_index(places, index.path, wanted, index) if not kept.isdisjoint(index.years) else index for index in brief
    ]


def read_soundly(places: Places, years: int | None, wanted: Wanted) -> tuple[tuple[str, ...], list[Index]]:
    """Read the indexes once what a crash left is finished and missing files are looked for; with what to tell of it."""
    said = _finish_left(places)
    indexes = read_indexes(places, years, wanted)
    if not _as_known(places, indexes):
        from procroutine.history.care import look_into

        said += look_into(places)
        indexes = read_indexes(places, years, wanted)
    return said, indexes


def _finish_left(places: Places) -> tuple[str, ...]:
    """Finish a change of several files that a crash stopped in the middle."""
    if not os.path.lexists(os.path.join(os.path.dirname(places.open_runs), "history.plan")):
        return ()
    from procroutine.history.plan import finish_left

    said = finish_left(places)
    return () if said is None else (said,)


def _as_known(places: Places, indexes: list[Index]) -> bool:
    """Say whether every file of this device is there in the generation that was last written."""
    known = read_last_known(places)
    if known is None:
        return not indexes
    return all(known.fits(os.path.basename(index.path), index.generation) for index in indexes)


def index_path(places: Places, path: str) -> str:
    """Give where the index of a history file is kept."""
    return os.path.join(places.cache, "heads", f"{os.path.basename(path)}.index")


def read_index(places: Places, path: str, wanted: Wanted = ALL, known: Index | None = None) -> Index:
    """Read what is wanted of the index of one history file, made anew from the file if it does not fit it.

    What is `known` of it without its rows is not worked out again.
    """
    found = _read_index(index_path(places, path), path, wanted, known)
    if found is not None:
        return found
    from procroutine.history.indexing import make_index

    made = make_index(places, path)
    return made if wanted.rows else made.replaced(rows=None)


def _read_index(index: str, path: str, wanted: Wanted, known: Index | None) -> Index | None:
    try:
        with open_at_once(index) as file:
            first = file.readline()
            summary = file.readline() if wanted.rows else b""
            kept = file.read() if wanted.rows else b""
            if not wanted.rows:
                file.seek(-FOOTER, os.SEEK_END)
            footer = kept[-FOOTER:] if wanted.rows else file.read()
    except OSError:
        return None
    source = source_of(footer, path)
    if source is None:
        return None
    if known is None or known.first != first:
        header = checked(first)
        if header is None:
            return None
        known = Index(rows=None, tables=header[1], years=tuple(header[2]), first=first)
    known = known.replaced(path=path, generation=source[-1])
    if not wanted.rows:
        return known
    body = kept[:-FOOTER]
    if zlib.crc32(body) != source[0]:
        return None
    if not wanted.summary:
        return known.replaced(rows=parted_rows(body, wanted.about))
    brief = checked(summary)
    return None if brief is None else known.replaced(summary=brief, body=body)


def written_rows(places: Places, path: str) -> bytes | None:
    """Give the rows of the index of a history file as they are written, with the end of the line before them.

    None where the index does not fit the file, or is not sound.
    """
    try:
        with open_at_once(index_path(places, path)) as file:
            data = file.read()
    except OSError:
        return None
    source = source_of(data[-FOOTER:], path)
    before = data.find(b"\n", data.find(b"\n") + 1)
    if source is None or zlib.crc32(memoryview(data)[before + 1 : -FOOTER]) != source[0]:
        return None
    return data[before:-FOOTER]


def parted_rows(body: bytes, about: str | None = None) -> list[Row]:
    """Part the rows of an index; with `about` only of the rows that hold this text."""
    text = body.decode("latin-1")
    if about is not None:
        wanted = json.dumps(about)
        return [line.split("\t") for line in text.split("\n") if wanted in line]  # far quicker than to read them all
    parts = text.replace("\n", "\t").split("\t") if text else []
    return [parts[first : first + PARTS] for first in range(0, len(parts), PARTS)]


STARTED, STARTED_AT, SHARED, OWN, TIMES = 1, 2, 3, 4, 5
"""Places in a row: when the run began (ms, then with its zone), what it has in common with others, and its own."""
PARTS = 6
"""Of every row."""
REOPENED = 9
"""Whether it is an undone finish: a place in what is shared."""
_KNOWN: dict[str, list[Any]] = {}
"""What runs share, by how it is written: most runs of a routine have the same."""


def shared_of(row: Row) -> list[Any]:
    """Give what a run has in common with others, read once for all of them."""
    written = row[SHARED]
    if type(written) is str:
        written = row[SHARED] = _KNOWN.get(written) or _KNOWN.setdefault(written, json.loads(written))
    found: list[Any] = written
    return found


def own_of(row: Row) -> list[Any]:
    """Give what a run has of its own; its first three items are what versions of a run are ordered by."""
    if type(row[OWN]) is str:
        row[OWN] = json.loads(row[OWN])
    found: list[Any] = row[OWN]
    return found


def row_line(row: Row) -> bytes:
    """Write a row."""
    return "\t".join(row).encode("ascii")


def row_beginning(run_id: str) -> bytes:
    """Give what stands in an index where the row of a run begins, and nowhere else."""
    return f"\n{json.dumps(run_id)}\t".encode("ascii")


def footer_of(path: str, generation: int, checksum: int, count: int) -> bytes | None:
    """Write the last line of an index: checksum and number of its rows, and what file it was made from.

    None where the file `path` is of another generation by now.
    """
    identity = _identity(path, generation)
    return None if identity is None else checked_line([checksum, count, *identity], FOOTER)


def source_of(footer: bytes, path: str) -> list[int] | None:
    """Read the last line of an index; None where it is damaged or was made from another state of the file."""
    source: list[int] | None = checked(footer)
    return source if source and source[2:] == _identity(path, source[-1]) else None


def _identity(path: str, generation: int) -> list[int] | None:
    """Give what tells this state of a file from every other; None where it is not of that generation."""
    start = b'{"_seal":{"1":{"gen":%d,' % generation
    try:
        with open_at_once(path) as file:
            if file.read(len(start)) != start:
                return None
            state = os.fstat(file.fileno())
    except OSError:
        return None
    return [FORMAT, state.st_size, state.st_mtime_ns, state.st_ino, generation]
