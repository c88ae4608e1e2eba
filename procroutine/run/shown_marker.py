"""Which runs an app is showing, so that one that was cut off in the middle can be told from one left open.

The app keeps a locked file `<run id>.shown` beside the journal. When the app dies, or the machine
is restarted, the lock is free and the file is still there: the run was interrupted, and the
file's time says when it was last seen alive.
"""

from __future__ import annotations

import fcntl
import os
from datetime import UTC, datetime, timedelta

from procroutine.places import make_folder
from procroutine.run.files import cannot_read, cannot_write, open_private
from procroutine.run.open_runs import safe_name
from procroutine.run.timeline import wall_milliseconds

SUFFIX = ".shown"


class ShownMarker:
    """Says that an app is showing a run, as long as it lives."""

    __slots__ = ("_descriptor", "_path")

    def __init__(self, folder: str, run_id: str) -> None:
        """Begin to show a run; several apps may show the same one. CannotWrite where that cannot be marked."""
        self._path = os.path.join(folder, safe_name(run_id) + SUFFIX)
        self._descriptor = -1
        try:
            make_folder(folder)
            self._open()
        except OSError as error:
            raise cannot_write(self._path, error) from error

    def beat(self, moment: datetime) -> None:
        """Note that the run was still shown at a moment, and put the file back where another app took it away."""
        try:
            if os.fstat(self._descriptor).st_nlink == 0:
                gone, self._descriptor = self._descriptor, -1
                os.close(gone)
                self._open()
            nanoseconds = wall_milliseconds(moment) * 1_000_000
            os.utime(self._descriptor, ns=(nanoseconds, nanoseconds))
        except OSError as error:
            raise cannot_write(self._path, error) from error

    def last_beat(self) -> datetime | None:
        """Give when the run was last noted as shown, by this app or another (UTC); None once it is closed."""
        return None if self._descriptor < 0 else _time_of(self._descriptor)

    def close(self, *, left: bool) -> None:
        """Stop showing the run: `left` by the person, or else cut off, so that the file stays."""
        if self._descriptor < 0:
            return
        descriptor, self._descriptor = self._descriptor, -1
        try:
            if left:
                _unlink(self._path)
        finally:
            os.close(descriptor)

    def _open(self) -> None:
        self._descriptor = open_private(self._path)
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)  # waits at most while somebody looks whether it is free


def interrupted(folder: str) -> dict[str, datetime]:
    """Give the runs whose app ended without leaving them, and when it was last seen alive (UTC)."""
    try:
        names = os.listdir(folder)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise cannot_read(folder, error) from error
    found = {}
    for name in sorted(names):
        if name.endswith(SUFFIX) and (last := _last_beat(os.path.join(folder, name))):
            found[name.removesuffix(SUFFIX)] = last
    return found


def forget_interruption(folder: str, run_id: str) -> None:
    """Take the mark away once the person has answered what to do with an interrupted run."""
    _unlink(os.path.join(folder, safe_name(run_id) + SUFFIX))


def _last_beat(path: str) -> datetime | None:
    """Give when a run was last shown; None where it still is, or nobody can tell, or where the file has just gone."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None  # gone, or no file of ours
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return _time_of(descriptor)
    except OSError:
        return None  # locked by the app that shows it, or on a disk that locks nothing
    finally:
        os.close(descriptor)


def _time_of(descriptor: int) -> datetime:
    nanoseconds = os.fstat(descriptor).st_mtime_ns
    beat = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=nanoseconds // 1000)
    return beat - timedelta(microseconds=beat.microsecond % 1000)


def _unlink(path: str) -> None:
    try:
        os.unlink(path)
    except FileNotFoundError:
        return
    except OSError as error:
        raise cannot_write(path, error) from error
