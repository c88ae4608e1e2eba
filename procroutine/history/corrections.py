"""Corrections of a run's document: each gives the new one and leaves the old as it is."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from procroutine.clock import milliseconds
from procroutine.errors import BadInput, NotFound, nearest
from procroutine.run.record import seconds

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
    """Give the document with another active time of one step: more (`+`), less (`-`), or just so (no sign).

    The run's total follows, and `corrected_seconds` takes up the difference. NotFound where it
    has no such step, BadInput where less than nothing would be left.
    """
    new = copy.deepcopy(dict(document))
    step = _step(new, step_id)
    before = round((step.get("active_seconds") or 0) * 1000)
    size = milliseconds(length)
    after = {"+": before + size, "-": before - size}.get(sign, size)
    if after < 0:
        raise BadInput(f"step {step_id} took less than that", "take away less, or give the whole time without a sign")
    if "active_seconds" not in step:
        step["started_at"] = None  # left out it would say that it was begun when the one before was left
    step["active_seconds"] = _seconds(after)
    for key in ("active_seconds", "corrected_seconds"):
        new[key] = _seconds(round(new[key] * 1000) + after - before)
    new["amended"] = [*new.get("amended", ()), [step["id"], _seconds(after - before)]]
    return new


def _seconds(count: int) -> float:
    return seconds(timedelta(milliseconds=count))


def _step(document: Mapping[str, Any], step_id: str) -> dict[str, Any]:
    ids = [step["id"] for step in document["steps"]]
    if step_id in ids:
        found: dict[str, Any] = document["steps"][ids.index(step_id)]
        return found
    near = nearest(step_id, ids)
    raise NotFound(
        f"the run has no step {step_id!r}", f"did you mean {near}?" if near else f"its steps are {', '.join(ids)}"
    )


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
