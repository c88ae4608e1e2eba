"""Whether any revision was marked as a real change, with which the limits of Trends begin anew (FORMULAS 2)."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from procroutine.errors import CannotRead
from procroutine.history.last_known import history_files

if TYPE_CHECKING:
    from procroutine.places import Places

_TABLE = b'"revision_marks"'


def any_marks(places: Places) -> bool:
    """Say whether any history file may hold marks, without reading their documents; CannotRead."""
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
