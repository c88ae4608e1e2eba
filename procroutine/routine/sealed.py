"""Files of the cache: what was worked out from other files, for as long as these are as they were.

Never the truth: what is damaged, of another version, or made from a file or folder that has
changed since counts as not there. Behind what is read at once may stand details, which are only
checked, and read when somebody asks for them.
"""

from __future__ import annotations

import json
import os
import zlib

from procroutine import __version__
from procroutine.places import make_folder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

_SECOND = 1_000_000_000
_GRAIN = 50_000_000
"""Files changed within so many nanoseconds may carry the same time (a tick of the kernel, with room)."""


def read_sealed(path: str) -> dict[str, Any] | None:
    """Give what was kept under a path, if all `files` and `folders` it names are as they were then."""
    found = read_whole(path)
    if found is None:
        return None
    kept, kept_at = found
    return kept if is_unchanged(kept["files"], kept["folders"], kept_at) else None


def read_whole(path: str) -> tuple[dict[str, Any], int] | None:
    """Give what was kept under a path, whatever has changed since, and when (ns) it was kept."""
    try:
        with open(path, "rb") as file:
            kept_at = os.fstat(file.fileno()).st_mtime_ns
            seal, _, body = file.read().partition(b"\n")
        if seal != _seal(body):
            return None
        main, _, details = body.partition(b"\n")
        kept = json.loads(main)
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(kept, dict) or kept.get("program") != __version__:
        return None
    return {**kept, "details": details}, kept_at


def write_sealed(path: str, kept: dict[str, Any], details: bytes | bytearray = b"") -> None:
    """Keep something, with the stamps of the `files` and `folders` it was made from; where that fails, nothing."""
    body = json.dumps({"program": __version__, **kept}).encode() + b"\n" + details
    fresh = os.path.join(os.path.dirname(path), f".{os.getpid()}")
    try:
        make_folder(os.path.dirname(path))
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o600)
        with open(descriptor, "wb") as file:
            file.write(_seal(body) + b"\n" + body)
        os.replace(fresh, path)
    except OSError:
        _remove(fresh)  # a cache that cannot be written only costs time


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        return  # it was not made, or stays until the cache is deleted


def _seal(body: bytes) -> bytes:
    return b"%08x" % zlib.crc32(body)


def is_unchanged(files: Iterable[Sequence[Any]], folders: Iterable[Sequence[Any]], kept_at: int) -> bool:
    """Say whether files and folders are still as their stamps, taken before `kept_at` (ns), say."""
    try:
        for path, size, modified, changed, inode in files:
            about = os.stat(path)
            if (about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino) != (size, modified, changed, inode):
                return False
            if not settled(modified, kept_at) or not settled(changed, kept_at):
                return False
        for path, modified in folders:
            if os.stat(path).st_mtime_ns != modified or not settled(modified, kept_at):
                return False
    except OSError:
        return False
    return True


def settled(changed: int, kept_at: int) -> bool:
    """Say whether a change after the file was read would have given it another time.

    File systems count time in grains; a time of whole seconds hints at one that knows no finer.
    """
    grain = 2 * _SECOND if changed % _SECOND == 0 else _GRAIN
    return changed + grain < kept_at
