"""The history files of all devices: which there are, which is ours to write, and how it is changed."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tinydb.table import Document

from procroutine.history.device import device_name, history_lock
from procroutine.history.disk import Disk
from procroutine.history.documents import definition_document, document_id
from procroutine.history.heads import FOOTER, history_files, index_path, source_of
from procroutine.history.lock import locked
from procroutine.history.merge import merge, rank
from procroutine.history.recovery import YearFile, read_year_file
from procroutine.history.seal import with_check
from procroutine.history.stamps import NO_STAMP, Stamp, next_stamp
from procroutine.history.storage import YearDatabase
from procroutine.places import Places, make_folder

if TYPE_CHECKING:
    from procroutine.clock import Clock


@dataclass(frozen=True, slots=True)
class Version:
    """The latest version of a run's document, and the definition it refers to."""

    document: Mapping[str, Any]
    snapshot: Mapping[str, Any] | None

    @property
    def stamp(self) -> Stamp:
        """When it was made, and where."""
        moment, device = self.document["stamp"]
        return moment, device


class YearFiles:
    """All history files, read as one; this device's own, written under the history lock."""

    def __init__(self, places: Places, clock: Clock, disk: Disk | None = None) -> None:
        """Touch nothing yet."""
        self._places = places
        self._clock = clock
        self._disk = disk or Disk()
        self._device: str | None = None

    @property
    def device(self) -> str:
        """The name of this device; not to be asked for first while the history lock is held."""
        if self._device is None:
            self._device = device_name(self._places, self._disk)
        return self._device

    def own_path(self, year: int) -> str:
        """Give the file of this device for runs that began in a year."""
        return os.path.join(self._places.history, f"{self.device}-{year:04d}.json")

    def own_files(self) -> list[str]:
        """Give the files of this device that are there."""
        start = os.path.join(self._places.history, f"{self.device}-")
        names = (path.removeprefix(start) for path in history_files(self._places.history) if path.startswith(start))
        return [f"{start}{name}" for name in names if len(name) == len("2026.json") and name[:4].isdigit()]

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the history lock; CannotWrite where it cannot be had."""
        self.device  # noqa: B018  # made on first use, which takes the lock
        with locked(history_lock(self._places)):
            yield

    @contextlib.contextmanager
    def changing(self, path: str) -> Iterator[YearDatabase]:
        """Open one of our files; what is changed inside is written in one go. The lock is held."""
        make_folder(self._places.history)
        database = YearDatabase(path, self.device, self._disk)
        with database.sealed.together():
            yield database

    def stamp(self, database: YearDatabase, seen: Stamp = NO_STAMP) -> Stamp:
        """Give a stamp after every one in an opened file, and after the version that was `seen`."""
        newest = database.sealed.seal.newest if database.sealed.seal else NO_STAMP
        return next_stamp(self._clock.read().wall, self.device, max(newest, seen))

    def latest(self, run_id: str) -> Version | None:
        """Find the latest version of a run over all files, an undone finish included; None where none has it."""
        found = None
        for path in history_files(self._places.history):
            if not self._may_hold(path, run_id):
                continue
            file = read_year_file(self._disk, path)
            document = file.tables.get("runs", {}).get(document_id(run_id))
            if document is not None and (found is None or rank(found.document) < rank(document)):
                found = Version(document, _snapshot(file, document))
        return found

    def merged(self, table: str) -> dict[str, Mapping[str, Any]]:
        """Give the latest version of every document of a table, over all files."""
        files = (read_year_file(self._disk, path) for path in history_files(self._places.history))
        return merge(*(file.tables.get(table, {}) for file in files))

    def _may_hold(self, path: str, run_id: str) -> bool:
        """Say, by the index of a file, whether a run is in it; True where the index does not tell."""
        try:
            with open(index_path(self._places, path), "rb") as file:
                data = file.read()
        except OSError:
            return True
        return source_of(data[-FOOTER:], path) is None or f'["{run_id}",'.encode("ascii", "replace") in data


def _snapshot(file: YearFile, document: Mapping[str, Any]) -> Mapping[str, Any] | None:
    definition = file.tables.get("definitions", {}).get(document.get("definition", ""))
    return None if definition is None else definition["snapshot"]


def put(database: YearDatabase, table: str, document_key: str, document: Mapping[str, Any]) -> dict[str, Any]:
    """Put a document in the place of any version of it; give it with its checksum."""
    checked = with_check(table, document_key, document)
    rows = database.table(table)
    if document_key in database.sealed.read().get(table, {}):
        rows.remove(doc_ids=[document_key])  # type: ignore[list-item]  # our ids are text
    rows.insert(Document(checked, document_key))  # type: ignore[arg-type]  # as above
    return checked


def put_definition(database: YearDatabase, snapshot: Mapping[str, Any] | None) -> None:
    """Put a definition into its table, once."""
    if snapshot:
        key, document = definition_document(snapshot)
        if key not in database.sealed.read().get("definitions", {}):
            put(database, "definitions", key, document)
