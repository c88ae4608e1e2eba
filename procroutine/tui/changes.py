"""Noticing what the command line or a second window did, by looking at sizes and times of files.

Nothing is read and nothing is drawn while all stays as it is.
"""

from __future__ import annotations

from procroutine.errors import CannotRead
from procroutine.insight.kept import marks_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from procroutine.history.home import Home

Look = tuple[tuple[str | int, ...], ...]
"""Path, size, times and inode of every file, journals last."""


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
        try:
            journals: Look = self._home.runs.fingerprint()
        except CannotRead as error:
            journals = ((str(error),),)  # which is a change too; who draws the runs says so
        return *marks_of(places.routines), *marks_of(places.history), *journals
