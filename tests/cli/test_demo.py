"""The throw-away home with made-up history, made from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Shell, refused


def test_a_home_that_is_named_by_a_tilde_is_not_filled_where_something_is_in_it(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    mine = tmp_path / "mine" / "history"
    mine.mkdir(parents=True)
    assert "is not empty: name a folder that does not exist yet" in refused(shell("demo --prepare --keep=~/mine"))
    assert list((tmp_path / "mine").iterdir()) == [mine]


def test_a_home_that_is_kept_is_named_as_it_is_opened_again(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    made = shell("demo --prepare --keep=~/new --years 0.02")
    assert made.code == 0
    assert f"procroutine --home {tmp_path / 'new'}" in made.err
    assert (tmp_path / "new" / "history").is_dir()


def test_of_a_home_that_cannot_be_made_it_is_not_said_that_it_is_kept(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "cannot be made" in refused(shell(f"demo --prepare --keep {tmp_path / 'file'}"))
