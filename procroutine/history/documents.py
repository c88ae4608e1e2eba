"""A run as a document: what `history --json` prints, and what it takes to go on with the run.

Documents are kept small, since a year of them is written whenever a run is finished: keys of a
step that say nothing, or say what the definition says, are left out; the definition stands once
in a table of its own, found by its content; of the events only what changed is written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from procroutine.clock import Reading, milliseconds
from procroutine.history.seal import dumps
from procroutine.history.stamps import EPOCH
from procroutine.run.events import Event, event_from_json
from procroutine.run.record import run_from_json, run_json
from procroutine.run.states import RunState, StepState
from procroutine.run.timeline import wall_milliseconds

_DEFAULTS: dict[str, Any] = {
    "section": None,
    "started_at": None,
    "ended_at": None,
    "active_seconds": None,
    "paused_seconds": 0,
    "prepared_seconds": None,
    "planned_seconds": None,
    "systems": [],
    "person": None,
    "note": None,
    "combined": False,
}
RUN_KEYS = (
    *("id", "routine", "routine_name", "revision", "goal_seconds", "state", "started_at", "ended_at", "week"),
    *("active_seconds", "paused_seconds", "waiting_seconds", "asleep_seconds", "corrected_seconds", "waiting_for"),
    *("steps", "note", "outcome", "device", "deleted"),
)
STEP_KEYS = (
    *("id", "title", "section", "state", "started_at", "ended_at", "active_seconds", "paused_seconds"),
    *("prepared_seconds", "planned_seconds", "systems", "person", "note", "combined"),
)
STEP_MARKS = ("optional", "added", "off", "ticked", "notes", "alternative")
"""Keys of a step beyond the contract; they stand there where they say something."""
_FROM_DEFINITION = ("title", "section", "planned_seconds", "systems", "person")
_RUN_ID_DIGITS = 16
_IN_DOCUMENT = ("run", "routine", "routine_name", "revision", "device")
"""What `started` carries and the document has already."""

Snapshot = Mapping[str, Any]


def document_id(key: str) -> str:
    """Give the id of the document for a key: our own run ids as they are, anything else by its content.

    All ids are decimal digits, which is what stock TinyDB takes.
    """
    if len(key) == _RUN_ID_DIGITS and key.isascii() and key.isdigit() and key[0] != "0":
        return key
    number = int.from_bytes(hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()[:8], "big")
    return str(10**17 + number % (9 * 10**17))


def definition_document(snapshot: Snapshot) -> tuple[str, dict[str, Any]]:
    """Give id and document of a definition; equal ones are the same document everywhere."""
    return document_id("definition " + dumps(snapshot).decode()), {"snapshot": dict(snapshot), "stamp": [0, ""]}


def run_document(run: RunState, events: Sequence[Event] = ()) -> dict[str, Any]:
    """Give the document of an ended run, without its stamp."""
    written = run_json(run)
    written["steps"] = _small_steps(run, written)
    if run.order_done != tuple(range(len(run.steps))):
        written["order"] = list(run.order_done)
    if run.definition:
        written["definition"] = definition_document(run.definition)[0]
        written["schedule"] = run.definition.get("schedule", "")
    if events:
        written["events"] = _pack(events, written)
    return written


def _small_steps(run: RunState, written: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Give the steps; of one that was begun when the one before it was left, the beginning is left out."""
    small = []
    definitions = _step_definitions(run.definition)
    left = written["started_at"]
    for step, data in zip(run.steps, written["steps"], strict=True):
        kept = _small(step, data, _usual(definitions.get(step.id, {})))
        if step.active is not None:
            kept["started_at"] = data["started_at"]
            if data["started_at"] == left:
                del kept["started_at"]
        small.append(kept)
        left = data["ended_at"] or left
    return small


def _small(step: StepState, data: dict[str, Any], usual: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in data.items() if key not in usual or value != usual[key]}
    if step.optional:
        kept["optional"] = True
    if step.added:
        kept["added"] = True
    if step.off:
        kept["off"] = True
    if step.ticked:
        kept["ticked"] = sorted(step.ticked)
    if len(step.notes) > 1:
        kept["notes"] = list(step.notes)
    if step.alternative is not None:
        kept["alternative"] = step.alternative
    return kept


def _usual(definition: Snapshot) -> dict[str, Any]:
    return _DEFAULTS | {key: definition[key] for key in _FROM_DEFINITION if key in definition}


def full_json(document: Mapping[str, Any], snapshot: Snapshot | None) -> dict[str, Any]:
    """Give a document's run as `history --json` prints it, with what was left out filled in."""
    definitions = _step_definitions(snapshot)
    steps = []
    left = document["started_at"]
    for step in document["steps"]:
        full = _usual(definitions.get(step.get("id"), {})) | step
        if "active_seconds" in step and "started_at" not in step:
            full["started_at"] = left
        steps.append(full)
        left = full["ended_at"] or left
    return {**document, "steps": steps}


def contract_json(document: Mapping[str, Any], snapshot: Snapshot | None) -> dict[str, Any]:
    """Give a document's run with just the keys of the contract, as `run_json` would, only quicker."""
    full = full_json(document, snapshot)
    written = {key: full.get(key) for key in RUN_KEYS}
    written["steps"] = [{key: step.get(key) for key in STEP_KEYS} for step in full["steps"]]
    return written


def moved_json(document: Mapping[str, Any], snapshot: Snapshot | None) -> dict[str, Any]:
    """Give a document's run as `contract_json`, with what else another history needs to count and show it as here.

    That is the `order` of its steps; and where they say something the `STEP_MARKS`, `left_out`, `moved_seconds`, and
    `amended`, which is empty where a time was corrected only while the run was open.
    """
    written = contract_json(document, snapshot)
    for full, step in zip(written["steps"], document["steps"], strict=True):
        full |= {key: step[key] for key in STEP_MARKS if step.get(key)}
    order, amended = document.get("order"), document.get("amended")
    written["order"] = order if isinstance(order, list) else list(range(len(document["steps"])))
    if document.get("left_out") is not None:
        written["left_out"] = document["left_out"]
    if amended is not None or ("events" in document and document["corrected_seconds"] != 0):
        written["amended"] = amended or []
    if moved := document.get("moved_seconds", 0) + document.get("moved_before_seconds", 0):
        written["moved_seconds"] = round(moved, 3)
    return written


def run_of(document: Mapping[str, Any], snapshot: Snapshot | None) -> RunState:
    """Read the run of a document; BadInput where it is not one."""
    run = run_from_json(full_json(document, snapshot))
    definitions = _step_definitions(snapshot)
    steps = tuple(
        step.replaced(
            optional=bool(data.get("optional")),
            added=bool(data.get("added")),
            off=bool(data.get("off")),
            ticked=frozenset(data.get("ticked") or ()),
            notes=tuple(data.get("notes") or step.notes),
            alternative=data.get("alternative"),
            definition=definitions.get(step.id) or ({"id": step.id, "title": step.title} if data.get("added") else {}),
        )
        for step, data in zip(run.steps, document["steps"], strict=True)
    )
    return run.replaced(
        steps=steps,
        order_done=tuple(document.get("order", range(len(steps)))),
        definition=dict(snapshot or {}),
        can_undo="events" in document and snapshot is not None,
    )


def _step_definitions(snapshot: Snapshot | None) -> dict[str, Any]:
    return {step["id"]: step for step in (snapshot or {}).get("steps", ())}


def _pack(events: Sequence[Event], document: Mapping[str, Any]) -> list[Any]:
    """Write events: the first whole but for what the document says, each other by what changed."""
    before = _clocks(events[0].reading)
    named = {**document, "run": document["id"]}
    details = {
        key: value
        for key, value in events[0].details.items()
        if key != "snapshot" and not (key in _IN_DOCUMENT and named[key] == value)
    }
    packed: list[Any] = [[*before, details]]
    for event in events[1:]:
        now = _clocks(event.reading)
        lengths = [after - earlier for after, earlier in zip(now[:3], before[:3], strict=True)]
        if len(set(lengths)) == 1:
            del lengths[1:]
        packed.append([event.kind, event.details, *lengths, *([list(now[3:])] if now[3:] != before[3:] else [])])
        before = now
    return packed


def _clocks(reading: Reading) -> tuple[Any, ...]:
    offset = reading.wall.utcoffset() or timedelta()
    return (
        wall_milliseconds(reading.wall),
        milliseconds(reading.since_boot),
        milliseconds(reading.awake),
        offset // timedelta(seconds=1),
        reading.zone,
        reading.boot,
    )


def events_of(document: Mapping[str, Any], snapshot: Snapshot | None) -> tuple[Event, ...]:
    """Read the events of a document; none for imported runs. BadInput where they are not events."""
    packed = document.get("events")
    if not packed or snapshot is None:
        return ()
    *clocks, details = packed[0]
    named = {**document, "run": document["id"]}
    told = {key: named[key] for key in _IN_DOCUMENT if named[key] is not None}
    events = [_event("started", told | details | {"snapshot": snapshot}, clocks)]
    for kind, details, *rest in packed[1:]:
        if isinstance(rest[-1], list):
            clocks[3:] = rest.pop()
        lengths = rest if len(rest) > 1 else rest * 3
        clocks[:3] = [before + length for before, length in zip(clocks[:3], lengths, strict=True)]
        events.append(_event(kind, details, clocks))
    return tuple(events)


def _event(kind: str, details: Mapping[str, Any], clocks: Sequence[Any]) -> Event:
    wall, since_boot, awake, offset, zone, boot = clocks
    told = {
        "kind": kind,
        "at": (EPOCH + timedelta(milliseconds=wall)).isoformat(timespec="milliseconds"),
        "offset_seconds": offset,
        "zone": zone,
        "boot": boot,
        "since_boot_ms": since_boot,
        "awake_ms": awake,
        "details": dict(details),
    }
    return event_from_json(told)
