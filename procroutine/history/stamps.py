"""Stamps: which of two versions of a document is the later one, on whatever devices they were made.

A hybrid logical clock (Kulkarni et al. 2014, kept to what is needed): the time of the wall, but
always after the newest stamp that was seen, and the device to tell equal times apart. A clock
that is set back, or wrong by years, therefore never lets an older version win over one that the
person was looking at.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

Stamp = tuple[int, str]
"""Milliseconds since 1970 (or one more than the newest seen), and the device."""

NO_STAMP: Stamp = (0, "")
"""Before every stamp."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def is_stamped(document: Mapping[str, Any]) -> bool:
    """Say whether a document has a stamp and a checksum, by which versions are ordered."""
    match document.get("stamp"), document.get("check"):
        case [int() as moment, str()], str():
            return not isinstance(moment, bool)
    return False


def next_stamp(wall: datetime, device: str, newest: Stamp = NO_STAMP) -> Stamp:
    """Give a stamp after `newest`, and no earlier than the wall clock shows."""
    return max((wall - EPOCH) // timedelta(milliseconds=1), newest[0] + 1), device
