"""A run asked line by line."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from procroutine.cli.console import Console
from procroutine.cli.plain import HELP, PlainRun
from procroutine.history.home import Home
from procroutine.insight.viewer import Viewer
from procroutine.places import find_places
from tests.cli.conftest import Shell


class Talk:
    """Answers that are given one by one; a number of minutes goes by before some."""

    def __init__(self, shell: Shell, answers: list[str | float | Callable[[], object]]) -> None:
        self.shell = shell
        self.answers = answers

    def readline(self) -> str:
        while self.answers:
            answer = self.answers.pop(0)
            if isinstance(answer, str):
                return answer + "\n"
            if callable(answer):
                answer()
            else:
                self.shell.wait(answer)
        return ""


def talk(shell: Shell, *answers: str | float | Callable[[], object]) -> str:
    """Run posts in the plain mode; gives all that was said."""
    home = Home(find_places(shell.environment), shell.clock)
    run = next((run.id for run in home.open_runs()), None) or home.start("posts").run.id
    out = io.StringIO()
    PlainRun(home, Viewer(home), Console(out, out), Talk(shell, list(answers)).readline).walk(run)
    return out.getvalue()


def test_a_person_is_walked_through_the_run(shell: Shell) -> None:
    said = talk(shell, 4.5, "", 21, "", "y", "fewer pictures")
    assert "Weekly posts, v1 · week 47, since 14:05, goal 30m. 2 steps." in said
    assert "Step 1 of 2: Gather. planned 5:00." in said
    assert "Done in 4:30." in said
    assert "Step 2 of 2: Write. planned 20:00." in said
    assert "25:30, 4:30 inside the goal of 30m." in said
    run = shell("history --json").json["runs"][0]
    assert (run["active_seconds"], run["outcome"]) == (1530, "met")
    home = Home(find_places(shell.environment), shell.clock)
    assert [redline.text for redline in home.overview(0).redlines] == ["fewer pictures"]


def test_every_command_does_what_its_line_says(shell: Shell) -> None:
    said = talk(
        shell,
        *("n the link was dead", "p", 3, "r", "w the photos", 5, "r", "a Call the printer", "g Write", "g 1"),
        *("u", "U", "s no article", "l", "c", "?", "k"),
    )
    run = shell("status --json").json["runs"][0]
    assert (run["paused_seconds"], run["waiting_seconds"], run["state"]) == (180, 300, "running")
    assert [step["title"] for step in run["steps"]] == ["Gather", "Call the printer", "Write"]
    assert run["steps"][0]["note"] == "the link was dead\nno article"
    assert "1. skipped: Gather" in said
    assert "Finish about" in said
    for line in HELP:
        assert line in said


def test_the_end_of_input_leaves_the_run_paused(shell: Shell) -> None:
    said = talk(shell, 2)
    assert said.endswith("Paused. Go on with: procroutine run posts --plain\n")
    assert shell("status --json").json["runs"][0]["state"] == "paused"


def test_an_interrupt_leaves_it_paused_too(shell: Shell) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        talk(shell, interrupted)
    assert shell("status --json").json["runs"][0]["state"] == "paused"


def test_what_does_not_fit_is_said_and_changes_nothing(shell: Shell) -> None:
    said = talk(shell, "r", "dance", "g nowhere", "w", "t 9", "u", "k")
    for part in ("is running already", "There is no command dance", "No step is called nowhere", "needs a cause"):
        assert part in said
    assert "9 is no item of the checklist" in said
    assert "nothing to take back" in said.casefold()
    assert len(shell("status --json").json["runs"]) == 1


def test_a_step_done_elsewhere_is_not_done_twice(shell: Shell) -> None:
    said = talk(shell, lambda: shell("done"), "", "k")
    assert "Gather, was done at 14:05 elsewhere" in said
    assert "Step 2 of 2: Write" in said
    assert [step["state"] for step in shell("status --json").json["runs"][0]["steps"]] == ["done", "current"]


def test_a_run_finished_elsewhere_ends_here_too(shell: Shell) -> None:
    said = talk(shell, lambda: shell("finish"), "p")
    assert "was finished at 14:05 elsewhere" in said
    assert "What will you change or eliminate next time?" not in said or "Skipped steps: 2." in said


def test_the_command_needs_a_routine_and_takes_a_deadline(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shell("run --plain").err == "procroutine: that goes with a routine: name it: procroutine run ROUTINE.\n"
    monkeypatch.setattr("sys.stdin", io.StringIO("k\n"))
    said = shell("run posts --plain --until 15:30")
    assert said.code == 0
    assert "Step 1 of 2: Gather" in said.out
    assert shell("deadline").out.startswith("No deadline any more.")


def test_words_stand_for_letters(shell: Shell) -> None:
    talk(shell, "pause", "resume", "Done", "quit")
    assert [step["state"] for step in shell("status --json").json["runs"][0]["steps"]] == ["done", "current"]
