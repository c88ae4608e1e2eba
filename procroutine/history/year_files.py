"""The history files of all devices: which there are, which is ours to write, and how it is changed."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping, Set

from tinydb.table import Document

from procroutine.errors import CannotRead
from procroutine.history.care import Care
from procroutine.history.corrections import difference
from procroutine.history.device import device_name, history_lock, plan_path
from procroutine.history.disk import Disk, cannot_write
from procroutine.history.documents import definition_document, document_id
from procroutine.history.index_files import row_beginning, written_rows
from procroutine.history.last_known import history_files
from procroutine.history.lock import locked
from procroutine.history.merge import merge, rank
from procroutine.history.moved_away import come_back
from procroutine.history.plan import NewerPlan, Plan, carry_out
from procroutine.history.recovery import move_aside, read_year_file
from procroutine.history.seal import Tables, with_check
from procroutine.history.second_copies import SecondCopies
from procroutine.history.shapes import is_run, is_small, is_snapshot
from procroutine.history.stamps import NO_STAMP, Stamp, next_stamp
from procroutine.history.storage import YearDatabase
from procroutine.places import Places, make_folder
from procroutine.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from procroutine.clock import Clock


class Definitions:
    """The definitions in a history file; each is looked at once, however many runs were made with it."""

    __slots__ = ("_snapshots", "_table")

    def __init__(self, tables: Tables) -> None:
        """Look at none yet."""
        self._table = tables.get("definitions", {})
        self._snapshots: dict[str | None, Mapping[str, Any] | None] = {}

    def snapshot(self, key: str | None) -> Mapping[str, Any] | None:
        """Give a definition by the id of its document; None where there is none, or it is not one."""
        if key not in self._snapshots:
            snapshot = self._table[key].get("snapshot") if key in self._table else None
            self._snapshots[key] = snapshot if is_snapshot(snapshot) else None
        return self._snapshots[key]


class Version(Value):
    """The latest version of a run's document."""

    document: Mapping[str, Any]
    definitions: Definitions
    """Those of the file it stands in."""

    @property
    def snapshot(self) -> Mapping[str, Any] | None:
        """The definition the run was made with; None where none is recorded, or it was lost."""
        return self.definitions.snapshot(self.document.get("definition", ""))

    @property
    def stamp(self) -> Stamp:
        """When it was made, and where."""
        moment, device = self.document["stamp"]
        return moment, device

    @property
    def is_imported(self) -> bool:
        """Whether it was taken in from elsewhere, and nothing was said about it here since."""
        return bool(self.document.get("imported") == self.document["stamp"])

    @property
    def origin(self) -> Stamp | None:
        """When it was made, and where, also if it was taken in from there; None where that is not known."""
        return (self.came[1] if self.came else None) if self.is_imported else self.stamp

    @property
    def came(self) -> tuple[Stamp, Stamp] | None:
        """What version a run became when it was taken in from elsewhere, and what it was there, if both are known."""
        there, here = self.document.get("origin"), self.document.get("imported")
        return None if there is None or here is None else ((here[0], here[1]), (there[0], there[1]))


class YearFiles:
    """All history files, read as one; this device's own, written under the history lock."""

    def __init__(self, places: Places, clock: Clock, disk: Disk | None = None) -> None:
        """Touch nothing yet."""
        self.places = places
        self._clock = clock
        self.disk = disk or Disk()
        self._device: str | None = None
        self._copies: SecondCopies | None = None

    @property
    def device(self) -> str:
        """The name of this device; not to be asked for first while the history lock is held."""
        if self._device is None:
            self._device = device_name(self.places, self.disk)
        return self._device

    def own_path(self, year: int) -> str:
        """Give the file of this device for runs that began in a year."""
        return os.path.join(self.places.history, f"{self.device}-{year:04d}.json")

    @property
    def copies(self) -> SecondCopies:
        """The second copies of this device's files; not to be asked for first while the history lock is held."""
        if self._copies is None:
            self._copies = SecondCopies(self.places, self.disk, self.device)
        return self._copies

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the history lock, with all put right that can be; CannotWrite where it cannot be had."""
        copies = self.copies
        with locked(history_lock(self.places)):
            self._finish_plan()
            if not copies.prepare():
                copies.said += Care(self.places, self.disk, copies).put_right()
            yield

    def _finish_plan(self) -> None:
        """Carry out a plan that a crash left; one that is damaged is moved away, so that work can go on."""
        plan = plan_path(self.places)
        try:
            carry_out(self.disk, plan, self.copies)
        except NewerPlan:
            raise
        except CannotRead as error:
            kept = move_aside(self.disk, plan, os.path.join(self.places.history, "damaged"))
            self.copies.said.append(f"{error.problem}: what it was to do is not known; it was moved to {kept}")

    def told(self) -> tuple[str, ...]:
        """Give, once, what was put right on the way and the person should know."""
        return () if self._copies is None else tuple(self._copies.told())

    @contextlib.contextmanager
    def changing(self, path: str, plan: Plan | None = None) -> Iterator[YearDatabase]:
        """Open one of our files; what is changed inside is written in one go. The lock is held."""
        try:
            make_folder(self.places.history)
        except OSError as error:
            raise cannot_write(self.places.history, error) from error
        database = YearDatabase(path, self.copies, self.disk, plan)
        with database.sealed.together():
            yield database

    def stamp(self, database: YearDatabase, seen: Stamp = NO_STAMP) -> Stamp:
        """Give a stamp after every one in an opened file, and after the version that was `seen`."""
        newest = database.sealed.seal.newest if database.sealed.seal else NO_STAMP
        return next_stamp(self._clock.read().wall, self.device, max(newest, seen))

    def correction(
        self, act: str, old: Mapping[str, Any], new: Mapping[str, Any], of: Stamp | None = None
    ) -> tuple[str, dict[str, Any]]:
        """Give id and document of what stood in a run before a correction; `act` and `of` as in `Correction`."""
        moment, device = new["stamp"]
        document = {
            "run": new["id"],
            "act": act,
            "at": self._clock.read().wall.isoformat(timespec="milliseconds"),
            "before": difference(old, new),
            "after": difference(new, old),
            "made_from": old["stamp"],
            "stamp": new["stamp"],
        }
        key = document_id(f"correction {new['id']} {moment} {device}")
        return key, document if of is None else {**document, "of": list(of)}

    def latest(self, run_id: str) -> Version | None:
        """Find the latest version of a run over all files, an undone finish included; None where none has it."""
        found = None
        for tables in self._readable(run_id):
            document = tables.get("runs", {}).get(document_id(run_id))
            if document is None or not is_run(document):
                continue
            if found is None or rank(found.document) < rank(document):
                found = Version(document=document, definitions=Definitions(tables))
        return found

    def versions(
        self, keys: Set[str] | None = None, progress: Callable[[int, int], None] | None = None
    ) -> dict[str, Version]:
        """Give the latest version of every run, by document id; undone finishes included.

        With `keys` only of some; of the others nothing but where they stand is read. `progress` is told, file by
        file, how many were read and of how many.
        """
        found: dict[str, Version] = {}
        paths = history_files(self.places)
        for place, path in enumerate(paths, start=1):
            tables = read_year_file(self.disk, path, self.copies).tables
            runs, definitions = tables.get("runs", {}), Definitions(tables)
            for key in runs if keys is None else keys & runs.keys():
                there, document = found.get(key), runs[key].plain()
                if is_run(document) and (there is None or rank(there.document) < rank(document)):
                    found[key] = Version(document=document, definitions=definitions)
            if progress is not None:
                progress(place, len(paths))
        return found

    def merged(self, table: str) -> dict[str, Mapping[str, Any]]:
        """Give the latest version of every document of a table, over all files."""
        return self.merged_tables(table)[0]

    def merged_tables(self, *names: str) -> tuple[dict[str, Mapping[str, Any]], ...]:
        """Give several tables as `merged` does; reads each file once."""
        parts = [[tables.get(name, {}) for name in names] for tables in self._readable()]
        return tuple(
            merge(*({key: one for key, one in part[place].items() if is_small(name, one)} for part in parts))
            for place, name in enumerate(names)
        )

    def _readable(self, run_id: str | None = None) -> Iterator[Tables]:
        """Give what can be read of the tables of all files, or of those that may hold a run."""
        for path in history_files(self.places):
            if run_id is None or self._may_hold(path, run_id):
                yield read_year_file(self.disk, path, self.copies).tables

    def may_have(self, path: str, run_id: str) -> bool:
        """Say whether a file is there that may have a run in it."""
        return os.path.lexists(path) and self._may_hold(path, run_id)

    def _may_hold(self, path: str, run_id: str) -> bool:
        """Say, by the index of a file, whether a run is in it; True where the index does not tell."""
        rows = written_rows(self.places, path)
        return rows is None or row_beginning(run_id) in rows


def put(database: YearDatabase, table: str, document_key: str, document: Mapping[str, Any]) -> dict[str, Any]:
    """Put a document in the place of any version of it; give it with its checksum."""
    return put_all(database, table, {document_key: document})[document_key]


def put_all(
    database: YearDatabase, table: str, documents: Mapping[str, Mapping[str, Any]]
) -> dict[str, dict[str, Any]]:
    """Put documents in the place of any versions of them; give them with their checksums."""
    checked = {key: with_check(table, key, document) for key, document in documents.items()}
    rows = database.table(table)
    there = database.sealed.read().get(table, {})
    old = [key for key in checked if key in there]
    if old:
        rows.remove(doc_ids=old)  # type: ignore[arg-type]  # our ids are text
    rows.insert_multiple(Document(document, key) for key, document in checked.items())  # type: ignore[arg-type]  # as above
    return checked


def put_run(database: YearDatabase, document: Mapping[str, Any]) -> dict[str, Any]:
    """Put a version of a run in the place of any other; give it with its checksum."""
    key = document_id(document["id"])
    come_back(database, key)
    return put(database, "runs", key, document)


def put_definition(database: YearDatabase, snapshot: Mapping[str, Any] | None) -> None:
    """Put a definition into its table, once."""
    if snapshot:
        key, document = definition_document(snapshot)
        if key not in database.sealed.read().get("definitions", {}):
            put(database, "definitions", key, document)
