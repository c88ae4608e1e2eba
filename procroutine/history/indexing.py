"""Making the index of a history file (see `heads`), and keeping it up while runs are added."""

from __future__ import annotations

import contextlib
import json
import os
import zlib
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta

from procroutine.errors import UserError
from procroutine.history.corrections import moved_in_all
from procroutine.history.disk import Disk, replace_file
from procroutine.history.index_files import FOOTER, OWN, STARTED_AT, Index, footer_of, index_path, row_line, source_of
from procroutine.history.index_summary import summary_of
from procroutine.history.last_known import checked, checked_line, open_at_once
from procroutine.history.recovery import YearFile, read_year_file
from procroutine.history.second_copies import SecondCopies
from procroutine.history.shapes import is_run, is_small
from procroutine.places import Places, make_folder
from procroutine.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from procroutine.history.index_files import Row

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def make_index(places: Places, path: str) -> Index:
    """Read a history file, write its index to the cache folder if that can be done, and give it.

    A file that cannot be read or is not sound has its say in `said`, and is read anew each time.
    """
    file = read_year_file(Disk(), path, SecondCopies(places, Disk(), ""))
    said = [] if file.said is None else [file.said]
    runs = file.tables.get("runs", {}).values()
    rows = [head_row(document) for document in runs if is_run(document)]
    if strange := len(runs) - len(rows):
        they = "a run that cannot be read; it is" if strange == 1 else f"{strange} runs that cannot be read; they are"
        said.append(f"{path} holds {they} left out")
    tables = small_tables(file)
    years = _years(rows)
    if file.is_whole and not said:
        write_index(places, path, file.generation, rows, tables)
    generation = file.generation if file.is_whole else 0
    return Index(rows=rows, tables=tables, years=years, path=path, said="\n".join(said) or None, generation=generation)


def write_index(
    places: Places, path: str, generation: int, rows: Iterable[Row], tables: Mapping[str, list[list[Any]]]
) -> None:
    """Write an index; where that fails there is none, and reading is slower."""
    summary, lines = summary_of(rows)
    header = checked_line(["heads", tables, list(_years(lines))]) + checked_line(summary)
    body = b"\n".join(row_line(row) for row in lines)
    footer = footer_of(path, generation, zlib.crc32(body), len(lines))
    if footer is None:
        return
    name = index_path(places, path)
    with contextlib.suppress(UserError, OSError):  # only what can be rebuilt
        make_folder(os.path.dirname(name))
        replace_file(_Unflushed(), name, [header, body, footer])


class _Unflushed(Disk):
    """Without waiting for the disk: what a power cut takes is made again."""

    def flush(self, number: int) -> None:
        """Do nothing."""

    def flush_folder(self, folder: str) -> None:
        """Do nothing."""


class IndexEnd(Value):
    """Where an index that fits its file ends, so that a row can be added to it."""

    place: int
    checksum: int
    count: int


def end_of_index(places: Places, path: str, year: int) -> IndexEnd | None:
    """Look at the index of a file before a run is added that began in a year.

    None where the index does not fit the file, and where its first line knows of no run of that
    year: it would still not after the row is added, and the run would not be found.
    """
    try:
        with open_at_once(index_path(places, path)) as file:
            header = checked(file.readline())
            place = file.seek(-FOOTER, os.SEEK_END)
            footer = source_of(file.read(), path)
    except OSError:
        return None
    if header is None or footer is None or year not in header[2]:
        return None
    return IndexEnd(place=place, checksum=footer[0], count=footer[1])


def add_to_index(places: Places, path: str, end: IndexEnd, generation: int, row: Row) -> None:
    """Add a new run's row after the file was changed. The caller holds the history lock all the while.

    A reader that looks in the middle of it finds a checksum that does not hold, and makes its own.
    """
    line = (b"\n" if end.count else b"") + row_line(row)
    footer = footer_of(path, generation, zlib.crc32(line, end.checksum), end.count + 1)
    if footer is None:
        return
    with contextlib.suppress(OSError), open(index_path(places, path), "r+b", buffering=0) as file:
        file.seek(end.place)
        file.write(line + footer)


def _years(rows: Collection[Row]) -> tuple[int, ...]:
    """Give the years in which runs began, and those whose files may have an older version of any of them."""
    earlier = (year for row in rows if row[OWN].endswith("]]") for year in json.loads(row[OWN])[-1])
    return tuple(sorted({*(int(row[STARTED_AT][1:5]) for row in rows), *earlier}, reverse=True))


def head_row(document: Mapping[str, Any]) -> Row:
    """Give the row of a document that is a run."""
    steps = document["steps"]
    started = datetime.fromisoformat(document["started_at"])
    done = [step for step in steps if step["state"] == "done"]
    times = {
        step["id"]: _count(step["active_seconds"])
        for step in done
        if step.get("active_seconds") is not None and not step.get("combined")
    }
    shared = [
        document["routine"],
        document["routine_name"],
        document["revision"],
        document["state"],
        None if document["goal_seconds"] is None else _count(document["goal_seconds"]),
        len(steps),
        document["device"] or "",
        document.get("left_out") is not None,
        bool(document["deleted"]),
        bool(document.get("reopened")),
        document.get("schedule"),
    ]
    own = [
        *version(document),
        document["week"],
        document["ended_at"],
        *(_count(document[f"{what}_seconds"]) for what in ("active", "paused", "waiting", "asleep")),
        len(done),
        all(step["state"] == "done" or bool(step.get("optional")) for step in steps),
        document["outcome"],
        document["note"],
        "amended" in document or bool(moved_in_all(document)) or _was_corrected_open(document),
        {step["id"]: step["note"] for step in steps if step.get("note")} or None,
        {step["id"]: step["alternative"] for step in done if step.get("alternative")} or None,
        *([document["earlier_years"]] if document.get("earlier_years") else ()),
    ]
    moment = (started - _EPOCH) // timedelta(milliseconds=1)
    parts = (document["id"], moment, document["started_at"], shared, own, times)
    return [json.dumps(part, separators=(",", ":")) for part in parts]


def _was_corrected_open(document: Mapping[str, Any]) -> bool:
    return "events" in document and bool(document["corrected_seconds"] != 0)


def _count(seconds: float) -> int:
    return round(seconds * 1000)


def version(document: Mapping[str, Any]) -> tuple[int, str, str]:
    """Give what versions of a document are ordered by, as `merge.rank` does."""
    moment, device = document["stamp"]
    return moment, device, document["check"]


def small_tables(file: YearFile) -> dict[str, list[list[Any]]]:
    """Give the rows of the small tables that the first screen needs."""
    fields = {
        "weeks_off": ("routine", "week", "reason", "day", "deleted"),
        "redlines": ("routine", "text", "run", "state", "made_at"),
        "revisions": ("routine", "hash", "number", "date", "note"),
        "revision_marks": ("routine", "hash", "kind", "text"),
        "loose_ends": ("text", "made_at", "act"),
    }
    return {
        name: [
            [document_id, *version(document), *(document.get(key) for key in keys)]
            for document_id, document in file.tables.get(name, {}).items()
            if is_small(name, document)
        ]
        for name, keys in fields.items()
    }
