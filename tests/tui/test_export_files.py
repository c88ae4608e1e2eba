"""What is exported from the app is written as every file of the program is."""

from __future__ import annotations

import os
import resource
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from procroutine.errors import CannotWrite
from procroutine.tui.screens.choose import Choice
from procroutine.tui.screens.exports import ask_for_form, write_new_file


def test_an_export_is_for_its_owner_alone_and_takes_a_new_name(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        paths = [write_new_file(f"{tmp_path}", "map", "svg", "<svg/>") for _ in range(2)]
    finally:
        os.umask(before)
    assert [Path(path).name for path in paths] == ["map.svg", "map-2.svg"]
    assert {Path(path).stat().st_mode & 0o777 for path in paths} == {0o600}


def test_nothing_is_left_of_an_export_that_could_not_be_written(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))  # as on a disk that is full
    try:
        with pytest.raises(CannotWrite):
            write_new_file(f"{tmp_path}", "map", "svg", "<svg/>" * 10_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert not list(tmp_path.iterdir())


def test_the_name_of_the_folder_steers_no_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "a\x1b[31mb[red]c\udcff"
    folder.mkdir()
    monkeypatch.chdir(folder)
    put: list[Any] = []
    app: Any = SimpleNamespace(look=lambda view: view(), push_screen=lambda screen, then: put.append(screen))
    ask_for_form(app, "Write this map", (Choice("t", "txt", "Text"),), lambda form: None)
    assert put[0]._text.plain == f"Into {tmp_path}/a␛[31mb[red]c�"
