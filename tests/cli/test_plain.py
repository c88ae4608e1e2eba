"""A run asked line by line."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from procroutine.cli.console import Console
from procroutine.cli.main import Context
from procroutine.cli.plain import PlainRun
from procroutine.cli.plain_commands import HELP
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
    context = Context(home.places, shell.clock, Console(out, out), shell.environment, routines_given=False)
    PlainRun(context, Viewer(home), Talk(shell, list(answers)).readline).walk(run)
    return out.getvalue()


def test_another_system_is_taken(shell: Shell) -> None:
    step = '[[steps]]\ntitle = "Enter"\nalternatives = ["scheduler", "queue"]\n'
    shell.write(
        "posts.toml", f'name = "Posts"\n{step}[systems.queue]\nname = "Queue"\n[systems.scheduler]\nname = "S"\n'
    )
    said = talk(shell, "o queue", "")
    assert "With S; o Queue takes that instead." in said
    assert "Chosen." in said
    assert shell("history --json").json["runs"][0]["steps"][0]["systems"] == ["queue"]


def test_a_person_is_walked_through_the_run(shell: Shell) -> None:
    said = talk(shell, 4.5, "", 21, "", "y", "fewer pictures")
    assert "Weekly posts, v1 · week 47, since 14:05, goal 30m. 2 steps, held against planned." in said
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


def test_the_plan_of_the_run_can_be_changed(shell: Shell) -> None:
    said = talk(
        shell, "a Call the printer", "- Write", "l", "on Write", "m Write after Call", "e +2m", "e 2 90s", "l", "k"
    )
    assert "3. off: Write" in said
    assert "It is in this run again." in said
    assert "Gather has 2:00 now." in said
    assert "Call the printer has 1:30 now." in said
    assert "3. to do: Write, planned 20:00" in said
    run = shell("status --json").json["runs"][0]
    assert [step["active_seconds"] for step in run["steps"]] == [120, 90, None]
    assert run["corrected_seconds"] == 210


def test_a_deadline_tells_whether_it_fits(shell: Shell) -> None:
    said = talk(shell, "y 14:20", "y", "k")
    assert "To be through by 14:20." in said
    assert "By 14:20: 10:00 short, nothing optional to leave out." in said
    assert "No deadline any more." in said


def test_odds_and_comparisons_are_told(shell: Shell) -> None:
    for minutes in ((6, 24), (5, 22), (5, 26), (6, 22), (5, 23)):
        shell("start posts")
        for length in minutes:
            shell.wait(length)
            shell("done")
        shell.wait(7 * 24 * 60)
    said = talk(shell, "y 17:00", "v", "l", 4, "", "c", "k")
    assert "held against usual" in said
    assert " % to finish within 30m, 50 % by 16:" in said
    assert " % to finish by 17:00." in said
    assert "Against your best run" in said
    assert "2. to do: Write, best run 22:00" in said
    assert "This step 0:00, in all 4:00, −1:00 against best run, 22m to go." in said


@pytest.mark.parametrize(("answer", "active", "waiting"), [("", 0, 0), ("w", 2700, 0), ("t", 0, 2700)])
def test_a_long_pause_is_asked_about_when_it_is_over(shell: Shell, answer: str, active: int, waiting: int) -> None:
    said = talk(shell, "p", 45, "r", answer, "k")
    assert "Paused for 45 min. Was it a pause?" in said
    run = shell("status --json").json["runs"][0]
    assert (run["active_seconds"], run["waiting_seconds"]) == (active, waiting)


def test_what_is_being_prepared_is_told_apart_from_the_run(shell: Shell) -> None:
    pack = '[[steps]]\ntitle = "Pack"\nplanned = "9m"\nprepare = true\n'
    shell.write("posts.toml", f'name = "Trip"\n{pack}[[steps]]\ntitle = "Drive"\nplanned = "20m"\n')
    shell("prepare posts")
    said = talk(shell, 5, "", "r", "l", "k")
    assert "Trip, v1 · week 47, being prepared. 2 steps" in said
    assert "Begun now, finish about 14:25 in a total of 20:00." in said
    assert "All is prepared. r begins the run." in said
    assert "1. done: Pack, 5:00, planned 9:00, before the run" in " ".join(said.replace(", −4:00", "").split("\n"))
    assert not shell("status --json").json["runs"][0]["active_seconds"]


def plainly(shell: Shell, monkeypatch: pytest.MonkeyPatch, lines: str) -> str:
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    return shell("run posts --plain --until 15:30").out


def test_open_redlines_are_asked_about_before_the_run(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(find_places(shell.environment), shell.clock)
    home.record_revisions()
    shell.wait(1)
    for text in ("Drop the second draft", "Ask Ana", "Fewer pictures"):
        home.history().add_redline("posts", text)
        shell.wait(1)
    assert "Nothing was begun." in plainly(shell, monkeypatch, "q\n")
    assert "Nothing was begun." in plainly(shell, monkeypatch, "")
    assert home.open_runs() == ()
    shell.environment["VISUAL"] = "true"
    said = plainly(shell, monkeypatch, "d 1 3\nq\n")
    assert "The file is as it was: 2 redlines stay open, x drops." in said
    assert len(home.overview(0).redlines) == 3
    shell.wait(1)
    program = shell.folder / "editor"
    program.write_text('#!/bin/sh\nsed -i \'s/planned = "5m"/planned = "4m"/\' "$1"\n')
    program.chmod(0o755)
    shell.environment["VISUAL"] = str(program)
    too_long = "9" * 5000
    said = plainly(shell, monkeypatch, f"x 3\nx 9\nx {too_long}\nd 1 2\nk\n")
    assert "2. Ask Ana" in said
    assert "Dropped: Fewer pictures" in said
    assert "Done. Revision 2 is tied to them." in said
    assert "Step 1 of 2: Gather. planned 4:00." in said
    assert "By 15:30: fits" in said
    assert home.overview(0).redlines == ()


def test_the_end_of_input_leaves_the_run_paused(shell: Shell) -> None:
    said = talk(shell, 2)
    assert said.endswith("> Paused.\nGo on with: procroutine run posts --plain\n")
    assert shell("status --json").json["runs"][0]["state"] == "paused"


def test_an_interrupt_leaves_it_paused_too(shell: Shell) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        talk(shell, interrupted)
    assert shell("status --json").json["runs"][0]["state"] == "paused"


def test_an_interrupt_before_anything_was_told_is_just_that(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Viewer, "run", interrupted)
    with pytest.raises(KeyboardInterrupt):
        talk(shell)


def test_what_does_not_fit_is_said_and_changes_nothing(shell: Shell) -> None:
    said = talk(shell, "r", "dance", "g nowhere", "w", "t 9", "u", "k")
    for part in ("is running already", "There is no command dance", "No step is called nowhere", "needs a cause"):
        assert part in said
    assert "this step has no checklist" in said
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
    assert "--plain goes with a routine: name it: procroutine run ROUTINE --plain." in shell("run --plain").err
    monkeypatch.setattr("sys.stdin", io.StringIO("k\n"))
    said = shell("run posts --plain --until 15:30")
    assert said.code == 0
    assert "Step 1 of 2: Gather" in said.out
    assert shell("deadline").out.startswith("No deadline any more.")


def test_words_stand_for_letters(shell: Shell) -> None:
    talk(shell, "pause", "resume", "Done", "quit")
    assert [step["state"] for step in shell("status --json").json["runs"][0]["steps"]] == ["done", "current"]


def test_a_number_of_any_length_that_names_nothing_is_refused(shell: Shell) -> None:
    path = shell.folder / "routines" / "posts.toml"
    path.write_text(path.read_text().replace('title = "Gather"', 'title = "Gather"\nchecklist = ["links"]'))
    said = talk(shell, f"t {'9' * 5000}", "t", "t ²", "t 1", "", "t 1", "q")
    assert said.count("is no item of the checklist: write t and a number, 1 to 1.") == 3
    assert "Ticked." in said
    assert "this step has no checklist" in said


def test_of_a_goal_of_the_week_what_is_left_is_told(shell: Shell) -> None:
    path = shell.folder / "routines" / "posts.toml"
    path.write_text(path.read_text().replace('goal = "30m"', 'goal = "30m"\ngoal_per = "week"'))
    said = talk(shell, 5, "", 5, "", "", "")
    assert "since 14:05, 30m left of the week's goal. 2 steps" in said
    assert "10:00, 20:00 inside the 30m left of the week's goal." in said
    for _ in range(4):
        talk(shell, 5, "", 5, "", "", "")
    said = talk(shell, 5, "", 5, "", "", "")
    assert ", nothing is left of the week's goal. 2 steps" in said
    assert "nothing is left of the week's goal, 50 % by" in said
    assert "10:00 over the week's goal, used up before." in said
    assert shell("targets posts").out.splitlines()[-1].startswith("nothing is left of the week's goal; 50 % within 10m")
