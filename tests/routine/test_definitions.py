import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from procroutine.places import Places, find_places
from procroutine.routine.definitions import Definition, cached_definition, keep_definition
from procroutine.routine.library import read_library
from procroutine.routine.revision import content_hash
from procroutine.routine.snapshots import snapshot_of

LONG_AGO = 1_700_000_000_123_456_789
MAIN = 'name = "Main"\n[[steps]]\ntitle = "a"\n[[steps]]\nuse = "links"\n'
LINKS = 'name = "Links"\n[[steps]]\ntitle = "b"\n'


@pytest.fixture
def places(tmp_path: Path, write: Any) -> Places:
    """Give a home whose files were changed long ago."""
    for name, text in (("main.toml", MAIN), ("sub/links.toml", LINKS)):
        write(name, text)
    made = find_places({}, str(tmp_path))
    age(made)
    return made


def age(places: Places) -> None:
    for path in (places.routines, *map(str, Path(places.routines).rglob("*"))):
        os.utime(path, ns=(LONG_AGO, LONG_AGO))


def keep(places: Places, routine_id: str = "main") -> Definition:
    """Parse and keep a routine; the time of keeping is set well past the times of its files."""
    library = read_library(places.routines)
    routine = library.entries[routine_id].routine
    assert routine is not None
    made = Definition(snapshot=snapshot_of(routine), content=content_hash(snapshot_of(routine)))
    keep_definition(places, library, routine_id, made)
    later = os.stat(cache_file(places, routine_id)).st_mtime_ns + 10_000_000_000
    os.utime(cache_file(places, routine_id), ns=(later, later))
    return made


def cache_file(places: Places, routine_id: str = "main") -> str:
    return os.path.join(places.cache, "definitions", f"{routine_id}.json")


def test_what_was_kept_is_found_while_nothing_has_changed(places: Places) -> None:
    assert cached_definition(places, "main") is None
    kept = keep(places)
    assert cached_definition(places, "main") == kept
    assert cached_definition(places, "links") is None


@pytest.mark.parametrize("file", ["main.toml", "sub/links.toml"])
def test_a_change_of_any_source_is_seen_even_with_size_and_time_kept(places: Places, file: str) -> None:
    keep(places)
    path = Path(places.routines, file)
    text = path.read_text()
    path.write_text(text.swapcase())
    os.utime(path, ns=(LONG_AGO, LONG_AGO))
    assert cached_definition(places, "main") is None


def test_a_source_that_is_replaced_or_gone_is_seen(places: Places) -> None:
    keep(places)
    path = Path(places.routines, "sub", "links.toml")
    path.rename(path.with_name("other.toml"))
    assert cached_definition(places, "main") is None


def test_a_new_file_that_may_bear_the_same_name_is_seen(places: Places) -> None:
    keep(places)
    Path(places.routines, "sub", "main.toml").write_text(MAIN)
    assert cached_definition(places, "main") is None


def test_what_was_changed_in_the_moment_of_keeping_is_not_trusted(places: Places) -> None:
    keep(places)
    changed = os.stat(Path(places.routines, "main.toml")).st_ctime_ns
    os.utime(cache_file(places), ns=(changed, changed))
    assert cached_definition(places, "main") is None


def test_another_routines_folder_finds_nothing(places: Places, tmp_path: Path) -> None:
    keep(places)
    assert cached_definition(places.replaced(routines=str(tmp_path / "elsewhere")), "main") is None


def test_keeping_twice_replaces_and_leaves_nothing_lying_about(places: Places) -> None:
    keep(places)
    kept = keep(places)
    assert cached_definition(places, "main") == kept
    assert os.listdir(os.path.dirname(cache_file(places))) == ["main.json"]


def test_the_cache_is_for_its_owner_alone(places: Places) -> None:
    before = os.umask(0)
    try:
        keep(places)
    finally:
        os.umask(before)
    assert stat.S_IMODE(os.stat(cache_file(places)).st_mode) == 0o600
    for folder in (places.cache, os.path.dirname(cache_file(places))):
        assert stat.S_IMODE(os.stat(folder).st_mode) == 0o700


def test_a_cache_that_cannot_be_written_only_keeps_nothing(places: Places) -> None:
    Path(places.cache).write_text("in the way")
    library = read_library(places.routines)
    keep_definition(places, library, "main", Definition(snapshot={}, content=""))
    assert cached_definition(places, "main") is None


def test_names_that_are_no_ids_are_not_there(places: Places) -> None:
    keep(places)
    for name in ("", "../definitions/main", "/etc/passwd", "main\0", ".main", "x" * 5000):
        assert cached_definition(places, name) is None


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
def test_any_damage_is_a_miss_and_never_a_wrong_definition(places: Places, data: st.DataObject) -> None:
    keep(places)
    path = Path(cache_file(places))
    whole, about = path.read_bytes(), path.stat()
    place = data.draw(st.integers(0, len(whole) - 1))
    damaged = data.draw(
        st.sampled_from(
            [whole[:place], whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :], b"", b"[" * 9999]
        )
    )
    path.write_bytes(damaged)
    os.utime(path, ns=(about.st_mtime_ns, about.st_mtime_ns))
    assert cached_definition(places, "main") is None


def test_looking_into_the_cache_loads_nothing_heavy() -> None:
    heavy = {"dataclasses", "typing", "enum", "pathlib", "re", "inspect", "tempfile", "hashlib", "tomllib", "tinydb"}
    allowed = "import sys, json; before = set(sys.modules); import procroutine.routine.definitions; "
    code = allowed + "print(' '.join(set(sys.modules) - before))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not heavy & set(found)
