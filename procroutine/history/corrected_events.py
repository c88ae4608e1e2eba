"""The events of a past run with its corrections in them, so that it can be gone on with as it is shown now.

What was recorded stays as it is in the document; the corrections made since the run ended are put in when it is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from procroutine.history.corrections import WHOLE_RUN, moved_by, moved_moment
from procroutine.run.events import Event, happened


def with_corrections(events: tuple[Event, ...], document: Mapping[str, Any]) -> tuple[Event, ...]:
    """Give the recorded events at the instants that a document has now, and with its notes, times and systems of steps.

    What was corrected stands just before the event that ended the run: there it stays in force when the end is
    undone. None of imported runs.
    """
    if not events:
        return ()
    shift, notes = moved_by(document), document.get("noted", {})
    told = [_without_note(event, notes) for event in events] if notes else events
    at_their_time = [_moved(event, shift, document.get("moved_offset_seconds", 0)) for event in told]
    end = max(place for place, event in enumerate(events) if event.kind not in ("undone", "redone"))
    made = _corrections(at_their_time[end], document.get("amended", []), notes, document.get("chosen", {}))
    return (*at_their_time[:end], *made, *at_their_time[end:])


def _corrections(
    end: Event, amendments: Sequence[tuple[str, float]], notes: Mapping[str, str | None], chosen: Mapping[str, str]
) -> Iterator[Event]:
    for step, change in amendments:
        yield happened("corrected", end.reading, step=step, change_seconds=change)
    for step, text in notes.items():
        if text is not None:
            yield happened("noted", end.reading, text=text, step=None if step == WHOLE_RUN else step)
    for step, system in chosen.items():
        yield happened("chose", end.reading, step=step, system=system)


def _moved(event: Event, shift: timedelta, turn: int) -> Event:
    """Give an event so much later, by all clocks: as if it had been entered for that time."""
    if not shift and not turn:
        return event
    clocks = event.reading
    return event.replaced(
        reading=clocks.replaced(
            wall=moved_moment(clocks.wall, shift, turn),
            since_boot=clocks.since_boot + shift,
            awake=clocks.awake + shift,
        )
    )


def _without_note(event: Event, notes: Mapping[str, str | None]) -> Event:
    """Take the note out of an event whose step, or the run, has another note by now; when it happened still counts."""
    if event.kind == "noted" and event.details.get("step", WHOLE_RUN) in notes:
        return event.replaced(details={**event.details, "text": ""})
    if event.kind == "skipped" and event.details["step"] in notes:
        return event.replaced(details={key: value for key, value in event.details.items() if key != "reason"})
    return event
