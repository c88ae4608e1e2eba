"""A run done from the command line, as a conversation."""

from __future__ import annotations

import pytest

from procroutine.history.home import Home
from procroutine.places import find_places
from tests.cli.conftest import CHOICE, Shell, refused


def test_a_run_from_start_to_finish(shell: Shell) -> None:
    assert shell("start posts").out == "Started Weekly posts. Step 1 of 2: Gather, planned 5:00.\n"
    shell.wait(4.5)
    assert shell("done").out == "✓ Gather 4:30. Step 2 of 2: Write, planned 20:00.\n"
    shell.wait(21)
    assert shell("done").out == "Finished Weekly posts in 25:30, −4:30 against the goal of 30m.\n"
    assert shell("status").out == ""


def test_undo_names_the_run_it_acts_on_and_another_that_ended_since_is_reached_by_its_id(shell: Shell) -> None:
    shell("start posts")
    shell.wait(5)
    shell("start books")
    shell.wait(5)
    shell("done")
    (ended,) = shell("history --json").json["runs"]
    assert shell("undo").out.startswith("Weekly posts: took back the pause.")
    assert shell("redo").out.startswith("Weekly posts: brought back the pause.")
    assert shell(f"undo --run {ended['id']}").out.startswith("Books: took back the step done.")


def test_undo_takes_back_a_finish_and_redo_brings_it_back(shell: Shell) -> None:
    shell("start books")
    shell.wait(5)
    shell("done")
    assert shell("undo").out == "Books: took back the step done. Step 1 of 1: Sort receipts, planned 10:00.\n"
    shell.wait(1)
    assert shell("redo").out == "Finished Books in 5:00.\n"
    assert len(shell("history --json").json["runs"]) == 1


def test_done_on_a_paused_run_resumes_and_is_done(shell: Shell) -> None:
    shell("start posts")
    shell.wait(3)
    assert "Paused at 3:00" in shell("pause").out
    shell.wait(60)
    assert shell("done").out.startswith("✓ Gather 3:00.")
    assert shell("status --json").json["runs"][0]["state"] == "running"
    assert shell("status --json").json["runs"][0]["paused_seconds"] == 3600


def test_waiting_has_a_cause_and_an_end(shell: Shell) -> None:
    shell("start posts")
    assert "say for what: --waiting TEXT" in refused(shell("pause --until 15:30"))
    assert shell("pause --waiting 'the photos' --until 15:30").out.startswith("Waiting for the photos.")
    run = shell("status --json").json["runs"][0]
    assert (run["state"], run["waiting_for"]) == ("paused", "the photos")
    shell.wait(10)
    shell("resume")
    run = shell("status --json").json["runs"][0]
    assert (run["waiting_seconds"], run["paused_seconds"], run["waiting_for"]) == (600, 0, None)


def test_starting_another_run_pauses_the_first_and_says_so(shell: Shell) -> None:
    shell("start posts")
    said = shell("start books")
    assert said.err == "Paused Weekly posts.\n"


def test_goto_takes_a_number_an_id_or_a_title(shell: Shell) -> None:
    shell("start posts")
    assert "Step 2 of 2: Write" in shell("goto 2").out
    assert "Step 1 of 2: Gather" in shell("goto gather").out
    assert "Step 2 of 2: Write" in shell("goto Write").out


def test_a_step_added_is_in_this_run_only(shell: Shell) -> None:
    shell("start posts")
    shell("add Call the printer")
    titles = [step["title"] for step in shell("status --json").json["runs"][0]["steps"]]
    assert titles == ["Gather", "Call the printer", "Write"]
    shell("abandon")
    assert len(shell("start posts").out.splitlines()) == 1
    assert len(shell("status --json").json["runs"][0]["steps"]) == 2


def test_notes_and_the_reason_of_a_skip_are_kept(shell: Shell) -> None:
    shell("start posts")
    shell("note the link was dead")
    shell("skip --reason 'no article'")
    step = shell("status --json").json["runs"][0]["steps"][0]
    assert (step["state"], step["note"]) == ("skipped", "the link was dead\nno article")


def test_finishing_early_marks_what_is_open_as_skipped(shell: Shell) -> None:
    shell("start posts")
    shell.wait(5)
    shell("finish --outcome partly")
    run = shell("history --json").json["runs"][0]
    assert [step["state"] for step in run["steps"]] == ["skipped", "skipped"]
    assert (run["outcome"], run["state"]) == ("partly", "finished")


def test_the_past_is_entered_with_at(shell: Shell) -> None:
    shell("start posts --at 13:00")
    shell("done --at 13:04:30")
    shell("done --at 2026-11-19T13:30")
    run = shell("history --json").json["runs"][0]
    assert run["started_at"] == "2026-11-19T13:00:00.000+01:00"
    assert run["ended_at"] == "2026-11-19T13:30:00.000+01:00"
    assert [step["active_seconds"] for step in run["steps"]] == [270, 1530]


def test_a_run_is_chosen_by_a_unique_beginning_of_its_id(shell: Shell) -> None:
    shell("start posts")
    first = shell("status --json").json["runs"][0]["id"]
    shell("start books")
    assert "Weekly posts" not in shell("done").out
    assert "Step 2 of 2" in shell(f"done --run {first[:6]}").out


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("done", "no run is open"),
        ("start pots", "did you mean 'posts'?"),
        ("help strat", "did you mean 'start'?"),
        ("status --format {routin}", "no field '{routin}': did you mean '{routine}'?"),
        ("start", "required"),
        ("finish --outcome great", "invalid choice"),
        ("undo", "no run is open"),
        ("done --at 25:00", "is not a time"),
        ("strat posts", "did you mean 'start'?"),
        ("done --nonsense", "unrecognized"),
        ("show 12", "no run"),
        ("--home", "stands alone"),
    ],
)
def test_a_wrong_command_line_gets_one_sentence_and_its_remedy(shell: Shell, line: str, words: str) -> None:
    assert words in refused(shell(line))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("resume", "running already"),
        ("goto 7", "No step"),
        ("done --at 23:59", "before the last thing done"),
        ("done --at 2030-01-01T00:00", "later than now"),
        ("done --run 999", "no run"),
        ("redo", "nothing to bring back"),
        ("undo", "nothing to take back"),
        ("note ''", "empty"),
    ],
)
def test_a_verb_that_does_not_fit_changes_nothing(shell: Shell, line: str, words: str) -> None:
    shell("start posts")
    before = shell("status --json").out
    assert words in refused(shell(line))
    assert shell("status --json").out == before


def test_the_last_open_step_may_be_skipped(shell: Shell) -> None:
    shell("start books")
    assert shell("skip").out.startswith("Finished Books")


def test_steps_are_switched_off_and_moved_for_this_run(shell: Shell) -> None:
    shell("start posts")
    shell("add Call the printer")
    assert shell("move Write --after gather").out == "Moved. Step 1 of 3: Gather, planned 5:00.\n"
    titles = [step["title"] for step in shell("status --json").json["runs"][0]["steps"]]
    assert titles == ["Gather", "Write", "Call the printer"]
    assert shell("switch-off Write").out.startswith("Switched off for this run.")
    assert "Step 3 of 3: Call the printer" in shell("done").out
    assert shell("switch-on Write").out.startswith("Switched on again.")
    assert shell("undo").out.startswith("Weekly posts: took back the switching on.")
    assert refused(shell("move Write")) == "procroutine: move needs the step to come after: write --after STEP.\n"


def test_systems_to_choose_from_take_turns_and_the_run_says_which_was_used(shell: Shell) -> None:
    shell.write("choice.toml", CHOICE)
    used = []
    for said in ("Picture scheduler", "Queue", "Picture scheduler"):
        assert f"Step 1 of 1: Enter, with {said}." in shell("start choice").out
        shell("done")
        used.append(shell("history --limit 1 --json").json["runs"][0]["steps"][0]["systems"])
        shell.wait(1)
    assert used == [["a"], ["b"], ["a"]]


def test_another_system_is_chosen(shell: Shell) -> None:
    shell.write("choice.toml", CHOICE)
    shell("start choice")
    assert shell("choose queue").out == "Chosen. Step 1 of 1: Enter, with Queue.\n"
    assert shell("undo").out == "Choice: took back the choice. Step 1 of 1: Enter, with Picture scheduler.\n"
    assert shell("choose b --step Enter").out.endswith("with Queue.\n")
    assert "write Picture scheduler or Queue" in refused(shell("choose fax"))


def test_a_pause_is_counted_as_work(shell: Shell) -> None:
    shell("start posts")
    shell("pause")
    shell.wait(40)
    shell("resume")
    assert shell("recount work").out.startswith("Counted so.")
    run = shell("status --json").json["runs"][0]
    assert (run["active_seconds"], run["paused_seconds"]) == (2400, 0)
    assert "invalid choice" in refused(shell("recount holiday"))


def test_a_deadline_is_set_and_taken_back(shell: Shell) -> None:
    shell("start posts")
    assert shell("deadline --until 15:30").out.startswith("To be through by 15:30.")
    assert shell("deadline").out.startswith("No deadline any more.")


def test_what_can_be_prepared_is_done_before_the_run(shell: Shell) -> None:
    shell.write(
        "party.toml", 'name = "Party"\n[[steps]]\ntitle = "Invite"\n[[steps]]\ntitle = "Bake"\nprepare = true\n'
    )
    said = shell("prepare party").out
    assert said == "Preparing Party; its own clock does not run yet. Step 2 of 2: Bake.\n"
    shell.wait(20)
    assert "Step 1 of 2: Invite (paused)" in shell("done").out
    assert "has not begun yet" in refused(shell("done"))
    assert "is prepared: begin it with start" in refused(shell("prepare party"))
    shell.wait(24 * 60)
    assert shell("start party").out == "Started Party. Step 1 of 2: Invite.\n"
    shell.wait(5)
    assert shell("done").out == "Finished Party in 5:00.\n"
    run = shell("history --json").json["runs"][0]
    assert run["active_seconds"] == 300
    assert run["steps"][1]["prepared_seconds"] == 1200


def test_a_long_pause_is_asked_about_when_it_is_over(shell: Shell) -> None:
    shell("start posts")
    shell("pause")
    shell.wait(45)
    said = shell("resume").err
    assert "Paused for 45 min. Was it a pause?" in said
    shell(said.split("If it was work: procroutine ")[1].split(". If")[0])
    run = shell("status --json").json["runs"][0]
    assert (run["active_seconds"], run["paused_seconds"]) == (2700, 0)
    shell("pause")
    shell.wait(20)
    assert "Was it a pause?" not in shell("done").err
    (shell.folder / "config.toml").write_text('long_pause = "5m"\n')
    shell("undo")
    assert "Paused for 20 min. Was it a pause?" in shell("done").err
    assert "Was it a pause?" not in shell("note later").err


def test_start_tells_what_was_to_be_changed(shell: Shell) -> None:
    home = Home(find_places(shell.environment), shell.clock)
    home.history().add_redline("posts", "Drop the second draft")
    home.history().add_redline("books", "Scan the receipts")
    said = shell("start posts").err
    assert "You wanted to change this before this run: Drop the second draft" in said
    assert "Scan" not in said
