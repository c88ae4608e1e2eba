import os
import stat
from pathlib import Path

import pytest

from procroutine.errors import CannotWrite
from procroutine.places import Places, find_places
from procroutine.routine.library import read_library
from procroutine.routine.shipped import copy_shipped, shipped_folder


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return find_places({}, str(tmp_path / "home"))


def test_the_shipped_routines_are_copied_where_there_are_none(places: Places) -> None:
    count = copy_shipped(places)
    library = read_library(places.routines)
    assert count == len(library.entries) >= 9
    assert library.problems == ()
    assert os.listdir(os.path.dirname(places.routines)) == ["routines"]


def test_what_is_copied_is_for_its_owner_alone(places: Places) -> None:
    before = os.umask(0)
    try:
        copy_shipped(places)
    finally:
        os.umask(before)
    assert stat.S_IMODE(os.stat(places.routines).st_mode) == 0o700
    for name in os.listdir(places.routines):
        assert stat.S_IMODE(os.stat(os.path.join(places.routines, name)).st_mode) == 0o600


def test_what_stands_there_is_never_touched(places: Places, tmp_path: Path) -> None:
    Path(places.routines).mkdir(parents=True)
    assert copy_shipped(places) == 0
    assert os.listdir(places.routines) == []
    other = find_places({}, str(tmp_path), str(tmp_path / "link"))
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    assert copy_shipped(other) == 0
    assert not (tmp_path / "nowhere").exists()


def test_what_a_broken_off_copy_left_is_done_again_and_removed(places: Places) -> None:
    left = Path(places.routines).parent / ".routines.copying-1"
    left.mkdir(parents=True)
    (left / "half.toml").write_text("na")
    assert copy_shipped(places) > 0
    assert not left.exists()
    assert "half" not in read_library(places.routines).entries


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CannotWrite, match="cannot be made"):
        copy_shipped(find_places({}, str(tmp_path / "file" / "home")))


def test_a_checkout_ships_its_own_routines() -> None:
    assert shipped_folder() == str(Path(__file__).parents[2] / "routines")
