"""The routines of a folder as they were last read, so that what has not changed since is not read again.

What is wrong with each file is kept with it. A routine is made only when somebody asks for it, and
its steps and systems only when somebody asks for those: of most routines nobody does.
"""

from __future__ import annotations

import json
import os
from datetime import timedelta

from procroutine.routine.entries import Entry, Library
from procroutine.routine.sealed import is_unchanged, read_whole, write_sealed
from procroutine.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from procroutine.places import Places
    from procroutine.routine.model import Problem, Routine

FORMAT = 4
_FIELDS = ("file", "line", "key", "problem", "remedy")


class KeptLibrary(Value):
    """A library as it was read last, and when."""

    library: Library
    at: int
    """In nanoseconds of the file system's own clock."""

    @property
    def is_current(self) -> bool:
        """Whether no file and no folder has changed since."""
        return is_unchanged(self.library.stamps.values(), self.library.folders, self.at)


class RoutineLater(Value):
    """A routine as it is kept, to be made when it is asked for."""

    fields: bytes
    """All of it but its steps and systems, as JSON."""
    steps: bytes
    """These, as JSON."""
    sources: tuple[str, ...]

    def __call__(self) -> Routine:
        """Make it, but for its steps and systems."""
        from procroutine.routine.model import Routine
        from procroutine.routine.snapshots import fields_from_snapshot, steps_and_systems_from_snapshot

        written = json.loads(self.fields)
        review = written["review_every_seconds"]
        return Routine.with_steps_later(
            lambda: steps_and_systems_from_snapshot(json.loads(self.steps)),
            **fields_from_snapshot(written["snapshot"]),
            review_every=timedelta(seconds=review) if review is not None else None,
            analysis=written["analysis"],
            previous_ids=tuple(written["previous_ids"]),
            sources=self.sources,
        )


def read_kept(places: Places) -> KeptLibrary | None:
    """Give the routines as they were last read and kept; None where they were not, or it is damaged."""
    found = read_whole(_path(places))
    if found is None:
        return None
    kept, at = found
    if kept.get("format") != FORMAT or kept["routines"] != places.routines:
        return None
    library = Library(
        entries={written[0]: _entry(written, kept["details"]) for written in kept["entries"]},
        folder=places.routines,
        stamps={stamp[0]: tuple(stamp) for stamp in kept["files"]},
        folders=tuple((path, changed) for path, changed in kept["folders"]),
    )
    return KeptLibrary(library=library, at=at)


def keep_library(places: Places, library: Library) -> None:
    """Keep the routines for `read_kept`; not where a file of them could not be read."""
    looked_at = {entry.path for entry in library.entries.values()} | {problem.file for problem in library.problems}
    if library.folder != places.routines or not looked_at <= library.stamps.keys():
        return
    details = bytearray()
    kept = {
        "format": FORMAT,
        "routines": library.folder,
        "files": list(library.stamps.values()),
        "folders": library.folders,
        "entries": [_written(entry, details) for entry in library.entries.values()],
    }
    write_sealed(_path(places), kept, details)


def kept_at(places: Places) -> int:
    """Give when the routines were last kept, in nanoseconds of the file system's own clock; 0 if never."""
    try:
        return os.stat(_path(places)).st_mtime_ns
    except OSError:
        return 0


def _path(places: Places) -> str:
    return os.path.join(places.cache, "library.json")


def _written(entry: Entry, details: bytearray) -> list[Any]:
    """Give an entry as it is kept; its routine goes to the details, and where it stands in them to the end."""
    problems, notes = (
        [[getattr(one, field) for field in _FIELDS] for one in told] for told in (entry.problems, entry.notes)
    )
    head = [entry.id, entry.path, entry.name, problems, entry.sources]
    later = entry.later
    if isinstance(later, RoutineLater):
        content = entry.content
    elif entry.routine is not None:
        content, later = _taken_down(entry.routine)
    else:
        return head
    start = len(details)
    details += later.fields
    middle = len(details)
    details += later.steps
    kept = [*head, content, start, middle, len(details)]
    return [*kept, entry.previous_ids, notes] if entry.previous_ids or notes else kept


def _entry(written: list[Any], details: bytes) -> Entry:
    name, path, called, problems, sources, *rest = written
    if not rest:
        return Entry(id=name, path=path, name=called, routine=None, problems=tuple(map(_problem, problems)))
    content, start, middle, end, *rare = rest
    files = tuple(sources)
    later = RoutineLater(fields=details[start:middle], steps=details[middle:end], sources=files)
    fields = {"id": name, "path": path, "name": called, "sources": files, "content": content}
    if rare:
        former, notes = rare
        fields |= {"previous_ids": tuple(former), "notes": tuple(map(_problem, notes))}
    return Entry.with_routine_later(later, **fields)


def _problem(fields: list[Any]) -> Problem:
    from procroutine.routine.model import Problem

    return Problem(**dict(zip(_FIELDS, fields, strict=True)))


def _taken_down(routine: Routine) -> tuple[str, RoutineLater]:
    """Give the hash of a routine's content, and a snapshot of it with what snapshots leave out."""
    from procroutine.routine.revision import content_hash
    from procroutine.routine.snapshots import snapshot_of

    review, snapshot = routine.review_every, snapshot_of(routine)
    content = content_hash(snapshot)
    steps = {key: snapshot.pop(key) for key in ("steps", "systems") if key in snapshot}
    fields = {
        "snapshot": snapshot,
        "review_every_seconds": review // timedelta(seconds=1) if review is not None else None,
        "analysis": routine.analysis,
        "previous_ids": routine.previous_ids,
    }
    later = RoutineLater(fields=json.dumps(fields).encode(), steps=json.dumps(steps).encode(), sources=routine.sources)
    return content, later
