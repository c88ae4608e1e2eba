"""Whether a document has the shape that its table's documents have.

A checksum says that a document is as it was written, not who wrote it: what another device, or
another program under its name, brought by syncing is looked at before it is used. What has
another shape is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from procroutine.errors import BadInput
from procroutine.history.loose_ends import are_acts
from procroutine.history.stamps import is_stamped
from procroutine.run.events import OUTCOMES
from procroutine.run.fields import LONGEST_MILLISECONDS
from procroutine.run.record import STEP_STATES
from procroutine.run.stretches import KINDS as STRETCHES
from procroutine.weeks import Week

_LONGEST_SECONDS = LONGEST_MILLISECONDS / 1000
_LATEST = 250_000_000_000_000
"""Milliseconds since 1970 that are a day in every zone."""
_ENDED = ("finished", "abandoned")
_TEXTS = ("id", "routine", "routine_name", "week", "started_at", "ended_at")
_TEXTS_OR_NONE = ("note", "device")
_MAYBE_TEXTS = ("left_out", "schedule", "waiting_for", "definition")
_LENGTHS = tuple(f"{what}_seconds" for what in ("active", "paused", "waiting", "asleep"))
_STEP_TEXTS = ("title", "section", "person", "note", "started_at", "ended_at", "alternative")
_STEP_LENGTHS = tuple(f"{what}_seconds" for what in ("active", "paused", "prepared", "planned"))
_SNAPSHOT_TEXTS = ("id", "name", "purpose", "input", "output", "owner", "schedule", "phase", "goal_per")
_STEP_SNAPSHOT_TEXTS = ("title", "section", "person", "instructions", "bell")
_SMALL: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "weeks_off": (("week", "reason", "day"), ("routine",)),
    "redlines": (("routine", "text", "state"), ("run",)),
    "revisions": (("routine", "hash", "date"), ("note",)),
    "revision_marks": (("routine", "hash", "kind", "text"), ()),
    "corrections": (("run", "at"), ()),
    "loose_ends": (("text",), ()),
    "predictions": (("routine", "hash"), ()),
}
"""Of each small table the keys that hold a text, and those that hold one or nothing."""


def is_document(table: str, document: Mapping[str, Any]) -> bool:
    """Say whether a document of any table is one."""
    return is_run(document) if table == "runs" else is_small(table, document)


def is_run(document: Mapping[str, Any]) -> bool:
    """Say whether a document is a run, so that its row and its page can be made."""
    try:
        steps = document["steps"]
        return (
            is_stamped(document)
            and all(isinstance(document[key], str) for key in _TEXTS)
            and all(_is_text_or_none(document[key]) for key in _TEXTS_OR_NONE)
            and all(_is_text_or_none(document.get(key)) for key in _MAYBE_TEXTS)
            and all(_is_length(document[key]) for key in _LENGTHS)
            and (document["goal_seconds"] is None or _is_length(document["goal_seconds"]))
            and _is_number(document["corrected_seconds"])
            and (document["revision"] is None or _is_whole(document["revision"]))
            and document["state"] in _ENDED
            and isinstance(document["deleted"], bool)
            and (document["outcome"] is None or document["outcome"] in OUTCOMES)
            and _are_in_order(document["started_at"], document["ended_at"], document["week"])
            and isinstance(steps, list)
            and bool(steps)
            and all(map(_is_step, steps))
            and all(_is_whole(place) and 0 <= place < len(steps) for place in document.get("order", ()))
            and all(isinstance(step, str) and _is_number(change) for step, change in document.get("amended", ()))
            and _is_moved(document)
            and _are_notes(document.get("noted", {}))
            and _are_chosen(document.get("chosen", {}))
            and all(map(_is_stretch, document.get("stretches", ())))
        )
    except (KeyError, TypeError, ValueError, BadInput):
        return False


def _is_moved(document: Mapping[str, Any]) -> bool:
    return (
        all(_is_number(document.get(key, 0)) for key in ("moved_seconds", "moved_before_seconds"))
        and _is_whole(document.get("moved_offset_seconds", 0))
        and isinstance(document.get("earlier_years", []), list)
        and all(_is_whole(year) and 0 < year < 10_000 for year in document.get("earlier_years", []))
    )


def _is_stretch(stretch: Mapping[str, Any]) -> bool:
    return (
        isinstance(stretch["step"], str)
        and stretch["kind"] in STRETCHES
        and _is_length(stretch["seconds"])
        and _is_text_or_none(stretch.get("text"))
    )


def _are_notes(notes: Any) -> bool:
    return isinstance(notes, dict) and all(map(_is_text_or_none, notes.values()))


def _are_chosen(systems: Any) -> bool:
    return isinstance(systems, dict) and all(isinstance(one, str) for one in systems.values())


def _is_correction(document: Mapping[str, Any]) -> bool:
    """Say whether a document tells of a correction what stood before it, and after it where that is told at all."""
    datetime.fromisoformat(document["at"])
    return (
        _is_part_of_run(document["before"])
        and (document.get("after") is None or _is_part_of_run(document["after"]))
        and _is_text_or_none(document.get("act"))
        and all(document.get(key) is None or _is_stamp(document[key]) for key in ("made_from", "of"))
    )


def _is_stamp(stamp: Any) -> bool:
    return isinstance(stamp, list) and len(stamp) == 2 and _is_whole(stamp[0]) and isinstance(stamp[1], str)


def _is_part_of_run(part: Any) -> bool:
    """Say whether the keys of a run that corrections change, as far as they are there, hold what they may hold."""
    return (
        isinstance(part, dict)
        and all(_is_text_or_none(part.get(key)) for key in ("note", "left_out", "outcome"))
        and ("started_at" not in part or datetime.fromisoformat(part["started_at"]).tzinfo is not None)
        and isinstance(part.get("steps", []), list)
        and all(map(_is_step, part.get("steps", [])))
        and _are_notes(part.get("noted") or {})
        and _are_chosen(part.get("chosen") or {})
    )


def _is_step(step: Any) -> bool:
    """Say whether a step of a run is one; few of its keys are there, so that all that are looked at are these."""
    return (
        isinstance(step, dict)
        and isinstance(step["id"], str)
        and step["state"] in STEP_STATES
        and all(_OF_STEPS[key](value) for key, value in step.items() if key in _OF_STEPS)
    )


def _are_in_order(started: str, ended: str, week: str) -> bool:
    Week.parse(week)
    begun, over = datetime.fromisoformat(started), datetime.fromisoformat(ended)
    return None not in (begun.tzinfo, over.tzinfo) and begun.year > 1 and over.year < 9999


def is_small(table: str, document: Mapping[str, Any]) -> bool:
    """Say whether a document of a small table is one; of tables not known here, every one that is stamped."""
    texts, maybe = _SMALL.get(table, ((), ()))
    try:
        if not (is_stamped(document) and all(isinstance(document[key], str) for key in texts)):
            return False
        if table == "weeks_off":
            Week.parse(document["week"])
        elif table in _LOOKED_INTO and not _LOOKED_INTO[table](document):
            return False
        numbers = _NUMBERS.get(table)
        numbered = numbers is None or _is_whole(document[numbers])
    except (KeyError, TypeError, ValueError, BadInput):
        return False
    return numbered and all(_is_text_or_none(document.get(key)) for key in maybe)


def _is_loose_end(document: Mapping[str, Any]) -> bool:
    return are_acts(document["act"], document["before"]) and 0 <= document["made_at"] <= _LATEST


def _is_revision(document: Mapping[str, Any]) -> bool:
    return datetime.fromisoformat(document["date"]).tzinfo is not None and is_snapshot(document["snapshot"])


def _is_prediction(document: Mapping[str, Any]) -> bool:
    sides = (document["now"], document["then"])
    return 0 <= document["made_at"] <= _LATEST and _are_texts(document["changes"]) and all(map(_is_foretold, sides))


def _is_foretold(written: Any) -> bool:
    lengths, odds = (written["total_seconds"], written["lead_seconds"]), written["odds"]
    return (
        all(length is None or _is_length(length) for length in lengths)
        and (odds is None or (_is_number(odds) and 0 <= odds <= 1))
        and all(_is_whole(written[count]) and written[count] >= 0 for count in ("switches", "hand_offs"))
    )


_LOOKED_INTO = {
    "corrections": _is_correction,
    "loose_ends": _is_loose_end,
    "predictions": _is_prediction,
    "revisions": _is_revision,
}
_NUMBERS = {"redlines": "made_at", "revisions": "number", "loose_ends": "made_at", "predictions": "made_at"}


def is_snapshot(snapshot: Any) -> bool:
    """Say whether the definition of a run is one, as far as its history is drawn by it."""
    if not isinstance(snapshot, dict) or not isinstance(snapshot.get("steps"), list):
        return False
    systems = snapshot.get("systems", {})
    return (
        all(_is_text_or_none(snapshot.get(key)) for key in _SNAPSHOT_TEXTS)
        and all(map(_is_step_of_snapshot, snapshot["steps"]))
        and isinstance(systems, dict)
        and all(
            isinstance(one, dict) and all(_is_text_or_none(one.get(key)) for key in one) for one in systems.values()
        )
    )


def _is_step_of_snapshot(step: Any) -> bool:
    return (
        isinstance(step, dict)
        and isinstance(step.get("id"), str)
        and all(_is_text_or_none(step.get(key)) for key in _STEP_SNAPSHOT_TEXTS)
        and all(_are_texts(step.get(key, [])) for key in ("systems", "checklist", "after", "alternatives"))
        and (step.get("planned_seconds") is None or _is_length(step["planned_seconds"]))
    )


def _is_text_or_none(value: Any) -> bool:
    return value is None or isinstance(value, str)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**15


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= _LONGEST_SECONDS


def _is_length(value: Any) -> bool:
    return _is_number(value) and value >= 0


def _is_length_or_none(value: Any) -> bool:
    return value is None or _is_length(value)


_OF_STEPS: dict[str, Callable[[Any], bool]] = {
    **dict.fromkeys(_STEP_TEXTS, _is_text_or_none),
    **dict.fromkeys(_STEP_LENGTHS, _is_length_or_none),
    "systems": _are_texts,
}
"""What each key of a step may hold, if it is there."""
