"""What an export tells of the corrections of runs, and how an import reads it.

Each has `run`, `at` (when it was made), `act` (what it did), `before` and `after` (the keys of the run that it
changed, as they were and as it left them), and three stamps of versions of the run: `stamp` (the one it made),
`made_from`, and `of` (the correction that was taken back, or brought in again). What an import did is not told: it
is told by those that came with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from procroutine.exchange.marks import read_stamp
from procroutine.history.correction_chain import ACTS, IMPORTED
from procroutine.history.documents import document_id
from procroutine.history.shapes import is_small

if TYPE_CHECKING:
    from collections.abc import Mapping

    from procroutine.run.fields import Fields

CORRECTIONS = "corrections"
_TOLD = ("run", "at", "act", "before", "after", "made_from", "of")
_LEAVE = "leave it as `procroutine export` wrote it"


def correction_record(_: str, document: Mapping[str, Any]) -> dict[str, Any] | None:
    """Give a correction as an export tells it; None for what an import did."""
    if document.get("act") == IMPORTED:
        return None
    return {key: document[key] for key in _TOLD if document.get(key) is not None}


def read_correction(fields: Fields) -> tuple[str, dict[str, Any]]:
    """Read a correction and its id; BadInput names what will not do."""
    run, stamp = fields.identifier("run"), read_stamp(fields)
    if stamp is None:
        raise fields.refuse("stamp", _LEAVE)
    document = {
        "run": run,
        "at": fields.moment("at").isoformat(timespec="milliseconds"),
        "before": fields.data.get("before"),
    }
    if fields.data.get("after") is not None:
        document["after"] = fields.data["after"]
    if fields.data.get("act") is not None:
        document["act"] = fields.choice("act", ACTS)
    for key in ("made_from", "of"):
        if (version := read_stamp(fields, key)) is not None:
            document[key] = list(version)
    if not is_small(CORRECTIONS, {**document, "stamp": list(stamp), "check": ""}):
        raise fields.refuse("before", _LEAVE)
    return document_id(f"correction {run} {stamp[0]} {stamp[1]}"), document
