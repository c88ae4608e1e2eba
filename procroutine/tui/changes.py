"""Noticing what the command line or a second window did, by looking at sizes and times of files.

Nothing is read and nothing is drawn while all stays as it is.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

TYPE_CHECKING = False
if TYPE_CHECKING:
    from procroutine.history.home import Home

Look = tuple[tuple[str, int, int, int], ...]
"""Path, size, time of change and inode of every file, journals last."""


class Changes:
    """Remembers what the files of a home looked like."""

    def __init__(self, home: Home) -> None:
        """Take the first look."""
        self._home = home
        self._seen = self._look()

    def since_last_look(self) -> bool:
        """Look again, and say whether anything is different from the last time."""
        before, self._seen = self._seen, self._look()
        return before != self._seen

    def _look(self) -> Look:
        places = self._home.places
        return *sorted(_marks(places.routines)), *sorted(_marks(places.history)), *self._home.runs.fingerprint()


def _marks(folder: str) -> Iterator[tuple[str, int, int, int]]:
    """Give path, size, time of change and inode of each file that holds something; none where unreadable."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _marks(entry.path)
            continue
        try:
            status = entry.stat()
        except OSError:
            continue  # gone since it was listed: the next look sees a difference
        yield entry.path, status.st_size, status.st_mtime_ns, status.st_ino
