"""Noticing what the command line or a second window did, by looking at sizes and times of files.

Nothing is read and nothing is drawn while all stays as it is.
"""

from __future__ import annotations

from procroutine.errors import CannotRead
from procroutine.insight.kept import marks_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from procroutine.history.home import Home
    from procroutine.insight.kept import Marks

Look = tuple[tuple[str | int, ...], ...]
"""Name, size, time and inode of every journal."""


class Changes:
    """Remembers what the files of a home looked like."""

    def __init__(self, home: Home) -> None:
        """Take the first look."""
        self._home = home
        self._seen = self._files(), self._journals()

    def since_last_look(self, *, open_runs_only: bool = False) -> bool:
        """Look again, and say whether anything is different from the last time; routines and the past only if asked."""
        before = self._seen
        self._seen = before[0] if open_runs_only else self._files(), self._journals()
        return before != self._seen

    def _files(self) -> Marks:
        places = self._home.places
        return *marks_of(places.routines), *marks_of(places.history)

    def _journals(self) -> Look:
        try:
            return self._home.runs.fingerprint()
        except CannotRead as error:
            return ((str(error),),)  # which is a change too; who draws the runs says so
