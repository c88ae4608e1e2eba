"""One writer at a time: a lock on a file that is never removed.

The system lets go of it when its holder ends, however that happens, so a held lock says that a
process lives.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator

from procroutine.errors import CannotWrite
from procroutine.history.disk import cannot_write
from procroutine.places import make_folder

_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
waited_for: str | None = None
"""The lock file that this process is just about to hold, or waits for; None otherwise."""


@contextlib.contextmanager
def locked(path: str) -> Iterator[None]:
    """Hold the lock file `path` for the length of a `with`, waiting for other processes.

    Not to be taken again inside. CannotWrite where the file cannot be made.
    """
    global waited_for  # a signal's handler looks at it, and has no other way in
    number = _opened(path)
    try:
        waited_for = path
        try:
            _take(number, path, wait=True)
        finally:
            waited_for = None
        yield
    finally:
        with contextlib.suppress(OSError):  # the system lets go of it all the same
            os.close(number)


@contextlib.contextmanager
def locked_now(path: str) -> Iterator[bool]:
    """Hold the lock as `locked` does, but do not wait; the value says whether it is held."""
    number = _opened(path)
    try:
        yield _take(number, path, wait=False)
    finally:
        with contextlib.suppress(OSError):  # the system lets go of it all the same
            os.close(number)


def _opened(path: str) -> int:
    try:
        make_folder(os.path.dirname(path))
        return os.open(path, os.O_RDWR | os.O_CREAT | _NO_FOLLOW, 0o600)
    except OSError as error:
        raise cannot_write(path, error) from error


if sys.platform == "win32":
    import msvcrt

    def _take(number: int, path: str, *, wait: bool) -> bool:
        while True:
            try:
                msvcrt.locking(number, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
            except OSError:
                if wait:
                    continue  # Windows gives up after ten seconds
                return False
            return True

else:
    import fcntl

    def _take(number: int, path: str, *, wait: bool) -> bool:
        try:
            fcntl.flock(number, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            raise CannotWrite(f"{path} cannot be locked ({error.strerror})", "keep it on a local disk") from error
        return True
