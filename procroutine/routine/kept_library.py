"""The routines of a folder as they were last read, so that the first screen need not read TOML.

Their steps and systems stand behind all else: of most routines nobody asks for them.
"""

from __future__ import annotations

import json
import os
from datetime import timedelta

from procroutine.routine.entries import Entry, Library
from procroutine.routine.sealed import read_sealed, write_sealed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from procroutine.places import Places
    from procroutine.routine.model import Routine

FORMAT = 2
_FIELDS = ("file", "line", "key", "problem", "remedy")


def kept_library(places: Places) -> Library | None:
    """Give the routines as they were last read, if no file and no folder has changed since."""
    kept = read_sealed(_path(places))
    if kept is None or kept.get("format") != FORMAT or kept["routines"] != places.routines:
        return None
    return Library(
        entries={written["id"]: _entry(written, kept["details"]) for written in kept["entries"]},
        folder=places.routines,
        stamps={path: (path, *rest) for path, *rest in kept["files"]},
        folders=tuple((path, changed) for path, changed in kept["folders"]),
    )


def keep_library(places: Places, library: Library) -> None:
    """Keep the routines for `kept_library`; not where a file of them could not be read."""
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


def _written(entry: Entry, details: bytearray) -> dict[str, Any]:
    problems = [[getattr(problem, field) for field in _FIELDS] for problem in entry.problems]
    written: dict[str, Any] = {"id": entry.id, "path": entry.path, "name": entry.name, "problems": problems}
    if entry.routine is not None:
        written["routine"] = _written_routine(entry.routine, details)
    return written


def _entry(written: dict[str, Any], details: bytes) -> Entry:
    from procroutine.routine.model import Problem

    routine = written.get("routine")
    return Entry(
        id=written["id"],
        path=written["path"],
        name=written["name"],
        routine=_routine(routine, details) if routine is not None else None,
        problems=tuple(Problem(**dict(zip(_FIELDS, fields, strict=True))) for fields in written["problems"]),
        content=routine.get("content") if routine is not None else None,
    )


def _written_routine(routine: Routine, details: bytearray) -> dict[str, Any]:
    """Give a snapshot with what snapshots leave out; its steps and systems go to the details."""
    from procroutine.routine.revision import content_hash
    from procroutine.routine.snapshots import snapshot_of

    review, snapshot = routine.review_every, snapshot_of(routine)
    content = content_hash(snapshot)
    later = {key: snapshot.pop(key) for key in ("steps", "systems") if key in snapshot}
    start = len(details)
    details += json.dumps(later).encode()
    return {
        "snapshot": snapshot,
        "later": (start, len(details)),
        "content": content,
        "review_every_seconds": review // timedelta(seconds=1) if review is not None else None,
        "analysis": routine.analysis,
        "previous_ids": routine.previous_ids,
        "sources": routine.sources,
    }


def _routine(written: dict[str, Any], details: bytes) -> Routine:
    from procroutine.routine.model import Routine
    from procroutine.routine.snapshots import fields_from_snapshot, steps_and_systems_from_snapshot

    review, (start, end) = written["review_every_seconds"], written["later"]
    return Routine.with_steps_later(
        lambda: steps_and_systems_from_snapshot(json.loads(details[start:end])),
        **fields_from_snapshot(written["snapshot"]),
        review_every=timedelta(seconds=review) if review is not None else None,
        analysis=written["analysis"],
        previous_ids=tuple(written["previous_ids"]),
        sources=tuple(written["sources"]),
    )
