"""Runs whose start was moved into another year: they go into the file of that year, and out of the one they were in.

A note stays behind in a table of its own. It keeps a journal that was left over from putting the run back as it was
recorded first.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tinydb.table import Document

from procroutine.history.documents import document_id
from procroutine.history.seal import with_check

if TYPE_CHECKING:
    from procroutine.history.storage import YearDatabase

TABLE = "moved"


def years_left(document: Mapping[str, Any], year: int) -> list[int]:
    """Give the years whose files may have a version of a run that began in another `year`, as is known now."""
    before = datetime.fromisoformat(document["started_at"]).year
    return sorted({*document.get("earlier_years", ()), before} - {year})


def take_out(database: YearDatabase, document: Mapping[str, Any]) -> None:
    """Take a run out of the file of a year, for the version that stands in that of another one."""
    key = document_id(document["id"])
    if key not in database.sealed.read().get("runs", {}):
        return
    database.table("runs").remove(doc_ids=[key])  # type: ignore[list-item]  # our ids are text
    come_back(database, key)
    note = {"run": document["id"], "started_at": document["started_at"], "stamp": document["stamp"]}
    database.table(TABLE).insert(Document(with_check(TABLE, key, note), key))  # type: ignore[arg-type]  # as above


def come_back(database: YearDatabase, key: str) -> None:
    """Take away the note that a run was moved out of this file, for it is put into it again."""
    if is_away(database, key):
        database.table(TABLE).remove(doc_ids=[key])  # type: ignore[list-item]  # as above


def is_away(database: YearDatabase, key: str) -> bool:
    """Say whether a run was moved out of this file."""
    return key in database.sealed.read().get(TABLE, {})
