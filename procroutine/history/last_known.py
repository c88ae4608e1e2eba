"""What generation each history file of this device had when last heard of, from the end of the log.

Whoever reads the history compares: a file that is missing, or of another generation than was
written, is then noticed without reading it. Only the end of the log is read for that. Here too is
the form of the lines that begin with their own checksum, which the log and the indexes have.
"""

from __future__ import annotations

import json
import os
import stat
import zlib

from procroutine.errors import CannotRead
from procroutine.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from io import BufferedReader
    from typing import Any

    from procroutine.places import Places

LOG_FORMAT = 1
END = 4096
"""Bytes at the end of the log that hold its last line, unless there are a hundred files: then more are read."""
PREVIOUS = ".previous"
_READING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_YEAR = len("-2026.json")


class LastKnown(Value):
    """What the last line of the log says."""

    device: str
    """Whose files these are."""
    files: dict[str, int]
    """By name, the generation that was surely written."""
    file: str = ""
    """The file that was just being written; empty where that came to its end."""
    generation: int = 0
    """What it was to get."""

    @property
    def names(self) -> set[str]:
        """The files that should be there."""
        return {*self.files, self.file} - {""}

    def fits(self, name: str, generation: int) -> bool:
        """Say whether a file is of the generation it should have; those of other devices always are."""
        if not self.is_own(name):
            return True
        return generation == (self.generation if name == self.file else self.files.get(name, 0))

    def is_own(self, name: str) -> bool:
        """Say whether a file is one of this device's, by its name."""
        return name in self.names or is_year_file(name, self.device)

    def is_new(self, name: str) -> bool:
        """Say whether a file was just being made when the log was last written."""
        return name == self.file != "" and name not in self.files

    def is_newer(self, name: str, generation: int) -> bool:
        """Say whether a file is of a generation that the log has never heard of."""
        return self.is_own(name) and generation > max(
            self.files.get(name, 0), self.generation if name == self.file else 0
        )


def is_year_file(name: str, device: str) -> bool:
    """Say whether a name is that of a history file of a device."""
    return len(name) == len(device) + _YEAR and name.startswith(f"{device}-") and name[-9:-5].isdigit()


def log_path(places: Places) -> str:
    """Give the path of the log."""
    return os.path.join(places.safety, "log")


def previous_folder(places: Places) -> str:
    """Give the folder of the previous generations."""
    return os.path.join(places.safety, "history")


def read_last_known(places: Places) -> LastKnown | None:
    """Read the end of the log; None where there is none, or it is not sound or not for this version."""
    try:
        with open_at_once(log_path(places)) as file:
            size = file.seek(0, os.SEEK_END)

            def end(most: int) -> bytes:
                file.seek(max(0, size - most))
                return file.read()

            data = with_last_line(end)
    except OSError:
        return None
    return last_known_of(data)


def with_last_line(end: Callable[[int], bytes]) -> bytes:
    """Give as much of the end of a log as holds its last line; `end` gives at least so many bytes, or all there are."""
    most = END
    while b"\n" not in (data := end(most))[:-1] and len(data) >= most:
        most *= 2
    return data


def last_known_of(data: bytes) -> LastKnown | None:
    """Read the last line of a log, of which at least that is given; errors as `read_last_known`."""
    if not data.endswith(b"\n"):
        return None
    start = data.rfind(b"\n", 0, -1) + 1
    fields = checked(data[start:])
    if not isinstance(fields, dict) or fields.get("format") != LOG_FORMAT:
        return None
    return LastKnown(
        device=fields["device"],
        files=fields["files"],
        file=fields.get("file", ""),
        generation=fields.get("generation", 0),
    )


def history_files(places: Places) -> list[str]:
    """Give the paths of all history files, those included that should be there and are not.

    CannotRead where the folder cannot be read.
    """
    names = _listed(places.history, ".json")
    known = read_last_known(places)
    if known is not None:
        names |= known.names
    else:
        names |= {name.removesuffix(PREVIOUS) for name in _listed(previous_folder(places), PREVIOUS)}
    return [os.path.join(places.history, name) for name in sorted(names)]


def _listed(folder: str, end: str) -> set[str]:
    try:
        names = os.listdir(folder)
    except FileNotFoundError:
        return set()
    except OSError as error:
        raise CannotRead(f"{folder} cannot be read ({error.strerror})", "look at its permissions") from error
    return {name for name in names if name.endswith(end) and not name.startswith(".")}


def checked(line: bytes) -> Any:
    """Give the JSON of a line that begins with its own checksum; None where it does not hold."""
    checksum, _, text = line.partition(b" ")
    if checksum != b"%08x" % zlib.crc32(text):
        return None
    return json.loads(text)


def checked_line(value: object, width: int = 0) -> bytes:
    """Write JSON as a line that begins with its checksum, filled with spaces to a width."""
    return checked_bytes(json.dumps(value, separators=(",", ":")).encode("ascii").ljust(max(0, width - 10)))


def checked_bytes(text: bytes) -> bytes:
    """Put a checksum before a text and a line's end behind it."""
    text += b"\n"
    return b"%08x %b" % (zlib.crc32(text), text)


def open_at_once(path: str) -> BufferedReader:
    """Open a file for reading; OSError for a link and for what is no file, such as a pipe, which is not waited for."""
    number = os.open(path, _READING)
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise OSError(f"{path} is no file")
    return open(number, "rb")
