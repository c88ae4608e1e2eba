"""The routines and the past as they were last read, read again only when a file is different."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from procroutine.history.heads import Overview, RunHead
    from procroutine.history.home import Home
    from procroutine.routine.entries import Library

Marks = tuple[tuple[str, int, int, int], ...]
"""Path, size, time of change (ns) and inode of every file of a folder."""


class Kept:
    """Answers from memory while all files look as they did."""

    def __init__(self, home: Home) -> None:
        """Read nothing yet."""
        self._home = home
        self._library: tuple[Marks, Library] | None = None
        self._overviews: dict[int | None, tuple[Marks, Overview]] = {}

    def library(self) -> Library:
        """Give all routine files; CannotRead where the folder cannot be listed."""
        marks = marks_of(self._home.places.routines)
        if self._library is None or self._library[0] != marks:
            self._library = marks, self._home.library()
        return self._library[1]

    def overview(self, years: int | None = None) -> Overview:
        """Give the past in brief, the runs only of the newest `years` years; CannotRead where that fails."""
        marks = marks_of(self._home.places.history)
        found = self._overviews.get(years)
        if found is None or found[0] != marks:
            found = self._overviews[years] = marks, self._home.overview(years)
        return found[1]

    def owners(self) -> dict[str, str]:
        """Give the present id for each former id of a routine that no other routine has now."""
        entries = self.library().entries
        return {
            former: entry.id
            for entry in entries.values()
            if entry.routine is not None
            for former in entry.routine.previous_ids
            if former not in entries
        }

    def heads(self) -> tuple[RunHead, ...]:
        """Give all ended runs, newest first, deleted ones left out."""
        return tuple(head for head in self.overview().heads if not head.deleted)

    def heads_of(self, routine_id: str) -> tuple[RunHead, ...]:
        """Give the ended runs of one routine under its present and former ids, newest first."""
        owners = self.owners()
        return tuple(head for head in self.heads() if owners.get(head.routine, head.routine) == routine_id)


def marks_of(folder: str) -> Marks:
    """Give what tells any change in a folder and the folders in it; nothing of one that cannot be read.

    Linked folders are looked into as well, each only once; hidden files are left alone.
    """
    return tuple(sorted(_marks(folder, set())))


def _marks(folder: str, seen: set[tuple[int, int]]) -> Iterator[tuple[str, int, int, int]]:
    try:
        about = os.stat(folder)
        entries = [entry for entry in os.scandir(folder) if not entry.name.startswith(".")]
    except OSError:
        return
    if (about.st_dev, about.st_ino) in seen:
        return
    seen.add((about.st_dev, about.st_ino))
    for entry in entries:
        if entry.is_dir():
            yield from _marks(entry.path, seen)
            continue
        try:
            status = entry.stat()
        except OSError:
            continue  # gone since it was listed: the next look sees a difference
        yield entry.path, status.st_size, status.st_mtime_ns, status.st_ino
