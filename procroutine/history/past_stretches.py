"""Where the time of a past run went, and how that is told to another history.

The contract's keys say how long each step took and was paused, not when in it a run stood still. So a
run that did, or whose steps were not simply done one after the other, has one more key, `stretches`:
a list, in the order of time, of `step`, `kind` (work, prepared, paused, waiting, asleep), `seconds`,
and `text` of a wait that has one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from procroutine.errors import BadInput
from procroutine.history.corrected_events import with_corrections
from procroutine.history.documents import events_of
from procroutine.run.record import seconds
from procroutine.run.stretches import Stretch, stretches_as_told, stretches_of_events, stretches_of_record

if TYPE_CHECKING:
    from procroutine.history.past import PastRun

_PLAIN = frozenset(("done", "skipped", "noted", "ticked", "chose", "finished", "abandoned"))
"""Events that leave the steps one after the other."""
_STILL = ("paused_seconds", "waiting_seconds", "asleep_seconds")


def stretches_of(past: PastRun) -> tuple[Stretch, ...]:
    """Give where the time of a run went, as well as it is known."""
    if past.events:
        return stretches_of_events(past.events)
    return stretches_as_told(past.stretches, past.run) if past.stretches else stretches_of_record(past.run)


def stretches_by_events(document: Mapping[str, Any], snapshot: Mapping[str, Any] | None) -> tuple[Stretch, ...]:
    """Give where the time of a run went by the events in its document, which is quicker than to read it whole.

    None where it has none that can be read.
    """
    try:
        events = with_corrections(events_of(document, snapshot), document)
        return stretches_of_events(events) if events else ()
    except (BadInput, LookupError, TypeError, ValueError, OverflowError):
        return ()  # its checksum holds: another program wrote its events so, and its steps still tell their times


def stretches_told(document: Mapping[str, Any], snapshot: Mapping[str, Any] | None) -> dict[str, Any]:
    """Give the key `stretches` of a run, where it says more than its steps do, as the document has it."""
    if told := document.get("stretches"):
        return {"stretches": told}
    if not any(document[key] for key in _STILL) and _are_plain(document.get("events")):
        return {}
    stretches = stretches_by_events(document, snapshot)
    return {"stretches": stretches_json(stretches)} if stretches else {}


def stretches_told_of(past: PastRun) -> dict[str, Any]:
    """Give what `stretches_told` gives, of a run that was read whole."""
    run = past.run
    if not past.events and not past.stretches:
        return {}
    stood_still = run.paused or run.waiting or run.asleep
    if past.events and not stood_still and all(event.kind in _PLAIN for event in past.events[1:]):
        return {}
    return {"stretches": stretches_json(stretches_of_events(past.events) if past.events else past.stretches)}


def _are_plain(packed: Any) -> bool:
    """Say whether the events of a document leave its steps one after the other; also where they are none."""
    if not packed:
        return True
    return isinstance(packed, list) and all(
        isinstance(event, list) and isinstance(event[0], str) and event[0] in _PLAIN for event in packed[1:] if event
    )


def stretches_json(stretches: Iterable[Stretch]) -> list[dict[str, Any]]:
    """Give stretches as JSON has them."""
    return [
        {"step": one.step, "kind": one.kind, "seconds": seconds(one.length), **({"text": one.text} if one.text else {})}
        for one in stretches
    ]


def stretches_from_json(written: Iterable[Mapping[str, Any]]) -> tuple[Stretch, ...]:
    """Read what `stretches_json` gave."""
    return tuple(
        Stretch(
            step=one["step"],
            kind=one["kind"],
            length=timedelta(milliseconds=round(one["seconds"] * 1000)),
            text=one.get("text") or "",
        )
        for one in written
    )
