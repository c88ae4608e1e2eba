"""A setting is written into the file of the person, and nothing else in it changes."""

from __future__ import annotations

import stat
from datetime import timedelta
from pathlib import Path

import pytest

from procroutine.errors import DoesNotFit, UserError
from procroutine.routine.settings_file import write_setting
from procroutine.settings import read_settings

MINE = """\
# colours first
theme = "procroutine-light"  # for the day

# how long is long
long_pause = "45m"
"""


def hours_in(path: Path) -> timedelta | None:
    return read_settings(str(path))[0].hours_a_week


def test_a_new_key_stands_below_the_others_and_remarks_stay(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(MINE)
    before = write_setting(str(path), "hours_a_week", "10h")
    assert (before, path.read_text()) == (MINE, f'{MINE}hours_a_week = "10h"\n')
    write_setting(str(path), "hours_a_week", "7h30m")
    assert path.read_text() == f'{MINE}hours_a_week = "7h30m"\n'
    assert hours_in(path) == timedelta(hours=7.5)
    write_setting(str(path), "hours_a_week", None)
    assert path.read_text() == MINE


def test_a_key_goes_where_it_usually_stands(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(MINE)
    write_setting(str(path), "bell", "never")
    assert path.read_text() == MINE.replace("\n\n", '\nbell = "never"\n\n', 1)


def test_a_file_that_is_not_there_is_made_for_the_person_alone(tmp_path: Path) -> None:
    path = tmp_path / "home" / "config.toml"
    assert write_setting(str(path), "hours_a_week", "10h") == ""
    assert path.read_text() == 'hours_a_week = "10h"\n'
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("value", ["10", "0h", "often", ""])
def test_a_value_that_would_be_wrong_is_refused_and_nothing_is_written(tmp_path: Path, value: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(MINE)
    with pytest.raises(DoesNotFit, match="the file would be wrong then"):
        write_setting(str(path), "hours_a_week", value)
    assert path.read_text() == MINE


@pytest.mark.parametrize("text", ["theme = ", "theme = 1\n[bell]\n"])
def test_a_file_that_cannot_be_read_or_is_wrong_already_is_not_made_worse(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)
    try:
        write_setting(str(path), "hours_a_week", "10h")
    except UserError:
        assert path.read_text() == text
    else:
        assert path.read_text() == text.replace("\n", '\nhours_a_week = "10h"\n', 1)


def test_a_folder_that_takes_no_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(UserError, match="cannot be written"):
        write_setting(str(tmp_path / "taken" / "config.toml"), "hours_a_week", "10h")
