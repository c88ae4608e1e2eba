"""Taking what stands in a file that is not ours to write into this device's own files.

Such are the copies that programs for syncing make when two devices have changed one file, under
whatever name. Only documents are taken that no other file has in that version or a later one;
then the copy is moved to `damaged/`. The history lock is held.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from procroutine.history.last_known import history_files, is_year_file
from procroutine.history.merge import rank
from procroutine.history.recovery import HISTORY_FILE, YearFile, instant_told, read_year_file
from procroutine.history.seal import Tables
from procroutine.history.shapes import is_document
from procroutine.history.year_files import YearFiles, put_all


def is_copy(path: str, file: YearFile) -> bool:
    """Say whether a file is a copy of a history file under another name.

    Which it is of its seal says, whatever a program for syncing has made of its name; where it is
    not sound, what was added to the name does.
    """
    name = os.path.basename(path)
    if file.sealed is not None:
        return not is_year_file(name, file.sealed.seal.device)
    found = HISTORY_FILE.fullmatch(name)
    return found is not None and found["added"] != ""


def fold_in(files: YearFiles, path: str) -> int:
    """Take what only a file has into our own files of the years its runs began in; gives how many documents.

    CannotWrite where the system refuses.
    """
    tables_there = _well_shaped(read_year_file(files.disk, path, files.copies).tables)
    missing = _missing(tables_there, _others(files, path))
    count = 0
    for year, tables in sorted(_by_year(missing, path).items()):
        with files.changing(files.own_path(year)) as database:
            there = _well_shaped(database.sealed.read())
            for document in list(tables.get("runs", {}).values()):
                definition = document.get("definition")
                if definition in tables_there.get("definitions", {}):
                    tables.setdefault("definitions", {})[definition] = tables_there["definitions"][definition]
            for table, documents in tables.items():
                new = {
                    key: one
                    for key, one in documents.items()
                    if key not in there.get(table, {}) or _is_later(one, there[table][key])
                }
                count += sum(table != "definitions" for _ in put_all(database, table, new))
    return count


def _well_shaped(tables: Tables) -> Tables:
    """Leave out what no history file of ours would hold: a copy may have been made by anybody."""
    return {
        name: {key: one for key, one in documents.items() if is_document(name, one)}
        for name, documents in tables.items()
    }


def _is_later(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return rank(one) > rank(other)


def _others(files: YearFiles, path: str) -> Iterator[Tables]:
    for other in history_files(files.places):
        if other != path:
            file = read_year_file(files.disk, other, files.copies)
            if file.is_whole and not is_copy(other, file):
                yield _well_shaped(file.tables)


def _missing(tables: Tables, others: Iterable[Tables]) -> dict[str, dict[str, Mapping[str, Any]]]:
    missing: dict[str, dict[str, Mapping[str, Any]]] = {
        name: dict(documents) for name, documents in tables.items() if name != "definitions"
    }
    for other in others:
        for name, documents in missing.items():
            there = other.get(name, {})
            for key in [key for key, one in documents.items() if key in there and not _is_later(one, there[key])]:
                del documents[key]
    return {name: documents for name, documents in missing.items() if documents}


def _by_year(
    tables: Mapping[str, Mapping[str, Mapping[str, Any]]], path: str
) -> dict[int, dict[str, dict[str, Mapping[str, Any]]]]:
    found = HISTORY_FILE.fullmatch(os.path.basename(path))
    usual = int(found["year"]) if found else instant_told(os.lstat(path).st_mtime).year
    years: dict[int, dict[str, dict[str, Mapping[str, Any]]]] = {}
    for name, documents in tables.items():
        for key, document in documents.items():
            year = datetime.fromisoformat(document["started_at"]).year if name == "runs" else usual
            years.setdefault(year, {}).setdefault(name, {})[key] = document
    return years
