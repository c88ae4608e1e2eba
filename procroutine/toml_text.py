"""Read a TOML file that somebody else wrote: a table, or one sentence of what is wrong and where."""

from __future__ import annotations

import contextlib
import os
import re
import stat
import tomllib
from typing import Any

from procroutine.errors import BadInput, CannotRead
from procroutine.toml_lines import hostile_place

MOST_BYTES = 256 * 1024
"""No file is larger."""

_PLACE = re.compile(r"(.*?) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)
_REMEDIES = (
    ("Unterminated string", "close the text with the quotes it began with"),
    ("Cannot overwrite a value", "keep one of the two lines with this key"),
    ("Cannot declare", "keep one of the two tables of this name"),
    ("Duplicate inline table key", "keep one of the two values with this key"),
    ("Cannot mutate immutable namespace", "put all keys of this table in one place"),
    ("Cannot redefine namespace", "put all keys of this table in one place"),
    ("Expected '=' after a key", 'write key = "value", and put keys of several words in quotes'),
    ("at the end of a", "close the brackets: [systems.name] or [[steps]]"),
    ("Expected newline or end of document", "begin a new line after the value, and put text in quotes"),
    ("Invalid value", 'put text in quotes, such as "20m"; true and false are small'),
    ("Invalid date", 'put text in quotes, such as "20m"'),
    ("Unclosed", "close the bracket, and put a comma between its parts"),
    ("Unescaped", r"write \\ for a backslash, or put the text in single quotes"),
    ("Invalid initial character", "begin the line with a key of letters, or with # for a remark"),
    ("Invalid statement", "begin the line with a key, a [table], or # for a remark"),
    ("Illegal character", r'take the character out, end the text with its quotes, or use """ for several lines'),
    ("Found invalid character", r"take the character out, or use ''' for several lines"),
)


class NotToml(BadInput):
    """A text that is not TOML; `line` counts from 1, None where the whole file is meant."""

    def __init__(self, problem: str, remedy: str, line: int | None = None) -> None:
        """Take both sentences, and the line."""
        super().__init__(problem, remedy)
        self.line = line


def read_small_file(path: str) -> tuple[bytes, os.stat_result]:
    """Read a whole file with what the system says about the very bytes read.

    CannotRead where the system refuses; BadInput where it is no plain file (a folder, a pipe, a
    device) or larger than `MOST_BYTES`. A pipe nobody writes to does not make it wait.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        if os.path.isdir(path):
            raise _folder() from None  # some systems do not even open a folder
        raise _cannot_read(error) from None
    try:
        about = os.fstat(descriptor)
        _refuse(about)
        with open(descriptor, "rb", closefd=False) as file:
            return file.read(MOST_BYTES + 1), about
    except OSError as error:
        raise _cannot_read(error) from None
    finally:
        with contextlib.suppress(OSError):  # it was only read
            os.close(descriptor)


def _cannot_read(error: OSError | ValueError) -> CannotRead:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    if isinstance(error, FileNotFoundError):
        return CannotRead("there is no such file", "check the name, or what the link points to")
    return CannotRead(f"this file cannot be read ({reason})", "make it a plain file that you may read")


def _folder() -> BadInput:
    return BadInput("this is a folder, not a file", "give the folder a name that does not end in .toml")


def _refuse(about: os.stat_result) -> None:
    if stat.S_ISDIR(about.st_mode):
        raise _folder()
    if not stat.S_ISREG(about.st_mode):
        raise BadInput("this is no plain file but a pipe, socket or device", "put a text file in its place")
    if about.st_size > MOST_BYTES:
        raise BadInput(
            f"this file has {about.st_size // 1024} KiB",
            f"keep it under {MOST_BYTES // 1024} KiB, or split it with use",
        )


def toml_text(data: bytes) -> str:
    """Turn the bytes of a file into text; NotToml names what no text file has, with its line."""
    if len(data) > MOST_BYTES:
        raise NotToml(f"this file has over {MOST_BYTES // 1024} KiB", "make it shorter, or split it with use")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotToml("this file is UTF-16", "save it as UTF-8 without a byte order mark", 1)
    if data.startswith(b"\xef\xbb\xbf"):
        raise NotToml("this file begins with a byte order mark", "save it as UTF-8 without one", 1)
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise NotToml("this is no text: it has a zero byte", "write it anew as a text file, or restore a copy", line)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        raise NotToml(f"column {column} is not UTF-8", "save the file as UTF-8", line) from None


def toml_table(text: str) -> dict[str, Any]:
    """Give what a TOML text says; NotToml tells the line, the column and the remedy."""
    if found := hostile_place(text):
        line, what, remedy = found
        raise NotToml(f"the file has {what}", remedy, line)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(str(error), text) from None
    except ValueError as error:
        raise NotToml(f"this is not TOML ({str(error)[:80]})", "write a smaller number, or text in quotes") from None


def _not_toml(message: str, text: str) -> NotToml:
    placed = _PLACE.fullmatch(message)
    what, line, column = placed.groups() if placed else (message, None, None)
    remedy = next((remedy for part, remedy in _REMEDIES if part in what), "`procroutine help format` shows the format")
    said = what if len(what) <= 80 else what[:79] + "…"
    if line is None:
        return NotToml(f"this is not TOML at its end: {said}", remedy, text.count("\n") + 1)
    return NotToml(f"this is not TOML from column {column} on: {said}", remedy, int(line))
