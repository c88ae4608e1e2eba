"""When a routine is due: the plain forms people write, and RFC 5545 rules."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Schedule:
    """A schedule as its author wrote it."""

    text: str
