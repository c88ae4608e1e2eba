import os
import stat
import sys
from pathlib import Path

import platformdirs
import pytest

from procroutine.places import find_places, make_folder


def test_a_home_holds_everything(tmp_path: Path) -> None:
    home = str(tmp_path)
    for places in (find_places({}, home), find_places({"PROCROUTINE_HOME": home})):
        assert places.routines == f"{home}/routines"
        assert places.config == f"{home}/config.toml"
        assert places.history == f"{home}/history"
        assert places.open_runs == f"{home}/open-runs"
        assert places.safety == f"{home}/safety"
        assert places.cache == f"{home}/cache"
        assert not places.demo


def test_the_option_comes_before_the_variable_and_routines_may_live_elsewhere(tmp_path: Path) -> None:
    places = find_places({"PROCROUTINE_HOME": "/nowhere"}, str(tmp_path), "here")
    assert places.history == f"{tmp_path}/history"
    assert places.routines == os.path.abspath("here")


def test_a_home_and_routines_may_begin_with_a_tilde(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert find_places({"PROCROUTINE_HOME": "~/mine"}).config == f"{tmp_path}/mine/config.toml"
    assert find_places({}, routines="~/ours").routines == f"{tmp_path}/ours"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs itself is asked")
def test_without_a_home_the_folders_are_those_of_platformdirs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for variables in ({}, {"XDG_CONFIG_HOME": "/c", "XDG_DATA_HOME": "/d", "XDG_CACHE_HOME": "/e"}):
        environment = {"HOME": str(tmp_path), **variables}
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        places = find_places(environment)
        assert (
            places.config == platformdirs.user_config_path("procroutine", appauthor=False).as_posix() + "/config.toml"
        )
        assert places.history == platformdirs.user_data_path("procroutine", appauthor=False).as_posix() + "/history"
        assert places.cache == platformdirs.user_cache_path("procroutine", appauthor=False).as_posix()


def test_folders_are_for_their_owner_alone_under_any_umask(tmp_path: Path) -> None:
    for mask in (0o000, 0o077, 0o777):
        before = os.umask(mask)
        try:
            make_folder(str(tmp_path / f"{mask}" / "inner"))
        finally:
            os.umask(before)
        for folder in (tmp_path / f"{mask}", tmp_path / f"{mask}" / "inner"):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    make_folder(str(tmp_path))
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_a_file_in_the_place_of_a_folder_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x")
    with pytest.raises(FileExistsError):
        make_folder(str(tmp_path / "taken"))
