"""The log: every change of the history is a line in it, on the disk, before a history file is touched.

That is the moment a change counts. A history file that is then lost, damaged or set back, or not
yet written when the power fails, is put right from its previous generation and the log. Each
line begins with a checksum of its own, and each document in it ends with one. A change is its
documents, one a line, and a line that says of what file they are and what generation it gets;
once the file is written, a line follows that says what generation each file surely has. Lines of
that kind also stand first and, after any change that came to its end, last.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence

from procroutine.errors import CannotRead, CannotWrite, MayHaveCounted
from procroutine.history.disk import Disk, cannot_write, read_file, replace_file
from procroutine.history.last_known import (
    LOG_FORMAT,
    LastKnown,
    checked,
    checked_bytes,
    checked_line,
    last_known_of,
    log_path,
    with_last_line,
)
from procroutine.history.seal import Line, Tables, is_whole, raw_line
from procroutine.places import Places, make_folder

Changed = Sequence[tuple[str, str, bytes]]
"""Documents as they will stand in the file: table, id, and the line without its comma."""


class LogContent:
    """All that a log holds."""

    __slots__ = ("begun", "data", "documents", "foreign", "known", "obstacle", "said", "torn")

    def __init__(self, data: bytes | None = None, obstacle: CannotRead | None = None) -> None:
        """Begin with the bytes of the log itself, None where there is none, and nothing known of them."""
        self.data = data
        self.known: LastKnown | None = None
        """What its last sound line says of the files; None where it has none."""
        self.begun: dict[str, int] = {}
        """What its first line says: what generation each file had, and its previous one has at least."""
        self.documents: dict[str, Tables] = {}
        """By file, the documents that were written to it, of each the latest."""
        self.said: str | None = None if obstacle is None else str(obstacle)
        """What to tell the person, where something is wrong."""
        self.obstacle = obstacle
        """Why the system does not let us read it: then it may hold anything."""
        self.foreign = False
        self.torn = False
        """Whether a change stands at its end that was cut short, and so never counted."""


class ChangeLog:
    """The log of one device; it is written by whoever holds the history lock."""

    def __init__(self, disk: Disk, places: Places) -> None:
        """Touch nothing yet."""
        self._disk = disk
        self.path = log_path(places)

    def known(self) -> LastKnown | None:
        """Read what its last line says; None where that is not sound, or there is none."""
        try:
            data = with_last_line(lambda most: self._disk.end(self.path, most))
        except OSError:
            return None
        return last_known_of(data)

    def size(self) -> int:
        """Give its size in bytes; 0 where there is none."""
        try:
            return self._disk.size(self.path)
        except OSError:
            return 0

    def read(self) -> LogContent:
        """Read all of it, as far as it is sound."""
        try:
            data = read_file(self._disk, self.path)
        except CannotRead as error:
            return LogContent(b"", error)
        if data is None:
            return LogContent()
        content = LogContent(data)
        if _is_foreign(data):
            content.foreign = True
            content.said = f"{self.path} was written by a newer version; nothing of it is read or changed"
        elif not data:
            content.said = f"{self.path} is damaged; it is empty"
        else:
            _Reader(content).read(data, self.path)
        return content

    def begin(
        self,
        known: LastKnown,
        documents: Mapping[str, Tables] | None = None,
        begun: Mapping[str, int] | None = None,
    ) -> None:
        """Put a log that holds just these documents, by file, in the place of what is there.

        `begun` is what generation each previous one has at least, where that is not the last known
        one. CannotWrite where that fails.
        """
        try:
            make_folder(os.path.dirname(self.path))
        except OSError as error:
            raise cannot_write(self.path, error) from error
        state = _state_line(known.device, known.files)
        entries = [state] if begun is None else [_state_line(known.device, begun), state]
        for name, tables in (documents or {}).items():
            lines = [
                (table, key, raw_line(table, key, document))
                for table, there in tables.items()
                for key, document in there.items()
            ]
            entries += [_entry(known, name, known.files.get(name, 0), lines), state]
        replace_file(self._disk, self.path, entries)

    @contextlib.contextmanager
    def change(self, known: LastKnown, name: str, generation: int, documents: Changed) -> Iterator[Change]:
        """Write a change of a file down; inside the `with` the file itself is written.

        On entering, the change counts. CannotWrite where that fails; and where CannotWrite is
        raised inside, the change is taken back again. `known` says what generation each file
        surely has.
        """
        entry = _entry(known, name, generation, documents)
        try:
            number = self._disk.append(self.path)
        except OSError as error:
            raise cannot_write(self.path, error) from error
        try:
            size = self.size()
            self._add(number, entry, size)
            change = Change()
            try:
                yield change
            except CannotWrite as error:
                self._take_back(number, size, error, counted=True)
                raise
            if change.is_written:
                with contextlib.suppress(OSError):  # the next change says it again
                    self._write(number, _state_line(known.device, {**known.files, name: generation}))
        finally:
            with contextlib.suppress(OSError):  # what had to be on the disk was flushed
                self._disk.close(number)

    def _add(self, number: int, entry: bytes, size: int) -> None:
        try:
            self._write(number, entry)
            self._disk.flush(number)
        except OSError as error:
            failure = cannot_write(self.path, error)
            self._take_back(number, size, failure, counted=False)
            raise failure from error

    def _write(self, number: int, data: bytes) -> None:
        written = 0
        while written < len(data):
            written += self._disk.write(number, data[written:])

    def _take_back(self, number: int, size: int, failure: CannotWrite, *, counted: bool) -> None:
        """Cut off what was written; where it counted already and that cannot be done, the failure says so."""
        try:
            self._disk.cut(number, size)
            if counted:
                self._disk.flush(number)
        except OSError as error:
            remedy = f"{failure.remedy}; whether it counted, procroutine history says"
            raise MayHaveCounted(failure.problem, remedy) from error


class Change:
    """A change that is in the log."""

    is_written = False
    """Whether the file itself surely holds it, on the disk; to be set where that is so."""


def _state_line(device: str, files: Mapping[str, int]) -> bytes:
    return checked_line({"format": LOG_FORMAT, "device": device, "files": files})


def _entry(known: LastKnown, name: str, generation: int, documents: Changed) -> bytes:
    entry = b"".join(
        checked_bytes(b'["%s","%s","%s",%s]' % (name.encode(), table.encode(), key.encode(), raw))
        for table, key, raw in documents
    )
    fields = {"files": known.files, "file": name, "generation": generation, "documents": len(documents)}
    return entry + checked_line({"format": LOG_FORMAT, "device": known.device, **fields})


def _is_foreign(data: bytes) -> bool:
    try:
        form = json.loads(data.partition(b"\n")[0][9:])["format"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return False
    return isinstance(form, int) and form != LOG_FORMAT


class _Reader:
    """Takes the lines of a log apart."""

    def __init__(self, content: LogContent) -> None:
        self._content = content
        self._waiting: list[tuple[str, str, str, Line]] = []
        self._bad = 0
        """Lines that are not sound since the last change came to its end."""
        self._damaged = 0
        self._first = True

    def read(self, data: bytes, path: str) -> None:
        *lines, rest = data.split(b"\n")
        for line in lines:
            self._read_line(line + b"\n")
        known = self._content.known
        ended = not (self._waiting or self._bad or rest)
        if self._damaged or (not ended and known is None):
            self._content.said = f"{path} is damaged; what it holds is in the history files too"
        self._content.torn = not ended

    def _read_line(self, line: bytes) -> None:
        fields = _sound(line)
        if isinstance(fields, list):
            self._read_document(fields, line)
        elif isinstance(fields, dict) and "files" in fields:
            if self._bad or (len(self._waiting) != fields.get("documents", 0)) or (self._first and "file" in fields):
                self._damaged += 1
            for name, table, key, document in self._waiting:
                self._content.documents.setdefault(name, {}).setdefault(table, {})[key] = document
            self._waiting, self._bad = [], 0
            self._content.known = last_known_of(line)
            if self._first and self._content.known is not None:
                self._content.begun = self._content.known.files
        else:
            self._bad += 1
            self._damaged += b"\0" not in line  # a power cut leaves zeroes, or no end of the line
        self._first = False

    def _read_document(self, fields: list[object], line: bytes) -> None:
        name, table, key, _ = (str(one) for one in fields)
        # What follows the three names, but for the bracket and the line's end, is the document as it stands.
        raw = line[len(b'%08x ["%s","%s","%s",' % (0, name.encode(), table.encode(), key.encode())) : -2]
        if is_whole(table, key.encode(), raw):
            self._waiting.append((name, table, key, Line(raw, 0, len(raw))))
        else:
            self._bad += 1


def _sound(line: bytes) -> object:
    try:
        return checked(line)
    except (ValueError, RecursionError):
        return None
