"""Corrections of a run's document: each gives the new one and leaves the old as it is."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from procroutine.errors import BadInput, DoesNotFit, NotFound, did_you_mean, nearest, quoted
from procroutine.history.documents import RUN_KEYS, Snapshot
from procroutine.run.fields import LONGEST_TEXT
from procroutine.run.record import seconds
from procroutine.run.states import systems_with
from procroutine.run.step_verbs import alternative_named, alternatives_of, corrected_time
from procroutine.weeks import week_of

CHANGEABLE = frozenset(("deleted", "left_out", "outcome", "reopened"))
"""Keys that are simply given another value."""

OWN_KEYS = frozenset(("check", "earlier_years", "imported", "origin", "stamp"))
"""Keys every version has for itself, so that they are no correction."""

WHOLE_RUN = ""
"""Stands for a step's id where a note is the run's own."""

_FIRST_YEAR, _LAST_YEAR = 1970, 9000
_DAY_SECONDS = 86_400


def changed(document: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Give the document with other values for some of the `CHANGEABLE` keys."""
    unknown = sorted(set(changes) - CHANGEABLE)
    if unknown:
        raise TypeError(f"a past run has no changeable {unknown[0]}")
    return {**document, **changes}


def amended(document: Mapping[str, Any], step_id: str, sign: str, length: timedelta) -> dict[str, Any]:
    """Give the document with another time of one step: more (`+`), less (`-`), or just so (no sign).

    The run's total follows, and `corrected_seconds` takes up the difference; what was only prepared
    is in neither. NotFound where it has no such step, BadInput as `corrected_time`.
    """
    new = copy.deepcopy(dict(document))
    step = _step(new, step_id)
    only_prepared = step.get("active_seconds") is None and step.get("prepared_seconds") is not None
    key = "prepared_seconds" if only_prepared else "active_seconds"
    before = _length(step.get(key) or 0)
    after = corrected_time(step.get("title") or step["id"], before, sign, length)
    if after == before and key in step:
        return new
    if "active_seconds" not in step and not only_prepared:
        step.setdefault("started_at", None)  # left out it would say that it was begun when the one before was left
    step[key] = seconds(after)
    if not only_prepared:
        for total in ("active_seconds", "corrected_seconds"):
            new[total] = seconds(_length(new[total]) + after - before)
    new["amended"] = [*new.get("amended", ()), [step["id"], seconds(after - before)]]
    return new


def noted(document: Mapping[str, Any], step_id: str, note: str | None) -> dict[str, Any]:
    """Give the document with another note (or none) in the place of all that a step has, or the run (`WHOLE_RUN`).

    NotFound where it has no such step, BadInput where the note is too long.
    """
    text = (note or "").strip() or None
    if text is not None and len(text) > LONGEST_TEXT:
        raise BadInput("the note is too long", f"write at most {LONGEST_TEXT} characters")
    new = copy.deepcopy(dict(document))
    target = new if step_id == WHOLE_RUN else _step(new, step_id)
    if target.get("note") == text:
        return new
    if text is None and target is not new:
        del target["note"]
    else:
        target["note"] = text
    if target is not new:
        target.pop("notes", None)
    new["noted"] = {**new.get("noted", {}), step_id: text}
    return new


def chosen(document: Mapping[str, Any], snapshot: Snapshot | None, step_id: str, system: str) -> dict[str, Any]:
    """Give the document with another of its alternatives, by id or name, that a step was done with.

    NotFound where it has no such step, DoesNotFit where its definition gives it no choice, BadInput where the system is
    none of them.
    """
    new = copy.deepcopy(dict(document))
    step, told = _step(new, step_id), snapshot or {}
    definition: Snapshot = next((one for one in told.get("steps", ()) if one["id"] == step_id), {})
    title = step.get("title") or definition.get("title", step_id)
    names = alternatives_of(definition, told.get("systems", {}))
    if not names:
        remedy = "only a run that was made with alternatives in the step has a choice"
        raise DoesNotFit(f"{quoted(title)} had no systems to choose from", remedy)
    found = alternative_named(title, names, system)
    if step.get("alternative") == found:
        return new
    step["alternative"], step["systems"] = found, list(systems_with(dict(definition), found))
    if step["systems"] == definition.get("systems", []):
        del step["systems"]  # as in every document, what the definition says is left out
    new["chosen"] = {**new.get("chosen", {}), step_id: found}
    return new


def moved(document: Mapping[str, Any], start: datetime) -> dict[str, Any]:
    """Give the document with another start; every instant of the run moves with it, and so no length changes.

    Its week is that of the new start. BadInput where that is out of reach.
    """
    if not _FIRST_YEAR <= start.year < _LAST_YEAR:
        raise BadInput(f"the year {start.year} is out of reach", f"write one from {_FIRST_YEAR} on")
    return _at(document, start)


def _at(document: Mapping[str, Any], start: datetime) -> dict[str, Any]:
    before = datetime.fromisoformat(document["started_at"])
    shift, turn = start.astimezone(UTC) - before.astimezone(UTC), _offset(start) - _offset(before)
    new = copy.deepcopy(dict(document))
    for data in (new, *new["steps"]):
        for key in ("started_at", "ended_at"):
            if data.get(key) is not None:
                data[key] = moment_text(moved_moment(datetime.fromisoformat(data[key]), shift, turn))
    new["week"] = str(week_of(datetime.fromisoformat(new["started_at"])))
    years = {*new.get("earlier_years", ()), before.year} - {start.year}
    _set_marks(new, shift, turn)
    return {**new, "earlier_years": sorted(years)} if years else _without(new, "earlier_years")


def _set_marks(document: dict[str, Any], shift: timedelta, turn: int) -> None:
    """Write down how far a run was moved in all; nothing where it is back where it was."""
    whole = {
        "moved_seconds": seconds(moved_by(document) + shift),
        "moved_offset_seconds": document.get("moved_offset_seconds", 0) + turn,
    }
    for key, value in whole.items():
        document.pop(key, None)
        if value:
            document[key] = value


def said_before(document: Mapping[str, Any], there: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a run that ended anew keeps of the version that was there before its end was undone.

    What was said of its times, notes and alternatives is in its events by now; that it was moved is only remembered.
    """
    kept = {key: there[key] for key in ("left_out", "earlier_years") if there.get(key) is not None}
    if document["outcome"] is None:
        kept["outcome"] = there["outcome"]
    if before := moved_in_all(there):
        kept["moved_before_seconds"] = seconds(before)
    return kept


def moved_by(document: Mapping[str, Any]) -> timedelta:
    """Give how far the start of a run was moved since it ended."""
    return _length(document.get("moved_seconds", 0))


def moved_in_all(document: Mapping[str, Any]) -> timedelta:
    """Give how far the start of a run was moved, also before its end was undone and it ended anew."""
    return moved_by(document) + _length(document.get("moved_before_seconds", 0))


def moved_moment(moment: datetime, shift: timedelta, turn: int) -> datetime:
    """Give an instant so much later, at an offset that is `turn` seconds more, where there is such a one."""
    offset = _offset(moment) + turn
    zone = timezone(timedelta(seconds=offset if abs(offset) < _DAY_SECONDS else _offset(moment)))
    return (moment.astimezone(UTC) + shift).astimezone(zone)


def moment_text(moment: datetime) -> str:
    """Write an instant as documents have it: to the millisecond."""
    return moment.isoformat(timespec="milliseconds")


def _offset(moment: datetime) -> int:
    return (moment.utcoffset() or timedelta()) // timedelta(seconds=1)


def _length(written: float) -> timedelta:
    return timedelta(milliseconds=round(written * 1000))


def _without(document: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name != key}


def _step(document: Mapping[str, Any], step_id: str) -> dict[str, Any]:
    ids = [step["id"] for step in document["steps"]]
    if step_id in ids:
        found: dict[str, Any] = document["steps"][ids.index(step_id)]
        return found
    remedy = did_you_mean(nearest(step_id, ids), f"its steps are {', '.join(ids)}")
    raise NotFound(f"the run has no step {quoted(step_id)}", remedy)


def difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Give what stood before under each key that is another now, of the steps only those that changed.

    None stands for keys that were not there. Where a run was only moved, its start says it all.
    """
    before = {key: old.get(key) for key in _keys(old, new) if old.get(key) != new.get(key)}
    if "started_at" in before and _is_same(_at(old, datetime.fromisoformat(new["started_at"])), new):
        return {"started_at": before["started_at"]}
    if "steps" in before:
        there = {step["id"]: step for step in new["steps"]}
        before["steps"] = [step for step in old["steps"] if step != there.get(step["id"])]
    return before


def _keys(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    return (key for key in sorted((set(old) | set(new)) - OWN_KEYS))


def _is_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(one.get(key) == other.get(key) for key in _keys(one, other))


def restored(document: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """Give the document with what stood before a correction (its `difference`) in the place of what stands now."""
    if set(before) == {"started_at"}:
        return _at(document, datetime.fromisoformat(before["started_at"]))
    new = copy.deepcopy(dict(document))
    for key, value in before.items():
        if key == "steps":
            there = {step["id"]: step for step in value}
            new["steps"] = [copy.deepcopy(there.get(step["id"], step)) for step in new["steps"]]
        elif value is None and key not in RUN_KEYS:
            new.pop(key, None)
        else:
            new[key] = copy.deepcopy(value)
    return new
