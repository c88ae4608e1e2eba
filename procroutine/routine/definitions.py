"""Definitions as they were last parsed, so that starting a run need not read TOML.

Never the truth: a definition counts only while every file it was made from, and every folder
that was looked through, is as it was then; anything damaged or odd counts as not there.
"""

from __future__ import annotations

import json
import os
import zlib

from procroutine import __version__
from procroutine.places import make_folder
from procroutine.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from procroutine.places import Places
    from procroutine.routine.library import Library

_SECOND = 1_000_000_000
_GRAIN = 50_000_000
"""Files changed within so many nanoseconds may carry the same time (a tick of the kernel, with room)."""


class Definition(Value):
    """A routine as it was parsed."""

    snapshot: dict[str, Any]
    """As `procroutine.routine.snapshots.snapshot_of` gives it."""
    content: str
    """Its `procroutine.routine.revision.content_hash`."""


def cached_snapshot(places: Places, routine_id: str) -> dict[str, Any] | None:
    """Give the snapshot of a routine whose files have not changed since it was kept, else None."""
    found = cached_definition(places, routine_id)
    return found.snapshot if found is not None else None


def cached_definition(places: Places, routine_id: str) -> Definition | None:
    """Give a routine, with the hash of its content, whose files have not changed since it was kept, else None."""
    path = _path(places, routine_id)
    if path is None:
        return None
    try:
        with open(path, "rb") as file:
            kept_at = os.fstat(file.fileno()).st_mtime_ns
            seal, _, body = file.read().partition(b"\n")
        if seal != _seal(body):
            return None
        kept = json.loads(body)
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(kept, dict) or kept.get("program") != __version__:
        return None
    fits = kept["id"] == routine_id and kept["routines"] == places.routines
    if not (fits and _unchanged(kept["files"], kept["folders"], kept_at)):
        return None
    return Definition(snapshot=kept["snapshot"], content=kept["content"])


def keep_definition(places: Places, library: Library, routine_id: str, definition: Definition) -> None:
    """Keep a routine of a library for `cached_definition`; where that cannot be written, nothing is kept."""
    routine = library.entries[routine_id].routine
    path = _path(places, routine_id)
    if routine is None or path is None or library.folder != places.routines:
        return
    kept = {
        "program": __version__,
        "id": routine_id,
        "routines": places.routines,
        "files": [library.stamps[source] for source in routine.sources],
        "folders": library.folders,
        "content": definition.content,
        "snapshot": definition.snapshot,
    }
    body = json.dumps(kept).encode()
    fresh = os.path.join(os.path.dirname(path), f".{os.getpid()}")
    try:
        make_folder(places.cache)
        make_folder(os.path.dirname(path))
        _write(fresh, _seal(body) + b"\n" + body)
        os.replace(fresh, path)
    except OSError:
        return  # a cache that cannot be written only costs time


def _write(path: str, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o600)
    with open(descriptor, "wb") as file:
        file.write(data)


def _path(places: Places, routine_id: str) -> str | None:
    if not routine_id or routine_id.startswith(".") or any(sign in routine_id for sign in ("/", "\\", "\0")):
        return None
    return os.path.join(places.cache, "definitions", f"{routine_id}.json")


def _seal(body: bytes) -> bytes:
    return b"%08x" % zlib.crc32(body)


def _unchanged(files: Iterable[list[Any]], folders: Iterable[list[Any]], kept_at: int) -> bool:
    try:
        for path, size, modified, changed, inode in files:
            about = os.stat(path)
            if (about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino) != (size, modified, changed, inode):
                return False
            if not _settled(modified, kept_at) or not _settled(changed, kept_at):
                return False
        for path, modified in folders:
            if os.stat(path).st_mtime_ns != modified or not _settled(modified, kept_at):
                return False
    except OSError:
        return False
    return True


def _settled(changed: int, kept_at: int) -> bool:
    """Say whether a change after the file was read would have given it another time.

    File systems count time in grains; a time of whole seconds hints at one that knows no finer.
    """
    grain = 2 * _SECOND if changed % _SECOND == 0 else _GRAIN
    return changed + grain < kept_at
