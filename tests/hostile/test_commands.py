"""That what is planted in a command is found; the walk through all of them is the campaign `hostile`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import procroutine.cli.console
import tests.hostile.commands
from tests.hostile.commands import Commands
from tests.hostile.corpus import ALL_IN_ONE


def test_a_command_that_prints_a_text_as_it_is_would_be_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(procroutine.cli.console, "shown", lambda text, lines=False: text)
    commands = Commands(tmp_path, ALL_IN_ONE)
    commands._run("history", [])
    assert any("printed" in fault for fault in commands.faults)
    assert any("made lines of one text" in fault for fault in commands.faults)


def test_a_text_that_asks_for_help_gets_it_and_a_command_that_ends_the_program_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = Commands(tmp_path, "--help")
    commands._run("start", ["--help"])
    assert commands.faults == []
    monkeypatch.setattr(tests.hostile.commands, "run_command", lambda *_: sys.exit(0))
    commands._run("start", ["x"])
    assert commands.faults == ["['start', 'x'] left the program with 0"]
