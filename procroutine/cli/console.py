"""Where commands print: results to stdout, everything else to stderr, every text made harmless."""

from __future__ import annotations

import json
import os

from procroutine.errors import CannotWrite
from procroutine.text import shown
from procroutine.widths import cell_length, cut_to

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, TextIO

    from procroutine.errors import UserError


_PLAIN_SIGNS = {"±": "+-", "…": "...", "→": "->"} | dict(
    zip("−–·✓▶◐●○━╸╌─┈┊◦◆×“”•↑↓", '---x>=*o=---.|o#x""*^v', strict=True)
)
"""What stands for signs of ours where a terminal has none of them."""


class Console:
    """The two streams of a command."""

    __slots__ = ("error_stream", "stream")

    def __init__(self, stream: TextIO, error_stream: TextIO) -> None:
        """Print results to `stream` and all else to `error_stream`."""
        self.stream = stream
        self.error_stream = error_stream

    def say_cut(self, text: str) -> None:
        """Print a result on one line, cut where the terminal ends; whole where there is none."""
        line, width = shown(text), self.columns
        self._write(self.stream, cut_to(line, width) if width > 0 else line)

    @property
    def columns(self) -> int:
        """How wide the terminal is that results go to; 0 where there is none."""
        return os.get_terminal_size(self.stream.fileno()).columns if self.stream.isatty() else 0

    def say(self, text: str) -> None:
        """Print a result on one line: a name with the end of a line in it makes no second one."""
        self._write(self.stream, shown(text))

    def say_lines(self, text: str) -> None:
        """Print a result of several lines, in which names are harmless already."""
        self._write(self.stream, shown(text, lines=True))

    def ask(self, question: str) -> None:
        """Print a question without an end of the line, so that the answer stands behind it."""
        self._write(self.stream, shown(question), end="")
        self.flush()

    def answer(self, value: dict[str, Any]) -> None:
        """Print a result as JSON; all but ASCII is escaped, so no character of it can act."""
        self._write(self.stream, json.dumps(value, indent=2, allow_nan=False))

    def remark(self, text: str) -> None:
        """Print what is not a result, on one line."""
        self._write(self.error_stream, shown(text))

    def refuse(self, error: UserError) -> int:
        """Print an error and its remedy; give the exit code."""
        end = "" if error.remedy.endswith(("?", ".", "!")) else "."
        self.remark(f"procroutine: {error.problem}: {error.remedy}{end}")
        return error.exit_code

    def flush(self) -> None:
        """Send what was printed on its way; CannotWrite where the results cannot be written."""
        _written(self.stream, self.stream.flush)

    @staticmethod
    def _write(stream: TextIO, text: str, end: str = "\n") -> None:
        try:
            _written(stream, lambda: stream.write(text + end))
        except UnicodeEncodeError:
            # A terminal set to a narrow encoding gets plain signs, and question marks rather than an error.
            encoding = stream.encoding or "ascii"
            signs = str.maketrans(_PLAIN_SIGNS)
            stream.write(text.translate(signs).encode(encoding, "replace").decode(encoding) + end)


def _written(stream: TextIO, write: Callable[[], object]) -> None:
    try:
        write()
    except BrokenPipeError:
        raise
    except OSError as error:
        # What is still to be written would be tried again when Python ends, and end in a traceback.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        raise CannotWrite(f"the output cannot be written ({error.strerror})", "send it elsewhere") from None


def aligned(rows: Sequence[tuple[str, ...]], right: frozenset[int] = frozenset()) -> list[str]:
    """Line up columns of cells, each on one line; `right` names those set to the right."""
    if not rows:
        return []
    rows = [tuple(map(shown, row)) for row in rows]
    widths = [max(cell_length(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [
            _padding(cell, width) + cell if column in right else cell + _padding(cell, width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return lines


def _padding(cell: str, width: int) -> str:
    return " " * (width - cell_length(cell))
