"""The lock for whoever changes any of the runs in progress."""

from __future__ import annotations

import fcntl
import os
import time

from procroutine.errors import DoesNotFit
from procroutine.places import make_folder
from procroutine.run.files import cannot_write, open_private

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import timedelta
    from typing import Self

_PAUSE_SECONDS = 0.02


class Lock:
    """Keeps everybody else from changing the runs in progress; the system frees it when a program dies."""

    __slots__ = ("_descriptor", "_path", "_patience")

    def __init__(self, path: str, patience: timedelta) -> None:
        """Take the file to lock, and how long to wait for it."""
        self._path = path
        self._patience = patience
        self._descriptor = -1

    def __enter__(self) -> Self:
        """Wait for the lock: DoesNotFit where another program keeps it, CannotWrite where there can be none."""
        try:
            make_folder(os.path.dirname(self._path))
            self._descriptor = open_private(self._path)
        except OSError as error:
            raise cannot_write(self._path, error) from error
        try:
            self._wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_problem: object) -> None:
        """Let go."""
        descriptor, self._descriptor = self._descriptor, -1
        try:
            os.close(descriptor)
        except OSError:
            return  # the system lets go of it all the same

    def _wait(self) -> None:
        for _ in range(int(self._patience.total_seconds() / _PAUSE_SECONDS) + 1):
            try:
                return fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(_PAUSE_SECONDS)  # flock has no time limit of its own
            except OSError as error:
                raise cannot_write(self._path, error) from error
        raise DoesNotFit("Another procroutine is busy with the open runs", "try again, or close the one that hangs")
