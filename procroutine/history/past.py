"""A run of the past, as the history knows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.errors import BadInput
from procroutine.history.corrected_events import with_corrections
from procroutine.history.corrections import moved_in_all
from procroutine.history.documents import events_of, run_of
from procroutine.history.past_stretches import stretches_from_json
from procroutine.history.stamps import Stamp
from procroutine.run.events import Event
from procroutine.run.states import RunState
from procroutine.run.stretches import Stretch

if TYPE_CHECKING:
    from procroutine.history.year_files import Version


@dataclass(frozen=True, slots=True)
class PastRun:
    """An ended run with what was said about it since."""

    run: RunState
    events: tuple[Event, ...]
    """What happened in it, later corrections included, so that it can be gone on with.

    Empty for imported runs, whose end cannot be undone.
    """
    stamp: Stamp
    """Of this version."""
    left_out: str | None = None
    """Why the person keeps it out of the statistics; None where it counts."""
    amended: tuple[tuple[str, timedelta], ...] = ()
    """Changes to the times of steps since the run ended, oldest first."""
    moved: timedelta = timedelta()
    """How much later it began than was recorded, as the person said since the run ended."""
    reopened: bool = False
    """Whether its end was undone: then it is an open run again, and left out of everything."""
    stretches: tuple[Stretch, ...] = ()
    """Where its time went, as another history told when it was imported; none where it did not, or events tell."""
    recorded: int = field(default=0, compare=False)
    """How many of the events were recorded in the run itself."""

    @property
    def deleted(self) -> bool:
        """Whether the person deleted it; it can be brought back."""
        return self.run.deleted

    @property
    def corrected(self) -> bool:
        """Whether its start or times of its steps were corrected."""
        return bool(self.amended or self.moved)


def past_of(version: Version) -> PastRun:
    """Read the run of a document; BadInput where another program wrote one that cannot be read."""
    document = version.document
    amendments: list[tuple[str, float]] = document.get("amended", [])
    try:
        run = run_of(document, version.snapshot)
        recorded = events_of(document, version.snapshot)
        events = with_corrections(recorded, document)
        stretches = stretches_from_json(document.get("stretches", ()))
    except (LookupError, TypeError, ValueError, OverflowError):
        # Its checksum holds: another program wrote it so.
        raise BadInput(f"run {document['id']} cannot be read whole", "leave it as it is, or delete it") from None
    return PastRun(
        run=run,
        events=events,
        stamp=version.stamp,
        left_out=document.get("left_out"),
        amended=tuple((step, timedelta(seconds=change)) for step, change in amendments),
        moved=moved_in_all(document),
        reopened=bool(document.get("reopened")),
        stretches=stretches,
        recorded=len(recorded),
    )
