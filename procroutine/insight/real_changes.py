"""Which revisions the person marked as real changes: the limits of Trends begin anew with them (FORMULAS 2)."""

from __future__ import annotations

import os
from collections.abc import Collection
from typing import TYPE_CHECKING

from procroutine.errors import CannotRead
from procroutine.history.last_known import history_files

if TYPE_CHECKING:
    from procroutine.history.heads import Overview
    from procroutine.history.home import Home
    from procroutine.places import Places

_TABLE = b'"revision_marks"'


class RealChanges:
    """Remembers the marks as long as the history stays as it is."""

    def __init__(self, home: Home) -> None:
        """Read nothing yet."""
        self._home = home
        self._overview: Overview | None = None
        self._are_marks = False
        self._found: dict[str, frozenset[int]] = {}

    def of(self, routine_id: str, former: Collection[str], overview: Overview) -> frozenset[int]:
        """Give the numbers of a routine's marked revisions, those under its former ids too; CannotRead.

        `overview` is the history as it was last read. The documents of ten years are read only where
        anything was ever marked.
        """
        if overview is not self._overview:
            self._overview, self._found = overview, {}
            self._are_marks = any_marks(self._home.places)
        if not self._are_marks:
            return frozenset()
        if routine_id not in self._found:
            revisions = self._home.history().revisions(routine_id, former)
            self._found[routine_id] = frozenset(one["number"] for one in revisions if one["real_change"])
        return self._found[routine_id]


def any_marks(places: Places) -> bool:
    """Say whether any history file may hold marks; CannotRead where one cannot be read."""
    return any(_TABLE in _bytes_of(path) for path in history_files(places))


def _bytes_of(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return b""  # moved away since it was listed
    except OSError as error:
        reason = (error.strerror or "it failed").lower()
        raise CannotRead(f"{os.path.basename(path)} cannot be read ({reason})", "see procroutine doctor") from error
