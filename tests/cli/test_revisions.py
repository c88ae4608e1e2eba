"""Revisions on the command line."""

from __future__ import annotations

import pytest

from tests.cli.conftest import POSTS, Shell, refused


@pytest.fixture
def revised(shell: Shell) -> Shell:
    """Three runs of each of two revisions: the second writes for a shorter time, and files what was sent."""
    changed = POSTS.replace('planned = "20m"', 'planned = "15m"\ninstructions = "One\\nTwo"')
    for text, length in ((POSTS, 20), (changed + '[[steps]]\ntitle = "File it"\n', 12)):
        shell.write("posts.toml", text)
        for _ in range(3):
            shell("start posts")
            shell.wait(length)
            while shell("done").code == 0:
                shell.wait(1)
            shell.wait(7 * 24 * 60)
    return shell


def test_they_are_listed_with_whether_each_helped(revised: Shell) -> None:
    lines = revised("revisions posts").out.splitlines()
    assert lines[0] == "Weekly posts   2 revisions · 6 runs"
    assert lines[2].split()[:2] == ["1", "W47"]
    assert "the first" in lines[2]
    assert "helped: 7m saved a week, between 7m and 7m" in lines[3]


def test_one_is_held_against_the_one_before_or_another(revised: Shell) -> None:
    said = revised("revisions posts 2").out.splitlines()
    assert said[0] == "v2 against v1: 1 step changed, 1 added"
    assert said[1].startswith("helped: 7m saved a week")
    assert "~  2  Write   median 1:00, was 1:00" in said
    assert "    planned: 15m, was 20m" in said
    assert said[said.index("    instructions:") + 1 :][:2] == ["    + One", "    + Two"]
    assert said[-1].startswith("+  3  File it   added")
    back = revised("revisions posts 2 1").out.splitlines()
    assert back[0] == "v1 against v2: 1 step changed, 1 dropped"
    assert "    planned: 20m, was 15m" in back


def test_both_answer_in_json(revised: Shell) -> None:
    listed = revised("revisions posts --json").json
    assert (listed["format"], listed["routine"]) == (1, "posts")
    second = listed["revisions"][1]
    assert (second["number"], second["against"], second["runs"], second["verdict"]) == (2, 1, 3, "helped")
    assert second == revised("trends posts --json").json["revisions"][1] | second
    difference = revised("revisions posts 2 --json").json
    assert (difference["old"], difference["new"]) == (1, 2)
    write, file_it = difference["steps"]
    assert write["keys"][0] == {"key": "planned_seconds", "old": 1200, "new": 900}
    assert (file_it["change"], file_it["new_place"], file_it["old_place"]) == ("added", 3, None)


def test_a_note_and_a_real_change_are_kept_and_taken_back(revised: Shell) -> None:
    assert revised('revision-note posts 2 "Filed at once"').out == "posts v2: Filed at once\n"
    assert "new limits begin with it" in revised("real-change posts 2").out
    line = revised("revisions posts").out.splitlines()[3]
    assert line.endswith("real change; Filed at once")
    assert "note: Filed at once" in revised("revisions posts 2").out
    assert "has no note now" in revised('revision-note posts 2 ""').out
    assert "no real change" in revised("real-change posts 2 --not").out
    assert revised("revisions posts").out.splitlines()[3].endswith("7m")


def test_what_cannot_be_is_refused(revised: Shell) -> None:
    for line, words in (
        ("revisions nothing", "there is no routine"),
        ("revisions posts 1", "revision 1 is the first"),
        ("revisions posts 9", "posts has no revision 9"),
        ("revisions posts 2 9", "posts has no revision 9"),
        ("revisions posts x", "invalid int value"),
        ("real-change posts 9", "posts has no revision 9"),
        (f"revision-note posts 1 {'x' * 501}", "the note is too long"),
    ):
        assert words in refused(revised(line))


def test_a_routine_never_run_says_so(shell: Shell) -> None:
    said = shell("revisions posts")
    assert said.out == "Weekly posts   0 revisions · 0 runs\n"
    assert "There is no revision yet." in said.err
