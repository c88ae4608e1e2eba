"""`import -`: runs that come in through the input."""

from __future__ import annotations

import io

import pytest

from tests.cli.conftest import Shell, refused


def pipe(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_what_is_exported_can_be_piped_in(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell("start books")
    shell("done")
    pipe(monkeypatch, shell("export").out.encode())
    assert shell("import -").out == "Brought in 0 runs; 1 known already.\n"


def test_bytes_that_are_no_text_are_refused_in_a_sentence(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe(monkeypatch, b"\xff\xfe{")
    assert "the input is not text in UTF-8" in refused(shell("import -"))
