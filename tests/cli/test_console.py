"""What is printed on terminals of any kind."""

from __future__ import annotations

import io
import os
import termios

import pytest

from procroutine.cli.console import Console, aligned


@pytest.mark.parametrize(
    ("encoding", "printed"),
    [
        ("utf-8", "✓ −1:00, ±0m · v4 … 毎 “a” → b • ↑↓"),
        ("latin-1", 'x -1:00, +-0m - v4 ... ? "a" -> b * ^v'),
        ("ascii", 'x -1:00, +-0m - v4 ... ? "a" -> b * ^v'),
    ],
)
def test_a_narrow_encoding_loses_no_sign_of_a_figure(encoding: str, printed: str) -> None:
    written = io.BytesIO()
    stream = io.TextIOWrapper(written, encoding=encoding)
    console = Console(stream, stream)
    console.say("✓ −1:00, ±0m · v4 … 毎 “a” → b • ↑↓")
    console.flush()
    assert written.getvalue().decode(encoding) == printed + "\n"


class Terminal(io.StringIO):
    """A stream on a terminal."""

    def __init__(self, descriptor: int) -> None:
        super().__init__()
        self._descriptor = descriptor

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._descriptor


@pytest.mark.parametrize(("columns", "line"), [(10, "a problem"), (8, "a probl…"), (0, "a problem")])
def test_a_line_that_may_be_cut_ends_with_the_terminal(columns: int, line: str) -> None:
    above, below = os.openpty()
    termios.tcsetwinsize(below, (24, columns))
    stream = Terminal(below)
    Console(stream, stream).say_cut("a problem")
    assert stream.getvalue() == f"{line}\n"
    os.close(above)
    os.close(below)


def test_columns_line_up_by_the_cells_of_wide_names() -> None:
    rows = [("name", "runs"), ("毎週の投稿", "12"), ("posts", "3")]
    assert aligned(rows, right=frozenset({1})) == ["name        runs", "毎週の投稿    12", "posts          3"]
