"""The journal of one run on disk, and its second copy in another folder.

An event counts once its line is on the disk in the journal itself; the second copy gets the line
right after, without waiting for the disk. So whoever is killed finds the second copy at most one
line behind, after a power cut the journal itself counts, and whatever befalls one of the two
files, the other has every event. What is wrong with either is put right before the next line is
written, and damaged bytes are moved to `damaged/` beside the file.
"""

from __future__ import annotations

import os

from procroutine.errors import CannotRead, CannotWrite, DoesNotFit, MayHaveCounted, NotFound
from procroutine.places import make_folder
from procroutine.run.files import (
    NOTHING_CHANGED,
    cannot_write,
    create_file,
    move_aside,
    read_whole,
    replace_copy,
    replace_file,
    set_aside,
    write_all,
)
from procroutine.run.lines import Lines, add_line, read_lines, write_lines
from procroutine.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from procroutine.run.events import Event

_APPENDING = os.O_RDWR | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK


class Copy(Value):
    """One of the two files of a journal as it was found or left, seen against all that is known of the run."""

    path: str
    state: str
    """`sound`; `missing`; `unreadable`; `short`: it ends early; `torn`: the beginning of a line stands at its end;
    `damaged`: anything else."""
    size: int
    """Bytes; 0 where it is missing or unreadable."""
    damage: bytes = b""
    """What is in it and nowhere else."""

    @property
    def is_sound(self) -> bool:
        """Whether it has every line and nothing else."""
        return self.state == "sound"


class Journal(Value):
    """A journal as it was found or left on the disk."""

    lines: Lines
    """All that can be trusted, from whichever file."""
    first: Copy
    """The journal itself."""
    second: Copy
    lost: bool = False
    """Whether a whole line is damaged and no other file has it, so that events are missing."""
    warning: str | None = None
    """A sentence where the second copy could not be written; the event counts all the same."""

    @property
    def path(self) -> str:
        """Where the journal itself is."""
        return self.first.path

    @property
    def events(self) -> tuple[Event, ...]:
        """The events, oldest first."""
        return self.lines.events

    @property
    def is_sound(self) -> bool:
        """Whether there is nothing to put right."""
        return self.first.is_sound and self.second.is_sound

    @property
    def is_lone(self) -> bool:
        """Whether only one of the two files is there."""
        return "missing" in (self.first.state, self.second.state)


def read_journal(path: str, second: str, run: str | None = None) -> Journal:
    """Read a journal from both its files, as far as either is sound; with `run`, only of that run.

    CannotRead where the journal cannot be read at all, NewerFormat where a newer procroutine
    wrote it, FileNotFoundError where there is none.
    """
    # The second copy first: whoever writes meanwhile then makes it look behind, never ahead.
    copy, copy_trouble = _contents(second)
    data, trouble = _contents(path)
    if data is None and trouble is None and not os.path.lexists(second):
        raise FileNotFoundError(path)
    if data is None and copy is None:
        raise trouble or copy_trouble or FileNotFoundError(path)
    found = put_together(path, second, data, copy, run, (trouble is not None, copy_trouble is not None))
    if not found.events and (unread := trouble or copy_trouble) is not None:
        raise unread  # what could not be read this time may hold the whole run
    return found


def _contents(path: str) -> tuple[bytes | None, CannotRead | None]:
    try:
        return read_whole(path), None
    except FileNotFoundError:
        return None, None
    except CannotRead as error:
        return None, error


def put_together(
    path: str,
    second: str,
    data: bytes | None,
    copy: bytes | None,
    run: str | None = None,
    unreadable: tuple[bool, bool] = (False, False),
) -> Journal:
    """Make one journal of the bytes of both its files, None where there are none; NewerFormat as `read_journal`."""
    lines = read_lines((data or b"", copy or b"") if data != copy else (data or b"",), run)
    if copy and not lines.text.startswith(copy):
        other = read_lines((copy, data or b""), run)
        if len(other.events) > len(lines.events):
            lines = other
    files = (_copy(path, data, lines.text, unreadable[0]), _copy(second, copy, lines.text, unreadable[1]))
    rests = (found[len(lines.text) :] for found in (data, copy) if found and found.startswith(lines.text))
    return Journal(lines=lines, first=files[0], second=files[1], lost=any(b"\n" in rest for rest in rests))


def _copy(path: str, data: bytes | None, text: bytes, unreadable: bool) -> Copy:
    if data is None:
        return Copy(path=path, state="unreadable" if unreadable else "missing", size=0)
    size = len(data)
    if data == text:
        return Copy(path=path, state="sound", size=size)
    if text.startswith(data):
        return Copy(path=path, state="short", size=size)
    if data.startswith(text):
        rest = data[len(text) :]
        return Copy(path=path, state="damaged" if b"\n" in rest else "torn", size=size, damage=rest)
    return Copy(path=path, state="damaged", size=size, damage=data)


def create_journal(path: str, second: str, event: Event) -> Journal:
    """Make the journal of a new run with its first event; it is on the disk when this returns.

    DoesNotFit where there is one, CannotWrite where the system does not let us.
    """
    lines = write_lines((event,))
    try:
        create_file(path, lines.text)
    except FileExistsError:
        raise DoesNotFit("A run with this id is open already", "begin another one") from None
    except OSError as error:
        raise _failure(path, error, counted=os.path.lexists(path)) from error
    return _with_second(lines, path, Copy(path=second, state="missing", size=0), lines.text)


def rewrite_journal(path: str, second: str, events: Sequence[Event]) -> Journal:
    """Put all events of a run into its journal in one go, in the place of what may be there.

    For a run that is taken up again after its end. CannotWrite where the system does not let us:
    then what was there still is.
    """
    lines = write_lines(events)
    try:
        replace_file(path, lines.text)
    except OSError as error:
        raise _failure(path, error, counted=os.path.lexists(path)) from error
    return _with_second(lines, path, Copy(path=second, state="missing", size=0), lines.text)


def mend_journal(journal: Journal) -> Journal:
    """Put both files right, damaged bytes aside; CannotWrite where the journal itself could not be."""
    if journal.is_sound:
        return journal
    first, lines = journal.first, journal.lines
    if not first.is_sound:
        try:
            make_folder(os.path.dirname(first.path))
            _clear_away(first)
            replace_file(first.path, lines.text)
        except OSError as error:
            raise cannot_write(first.path, error) from error
    return _with_second(lines, first.path, journal.second, b"")


def append_event(journal: Journal, event: Event) -> Journal:
    """Write one event behind the others; it is on the disk when this returns, after exactly one fsync.

    What is wrong with either file is put right before. CannotWrite where the system does not let
    us: then the run is as it was before. DoesNotFit where somebody else has changed it since it
    was read, NotFound where it is gone.
    """
    lines = add_line(journal.lines, event)
    journal = mend_journal(journal)
    line = lines.text[len(journal.lines.text) :]
    try:
        descriptor = os.open(journal.path, _APPENDING)
    except FileNotFoundError:
        raise NotFound("This run is not open any more", "see `procroutine history`") from None
    except OSError as error:
        raise cannot_write(journal.path, error) from error
    _write_line(descriptor, journal, line)
    return _with_second(lines, journal.path, journal.second, line)


def _write_line(descriptor: int, journal: Journal, line: bytes) -> None:
    """Write, sync and close; after a failure cut the file back to its last sound line."""
    begun = False
    try:
        try:
            if os.fstat(descriptor).st_size != journal.first.size:
                raise DoesNotFit("Another program has just changed this run", "try again")
            begun = True
            write_all(descriptor, line)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise _failure(journal.path, error, counted=begun and not _cut_back(journal)) from error


def _failure(path: str, error: OSError, *, counted: bool) -> CannotWrite:
    """Say why a journal could not be written; `counted` where what was begun could not be taken back."""
    failure = cannot_write(path, error)
    if not counted:
        return failure
    remedy = failure.remedy.removeprefix(NOTHING_CHANGED)
    return MayHaveCounted(failure.problem, f"{remedy}; whether it counted, `procroutine status` says")


def _cut_back(journal: Journal) -> bool:
    """Take away what a failed write left; say whether that could be done."""
    try:
        descriptor = os.open(journal.path, _APPENDING)
        try:
            os.ftruncate(descriptor, journal.first.size)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError:
        return False
    return True


def _with_second(lines: Lines, path: str, second: Copy, line: bytes) -> Journal:
    """Bring the second copy up to all lines, of which the last is new; give the journal as it is then left."""
    size = len(lines.text)
    first = Copy(path=path, state="sound", size=size)
    try:
        if not (second.is_sound and _appended(second, line)):
            make_folder(os.path.dirname(second.path))
            _clear_away(second)
            replace_copy(second.path, lines.text)
    except OSError as error:
        problem = cannot_write(second.path, error).problem
        warning = f"The second copy {problem}: what you did is kept, but only once."
        return Journal(lines=lines, first=first, second=second.replaced(state="short", size=0), warning=warning)
    return Journal(lines=lines, first=first, second=Copy(path=second.path, state="sound", size=size))


def _appended(second: Copy, line: bytes) -> bool:
    """Write a line behind those of the second copy; False, and nothing done, where it is not as it was."""
    if not line:
        return True
    try:
        descriptor = os.open(second.path, _APPENDING)
    except FileNotFoundError:
        return False
    try:
        if os.fstat(descriptor).st_size != second.size:
            return False
        write_all(descriptor, line)
    finally:
        os.close(descriptor)
    return True


def _clear_away(copy: Copy) -> None:
    """Keep what is damaged in a file that is about to be written anew."""
    folder, name = os.path.split(copy.path)
    if copy.state == "unreadable":
        move_aside(folder, name)
    elif copy.damage:
        set_aside(folder, name, copy.damage)
