import os
import tempfile
from pathlib import Path

import hypothesis.strategies as some
from hypothesis import given, settings

from procroutine.places import find_places
from procroutine.routine.kept_library import keep_library, read_kept
from procroutine.routine.library import read_changes, read_library

LATER = 2 * 10**18
"""When all was read before: so long after the files were written that their stamps alone tell."""
IDS = ("a", "b", "c", "aa")
FILES = (*(f"{name}.toml" for name in IDS), "sub/a.toml", "sub/b.toml")
STEP = '[[steps]]\ntitle = "one"\n'
TEXTS = (
    f'name = "Sound"\n{STEP}',
    f'name = "Other"\nowner = "Ann"\n{STEP}',
    *(f'name = "Uses {name}"\n{STEP}[[steps]]\nuse = "{name}"\n' for name in (*IDS, "bb")),
    f'name = "Odd"\nstepps = 1\n{STEP}',
    "name = ",
)
A_CHANGE = some.tuples(some.sampled_from(FILES), some.sampled_from((*TEXTS, None)))


def change(folder: Path, name: str, text: str | None, number: int) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    if text is None:
        path.unlink(missing_ok=True)
        return
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(10**18 + number, 10**18 + number))  # two writings may fall into one tick of the system's clock


@settings(max_examples=60, deadline=None)
@given(some.lists(A_CHANGE, max_size=6), some.lists(some.lists(A_CHANGE, min_size=1, max_size=2), max_size=5))
def test_what_has_changed_is_read_and_all_else_stands_as_a_whole_reading_would_have_it(
    first: list[tuple[str, str | None]], later: list[list[tuple[str, str | None]]]
) -> None:
    with tempfile.TemporaryDirectory() as home:
        places = find_places({}, home)
        folder = Path(places.routines)
        folder.mkdir()
        number = 0
        for name, text in first:
            change(folder, name, text, number := number + 1)
        library = read_library(str(folder))
        for changes in later:
            for name, text in changes:
                change(folder, name, text, number := number + 1)
            library = read_changes(library, LATER)
            whole = read_library(str(folder))
            assert library == whole
            assert list(library.entries) == list(whole.entries)
            assert library.problems == whole.problems
        keep_library(places, library)
        kept = read_kept(places)
        assert kept is not None
        assert [(one.id, one.routine, one.sources) for one in kept.library.entries.values()] == [
            (one.id, one.routine, one.sources) for one in library.entries.values()
        ]


def test_a_file_changed_a_moment_before_it_was_kept_is_read_again(tmp_path: Path) -> None:
    change(tmp_path, "a.toml", TEXTS[0], 1)
    library = read_library(str(tmp_path))
    Path(tmp_path, "a.toml").write_text(TEXTS[1])
    stamp = os.stat(tmp_path / "a.toml")
    as_now = (f"{tmp_path}/a.toml", stamp.st_size, stamp.st_mtime_ns, stamp.st_ctime_ns, stamp.st_ino)
    unseen = library.replaced(stamps={as_now[0]: as_now})
    assert read_changes(unseen, stamp.st_mtime_ns + 1).entries["a"].name == "Other"


def test_an_entry_without_its_routine_yet_has_no_other_field(tmp_path: Path) -> None:
    places = find_places({}, str(tmp_path))
    Path(places.routines).mkdir()
    change(Path(places.routines), "a.toml", TEXTS[0], 1)
    keep_library(places, read_library(places.routines))
    kept = read_kept(places)
    assert kept is not None
    entry = kept.library.entries["a"]
    assert not hasattr(entry, "rutine")
    assert entry.replaced(path="elsewhere").routine == entry.routine
