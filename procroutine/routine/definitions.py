"""Definitions as they were last parsed, so that starting a run need not read TOML.

Never the truth: a definition counts only while every file it was made from, and every folder
that was looked through, is as it was then; anything damaged or odd counts as not there.
"""

from __future__ import annotations

import os

from procroutine.routine.sealed import read_sealed, write_sealed
from procroutine.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from procroutine.places import Places
    from procroutine.routine.entries import Library


class Definition(Value):
    """A routine as it was parsed."""

    snapshot: dict[str, Any]
    """As `procroutine.routine.snapshots.snapshot_of` gives it."""
    content: str
    """Its `procroutine.routine.revision.content_hash`."""


def cached_definition(places: Places, routine_id: str) -> Definition | None:
    """Give a routine, with the hash of its content, whose files have not changed since it was kept, else None."""
    path = _path(places, routine_id)
    if path is None:
        return None
    kept = read_sealed(path)
    if kept is None or kept["id"] != routine_id or kept["routines"] != places.routines:
        return None
    return Definition(snapshot=kept["snapshot"], content=kept["content"])


def keep_definition(places: Places, library: Library, routine_id: str, definition: Definition) -> None:
    """Keep a routine of a library for `cached_definition`; where that cannot be written, nothing is kept."""
    routine = library.entries[routine_id].routine
    path = _path(places, routine_id)
    if routine is None or path is None or library.folder != places.routines:
        return
    kept = {
        "id": routine_id,
        "routines": places.routines,
        "files": [library.stamps[source] for source in routine.sources],
        "folders": library.folders,
        "content": definition.content,
        "snapshot": definition.snapshot,
    }
    write_sealed(path, kept)


def _path(places: Places, routine_id: str) -> str | None:
    if not routine_id or routine_id.startswith(".") or any(sign in routine_id for sign in ("/", "\\", "\0")):
        return None
    return os.path.join(places.cache, "definitions", f"{routine_id}.json")
