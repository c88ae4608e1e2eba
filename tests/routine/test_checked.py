from collections.abc import Callable
from pathlib import Path

import pytest

from procroutine.errors import NotFound
from procroutine.routine.checked import Checked, check_library, check_paths
from procroutine.routine.entries import Library
from procroutine.routine.library import read_library

GOOD = 'name = "{}"\n[[steps]]\ntitle = "First"\n'
Write = Callable[[str, str], str]


def test_checking_a_folder_gives_every_problem_in_it(folder: str, write: Write) -> None:
    write("good.toml", GOOD.format("Good"))
    wrong = write("sub/wrong.toml", GOOD.format("Wrong") + "goal = 1")
    assert [problem.file for problem in check_paths([folder]).problems] == [wrong]
    assert check_paths([]) == Checked()


def test_checking_a_file_reads_only_what_it_uses(folder: str, write: Write) -> None:
    write("broken.toml", "?")
    write("links.toml", GOOD.format("Links"))
    user = write("user.toml", 'name = "User"\n[[steps]]\nuse = "links"\n[[steps]]\nuse = "lnks"\n')
    (problem,) = check_paths([user, user]).problems
    assert (problem.file, problem.line, problem.key) == (user, 5, "use")


def test_a_file_of_the_routines_folder_is_checked_with_all_of_it(folder: str, write: Write) -> None:
    write("links.toml", GOOD.format("Links"))
    user = write("sub/user.toml", 'name = "User"\n[[steps]]\nuse = "links"\n')
    assert check_paths([user], routines=folder) == Checked()
    assert len(check_paths([user]).problems) == 1


def test_a_circle_of_use_is_found_from_a_single_file(folder: str, write: Write) -> None:
    one = write("one.toml", 'name = "One"\n[[steps]]\nuse = "two"\n')
    write("two.toml", 'name = "Two"\n[[steps]]\nuse = "one"\n')
    (problem,) = check_paths([one]).problems
    assert "one → two → one" in problem.problem


def test_ids_are_never_paths(folder: str, write: Write) -> None:
    write("secret.toml", GOOD.format("Secret"))
    user = write("sub/user.toml", 'name = "User"\n[[steps]]\nuse = "../secret"\n')
    (problem,) = check_paths([user]).problems
    assert "there is no routine '../secret'" in problem.problem


def test_checking_what_is_no_routine_file_or_not_there(folder: str, write: Write) -> None:
    other = write("notes.txt", "hello")
    (problem,) = check_paths([other]).problems
    assert ".toml" in problem.remedy
    with pytest.raises(NotFound):
        check_paths([f"{folder}/missing.toml"])


def test_a_sub_folder_of_the_routines_is_checked_with_all_of_them(folder: str, write: Write) -> None:
    write("links.toml", GOOD.format("Links"))
    write("wrong.toml", "?")
    write("sub/user.toml", 'name = "User"\n[[steps]]\nuse = "links"\n')
    wrong = write("sub/wrong-too.toml", "name = 1")
    found = check_paths([f"{folder}/sub"], routines=folder)
    assert {problem.file for problem in found.problems} == {wrong}


def test_files_of_the_routines_folder_are_read_once_for_all_that_are_asked_for(
    folder: str, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [write(f"{name}.toml", GOOD.format(name)) for name in "abc"]
    read: list[str] = []

    def counted(path: str) -> Library:
        read.append(path)
        return read_library(path)

    monkeypatch.setattr("procroutine.routine.library.read_library", counted)
    assert check_paths(paths, routines=folder) == Checked()
    assert read == [folder]


STEPS = """
[systems.crm]
url = "https://crm.example.org"
[systems.sheet]
name = "Sheet"
[[steps]]
title = "Log"
systems = ["crm", {systems}]
alternatives = [{alternatives}]
"""


def notes_on(
    folder: str, write: Write, systems: str, alternatives: str = '"a", "sheet"'
) -> list[tuple[int | None, str]]:
    write("log.toml", 'name = "Log"' + STEPS.format(systems=systems, alternatives=alternatives))
    library = read_library(folder)
    assert library.entries["log"].routine is not None
    assert library.problems == ()
    return [(note.line, f"{note.problem}; {note.remedy}") for note in check_library(library).notes]


def test_a_system_that_nothing_describes_is_allowed_and_noted_where_it_is_nearly_one_that_is(
    folder: str, write: Write
) -> None:
    assert notes_on(folder, write, '"docs", "mail", "shop"') == []
    told = "no table describes the system 'crmm'; write \"crm\" if that is meant, else describe it: [systems.crmm]"
    assert notes_on(folder, write, '"crmm", "docs"') == [(8, told)]
    ((line, choice),) = notes_on(folder, write, '"docs"', '"my sheet", "crm"')
    assert line == 9
    assert choice.endswith('write "sheet" if that is meant, else describe it: [systems."my sheet"]')


def test_a_system_that_a_used_routine_describes_is_described(folder: str, write: Write) -> None:
    write("crm.toml", GOOD.format("CRM") + '[systems.crmm]\nname = "The other"\n')
    write("both.toml", 'name = "Both"' + STEPS.format(systems='"crmm"', alternatives="") + '[[steps]]\nuse = "crm"\n')
    assert check_library(read_library(folder)) == Checked()


def test_one_alternative_is_no_choice(folder: str, write: Write) -> None:
    ((line, told),) = notes_on(folder, write, '"docs"', '"sheet"')
    assert (line, told.split(";")[0]) == (9, "alternatives of one system are no choice")


def test_each_of_two_routines_of_one_name_is_noted_with_the_other(folder: str, write: Write) -> None:
    one, two = write("one.toml", GOOD.format("Posts")), write("two.toml", "# mine\n" + GOOD.format(" posts "))
    found = check_library(read_library(folder))
    assert found.problems == ()
    assert [(note.file, note.line) for note in found.notes] == [(one, 1), (two, 2)]
    assert found.notes[0].problem == f"{two} has this name too"
    assert check_paths([two], routines=folder) == found.of(two)


def test_a_former_id_is_noted_that_is_in_use_still_or_claimed_twice(folder: str, write: Write) -> None:
    for name, former in (("new", '"old", "gone"'), ("newer", '"gone"')):
        write(f"{name}.toml", f'name = "{name}"\nprevious_ids = [{former}]\n[[steps]]\ntitle = "a"\n')
    write("old.toml", GOOD.format("Old"))
    notes = check_library(read_library(folder)).notes
    assert [(Path(note.file).stem, note.line, note.problem) for note in notes] == [
        ("new", 2, f"{folder}/old.toml is there still, and keeps the history of 'old'"),
        ("new", 2, f"{folder}/newer.toml names 'gone' too, and only one can go on with its history"),
        ("newer", 2, f"{folder}/new.toml names 'gone' too, and only one can go on with its history"),
    ]


def test_no_shipped_routine_gives_anything_to_note() -> None:
    assert check_library(read_library("routines")) == Checked()
