"""Files of open runs: private, never through a link, on the disk before anything is said."""

from __future__ import annotations

import errno
import os
import stat

from procroutine.errors import CannotRead, CannotWrite
from procroutine.text import shown

_REMEDIES = {
    errno.ENOSPC: "make room on the disk and try again",
    errno.EDQUOT: "make room on the disk and try again",
    errno.EROFS: "the disk is read-only: make it writable, or set PROCROUTINE_HOME to another folder",
    errno.EACCES: "give yourself the right to write there, or set PROCROUTINE_HOME to another folder",
    errno.EPERM: "give yourself the right to write there, or set PROCROUTINE_HOME to another folder",
    errno.ELOOP: "it is a link: put a real file in its place",
}
NOTHING_CHANGED = "nothing was changed; "
"""How the remedy begins where no other is known; not to be said where something may have been changed."""
_LARGEST = 64 * 1024 * 1024
"""Bytes; no run has that many events."""


def cannot_write(path: str, error: OSError) -> CannotWrite:
    """Say why a file could not be written."""
    reason = error.strerror or "unknown reason"
    remedy = _REMEDIES.get(error.errno or 0, f"{NOTHING_CHANGED}try again")
    return CannotWrite(f"{shown(path)} cannot be written ({reason})", remedy)


def cannot_read(path: str, error: OSError) -> CannotRead:
    """Say why a file or folder could not be read."""
    reason = error.strerror or "unknown reason"
    is_refused = error.errno in (errno.EACCES, errno.EPERM)
    remedy = "give yourself the right to read it" if is_refused else "look at its disk and try again"
    return CannotRead(f"{shown(path)} cannot be read ({reason})", remedy)


def read_whole(path: str) -> bytes:
    """Read an ordinary file; CannotRead for anything else, FileNotFoundError where there is none."""
    try:
        # Without O_NONBLOCK a pipe put in its place would hold the program up for ever.
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode) or found.st_size > _LARGEST:
                raise CannotRead(f"{shown(path)} is no file of procroutine's", "move it away")
            return _read_to_end(descriptor)
        finally:
            os.close(descriptor)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise cannot_read(path, error) from error


def _read_to_end(descriptor: int) -> bytes:
    parts = []
    while part := os.read(descriptor, 1 << 20):
        parts.append(part)
    return b"".join(parts)


def create_file(path: str, data: bytes) -> None:
    """Make a new file (mode 0600) that is on the disk, its name too; FileExistsError where there is one.

    OSError where that fails, and then no file, if it can be removed.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        try:
            os.fchmod(descriptor, 0o600)  # the mode given to open passes through the umask
            write_all(descriptor, data)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        sync_folder(os.path.dirname(path))
    except OSError:
        _unlink_if_possible(path)
        raise


def _unlink_if_possible(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        return  # what failed before is said


def replace_file(path: str, data: bytes) -> None:
    """Put a file in the place of another, or where there is none, at one instant; OSError where that fails."""
    draft = f"{path}.new"
    if os.path.lexists(draft):
        os.unlink(draft)  # left by a crash; it never counted
    create_file(draft, data)
    was_there = os.path.lexists(path)
    os.replace(draft, path)
    try:
        sync_folder(os.path.dirname(path))
    except OSError:
        if not was_there:
            _unlink_if_possible(path)
        raise


def replace_copy(path: str, data: bytes) -> None:
    """Put a file in the place of another without waiting for the disk; OSError where that fails.

    For second copies: whoever is killed leaves the old or the new one, a power cut may leave neither.
    """
    draft = f"{path}.new"
    if os.path.lexists(draft):
        os.unlink(draft)  # left by a crash; it never counted
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        os.fchmod(descriptor, 0o600)  # the mode given to open passes through the umask
        write_all(descriptor, data)
    finally:
        os.close(descriptor)
    os.replace(draft, path)


def open_private(path: str) -> int:
    """Open a file of ours for locking, made where it is missing (mode 0600); OSError where that fails."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK, 0o600)
    try:
        os.fchmod(descriptor, 0o600)  # the mode given to open passes through the umask
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of the data; a short write is followed by the rest, or by the error that cut it short."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def sync_folder(folder: str) -> None:
    """Bring the names in a folder to the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def set_aside(folder: str, name: str, data: bytes) -> str:
    """Keep damaged bytes as `damaged/<name>-<n>`, n being the first that is free; give the path."""
    damaged = _damaged_folder(folder)
    number = 1
    while True:
        path = os.path.join(damaged, f"{name}-{number}")
        try:
            create_file(path, data)
        except FileExistsError:
            number += 1
        else:
            return path


def move_aside(folder: str, name: str) -> str:
    """Move what cannot be read to `damaged/<name>-<n>`, as `set_aside` does with bytes; give the path."""
    damaged = _damaged_folder(folder)
    number = 1
    while os.path.lexists(path := os.path.join(damaged, f"{name}-{number}")):
        number += 1
    os.rename(os.path.join(folder, name), path)
    sync_folder(damaged)
    return path


def _damaged_folder(folder: str) -> str:
    damaged = os.path.join(folder, "damaged")
    if not os.path.isdir(damaged):
        os.mkdir(damaged, 0o700)
        sync_folder(folder)
    return damaged
