"""The form of a history file: JSON that stock TinyDB opens, sealed so that damage is known.

The first line is one more table of TinyDB, `_seal`, with the file's generation, format, device,
newest stamp and the SHA-256 of all that follows. Each document is one line and ends with a
checksum of its own, so that of a damaged file every document that is still whole can be told.
Commas stand at the start of lines: a document more at the end changes no byte before it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, MutableMapping

from procroutine.history.stamps import NO_STAMP, Stamp, is_stamped
from procroutine.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hashlib import _Hash
    from typing import Any

FORMAT = 1
TABLES = (
    "corrections",
    "definitions",
    "loose_ends",
    "moved",
    "predictions",
    "redlines",
    "revision_marks",
    "revisions",
    "weeks_off",
    "runs",
)
"""Tables this version knows; others are kept as they are. `runs` comes last, because it grows."""

_CHECK_DIGITS = 16
_SEAL_START = b'{"_seal":{"1":'
_CHECK_START = b'"check":"'
_CHECK_LENGTH = len(_CHECK_START) + _CHECK_DIGITS + 2
_END = b"\n}}\n"
_COMMA = ord(",")


class Damaged(Exception):
    """The bytes are not what was written."""


class Foreign(Exception):
    """The bytes are whole, and of a format that this version does not know."""


def dumps(value: object) -> bytes:
    """Write JSON as it stands in the files: ASCII, no spaces; ValueError for NaN and infinity."""
    return json.dumps(value, separators=(",", ":"), allow_nan=False).encode("ascii")


class Line(MutableMapping[str, "Any"]):
    """A document as the line it stands in, parsed only once somebody looks inside."""

    __slots__ = ("_data", "_parsed", "_start", "_stop")

    def __init__(self, data: bytes, start: int, stop: int) -> None:
        """Take the bytes of a file, and where `{…}` stands in them."""
        self._data: bytes | None = data
        self._start = start
        self._stop = stop
        self._parsed: dict[str, Any] | None = None

    @property
    def changed(self) -> bool:
        """Whether it is no longer what stands in the file."""
        return self._data is None

    @property
    def raw(self) -> bytes | None:
        """The document as it stands in the file; None once it was changed."""
        return None if self._data is None else self._data[self._start : self._stop]

    def plain(self) -> dict[str, Any]:
        """Give the document itself, which is quicker to look into; it is not to be changed."""
        if self._parsed is None:
            try:
                self._parsed = json.loads(self.raw or b"")
            except (ValueError, RecursionError):
                self._parsed = {}  # a forged file: without keys it has no document's shape
        return self._parsed

    def __getitem__(self, key: str) -> Any:
        return self.plain()[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.plain()[key] = value
        self._data = None

    def __delitem__(self, key: str) -> None:
        del self.plain()[key]
        self._data = None

    def __iter__(self) -> Iterator[str]:
        return iter(self.plain())

    def __len__(self) -> int:
        return len(self.plain())


Tables = dict[str, dict[str, Line]]


class Seal(Value):
    """What the first line says."""

    generation: int
    device: str
    newest: Stamp
    """The newest stamp of any document that ever stood in the file."""

    def line(self, digest: str) -> bytes:
        """Write the first line for a body of that SHA-256."""
        fields = {
            "gen": self.generation,
            "sha256": digest,
            "format": FORMAT,
            "device": self.device,
            "newest": list(self.newest),
        }
        body = dumps(fields)
        return _SEAL_START + _checked("_seal", b"1", body[:-1]) + b"},\n"


class Sealed(Value):
    """A sound file, read."""

    seal: Seal
    tables: Tables
    body: memoryview
    """What follows the first line, without its end."""
    state: _Hash
    """SHA-256 of that, to go on from when documents are added."""


def unpack(data: bytes) -> Sealed:
    """Read a file; Damaged or Foreign where it is not sound."""
    start = data.find(b"\n") + 1
    fields = _seal_fields(data[: start - 1])
    if not data.endswith(_END, start):
        raise Damaged
    body = memoryview(data)[start : -len(_END)]
    state = hashlib.sha256(body)
    whole = state.copy()
    whole.update(_END)
    if whole.hexdigest() != fields["sha256"]:
        raise Damaged
    moment, device = fields["newest"]
    seal = Seal(generation=fields["gen"], device=fields["device"], newest=(moment, device))
    try:
        tables = _tables(data, start)
    except UnicodeDecodeError:
        raise Damaged from None
    return Sealed(seal=seal, tables=tables, body=body, state=state)


def sound_generation(data: bytes) -> int:
    """Give the generation of a file without looking into its documents; Damaged or Foreign where it is not sound."""
    start = data.find(b"\n") + 1
    fields = _seal_fields(data[: start - 1])
    if hashlib.sha256(memoryview(data)[start:]).hexdigest() != fields["sha256"]:
        raise Damaged
    generation: int = fields["gen"]
    return generation


def generation_of(first_line: bytes) -> int | None:
    """Give the generation a first line speaks of, None where the line is not sound or not ours."""
    try:
        generation: int = _seal_fields(first_line.rstrip(b"\n"))["gen"]
    except (Damaged, Foreign):
        return None
    return generation


def _seal_fields(first: bytes) -> dict[str, Any]:
    raw = first[len(_SEAL_START) : -len(b"},")]
    whole = first.startswith(_SEAL_START) and first.endswith(b"},") and is_whole("_seal", b"1", raw)
    try:
        fields = json.loads(raw)
        form = fields["format"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Damaged from None
    if form != FORMAT and isinstance(form, int):
        raise Foreign
    match fields:
        case {"gen": int(), "sha256": str(), "device": str(), "newest": [int(), str()]} if whole:
            return dict(fields)
    raise Damaged


def _tables(data: bytes, start: int) -> Tables:
    tables: Tables = {}
    table: dict[str, Line] = {}
    last = len(data) - len(_END)
    while start < last:
        stop = data.find(b"\n", start)
        if data[start] == _COMMA:
            start += 1
        middle = data.find(b'":{', start, stop)
        if middle < 0:
            if data[start:stop] != b"},":
                raise Damaged
        elif middle + 3 == stop:
            table = tables.setdefault(data[start + 1 : middle].decode("ascii"), {})
        else:
            table[data[start + 1 : middle].decode("ascii")] = Line(data, middle + 2, stop)
        start = stop + 1
    return tables


def pack(
    tables: Mapping[str, Mapping[str, Mapping[str, Any]]], seal: Seal, old: Sealed | None
) -> list[bytes | memoryview]:
    """Write a file, as parts to be written one after the other; ValueError for NaN and infinity.

    Documents that nobody changed are taken over as they stand; where the tables only have more
    runs at their end than `old`, so are all bytes before them.
    """
    added = _added(tables, old) if old is not None else None
    if old is not None and added is not None:
        rest = (
            b"".join(b'\n,"%s":%s' % (key.encode("ascii"), raw_line("runs", key, added[key])) for key in added) + _END
        )
        state = old.state.copy()
        state.update(rest)
        return [seal.line(state.hexdigest()), old.body, rest]
    body = b"".join(_chunks(tables))[1:] + _END
    return [seal.line(hashlib.sha256(body).hexdigest()), body]


def _chunks(tables: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> list[bytes]:
    names = sorted(set(tables) | {"runs"}, key=lambda name: (name == "runs", name))
    chunks: list[bytes] = []
    for name in names:
        chunks.append((b"\n},\n" if chunks else b"\n") + dumps(name) + b":{")
        comma = b"\n"
        for document_id, document in tables.get(name, {}).items():
            chunks.append(comma + b'"%s":' % document_id.encode("ascii") + raw_line(name, document_id, document))
            comma = b"\n,"
    return chunks


def _added(tables: Mapping[str, Mapping[str, Mapping[str, Any]]], old: Sealed) -> dict[str, Mapping[str, Any]] | None:
    """Give the runs that come after all that stood in `old`; None where anything else is different too."""
    if not old.tables.get("runs") or set(tables) != set(old.tables):
        return None
    for name, table in old.tables.items():
        now = tables[name]
        if len(now) != len(table) and name != "runs":
            return None
        for (key, document), (old_key, old_document) in zip(now.items(), table.items(), strict=False):
            if document is not old_document or key != old_key or old_document.changed:
                return None
    runs = tables["runs"]
    if len(runs) < len(old.tables["runs"]):
        return None
    return dict(list(runs.items())[len(old.tables["runs"]) :])


def raw_line(table: str, document_id: str, document: Mapping[str, Any]) -> bytes:
    """Write a document with its checksum; an unchanged one as it stood."""
    if isinstance(document, Line) and (raw := document.raw) is not None:
        return raw
    fields = {key: value for key, value in document.items() if key != "check"}
    body = dumps(fields)[:-1]
    return _checked(table, document_id.encode("ascii"), body)


def with_check(table: str, document_id: str, document: Mapping[str, Any]) -> dict[str, Any]:
    """Give a document with the checksum it will be written with, by which versions can be told apart."""
    raw = raw_line(table, document_id, document)
    return {**document, "check": raw[-_CHECK_DIGITS - 2 : -2].decode("ascii")}


def _checked(table: str, document_id: bytes, body: bytes) -> bytes:
    """Close a document, which comes without its last brace, with its checksum."""
    digest = hashlib.sha256(b"%s:%s:%s" % (table.encode("ascii"), document_id, body)).hexdigest()
    comma = b"" if body == b"{" else b","
    return b"".join((body, comma, _CHECK_START, digest[:_CHECK_DIGITS].encode("ascii"), b'"}'))


def is_whole(table: str, document_id: bytes, raw: bytes) -> bool:
    """Say whether a document's own checksum holds."""
    return raw == _checked(table, document_id, raw[:-_CHECK_LENGTH].removesuffix(b","))


def newest_stamp(*documents: Mapping[str, Any]) -> Stamp:
    """Give the newest stamp among documents; what has none that is one is passed over."""
    stamps = (document["stamp"] for document in documents if is_stamped(document))
    return max(((moment, device) for moment, device in stamps), default=NO_STAMP)
