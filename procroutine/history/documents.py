"""A run as a document: what `history --json` prints, and what it takes to go on with the run.

Documents are kept small, since a year of them is written whenever a run is finished: keys of a
step that say nothing, or say what the definition says, are left out; the definition stands once
in a table of its own, found by its content; of the events only what changed is written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from procroutine.history.seal import dumps
from procroutine.run.events import Event, event_line, read_event
from procroutine.run.record import run_from_json, run_json
from procroutine.run.states import RunState, StepState

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
_FROM_DEFINITION = ("section", "planned_seconds", "systems", "person")
_RUN_ID_DIGITS = 16
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

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
    written["steps"] = [_small(step, data) for step, data in zip(run.steps, written["steps"], strict=True)]
    if run.order_done != tuple(range(len(run.steps))):
        written["order"] = list(run.order_done)
    if run.definition:
        written["definition"] = definition_document(run.definition)[0]
    if events:
        written["events"] = _pack(events)
    return written


def _small(step: StepState, data: dict[str, Any]) -> dict[str, Any]:
    usual = _usual(step.definition)
    kept = {key: value for key, value in data.items() if key not in usual or value != usual[key]}
    if step.optional:
        kept["optional"] = True
    if step.added:
        kept["added"] = True
    if step.ticked:
        kept["ticked"] = sorted(step.ticked)
    if len(step.notes) > 1:
        kept["notes"] = list(step.notes)
    return kept


def _usual(definition: Snapshot) -> dict[str, Any]:
    return _DEFAULTS | {key: definition[key] for key in _FROM_DEFINITION if key in definition}


def full_json(document: Mapping[str, Any], snapshot: Snapshot | None) -> dict[str, Any]:
    """Give a document's run as `history --json` prints it, with what was left out filled in."""
    definitions = _step_definitions(snapshot)
    steps = [_usual(definitions.get(step.get("id"), {})) | step for step in document["steps"]]
    return {**document, "steps": steps}


def run_of(document: Mapping[str, Any], snapshot: Snapshot | None) -> RunState:
    """Read the run of a document; BadInput where it is not one."""
    run = run_from_json(full_json(document, snapshot))
    definitions = _step_definitions(snapshot)
    steps = tuple(
        step.replaced(
            optional=bool(data.get("optional")),
            added=bool(data.get("added")),
            ticked=frozenset(data.get("ticked") or ()),
            notes=tuple(data.get("notes") or step.notes),
            definition=definitions.get(step.id, {}),
        )
        for step, data in zip(run.steps, document["steps"], strict=True)
    )
    return run.replaced(
        steps=steps,
        order_done=tuple(document.get("order", range(len(steps)))),
        definition=dict(snapshot or {}),
        can_undo="events" in document,
    )


def _step_definitions(snapshot: Snapshot | None) -> dict[str, Any]:
    return {step["id"]: step for step in (snapshot or {}).get("steps", ())}


def _pack(events: Sequence[Event]) -> list[Any]:
    """Write events: the first whole but for its snapshot, each other by what changed."""
    lines = [json.loads(event_line(event)) for event in events]
    before = lines[0]
    first = before | {"details": {key: value for key, value in before["details"].items() if key != "snapshot"}}
    packed: list[Any] = [first]
    for line in lines[1:]:
        differences = [_moment(line) - _moment(before)]
        differences += [line[key] - before[key] for key in ("since_boot_ms", "awake_ms")]
        if len(set(differences)) == 1:
            del differences[1:]
        others = {key: line[key] for key in ("offset_seconds", "zone", "boot") if line[key] != before[key]}
        packed.append([line["kind"], line.get("details", {}), *differences, *([others] if others else [])])
        before = line
    return packed


def events_of(document: Mapping[str, Any], snapshot: Snapshot | None) -> tuple[Event, ...]:
    """Read the events of a document; none for imported runs. BadInput where they are not events."""
    packed = document.get("events")
    if not packed or snapshot is None:
        return ()
    line = packed[0] | {"details": packed[0]["details"] | {"snapshot": snapshot}}
    events = [read_event(json.dumps(line))]
    for kind, details, *rest in packed[1:]:
        changed = rest.pop() if isinstance(rest[-1], dict) else {}
        wall, since_boot, awake = rest if len(rest) > 1 else rest * 3
        line = {
            **{key: changed.get(key, line[key]) for key in ("offset_seconds", "zone", "boot")},
            "kind": kind,
            "details": details,
            "at": (_EPOCH + timedelta(milliseconds=_moment(line) + wall)).isoformat(timespec="milliseconds"),
            "since_boot_ms": line["since_boot_ms"] + since_boot,
            "awake_ms": line["awake_ms"] + awake,
        }
        events.append(read_event(json.dumps(line)))
    return tuple(events)


def _moment(line: Mapping[str, Any]) -> int:
    return (datetime.fromisoformat(line["at"]) - _EPOCH) // timedelta(milliseconds=1)
