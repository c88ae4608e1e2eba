"""`import -`: runs that come in through the input."""

from __future__ import annotations

import io
import json

import pytest

from tests.cli.conftest import Shell, refused


def pipe(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_what_is_exported_can_be_piped_in(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell("start books")
    shell("done")
    pipe(monkeypatch, shell("export").out.encode())
    assert shell("import -").out == "Brought in 0 runs; 1 known already.\n"


def test_what_came_in_besides_runs_is_told(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    shell("start books")
    shell("done")
    shell(f"leave-out {shell('history --json').json['runs'][0]['id']} --reason ill")
    shell("off books --week 2026-W50..2026-W51 --reason holiday")
    shell("later 'call the bank'")
    data = json.loads(shell("export").out)
    elsewhere = f"--home {tmp_path_factory.mktemp('elsewhere')} import -"
    others = "2 weeks off, 1 loose end and 1 correction."
    pipe(monkeypatch, json.dumps(data | {"runs": [], "revisions": []}).encode())
    assert shell(elsewhere).out == f"Brought in {others}\n"
    pipe(monkeypatch, json.dumps(data).encode())
    assert shell(elsewhere).out == "Brought in 1 run. Also 1 revision.\n"
    pipe(monkeypatch, json.dumps(data).encode())
    assert shell(elsewhere).out == "Brought in 0 runs; 1 known already.\n"


def test_bytes_that_are_no_text_are_refused_in_a_sentence(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe(monkeypatch, b"\xff\xfe{")
    assert "the input is not text in UTF-8" in refused(shell("import -"))
