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


@contextlib.contextmanager
def locked(path: str) -> Iterator[None]:
    """Hold the lock file `path` for the length of a `with`, waiting for other processes.

    Not to be taken again inside. CannotWrite where the file cannot be made.
    """
    try:
        make_folder(os.path.dirname(path))
        number = os.open(path, os.O_RDWR | os.O_CREAT | _NO_FOLLOW, 0o600)
    except OSError as error:
        raise cannot_write(path, error) from error
    try:
        _wait_for(number, path)
        yield
    finally:
        os.close(number)


if sys.platform == "win32":
    import msvcrt

    def _wait_for(number: int, path: str) -> None:
        try:
            msvcrt.locking(number, msvcrt.LK_LOCK, 1)
        except OSError as error:
            raise CannotWrite(f"{path} is held by another program", "close it and try again") from error

else:
    import fcntl

    def _wait_for(number: int, path: str) -> None:
        try:
            fcntl.flock(number, fcntl.LOCK_EX)
        except OSError as error:
            raise CannotWrite(f"{path} cannot be locked ({error.strerror})", "keep it on a local disk") from error
