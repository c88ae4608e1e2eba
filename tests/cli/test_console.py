"""What is printed on terminals of any kind."""

from __future__ import annotations

import io

import pytest

from procroutine.cli.console import Console


@pytest.mark.parametrize(
    ("encoding", "printed"),
    [
        ("utf-8", "✓ −1:00, ±0m · v4 … 毎"),
        ("latin-1", "x -1:00, +-0m - v4 ... ?"),
        ("ascii", "x -1:00, +-0m - v4 ... ?"),
    ],
)
def test_a_narrow_encoding_loses_no_sign_of_a_figure(encoding: str, printed: str) -> None:
    written = io.BytesIO()
    stream = io.TextIOWrapper(written, encoding=encoding)
    console = Console(stream, stream)
    console.say("✓ −1:00, ±0m · v4 … 毎")
    console.flush()
    assert written.getvalue().decode(encoding) == printed + "\n"
