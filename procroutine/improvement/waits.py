"""What a run waited for, and at which step, as its events tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from procroutine.improvement.ground import Wait
from procroutine.run.effective import effective

if TYPE_CHECKING:
    from procroutine.run.events import Event

_ENDS = frozenset(("waiting", "resumed", "done", "skipped", "finished", "abandoned"))


def waits_of(events: Sequence[Event], steps: Sequence[Mapping[str, Any]], waiting: timedelta) -> tuple[Wait, ...]:
    """Share out how long a run waited over what it waited for; without events (imported runs) all of it is one wait.

    A wait lasts by the wall clock to the event that ends it; together the waits are `waiting`, in
    which sleep and a clock that was set are accounted for already.
    """
    found: list[Wait] = []
    begun: Event | None = None
    for event in effective(events).events if events else ():
        if begun is not None and event.kind in _ENDS:
            length = _wall(event) - _wall(begun)
            text = begun.details.get("text")
            found.append(Wait(step=_at_hand(steps, _wall(begun)), text=text or None, length=max(length, timedelta())))
            begun = None
        if event.kind == "waiting":
            begun = event
    together = sum((wait.length for wait in found), timedelta())
    if not together:
        return (Wait(step=None, text=None, length=waiting),)
    return tuple(wait.replaced(length=wait.length * (waiting / together)) for wait in found)


def _wall(event: Event) -> datetime:
    return event.reading.wall.astimezone(UTC)


def _at_hand(steps: Sequence[Mapping[str, Any]], moment: datetime) -> str | None:
    """Give the step that was begun last before a moment."""
    begun = [
        (datetime.fromisoformat(step["started_at"]).astimezone(UTC), place)
        for place, step in enumerate(steps)
        if step.get("started_at") is not None
    ]
    before = [one for one in begun if one[0] <= moment]
    return str(steps[max(before)[1]]["id"]) if before else None
