"""Corrections of a run's document: each gives the new one and leaves the old as it is."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from procroutine.errors import NotFound, did_you_mean, nearest, quoted
from procroutine.run.record import seconds
from procroutine.run.step_verbs import corrected_time

CHANGEABLE = frozenset(("deleted", "left_out", "note", "outcome", "reopened"))
"""Keys that are simply given another value."""

OWN_KEYS = frozenset(("check", "imported", "origin", "stamp"))
"""Keys every version has for itself, so that they are no correction."""


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
    if "active_seconds" not in step and not only_prepared:
        step["started_at"] = None  # left out it would say that it was begun when the one before was left
    step[key] = seconds(after)
    if not only_prepared:
        for total in ("active_seconds", "corrected_seconds"):
            new[total] = seconds(_length(new[total]) + after - before)
    new["amended"] = [*new.get("amended", ()), [step["id"], seconds(after - before)]]
    return new


def _length(written: float) -> timedelta:
    return timedelta(milliseconds=round(written * 1000))


def _step(document: Mapping[str, Any], step_id: str) -> dict[str, Any]:
    ids = [step["id"] for step in document["steps"]]
    if step_id in ids:
        found: dict[str, Any] = document["steps"][ids.index(step_id)]
        return found
    remedy = did_you_mean(nearest(step_id, ids), f"its steps are {', '.join(ids)}")
    raise NotFound(f"the run has no step {quoted(step_id)}", remedy)


def difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Give what stood before under each key that is another now, of the steps only those that changed.

    None stands for keys that were not there.
    """
    keys = sorted((set(old) | set(new)) - OWN_KEYS)
    before = {key: old.get(key) for key in keys if old.get(key) != new.get(key)}
    if "steps" in before:
        there = {step["id"]: step for step in new["steps"]}
        before["steps"] = [step for step in old["steps"] if step != there.get(step["id"])]
    return before
