"""The runs of the history files, file by file, for what cannot wait until all of them are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procroutine.history.heads import heads_of
from procroutine.history.index_files import TABLES, own_of, read_index, read_soundly

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from procroutine.history.heads import RunHead
    from procroutine.history.index_files import Index, Row
    from procroutine.places import Places


def files_newest_first(places: Places) -> list[Index]:
    """Look at all history files but not at their runs; the newest year first. Errors as `read_overview`."""
    _, indexes = read_soundly(places, None, TABLES)
    return sorted(indexes, key=lambda index: index.years, reverse=True)


def rows_of(places: Places, file: Index) -> list[Row]:
    """Read the rows of the runs of one of these files."""
    return read_index(places, file.path, known=file).rows or []


def overtaken(files: Iterable[Sequence[Row]]) -> set[int]:
    """Give what tells rows (by `id`) of which there is a later version, in the same file or in another one."""
    latest: dict[str, Row] = {}
    found: set[int] = set()
    for rows in files:
        fresh = {row[0]: row for row in rows}
        if len(fresh) == len(rows) and latest.keys().isdisjoint(fresh):
            latest |= fresh
            continue
        for row in rows:
            there = latest.setdefault(row[0], row)
            if there is row:
                continue
            is_later = own_of(there)[:3] < own_of(row)[:3]
            found.add(id(there if is_later else row))
            if is_later:
                latest[row[0]] = row
    return found


def heads_in(rows: Iterable[Row], but: set[int]) -> list[RunHead]:
    """Make the heads of some rows, but of those that were overtaken, of deleted runs and of undone finishes."""
    return [head for head in heads_of(row for row in rows if id(row) not in but) if not head.deleted]
