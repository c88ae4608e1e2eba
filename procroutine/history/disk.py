"""The few things history does to files, in one place, so that tests can make any of them fail.

A file is never changed: a draft beside it is written and flushed to the disk, then takes its
name. So at every instant the name stands for the whole old file or the whole new one.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Sequence

from procroutine.errors import CannotRead, CannotWrite

_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_BINARY = getattr(os, "O_BINARY", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)


class NotAFile(OSError):
    """Something else stands under the name of a file."""


class Disk:
    """The operations themselves; each may raise OSError. Symbolic links are not followed."""

    def read(self, path: str, most: int = -1) -> bytes:
        """Give the content of a file, or at most so many bytes of its beginning.

        `NotAFile` where it is none, such as a pipe, which is not waited for.
        """
        number = os.open(path, os.O_RDONLY | _NO_FOLLOW | _BINARY | _NO_WAIT)
        try:
            if not stat.S_ISREG(os.fstat(number).st_mode):
                raise NotAFile(errno.EINVAL, "it is a folder, a pipe or a device")
            with open(number, "rb", closefd=False) as file:
                return file.read(most)
        finally:
            os.close(number)

    def end(self, path: str, most: int) -> bytes:
        """Give at most so many bytes of the end of a file; errors as `read`."""
        number = os.open(path, os.O_RDONLY | _NO_FOLLOW | _BINARY | _NO_WAIT)
        try:
            if not stat.S_ISREG(os.fstat(number).st_mode):
                raise NotAFile(errno.EINVAL, "it is a folder, a pipe or a device")
            os.lseek(number, max(0, os.fstat(number).st_size - most), os.SEEK_SET)
            return os.read(number, most)
        finally:
            os.close(number)

    def size(self, path: str) -> int:
        """Give the size of a file in bytes."""
        return os.lstat(path).st_size

    def exists(self, path: str) -> bool:
        """Say whether there is anything of that name."""
        return os.path.lexists(path)

    def create(self, path: str) -> int:
        """Make a new file that its owner alone may read, and open it for writing."""
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW | _BINARY, 0o600)
        os.fchmod(number, 0o600)  # the mode of open passes through the umask
        return number

    def append(self, path: str) -> int:
        """Open a file that is there, for writing at its end."""
        return os.open(path, os.O_WRONLY | os.O_APPEND | _NO_FOLLOW | _BINARY | _NO_WAIT)

    def cut(self, number: int, size: int) -> None:
        """Cut an open file down to so many bytes."""
        os.ftruncate(number, size)

    def write(self, number: int, part: bytes | memoryview) -> int:
        """Write what the system takes of a part, and say how much that was."""
        return os.write(number, part)

    def flush(self, number: int) -> None:
        """Return once the content is on the disk."""
        os.fsync(number)

    def close(self, number: int) -> None:
        """Let go of an open file."""
        os.close(number)

    def replace(self, path: str, name: str) -> None:
        """Let a file take a name, whoever had it."""
        os.replace(path, name)

    def unlink(self, path: str) -> None:
        """Take a name away."""
        os.unlink(path)

    def flush_folder(self, folder: str) -> None:
        """Return once the names in a folder are on the disk."""
        if os.name == "nt":
            return  # Windows cannot open a folder for that, and writes names through
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def read_file(disk: Disk, path: str, most: int = -1) -> bytes | None:
    """Give a file's content as `Disk.read`, None where there is none; CannotRead where the system refuses."""
    try:
        return disk.read(path, most)
    except FileNotFoundError:
        return None
    except NotAFile as error:
        raise CannotRead(f"{path} is no file but a folder, a pipe or a device", "move it away") from error
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise CannotRead(f"{path} is a link", "put the file itself there") from error
        raise CannotRead(f"{path} cannot be read ({error.strerror})", "look at its permissions and its disk") from error


def may_be_file(path: str) -> bool:
    """Say whether an ordinary file may stand under a name: where the system does not tell, it may."""
    try:
        return stat.S_ISREG(os.lstat(path).st_mode)
    except FileNotFoundError:
        return False
    except OSError:
        return True


def replace_file(disk: Disk, path: str, parts: Sequence[bytes | memoryview]) -> None:
    """Give a file new content, durably.

    CannotWrite where any part of that fails: then the old content stands, or, where only the last
    step failed, the new one does but a power cut may still take it back.
    """
    write_draft(disk, path, parts)
    let_take_place(disk, path)
    try:
        disk.flush_folder(os.path.dirname(path))
    except OSError as error:
        raise cannot_write(path, error) from error


def draft_of(path: str) -> str:
    """Give the name of the draft that is to take a file's place."""
    folder, name = os.path.split(path)
    return os.path.join(folder, f".{name}.draft")


def write_draft(disk: Disk, path: str, parts: Sequence[bytes | memoryview]) -> None:
    """Write what is to take a file's place, and flush it; CannotWrite, and no draft, where that fails."""
    try:
        _remove(disk, draft_of(path))
        _write_new(disk, draft_of(path), parts)
    except OSError as error:
        drop_draft(disk, path)
        raise cannot_write(path, error) from error


def drop_draft(disk: Disk, path: str) -> None:
    """Remove a draft as far as that can be done; one that stays does no harm."""
    try:
        _remove(disk, draft_of(path))
    except OSError:
        return


def let_take_place(disk: Disk, path: str) -> None:
    """Let a draft take its place, not yet durably; CannotWrite, and no draft, where that fails."""
    try:
        disk.replace(draft_of(path), path)
    except OSError as error:
        drop_draft(disk, path)
        raise cannot_write(path, error) from error


def take_place(disk: Disk, path: str) -> None:
    """Let a draft take its place, durably; OSError as it comes. One that is not there has done so already."""
    import contextlib  # which is a fortieth of the time of `start`, and nothing else there needs it

    with contextlib.suppress(FileNotFoundError):
        disk.replace(draft_of(path), path)
    disk.flush_folder(os.path.dirname(path))


def cannot_write(path: str, error: OSError) -> CannotWrite:
    """Make the sentence for a write that failed."""
    remedies = {
        errno.ENOSPC: "make room on its disk and try again",
        errno.EDQUOT: "make room on its disk and try again",
        errno.EROFS: "make its disk writable and try again",
        errno.EACCES: "look at the permissions of its folder",
        errno.EPERM: "look at the permissions of its folder",
    }
    remedy = remedies.get(error.errno or 0, "look at its disk and try again")
    return CannotWrite(f"{path} cannot be written ({error.strerror or error})", remedy)


def _write_new(disk: Disk, path: str, parts: Sequence[bytes | memoryview]) -> None:
    number = disk.create(path)
    try:
        for part in parts:
            written = disk.write(number, part)
            while written < len(part):
                written += disk.write(number, part[written:])
        disk.flush(number)
    finally:
        disk.close(number)


def _remove(disk: Disk, path: str) -> None:
    try:
        disk.unlink(path)
    except FileNotFoundError:
        return
