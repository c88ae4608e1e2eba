"""What an export tells of weeks off, redlines, loose ends, predictions and corrections, and how an import reads it.

Each has `stamp`, when and where its version was made, by which the later of two is known. Weeks off have
`routine` (null for all), `week`, `reason`, `declared_on` and `deleted` (taken back); redlines `id`, `routine`, `text`,
`run`, `state`, `made_at` and the `revision` they led to; loose ends `id`, `text`, `made_at` and `acts`, what was done
with them, oldest first, each with `act`, `at` and `week` or `routine`; predictions `routine`, `hash` (of the content
they are about), `made_at`, `changes` in words, and `now` and `then` as `what-if --json` has them; for corrections see
`corrections`. An export without any is one all the same.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from procroutine.clock import milliseconds
from procroutine.errors import BadInput, UserError
from procroutine.exchange.corrections import CORRECTIONS, correction_record, read_correction
from procroutine.exchange.marks import read_stamp
from procroutine.history.documents import document_id
from procroutine.history.loose_ends import KINDS, ROUTINE, fitting_text
from procroutine.history.predictions import PREDICTIONS, prediction_id
from procroutine.history.stamps import EPOCH
from procroutine.run.fields import Fields
from procroutine.run.record import optional_seconds
from procroutine.weeks import Week

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from procroutine.history.history import History

ArrivingDocument = tuple[str, str, dict[str, Any]]
"""The table of a document, its id, and what it holds."""

_HIGHEST = 10**6
_LONGEST_KEY = 18
_STATES = ("open", "done", "dropped")
_SIDES = ("now", "then")
_FORETOLD = ("total_seconds", "odds", "switches", "hand_offs", "lead_seconds")
_LEAVE = "leave it as `procroutine export` wrote it"


def small_table_records(history: History) -> tuple[tuple[str, list[dict[str, Any]]], ...]:
    """Give the tables by their keys in an export, each in order, but what no import would take."""
    return tuple(
        (name, sorted(_records(name, documents), key=_ORDERS[name]))
        for name, documents in zip(_TABLES, history.merged_tables(*_TABLES), strict=True)
    )


def read_small_tables(data: Any) -> tuple[ArrivingDocument, ...]:
    """Read the tables of an export, as far as it tells of them; BadInput names the first thing that is wrong."""
    return tuple(one for name in _TABLES for one in _read_table(data, name))


def _read_table(data: Any, name: str) -> Iterator[ArrivingDocument]:
    written = data.get(name) if isinstance(data, dict) else None
    if written is None:
        return
    if not isinstance(written, list):
        raise BadInput(f"{name} is not a list", f"{_LEAVE}, or leave it out")
    for place, one in enumerate(written):
        yield _read(name, Fields(one, f"{name}[{place}]"))


def _read(name: str, fields: Fields) -> ArrivingDocument:
    key, document = _TABLES[name][1](fields)
    stamp = read_stamp(fields)
    return name, key, document if stamp is None else {**document, "stamp": list(stamp)}


def _records(name: str, documents: Mapping[str, Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Give the documents that can be told; what another program wrote may be beyond it."""
    for key, document in documents.items():
        with suppress(UserError, OverflowError):
            told = _TABLES[name][0](key, document)
            if told is not None:
                record = {**told, "stamp": document["stamp"]}
                _read(name, Fields(record, name))
                yield record


def _week_off_record(_: str, document: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "routine": document.get("routine"),
        "week": str(Week.parse(document["week"])),
        "reason": document["reason"],
        "declared_on": document["day"],
        "deleted": document.get("deleted"),
    }


def _week_off(fields: Fields) -> tuple[str, dict[str, Any]]:
    routine = None if fields.data.get("routine") is None else fields.name("routine")
    week = _week(fields)
    document = {
        "routine": routine,
        "week": str(week),
        "reason": fields.text("reason"),
        "deleted": fields.flag("deleted"),
        "day": _day(fields, "declared_on"),
    }
    return document_id(f"off {week} {routine or ''}"), document


def _redline_record(key: str, document: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: document[name] for name in ("routine", "text", "run", "state", "revision") if name in document}
    return {"id": key, **told, "made_at": _moment(document["made_at"])}


def _redline(fields: Fields) -> tuple[str, dict[str, Any]]:
    settled = {"revision": fields.optional_whole("revision", 1, _HIGHEST)} if "revision" in fields.data else {}
    return _key(fields), {
        "routine": fields.name("routine"),
        "text": fields.text("text"),
        "run": fields.optional_text("run"),
        "state": fields.choice("state", _STATES),
        "made_at": _since_epoch(fields, "made_at"),
        **settled,
    }


def _loose_end_record(key: str, document: Mapping[str, Any]) -> dict[str, Any]:
    acts = [*document["before"], *([] if document["act"] is None else [document["act"]])]
    told = [{"act": kind, "at": _moment(at), _detail(kind): detail} for kind, at, detail in acts]
    return {"id": key, "text": document["text"], "made_at": _moment(document["made_at"]), "acts": told}


def _loose_end(fields: Fields) -> tuple[str, dict[str, Any]]:
    written = fields.data.get("acts")
    if not isinstance(written, list):
        raise fields.refuse("acts", _LEAVE)
    acts = [_act(Fields(one, f"{fields.where}.acts[{place}]")) for place, one in enumerate(written)]
    try:
        text = fitting_text(fields.text("text"))
    except BadInput as error:
        raise BadInput(f"{fields.where}.text: {error.problem}", error.remedy) from None
    before, act = acts[:-1], acts[-1] if acts else None
    document = {"text": text, "made_at": _since_epoch(fields, "made_at"), "before": before, "act": act}
    return _key(fields), document


def _prediction_record(_: str, document: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "routine": document["routine"],
        "hash": document["hash"],
        "made_at": _moment(document["made_at"]),
        "changes": document["changes"],
        **{side: {key: document[side][key] for key in _FORETOLD} for side in _SIDES},
    }


def _prediction(fields: Fields) -> tuple[str, dict[str, Any]]:
    routine, content, made_at = fields.name("routine"), fields.identifier("hash"), _since_epoch(fields, "made_at")
    return prediction_id(routine, content, made_at), {
        "routine": routine,
        "hash": content,
        "made_at": made_at,
        "changes": list(fields.texts("changes")),
        **{side: _foretold(Fields(fields.data.get(side), f"{fields.where}.{side}")) for side in _SIDES},
    }


def _foretold(fields: Fields) -> dict[str, Any]:
    odds = fields.data.get("odds")
    if odds is not None and (isinstance(odds, bool) or not isinstance(odds, int | float) or not 0 <= odds <= 1):
        raise fields.refuse("odds", "write a number from 0 to 1, or null")
    lengths = {key: fields.optional_milliseconds(key) for key in ("total_seconds", "lead_seconds")}
    return {
        **{key: length and optional_seconds(timedelta(milliseconds=length)) for key, length in lengths.items()},
        "odds": odds,
        **{key: fields.whole(key, 0, _HIGHEST) for key in ("switches", "hand_offs")},
    }


def _act(fields: Fields) -> list[Any]:
    kind = fields.choice("act", KINDS)
    detail = fields.name("routine") if kind == ROUTINE else str(_week(fields))
    return [kind, _since_epoch(fields, "at"), detail]


def _detail(kind: str) -> str:
    """Give the key of what is told beside an act."""
    return "routine" if kind == ROUTINE else "week"


def _key(fields: Fields) -> str:
    """Read an id, which is that of the document too: decimal digits, the first not 0."""
    key = fields.text("id")
    if not (key.isascii() and key.isdigit() and key[0] != "0" and len(key) <= _LONGEST_KEY):
        raise fields.refuse("id", f"write 1 to {_LONGEST_KEY} digits, the first of them not 0")
    return key


def _week(fields: Fields) -> Week:
    try:
        return Week.parse(fields.text("week"))
    except BadInput:
        raise fields.refuse("week", "write the ISO year and week, such as 2026-W47") from None


def _day(fields: Fields, key: str) -> str:
    try:
        return date.fromisoformat(fields.text(key)).isoformat()
    except ValueError:
        raise fields.refuse(key, "write a day, such as 2026-11-19") from None


def _moment(since_epoch: int) -> str:
    return (EPOCH + timedelta(milliseconds=since_epoch)).isoformat(timespec="milliseconds")


def _since_epoch(fields: Fields, key: str) -> int:
    moment: datetime = fields.moment(key)
    if moment < EPOCH:
        raise fields.refuse(key, "write a moment after 1970")
    return milliseconds(moment - EPOCH)


_TABLES: dict[
    str,
    tuple[
        Callable[[str, Mapping[str, Any]], dict[str, Any] | None],
        Callable[[Fields], tuple[str, dict[str, Any]]],
    ],
] = {
    "weeks_off": (_week_off_record, _week_off),
    "redlines": (_redline_record, _redline),
    "loose_ends": (_loose_end_record, _loose_end),
    PREDICTIONS: (_prediction_record, _prediction),
    CORRECTIONS: (correction_record, read_correction),
}
"""How a document of each table is told, and how what is told is read."""
_ORDERS: dict[str, Callable[[dict[str, Any]], tuple[str, str]]] = {
    "weeks_off": lambda told: (told["week"], told["routine"] or ""),
    "redlines": lambda told: (told["made_at"], told["id"]),
    "loose_ends": lambda told: (told["made_at"], told["id"]),
    PREDICTIONS: lambda told: (told["made_at"], told["hash"]),
    CORRECTIONS: lambda told: (f"{told['stamp'][0]:015}", told["run"]),
}
