"""A run of the past, as the history knows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from procroutine.history.stamps import Stamp
from procroutine.run.events import Event
from procroutine.run.states import RunState


@dataclass(frozen=True, slots=True)
class PastRun:
    """An ended run with what was said about it since."""

    run: RunState
    events: tuple[Event, ...]
    """What happened in it, later amendments included, so that it can be gone on with.

    Empty for imported runs, whose end cannot be undone.
    """
    stamp: Stamp
    """Of this version."""
    left_out: str | None = None
    """Why the person keeps it out of the statistics; None where it counts."""
    amended: tuple[tuple[str, timedelta], ...] = ()
    """Changes to the times of steps since the run ended, oldest first."""
    reopened: bool = False
    """Whether its end was undone: then it is an open run again, and left out of everything."""

    @property
    def deleted(self) -> bool:
        """Whether the person deleted it; it can be brought back."""
        return self.run.deleted

    @property
    def corrected(self) -> bool:
        """Whether its times were amended."""
        return bool(self.amended)


@dataclass(frozen=True, slots=True)
class Correction:
    """What stood in a run before it was corrected."""

    run: str
    at: datetime
    device: str
    before: dict[str, Any]
    """The keys that were changed, as the document had them."""
