"""Reading a history file whatever state it is in.

A file that is not sound is not believed: what the generation before says is taken, and of the
damaged bytes every document whose own checksum holds. Nothing is written here but the copy of
the damaged bytes that is put aside before the file is replaced.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime

from procroutine.errors import CannotRead, CannotWrite
from procroutine.history.disk import Disk, cannot_write, read_file, replace_file
from procroutine.history.merge import merge
from procroutine.history.salvage import salvage
from procroutine.history.seal import Damaged, Foreign, Sealed, Tables, generation_of, newest_stamp, unpack
from procroutine.history.stamps import NO_STAMP, Stamp
from procroutine.places import make_folder

_FIRST_LINE = 4096
"""No first line is longer."""


@dataclass(slots=True)
class YearFile:
    """What one history file holds, and in what state it was found."""

    path: str
    tables: Tables = field(default_factory=dict)
    generation: int = 0
    newest: Stamp = NO_STAMP
    sealed: Sealed | None = None
    """The file itself, where it is sound."""
    damaged: bytes | None = None
    """The bytes that are to be put aside before anything is written."""
    foreign: bool = False
    said: str | None = None
    """What to tell the person, where something is wrong."""

    def refuse_foreign(self) -> None:
        """Raise CannotWrite where the file is of a format this version does not know."""
        if self.foreign:
            raise CannotWrite(f"{self.path} was written by a newer version", "bring this procroutine up to date")


def previous_of(path: str) -> str:
    """Give the name under which the generation before stays."""
    return f"{path}.previous"


def read_year_file(disk: Disk, path: str) -> YearFile:
    """Read a history file with whatever can be recovered of it; CannotRead where the system refuses."""
    data = read_file(disk, path)
    if data is not None:
        try:
            sealed = unpack(data)
        except Foreign:
            said = f"{path} was written by a newer version; nothing of it is read or changed"
            return YearFile(path, foreign=True, said=said)
        except Damaged:
            return _recovered(path, data, read_file(disk, previous_of(path)))
        return _sound(disk, path, sealed)
    before = read_file(disk, previous_of(path))
    if before is None:
        return YearFile(path)
    return _recovered(path, None, before)


def _sound(disk: Disk, path: str, sealed: Sealed) -> YearFile:
    file = YearFile(path, sealed.tables, sealed.seal.generation, sealed.seal.newest, sealed)
    try:
        start = read_file(disk, previous_of(path), _FIRST_LINE)
    except CannotRead as error:
        file.said = str(error)
        return file
    older = generation_of(start.partition(b"\n")[0]) if start else None
    if older is not None and older > file.generation:
        _take_previous(file, read_file(disk, previous_of(path)) or b"")
        file.sealed = None  # the newer generation stays under its name until both are written as one
        file.said = f"{path} was set back to an older state; what its newer one held is read too"
    return file


def _recovered(path: str, data: bytes | None, before: bytes | None) -> YearFile:
    file = YearFile(path, damaged=data)
    if data is not None:
        file.tables = salvage(data)
        file.generation = generation_of(data.partition(b"\n")[0]) or 0
    if before is not None:
        _take_previous(file, before)
    file.newest = max(file.newest, newest_stamp(*(line for table in file.tables.values() for line in table.values())))
    count = len(file.tables.get("runs", {}))
    what = "is missing" if data is None else "is damaged"
    file.said = f"{path} {what}; {count} run{'' if count == 1 else 's'} of it could be recovered"
    return file


def _take_previous(file: YearFile, before: bytes) -> None:
    try:
        sealed = unpack(before)
    except Foreign:
        return
    except Damaged:
        tables = salvage(before)
    else:
        tables = sealed.tables
        file.generation = max(file.generation, sealed.seal.generation)
        file.newest = max(file.newest, sealed.seal.newest)
    file.tables = {
        name: merge(file.tables.get(name, {}), tables.get(name, {})) for name in sorted(set(file.tables) | set(tables))
    }


def put_aside(disk: Disk, path: str, data: bytes) -> str:
    """Copy damaged bytes to `damaged/` beside the file, under a name with the date; give that name."""
    folder = os.path.join(os.path.dirname(path), "damaged")
    try:
        make_folder(folder)
        changed = datetime.fromtimestamp(os.stat(path).st_mtime, UTC)
    except OSError as error:
        raise cannot_write(folder, error) from error
    content = hashlib.sha256(data).hexdigest()[:8]
    name = os.path.join(folder, f"{os.path.basename(path)}.{changed:%Y-%m-%dT%H%M%S}.{content}.damaged")
    replace_file(disk, name, [data])
    return name
