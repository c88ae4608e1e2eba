"""The journal of one run on disk: one line per event, each bound to all before it by a checksum.

A line is the event as JSON, a tab, and in eight hexadecimal digits the CRC-32 of the JSON that
goes on from the line before. An event counts once its line is on the disk. A line that was cut
short by a crash is passed over; before the next one is written, what stands after the last sound
line is moved to `damaged/`.
"""

from __future__ import annotations

import os
import zlib

from procroutine.errors import BadInput, CannotWrite, DoesNotFit, NotFound
from procroutine.run.events import Event, event_line, read_event
from procroutine.run.files import cannot_write, create_file, read_whole, replace_file, set_aside, write_all
from procroutine.text import shown
from procroutine.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_APPENDING = os.O_RDWR | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK


class Journal(Value):
    """A journal as it was found or left on the disk."""

    path: str
    events: tuple[Event, ...]
    sound: int
    """Bytes up to the end of the last line that can be trusted."""
    size: int
    """Bytes of the whole file."""
    checksum: int
    """Of the last sound line; the next line goes on from it."""
    problem: str | None
    """A sentence where a whole line is damaged, so that events are missing; not for a line that was cut short."""

    @property
    def torn(self) -> bool:
        """Whether something that is no sound line stands at the end."""
        return self.size > self.sound


def read_journal(path: str) -> Journal:
    """Read a journal as far as it is sound.

    CannotRead where it cannot be read at all, NewerFormat where a newer procroutine wrote it,
    FileNotFoundError where there is none.
    """
    return parse_journal(path, read_whole(path))


def parse_journal(path: str, data: bytes) -> Journal:
    """Take the bytes of a journal apart, as far as they are sound; NewerFormat as `read_journal`."""
    events: list[Event] = []
    sound = checksum = 0
    problem = None
    while sound < len(data):
        end = data.find(b"\n", sound)
        line, _, written = data[sound : end if end >= 0 else len(data)].rpartition(b"\t")
        following = zlib.crc32(line, checksum)
        event = _sound_event(line) if end >= 0 and written == b"%08x" % following else None
        if event is None:
            if end >= 0:
                problem = f"Line {len(events) + 1} of {shown(path)} is damaged, only what stands before it counts"
            break
        events.append(event)
        sound, checksum = end + 1, following
    return Journal(path=path, events=tuple(events), sound=sound, size=len(data), checksum=checksum, problem=problem)


def _sound_event(line: bytes) -> Event | None:
    try:
        return read_event(line)
    except BadInput:
        return None


def create_journal(path: str, event: Event) -> Journal:
    """Make the journal of a new run with its first event; it is on the disk when this returns.

    DoesNotFit where there is one, CannotWrite where the system does not let us.
    """
    line, checksum = _line(event, 0)
    try:
        create_file(path, line)
    except FileExistsError:
        raise DoesNotFit("A run with this id is open already", "begin another one") from None
    except OSError as error:
        raise cannot_write(path, error) from error
    size = len(line)
    return Journal(path=path, events=(event,), sound=size, size=size, checksum=checksum, problem=None)


def rewrite_journal(path: str, events: Sequence[Event]) -> Journal:
    """Put all events of a run into its journal in one go, in the place of what may be there.

    For a run that is taken up again after its end. CannotWrite where the system does not let us:
    then what was there still is.
    """
    lines = b""
    checksum = 0
    for event in events:
        line, checksum = _line(event, checksum)
        lines += line
    try:
        replace_file(path, lines)
    except OSError as error:
        raise cannot_write(path, error) from error
    size = len(lines)
    return Journal(path=path, events=tuple(events), sound=size, size=size, checksum=checksum, problem=None)


def append_event(journal: Journal, event: Event) -> Journal:
    """Write one event behind the others; it is on the disk when this returns, after exactly one fsync.

    What stands behind the last sound line is moved to `damaged/` first. CannotWrite where the
    system does not let us: then the file is as it was before. DoesNotFit where somebody else has
    changed it since it was read, NotFound where it is gone.
    """
    line, checksum = _line(event, journal.checksum)
    try:
        descriptor = os.open(journal.path, _APPENDING)
    except FileNotFoundError:
        raise NotFound("This run is not open any more", "see `procroutine history`") from None
    except OSError as error:
        raise cannot_write(journal.path, error) from error
    _write_line(descriptor, journal, line)
    size = journal.sound + len(line)
    return Journal(
        path=journal.path,
        events=(*journal.events, event),
        sound=size,
        size=size,
        checksum=checksum,
        problem=None,
    )


def _write_line(descriptor: int, journal: Journal, line: bytes) -> None:
    """Write, sync and close; after a failure cut the file back to its last sound line."""
    begun = False
    try:
        try:
            if os.fstat(descriptor).st_size != journal.size:
                raise DoesNotFit("Another program has just changed this run", "try again")
            if journal.torn:
                _remove_rest(descriptor, journal)
            begun = True
            write_all(descriptor, line)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        failure = cannot_write(journal.path, error)
        if begun and not _cut_back(journal):
            remedy = f"{failure.remedy}; whether it counted, `procroutine status` says"
            raise CannotWrite(failure.problem, remedy) from error
        raise failure from error


def _remove_rest(descriptor: int, journal: Journal) -> None:
    rest = os.pread(descriptor, journal.size - journal.sound, journal.sound)
    set_aside(os.path.dirname(journal.path), os.path.basename(journal.path), rest)
    os.ftruncate(descriptor, journal.sound)


def _cut_back(journal: Journal) -> bool:
    """Take away what a failed write left; say whether that could be done."""
    try:
        descriptor = os.open(journal.path, _APPENDING)
        try:
            os.ftruncate(descriptor, journal.sound)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError:
        return False
    return True


def _line(event: Event, checksum: int) -> tuple[bytes, int]:
    text = event_line(event).encode("ascii")
    read_event(text)  # what could not be read back must not be written
    following = zlib.crc32(text, checksum)
    return b"%s\t%08x\n" % (text, following), following
