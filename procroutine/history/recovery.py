"""Reading a history file whatever state it is in.

A file that is not sound is not believed: what its previous generation and the log say is taken,
and of the damaged bytes every document whose own checksum holds. Nothing is written here but the
copy of the damaged bytes that is put aside before the file is replaced.
"""

from __future__ import annotations

import hashlib
import os
import re
from datetime import UTC, datetime

from procroutine.errors import CannotRead, CannotWrite
from procroutine.history.disk import Disk, cannot_write, read_file, replace_file
from procroutine.history.merge import merge
from procroutine.history.salvage import salvage
from procroutine.history.seal import Damaged, Foreign, Sealed, Tables, generation_of, newest_stamp, unpack
from procroutine.history.second_copies import SecondCopies
from procroutine.history.stamps import NO_STAMP
from procroutine.places import make_folder

HISTORY_FILE = re.compile(r"(?P<device>[a-z0-9-]+)-(?P<year>[0-9]{4})(?P<added>.*)\.json", re.DOTALL)
"""The name of a history file, and what a program for syncing has added to that of a copy."""
_LAST_SECOND = 253_402_300_799
"""Since 1970, of the year 9999; disks can tell of later ones."""


class YearFile:
    """What one history file holds, and in what state it was found."""

    __slots__ = (
        *("alien", "behind", "damaged", "foreign", "generation", "newest"),
        *("obstacle", "path", "said", "sealed", "tables"),
    )

    def __init__(self, path: str, sealed: Sealed | None = None) -> None:
        """Begin with what stands under its name, where that is sound."""
        self.path = path
        self.tables: Tables = {} if sealed is None else sealed.tables
        self.generation = 0 if sealed is None else sealed.seal.generation
        """The newest generation that was ever heard of."""
        self.newest = NO_STAMP if sealed is None else sealed.seal.newest
        self.sealed = sealed
        """The file itself, where it is sound."""
        self.damaged: bytes | None = None
        """The bytes that are to be put aside before anything is written."""
        self.foreign = False
        self.obstacle: CannotRead | None = None
        """Why the system does not let us read what stands under its name, or a second copy where that is needed.

        Then nothing is written: what could not be read may hold more.
        """
        self.alien = False
        """Whether neither its name nor anything that could be read of it says that it ever was a history file."""
        self.behind = False
        """Whether something is to be read from its second copies too, so that it has to be written anew."""
        self.said: str | None = None
        """What to tell the person, where something is wrong."""

    @property
    def recovered(self) -> str:
        """What to tell the person once it was written anew."""
        kept = f"{self.path} was written anew with the {_runs(self)} that could be recovered"
        aside = os.path.join(os.path.dirname(self.path), "damaged")
        return kept if self.damaged is None else f"{kept}; the damaged bytes were put aside in {aside}"

    @property
    def is_whole(self) -> bool:
        """Whether it is sound, and all there is."""
        return self.sealed is not None and not self.behind

    def refuse_foreign(self) -> None:
        """Raise CannotWrite where the file is of a format this version does not know, CannotRead where it is none."""
        if self.obstacle is not None:
            raise self.obstacle
        if self.foreign:
            raise CannotWrite(f"{self.path} was written by a newer version", "bring this procroutine up to date")


def read_year_file(disk: Disk, path: str, copies: SecondCopies) -> YearFile:
    """Read a history file with whatever can be recovered of it; what stands in the way is told in it, not raised."""
    known = copies.log.known()  # before the file: whoever writes meanwhile makes that look newer, never set back
    try:
        data = read_file(disk, path)
    except CannotRead as error:
        return _without(disk, path, copies, error)
    sealed = None
    if data is not None:
        try:
            sealed = unpack(data)
        except Foreign:
            file = YearFile(path)
            file.foreign = True
            file.said = f"{path} was written by a newer version; nothing of it is read or changed"
            return file
        except Damaged:
            file = YearFile(path)
            file.damaged = data
            return _recovered(disk, file, copies, "is damaged")
    file = YearFile(path, sealed)
    if sealed is None:
        return _recovered(disk, file, copies, "is missing")
    if known is not None and known.fits(os.path.basename(path), file.generation):
        return file
    return _caught_up(disk, file, copies)


def _without(disk: Disk, path: str, copies: SecondCopies, error: CannotRead) -> YearFile:
    """Read what the second copies hold of a file that the system does not let us read."""
    file = YearFile(path)
    file.obstacle, file.said = error, str(error)
    _take_copies(disk, file, copies)
    file.alien = _is_alien(file)
    if file.tables:
        file.said = f"{error}; {_runs(file)} of it could be recovered"
    return file


def _is_alien(file: YearFile) -> bool:
    return not file.tables and HISTORY_FILE.fullmatch(os.path.basename(file.path)) is None


def _recovered(disk: Disk, file: YearFile, copies: SecondCopies, what: str) -> YearFile:
    if file.damaged is not None:
        file.tables = salvage(file.damaged)
        file.generation = generation_of(file.damaged.partition(b"\n")[0]) or 0
    there = _take_copies(disk, file, copies)
    if file.damaged is None and not there:
        return file  # it was never there
    known = copies.log.known()
    if file.damaged is None and known is not None and known.is_new(os.path.basename(file.path)):
        file.behind = True  # a crash stopped its making
        return file
    file.newest = max(file.newest, newest_stamp(*(line for table in file.tables.values() for line in table.values())))
    file.said = f"{file.path} {what}; {_runs(file)} of it could be recovered"
    file.alien = not there and _is_alien(file)
    if file.alien:
        file.said = f"{file.path} is no history file; it is left alone"
    elif not there:
        file.said += ", whatever else it held is missing here"  # of another device's file there are no second copies
    if file.obstacle is not None:
        file.said += f"; {file.obstacle}"
    return file


def _caught_up(disk: Disk, file: YearFile, copies: SecondCopies) -> YearFile:
    """Read a sound file that is not of the generation it should have."""
    name = os.path.basename(file.path)
    generation = file.generation
    known = copies.log.known()
    if known is not None and known.is_newer(name, generation):
        return file  # it is the log that was set back
    before = {table: dict(documents) for table, documents in file.tables.items()}
    _take_copies(disk, file, copies)
    pending = known is not None and known.file == name and generation == known.files.get(name, 0)
    file.behind = pending or file.tables != before or generation < file.generation
    if generation < file.generation and not pending:
        file.said = f"{file.path} was set back to an older state; what its newer one held is read too"
    return file


def _take_copies(disk: Disk, file: YearFile, copies: SecondCopies) -> bool:
    """Take what the previous generation and the log hold of a file; say whether either knows it."""
    name = os.path.basename(file.path)
    known = copies.log.known()
    if known is not None:
        file.generation = max(file.generation, known.files.get(name, 0), known.generation * (known.file == name))
    try:
        previous = _previous(disk, copies.previous_of(file.path))
    except CannotRead as error:
        previous, file.obstacle = None, error
    if previous is not None:
        file.generation = max(file.generation, previous.generation)
        file.newest = max(file.newest, previous.newest)
        _take(file, previous.tables)
    content = copies.log.read()
    file.obstacle = file.obstacle or content.obstacle
    logged = content.documents.get(name)
    if logged is not None:
        _take(file, logged)
        lines = (line for table in logged.values() for line in table.values())
        file.newest = max(file.newest, newest_stamp(*lines))
    return previous is not None or logged is not None or (known is not None and name in known.names)


def _previous(disk: Disk, path: str) -> YearFile | None:
    data = read_file(disk, path)
    if data is None:
        return None
    try:
        sealed = unpack(data)
    except Foreign:
        return None
    except Damaged:
        file = YearFile(path)
        file.tables = salvage(data)
        return file
    return YearFile(path, sealed)


def _take(file: YearFile, tables: Tables) -> None:
    names = sorted(set(file.tables) | set(tables))
    file.tables = {name: merge(file.tables.get(name, {}), tables.get(name, {})) for name in names}


def _runs(file: YearFile) -> str:
    count = len(file.tables.get("runs", {}))
    return f"{count} run{'' if count == 1 else 's'}"


def instant_told(seconds: float) -> datetime:
    """Give an instant that a disk tells, in seconds since 1970; the last of the calendar for one beyond it."""
    return datetime.fromtimestamp(min(max(seconds, 0.0), _LAST_SECOND), UTC)


def put_aside(disk: Disk, path: str, data: bytes) -> str:
    """Copy damaged bytes to `damaged/` beside the file, under a name with the date; give that name."""
    folder = os.path.join(os.path.dirname(path), "damaged")
    return put_into(disk, folder, path, data)


def put_into(disk: Disk, folder: str, path: str, data: bytes) -> str:
    """Copy the bytes of a file into a folder, under a name with the date; give that name."""
    try:
        make_folder(folder)
        changed = instant_told(os.stat(path).st_mtime)
    except OSError as error:
        raise cannot_write(folder, error) from error
    content = hashlib.sha256(data).hexdigest()[:8]
    name = os.path.join(folder, f"{os.path.basename(path)}.{changed:%Y-%m-%dT%H%M%S}.{content}.damaged")
    replace_file(disk, name, [data])
    return name


def move_aside(disk: Disk, path: str, folder: str) -> str:
    """Move whatever stands under a name into a folder, under a name with the date; give the new path."""
    try:
        make_folder(folder)
        changed = instant_told(os.lstat(path).st_mtime)
        name = os.path.join(folder, f"{os.path.basename(path)}.{changed:%Y-%m-%dT%H%M%S}")
        number = 1
        while disk.exists(f"{name}.{number}.damaged"):
            number += 1
        disk.replace(path, f"{name}.{number}.damaged")
        disk.flush_folder(folder)
        disk.flush_folder(os.path.dirname(path))
    except OSError as error:
        raise cannot_write(path, error) from error
    return f"{name}.{number}.damaged"
