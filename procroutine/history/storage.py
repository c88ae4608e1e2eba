"""TinyDB's storage, safe against crashes: the seam through which TinyDB reads and writes.

Stock TinyDB writes over its file and loses all of it to a kill at the wrong instant. This one
writes every change to the log first, replaces the file whole, notices every damaged bit, and
leaves the file in a form that stock TinyDB opens as it is.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from procroutine.history.disk import Disk
from procroutine.history.plan import Plan
from procroutine.history.recovery import YearFile, put_aside, read_year_file
from procroutine.history.seal import Line, Seal, newest_stamp, pack, raw_line
from procroutine.history.second_copies import SecondCopies


class SealedStorage(Storage):
    """One history file in TinyDB's seam.

    `copies` are the second copies of its device; `disk` is what tests put in place of the real one. Reading
    and writing raise CannotRead and CannotWrite.
    """

    def __init__(self, path: str, copies: SecondCopies, disk: Disk, plan: Plan | None = None) -> None:
        """Touch nothing yet. With a `plan`, what is written takes its place when that is carried out."""
        self._plan = plan
        self.path = path
        self._copies = copies
        self._disk = disk
        self._held: dict[str, dict[str, Any]] | None = None
        self._file: YearFile | None = None
        self.seal: Seal | None = None
        """The seal of the file that was last read or written."""

    def read(self) -> dict[str, dict[str, Any]]:
        """Give all tables, each a dict of documents by id; documents are parsed when looked into."""
        if self._held is not None:
            return dict(self._held)
        self._file = file = read_year_file(self._disk, self.path, self._copies)
        file.refuse_foreign()
        self.seal = file.sealed.seal if file.sealed else None
        return dict(file.tables)

    def write(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        """Put these tables in the place of all that was there."""
        held = {name: dict(table) for name, table in data.items() if name != "_seal"}
        if self._held is not None:
            self._held = held
        else:
            self._write(held)

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """Read once, and write all changes made inside the `with` in one go; none if it raises."""
        self._held = self.read()
        try:
            yield
            held = self._held
        finally:
            self._held = None
        self._write(held)

    def _write(self, tables: dict[str, dict[str, Any]]) -> None:
        file = self._file or read_year_file(self._disk, self.path, self._copies)
        file.refuse_foreign()
        changed = [
            (name, key, document)
            for name, table in tables.items()
            for key, document in table.items()
            if not isinstance(document, Line) or document.changed
        ]
        stamped = (document for _, _, document in changed if "stamp" in document)
        seal = Seal(
            generation=file.generation + 1,
            device=self._copies.device,
            newest=max(file.newest, newest_stamp(*stamped)),
        )
        parts = pack(tables, seal, file.sealed)
        if file.damaged is not None:
            put_aside(self._disk, self.path, file.damaged)
        self._file = None  # whatever happens now, only what is read afresh is trusted
        if self._plan is not None:
            self._plan.draft(self.path, parts)
        else:
            lines = [(name, key, raw_line(name, key, document)) for name, key, document in changed]
            self._copies.replace(self.path, seal.generation, parts, lines)
            if not file.is_whole:
                self._copies.keep_if_possible(self.path)
            if file.said is not None:
                self._copies.said.append(file.recovered)
        self.seal = seal


class YearTable(Table):
    """A table whose document ids are text, as they stand in the file."""

    document_id_class = str  # type: ignore[assignment]  # TinyDB allows it, its types do not say so


class YearDatabase(TinyDB):
    """TinyDB over a `SealedStorage`, with tables that cache nothing: other processes write too."""

    table_class = YearTable

    def __init__(self, path: str, copies: SecondCopies, disk: Disk, plan: Plan | None = None) -> None:
        """Open the history file `path`, as `SealedStorage`; nothing is touched yet."""
        self.sealed = SealedStorage(path, copies, disk, plan)
        super().__init__(storage=lambda: self.sealed)

    def table(self, name: str, **options: Any) -> Table:
        """Give a table that keeps no cache of its queries."""
        return super().table(name, **({"cache_size": 0} | options))
