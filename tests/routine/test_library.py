import os
from collections.abc import Callable
from pathlib import Path

import pytest

from procroutine.errors import CannotRead
from procroutine.routine.library import read_library, routine_id_of

Write = Callable[[str, str], str]

GOOD = 'name = "{}"\n[[steps]]\ntitle = "a"\n'


def test_routines_come_in_the_order_of_their_names_whatever_the_files_are_called(folder: str, write: Write) -> None:
    for file, name in (("z", "alpha"), ("a", "Beta"), ("deep/er/m", "gamma")):
        write(f"{file}.toml", GOOD.format(name))
    library = read_library(folder)
    assert [(entry.id, entry.name) for entry in library.entries.values()] == [
        ("z", "alpha"),
        ("a", "Beta"),
        ("m", "gamma"),
    ]
    assert library.problems == ()
    assert library.entries["m"].path == f"{folder}/deep/er/m.toml"
    assert library.entries["m"].routine is not None


def test_one_bad_file_hides_no_other(folder: str, write: Write) -> None:
    write("good.toml", GOOD.format("Good"))
    wrong = write("wrong.toml", 'name = "Wrong"\ngoal = 1\n[[steps]]\ntitle = "a"\n')
    broken = write("broken.toml", "name = ")
    library = read_library(folder)
    assert library.entries["good"].routine is not None
    assert (library.entries["wrong"].name, library.entries["wrong"].routine) == ("Wrong", None)
    assert (library.entries["broken"].name, library.entries["broken"].routine) == (None, None)
    assert [(problem.file, problem.line) for problem in library.problems] == [(broken, 1), (wrong, 2)]


def test_what_is_no_readable_file_is_an_entry_with_a_problem(folder: str, write: Write) -> None:
    write("good.toml", GOOD.format("Good"))
    Path(folder, "folder.toml").mkdir()
    os.mkfifo(f"{folder}/pipe.toml")
    Path(folder, "dangling.toml").symlink_to("nowhere")
    Path(folder, "big.toml").write_bytes(b"#" * (2 * 1024 * 1024))
    Path(folder, "zero.toml").write_bytes(b"\0")
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.toml")).write_text(GOOD.format("Odd name"))
    library = read_library(folder)
    assert {entry.id for entry in library.entries.values() if entry.routine is None} == {
        "folder",
        "pipe",
        "dangling",
        "big",
        "zero",
    }
    assert all(len(entry.problems) == 1 for entry in library.entries.values() if entry.routine is None)
    assert library.entries["\ufffd"].routine is not None


def test_hidden_files_and_other_endings_are_left_alone(folder: str, write: Write) -> None:
    for name in (".hidden.toml", ".git/a.toml", "a.toml~", "a.txt", "b.TOML"):
        write(name, "not toml")
    Path(folder, ".#lock.toml").symlink_to("nowhere")
    assert read_library(folder).entries == {}


def test_two_files_of_one_name_are_a_problem_of_both(folder: str, write: Write) -> None:
    first = write("a/same.toml", GOOD.format("One"))
    second = write("b/same.toml", GOOD.format("Two"))
    user = write("user.toml", 'name = "User"\n[[steps]]\nuse = "same"\n')
    library = read_library(folder)
    assert library.entries["same"].routine is None
    assert [problem.file for problem in library.problems] == [first, second, user]
    assert second in library.problems[0].problem


def test_folders_linked_into_each_other_are_read_once(folder: str, write: Write) -> None:
    write("sub/a.toml", GOOD.format("A"))
    Path(folder, "sub", "up").symlink_to(folder)
    Path(folder, "again").symlink_to(f"{folder}/sub")
    Path(folder, "loop").symlink_to("loop")
    library = read_library(folder)
    assert list(library.entries) == ["a"]
    assert library.entries["a"].routine is not None


def test_names_written_in_two_ways_are_one_id() -> None:
    assert routine_id_of("/x/cafe\u0301.toml") == routine_id_of("caf\u00e9.toml") == "caf\u00e9"


def test_a_folder_that_cannot_be_listed_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for name in ("missing", "file"):
        with pytest.raises(CannotRead):
            read_library(str(tmp_path / name))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_sub_folder_that_cannot_be_listed_hides_no_other(folder: str, write: Write) -> None:
    write("good.toml", GOOD.format("Good"))
    write("closed/a.toml", GOOD.format("A"))
    Path(folder, "closed").chmod(0)
    library = read_library(folder)
    assert library.entries["good"].routine is not None
    assert [problem.file for problem in library.problems] == [f"{folder}/closed"]


def test_stamps_tell_the_state_of_each_file_as_it_was_read(folder: str, write: Write) -> None:
    path = write("a.toml", GOOD.format("A"))
    about = os.stat(path)
    library = read_library(folder)
    assert library.stamps[path] == (path, about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino)
    assert library.folders == ((folder, os.stat(folder).st_mtime_ns),)
