"""`phase`: the path of a routine."""

from __future__ import annotations

from typing import Any

from tests.cli.conftest import refused


def test_a_routine_is_moved_in_its_file_and_back(shell: Any) -> None:
    before = (shell.folder / "routines" / "posts.toml").read_text()
    assert shell("phase posts design").err == (
        "Moved from Testing to Design. To move it back: procroutine phase posts testing\n"
    )
    assert 'phase = "design"' in (shell.folder / "routines" / "posts.toml").read_text()
    assert shell("phase posts testing").code == 0
    assert (shell.folder / "routines" / "posts.toml").read_text() == before.replace(
        'goal = "30m"\n', 'goal = "30m"\nphase = "testing"\n'
    )
    assert shell("phase posts testing").err == ""
    assert shell("revisions posts --json").json["revisions"] == []


def test_the_path_is_drawn_with_what_is_missing_and_what_comes_next(shell: Any) -> None:
    assert shell("phase 'Weekly posts'").out.splitlines() == [
        "Weekly posts · in the phase Testing",
        "! Analysis ── ! Brainstorm ── ! Design ── ◐ Testing ── ○ Implemented",
        "  Analysis: the purpose",
        "  Analysis: the output",
        "  Analysis: the facts: what is known, what gets in the way (analysis)",
        "  Brainstorm: a system for Write",
        "  Design: instructions for Gather and Write",
        "  Testing: the first run with the timer",
        "Run it with the timer, and note after the run what to change or eliminate.",
    ]
    answer = shell("phase posts --json").json
    assert [answer["phase"], answer["move_to"], len(answer["path"])] == ["testing", None, 5]


def test_wrong_words_and_broken_files_are_refused(shell: Any) -> None:
    assert "tested" in refused(shell("phase posts tested"))
    assert "did you mean 'posts'?" in refused(shell("phase post"))
    shell.write("bad.toml", "name = 1\n")
    assert "the file of 'bad' has problems: see procroutine check" in refused(shell("phase bad design"))


def test_what_is_to_be_typed_is_one_word_to_a_shell_whatever_the_file_is_called(shell: Any) -> None:
    (shell.folder / "routines" / "posts.toml").rename(shell.folder / "routines" / "a $(b).toml")
    told = shell("phase 'a $(b)' design").err
    assert told.endswith("To move it back: procroutine phase 'a $(b)' testing\n")
    assert shell(told.strip().partition("procroutine ")[2]).code == 0


def test_a_routine_that_was_not_done_when_it_was_due_is_said_to_be_put_off(shell: Any) -> None:
    shell("start posts")
    shell.wait(20)
    shell("done")
    shell("done")
    shell.wait(7 * 24 * 60 * 4)
    assert shell("phase posts").out.splitlines()[-1].startswith("It was not done the last 4 times it was due:")
    for week in (43, 44, 45, 46, 47, 48, 49, 50, 51, 52):
        shell(f"off posts --week 2026-W{week} --reason holiday")
    assert "times it was due" not in shell("phase posts").out
