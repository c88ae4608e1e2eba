"""Two real terminals and the command line on one home."""

from __future__ import annotations

from tests.terminal.conftest import OpenTerminal


def test_two_windows_and_the_command_line_act_on_one_run(open_terminal: OpenTerminal) -> None:
    one, two = open_terminal(), open_terminal(80, 24)
    one.write_routine()
    one.open_app("procroutine run tea", shows="Step 1 of 3")
    two.open_app(f"PROCROUTINE_HOME='{one.home}' procroutine run tea", shows="Step 1 of 3")
    one.press_rested("Space")
    two.wait_for("Step 2 of 3")
    two.press("p")
    one.wait_for("◐ paused")
    (run,) = one.runs()
    assert (run["state"], [step["state"] for step in run["steps"]]) == ("paused", ["done", "current", "pending"])
    one.command("resume")
    one.wait_for("▶ since")
    two.wait_for("▶ since")
    one.command("undo")
    two.wait_for("◐ paused")
    two.press("p")
    one.wait_for("▶ since")
    two.press_rested("Space")
    one.wait_for("Step 3 of 3")
    one.press_rested("Space")
    one.wait_for("Did it produce its output?")
    two.wait_for("Did it produce its output?", "finished elsewhere")
    two.press_rested("Enter")
    two.wait_for("1 This week", without="Did it produce")
    (ended,) = one.runs("history")
    assert [step["state"] for step in ended["steps"]] == ["done"] * 3
    assert one.runs() == []
