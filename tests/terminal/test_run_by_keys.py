"""A run from the first key to the last, and what the command line sees of it meanwhile."""

from __future__ import annotations

import pytest

from tests.terminal.conftest import Terminal, wait_until


def _start_tea(terminal: Terminal) -> None:
    terminal.open_app(shows="Make tea")
    terminal.press("Enter")
    terminal.wait_for("Step 1 of 3", "Boil water")


def test_a_whole_run_by_keys(terminal: Terminal) -> None:
    terminal.open_app(shows="Make tea")
    terminal.press("Enter", "n", *"q1p", "Enter")  # all at once: the letters of a note are no verbs
    terminal.wait_for("Step 1 of 3", "Boil water", "q1p")
    for number, title in ((2, "Steep leaves"), (3, "Pour cups")):
        terminal.press_rested("Space")
        terminal.wait_for(f"Step {number} of 3", title)
    terminal.press_rested("Space")
    terminal.wait_for("Did it produce its output?", "inside the goal of 10m", "finished")
    terminal.press("y")
    (recorded,) = wait_until(
        "the outcome in the history", lambda: [run for run in terminal.runs("history") if run["outcome"] == "met"]
    )
    assert [step["state"] for step in recorded["steps"]] == ["done"] * 3
    assert recorded["state"] == "finished"
    assert recorded["steps"][0]["note"] == "q1p"
    steps_together = sum(step["active_seconds"] for step in recorded["steps"])
    assert steps_together > 0.5
    assert recorded["active_seconds"] == pytest.approx(steps_together, abs=1e-6)
    assert terminal.runs() == []
    terminal.press_rested("Enter")
    terminal.wait_for("1 of 1 done", "✓ Make tea", without="Did it produce")
    terminal.press("q")
    assert terminal.wait_for_exit() == 0
    assert terminal.open_run_files == []
    assert terminal.asked("alternate_on") == "0"


def test_what_the_command_line_does_shows_in_the_app_and_the_other_way_round(terminal: Terminal) -> None:
    _start_tea(terminal)
    terminal.command("done")
    terminal.wait_for("Step 2 of 3")
    terminal.press("p")
    (run,) = wait_until("the pause in status", lambda: [run for run in terminal.runs() if run["state"] == "paused"])
    assert [step["state"] for step in run["steps"]] == ["done", "current", "pending"]
    terminal.command("resume")
    terminal.wait_for("▶ since")
    terminal.command("done")
    terminal.command("done")
    terminal.wait_for("Did it produce its output?", "finished elsewhere")
    terminal.press_rested("Enter")
    terminal.wait_for("1 This week", "1 of 1 done", without="Did it produce")


def test_p_in_the_leave_dialog_pauses_and_leaves(terminal: Terminal) -> None:
    _start_tea(terminal)
    terminal.press("Escape")
    terminal.wait_for("Leave this run?", "Pause and leave", "Keep it running", "Stay", "Discard")
    terminal.press("p")
    terminal.wait_for("1 This week", "Make tea", without="Leave this run?")
    (run,) = terminal.runs()
    assert run["state"] == "paused"
    terminal.press("q")
    assert terminal.wait_for_exit() == 0


def test_q_asks_what_becomes_of_a_run_that_goes_on_wherever_it_is_pressed(terminal: Terminal) -> None:
    _start_tea(terminal)
    terminal.press("q")
    terminal.wait_for("Leave this run?")
    terminal.press("s")
    terminal.wait_for("Step 1 of 3", without="Leave this run?")
    terminal.press("Escape")
    terminal.wait_for("Leave this run?")
    terminal.press("k")
    terminal.wait_for("1 This week", without="Leave this run?")
    assert [run["state"] for run in terminal.runs()] == ["running"]
    terminal.press("q")
    terminal.wait_for("Leave this run?")
    terminal.press("p")
    assert terminal.wait_for_exit() == 0
    assert [run["state"] for run in terminal.runs()] == ["paused"]
    terminal.open_app(shows="Make tea")
    assert "interrupted" not in terminal.screen
