"""What can be taken from damaged bytes: every document that is still just as it was written."""

from __future__ import annotations

import json

from procroutine.history.seal import TABLES, Line, Tables, is_whole, raw_line


def salvage(data: bytes) -> Tables:
    """Take from damaged bytes every document whose own checksum holds."""
    tables: Tables = {}
    for line in data.split(b"\n"):
        start = 1 if line.startswith(b",") else 0
        middle = line.find(b'":{', start)
        document_id = line[start + 1 : middle]
        if middle > 0 and document_id.isdigit():
            _salvage_line(tables, document_id, line[middle + 2 :])
    return tables or _salvage_rewritten(data)


def _salvage_line(tables: Tables, document_id: bytes, raw: bytes) -> None:
    for table in TABLES:
        if is_whole(table, document_id, raw):
            tables.setdefault(table, {})[document_id.decode("ascii")] = Line(raw, 0, len(raw))


def _salvage_rewritten(data: bytes) -> Tables:
    # Another program, such as stock TinyDB, may have written the same documents without our lines.
    try:
        loaded = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    tables: Tables = {}
    for table in TABLES:
        documents = loaded.get(table) if isinstance(loaded, dict) else None
        for document_id, document in documents.items() if isinstance(documents, dict) else ():
            if isinstance(document, dict) and document_id.isascii() and document_id.isdigit():
                raw = raw_line(table, document_id, document)
                if raw.endswith(b'"check":"%s"}' % str(document.get("check")).encode("ascii", "replace")):
                    tables.setdefault(table, {})[document_id] = Line(raw, 0, len(raw))
    return tables
