"""The routines and the past as they were last read, read again only when a file is different."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from procroutine.routine.entries import present_ids
from procroutine.routine.kept_library import kept_at
from procroutine.routine.sealed import settled

if TYPE_CHECKING:
    from procroutine.history.heads import Overview, RunHead
    from procroutine.history.home import Home
    from procroutine.history.routine_runs import RoutineRuns
    from procroutine.places import Places
    from procroutine.routine.entries import Library

Mark = tuple[str, int, int, int, int]
"""Path, size, time of change and of any change (both ns) and inode of a file; of a folder its mode alone tells."""
Marks = tuple[Mark, ...]


class Kept:
    """Answers from memory while all files look as they did."""

    def __init__(self, home: Home) -> None:
        """Read nothing yet."""
        self._home = home
        self._library: tuple[Marks, Library] | None = None
        self._read_at = 0
        self._overviews: dict[int | None, tuple[Marks, Overview]] = {}
        self._runs: dict[int | None, tuple[Marks, tuple[Overview, dict[str, RoutineRuns]]]] = {}

    def library(self) -> Library:
        """Give all routine files; CannotRead where the folder cannot be listed."""
        marks = marks_of(self._home.places.routines)
        if self._library is None or self._library[0] != marks:
            self._library = marks, self._home.library()
            self._read_at = kept_at(self._home.places)
        return self._library[1]

    @property
    def is_settled(self) -> bool:
        """Whether every routine file was left alone for so long when it was read that its time tells any change."""
        times = (moment for mark in (self._library or ((),))[0] for moment in mark[2:4])
        return all(settled(moment, self._read_at) for moment in times)

    def overview(self, years: int | None = None) -> Overview:
        """Give the past in brief, the runs only of the newest `years` years; CannotRead where that fails."""
        marks = past_marks(self._home.places)
        found = self._overviews.get(years)
        if found is None or found[0] != marks:
            found = self._overviews[years] = marks, self._home.overview(years)
        return found[1]

    def runs_by_routine(self, years: int | None = None) -> tuple[Overview, dict[str, RoutineRuns]]:
        """Give the small tables, and the runs of each routine in the newest years; CannotRead where that fails."""
        marks = past_marks(self._home.places)
        found = self._runs.get(years)
        if found is None or found[0] != marks:
            from procroutine.history.index_summary import read_runs

            found = self._runs[years] = marks, read_runs(self._home.places, years)
        return found[1]

    def tables(self) -> Overview:
        """Give the small tables of the past, without runs; the same object while the past is the same."""
        return self.runs_by_routine()[0]

    def newest_heads(self) -> dict[str, RunHead]:
        """Give the newest run under each id of a routine that was ever run."""
        _, runs = self.runs_by_routine()
        return {routine: head for routine, own in runs.items() for head in islice(own.heads, 1)}

    def owners(self) -> dict[str, str]:
        """Give, for each former id that no routine has now, the id that its routine has."""
        return present_ids(self.library().entries)

    def heads(self) -> tuple[RunHead, ...]:
        """Give all ended runs, newest first, deleted ones left out."""
        return tuple(head for head in self.overview().heads if not head.deleted)

    def heads_of(self, routine_id: str) -> tuple[RunHead, ...]:
        """Give the ended runs of one routine under its present and former ids, newest first."""
        from procroutine.history.columns import read_together
        from procroutine.history.routine_runs import joined

        owners, (_, runs) = self.owners(), self.runs_by_routine()
        own = [part for routine, part in runs.items() if owners.get(routine, routine) == routine_id]
        heads = tuple(joined(own).heads) if own else ()
        read_together(heads)
        return heads


def past_marks(places: Places) -> Marks:
    """Give what tells any change in what the history is read from: its files, their second copies, plan and log."""
    single = (os.path.join(os.path.dirname(places.open_runs), "history.plan"), os.path.join(places.safety, "log"))
    previous = os.path.join(places.safety, "history")
    return *marks_of(places.history), *marks_of(previous), *(mark for path in single for mark in _mark(path))


def marks_of(folder: str) -> Marks:
    """Give what tells any change in a folder and the folders in it; nothing of one that cannot be read.

    Linked folders are looked into as well, each only once; hidden files are left alone.
    """
    found: list[Mark] = []
    seen: set[tuple[int, int]] = set()
    waiting = [folder]
    while waiting:
        waiting.extend(_look_into(waiting.pop(), seen, found))
    return tuple(sorted(found))


def _look_into(folder: str, seen: set[tuple[int, int]], found: list[Mark]) -> list[str]:
    """Add the marks of the files of a folder, and give the folders in it; done each second, so written for speed."""
    try:
        about = os.stat(folder)
        entries = [entry for entry in os.scandir(folder) if entry.name[0] != "."]
    except OSError:
        return []
    if (about.st_dev, about.st_ino) in seen:
        return []
    seen.add((about.st_dev, about.st_ino))
    found.append((folder, about.st_mode, 0, 0, about.st_ino))
    folders = []
    for entry in entries:
        try:
            if entry.is_dir():
                folders.append(entry.path)
                continue
            about = entry.stat()
        except OSError:
            found.extend(_mark(entry.path))  # gone, or a link to nothing or round in a circle
            continue
        found.append((entry.path, about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino))
    return folders


def _mark(path: str) -> Iterator[Mark]:
    try:
        about = os.stat(path)
    except OSError:
        if os.path.islink(path):
            yield path, 0, 0, 0, 0
        return
    yield path, about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino
