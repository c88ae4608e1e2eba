import os
from collections.abc import Callable
from pathlib import Path

import pytest

from procroutine.places import Places, find_places
from procroutine.routine.entries import Library
from procroutine.routine.folder import RoutineFolder
from procroutine.routine.kept_library import keep_library, read_kept
from procroutine.routine.library import read_library
from procroutine.routine.revision import content_hash
from procroutine.routine.snapshots import snapshot_of

LONG_AGO = 1_700_000_000_123_456_789
SHIPPED = Path(__file__).parents[2] / "routines"
FULL = """\
name = "Full"
goal = "30m"
goal_per = "week"
phase = "implemented"
schedule = "every 2 weeks on Monday"
review_every = "4w"
analysis = "why"
previous_ids = ["old"]
[[steps]]
title = "a"
planned = "5m"
wait = "1h"
bell = "half"
optional = true
checklist = ["one", "two"]
alternatives = ["mail"]
[[steps]]
use = "links"
"""
LINKS = 'name = "Links"\n[[steps]]\ntitle = "b"\n'
BROKEN = 'name = "Broken"\nstepps = 3\n'


@pytest.fixture
def places(tmp_path: Path, write: Callable[[str, str], str]) -> Places:
    """Give a home whose files were changed long ago, one of them broken."""
    for name, text in (("full.toml", FULL), ("sub/links.toml", LINKS), ("broken.toml", BROKEN)):
        write(name, text)
    made = find_places({}, str(tmp_path))
    age(made)
    return made


def age(places: Places) -> None:
    for path in (places.routines, *map(str, Path(places.routines).rglob("*"))):
        os.utime(path, ns=(LONG_AGO, LONG_AGO))


def kept_library(places: Places) -> Library | None:
    """Give what was kept, if no file and no folder has changed since."""
    kept = read_kept(places)
    return kept.library if kept is not None and kept.is_current else None


def as_read(found: Library | None) -> Library:
    """Look whether every hash that was kept is right, and give the library without them."""
    assert found is not None
    for entry in found.entries.values():
        hashed = None if entry.routine is None else content_hash(snapshot_of(entry.routine))
        assert entry.content in (hashed, None)
    return found.replaced(entries={entry.id: entry.replaced(content=None) for entry in found.entries.values()})


def test_with_each_sound_routine_the_hash_of_its_content_is_kept(places: Places) -> None:
    keep(places)
    found = kept_library(places)
    assert found is not None
    assert {entry.id: entry.content is not None for entry in found.entries.values()} == {
        "full": True,
        "links": True,
        "broken": False,
    }


def keep(places: Places) -> None:
    """Keep the routines; the time of keeping is set well past the times of their files."""
    keep_library(places, read_library(places.routines))
    path = Path(places.cache, "library.json")
    if path.exists():
        later = path.stat().st_mtime_ns + 10_000_000_000
        os.utime(path, ns=(later, later))


def test_what_was_kept_is_what_was_read_problems_and_all(places: Places) -> None:
    assert kept_library(places) is None
    keep(places)
    read = read_library(places.routines)
    assert as_read(kept_library(places)) == read
    assert read.entries["full"].routine
    assert read.entries["broken"].problems


def test_a_routine_changed_before_its_steps_were_asked_for_has_them(places: Places) -> None:
    keep(places)
    kept = kept_library(places)
    assert kept is not None
    full, as_written = kept.entries["full"].routine, read_library(places.routines).entries["full"].routine
    assert full is not None
    assert as_written is not None
    assert full.replaced(name="Other").steps == full.steps == as_written.steps
    with pytest.raises(AttributeError, match="Routine has no stepps"):
        getattr(full, "stepps")  # noqa: B009  # written as an attribute the type checker refuses it


def test_the_shipped_routines_come_back_as_they_are(tmp_path: Path) -> None:
    places = find_places({}, str(tmp_path), str(SHIPPED))
    read = read_library(places.routines)
    keep_library(places, read)
    later = 2 * 10**18
    os.utime(Path(places.cache, "library.json"), ns=(later, later))
    found = kept_library(places)
    assert as_read(found) == read
    assert found is not None
    assert list(found.entries) == list(read.entries)


@pytest.mark.parametrize("name", ["full.toml", "sub/links.toml", "broken.toml"])
def test_a_change_of_any_file_is_seen_even_with_size_and_time_kept(places: Places, name: str) -> None:
    keep(places)
    path = Path(places.routines, name)
    path.write_text(path.read_text().swapcase())
    os.utime(path, ns=(LONG_AGO, LONG_AGO))
    assert kept_library(places) is None


@pytest.mark.parametrize("name", ["new.toml", "sub/new.toml"])
def test_a_new_file_is_seen(places: Places, write: Callable[[str, str], str], name: str) -> None:
    keep(places)
    write(name, LINKS)
    assert kept_library(places) is None


def test_a_file_that_is_gone_is_seen(places: Places) -> None:
    keep(places)
    Path(places.routines, "broken.toml").unlink()
    assert kept_library(places) is None


def test_a_folder_with_something_that_cannot_be_read_is_not_kept(places: Places) -> None:
    Path(places.routines, "folder.toml").mkdir()
    age(places)
    keep(places)
    assert kept_library(places) is None
    assert read_library(places.routines).entries["folder"].problems


def test_damage_counts_as_not_there(places: Places) -> None:
    keep(places)
    path = Path(places.cache, "library.json")
    data = path.read_bytes()
    for place in range(0, len(data), 97):
        path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        os.utime(path, ns=(2 * 10**18, 2 * 10**18))
        assert kept_library(places) is None


def test_where_they_cannot_be_kept_nothing_is_left_behind(places: Places) -> None:
    Path(places.cache, "library.json").mkdir(parents=True)
    keep(places)
    assert [file.name for file in Path(places.cache).iterdir()] == ["library.json"]


def test_routines_of_another_folder_are_not_taken_for_these(places: Places, tmp_path: Path) -> None:
    keep(places)
    assert kept_library(places.replaced(routines=str(tmp_path))) is None


def test_a_folder_of_routines_is_read_anew_after_every_change(places: Places, write: Callable[[str, str], str]) -> None:
    folder = RoutineFolder(places)
    assert as_read(folder.library()) == as_read(folder.library()) == read_library(places.routines)
    write("later.toml", LINKS)
    assert "later" in folder.library().entries
