"""What is cut off in the middle: nothing is lost, and the terminal is left as it was found."""

from __future__ import annotations

import os
import re
import signal
from datetime import datetime, timedelta

import pytest

from tests.terminal.conftest import Terminal, wait_until

_MODE = re.compile(rb"\x1b\[\?([\d;]+)([hl])")
_NORMALLY_ON = {7, 25}
"""Wrapping of long lines, and the cursor."""


def _ago(now: datetime, minutes: int) -> str:
    return (now - timedelta(minutes=minutes)).isoformat()


def _be_killed_in_the_second_step(terminal: Terminal) -> datetime:
    """Make a run: begun 30 minutes ago, in step 2 for 20, shown by an app until it was killed 10 minutes ago."""
    now = datetime.now().astimezone()
    terminal.command("start", "tea", "--at", _ago(now, 30))
    terminal.command("done", "--at", _ago(now, 20))
    terminal.open_app("procroutine run tea", shows="Step 2 of 3")
    (mark,) = wait_until("the mark of the shown run", lambda: list((terminal.home / "open-runs").glob("*.shown")))
    terminal.signal(signal.SIGKILL)
    wait_until("the end of the app", lambda: not terminal.alive)
    (run,) = terminal.runs()
    assert [step["state"] for step in run["steps"]] == ["done", "current", "pending"]
    last_seen = (now - timedelta(minutes=10)).timestamp()
    os.utime(mark, (last_seen, last_seen))
    return now


def _reset(terminal: Terminal) -> None:
    """Make the terminal usable again, as a person would whose Enter no longer ends a line."""
    terminal.type_line("procroutine reset-terminal", enter="C-j")
    wait_until("the ordinary screen", lambda: terminal.asked("alternate_on") == "0", lambda: terminal.screen)
    terminal.type_line("clear; stty -a")
    settings = terminal.wait_for("speed", "shell>")
    assert re.search(r"[^-]icanon", settings)
    assert re.search(r"[^-]echo\b", settings)
    assert terminal.asked("mouse_any_flag") == "0"


def _time_of_step_two(screen: str) -> int:
    """Give the seconds that the checklist shows for the second step."""
    found = re.search(r"▶ Steep leaves +4:00 +(\d+):(\d\d)", screen)
    assert found, screen
    return int(found[1]) * 60 + int(found[2])


def test_a_killed_app_is_found_again_and_the_gap_can_be_left_out(terminal: Terminal) -> None:
    began = _be_killed_in_the_second_step(terminal)
    _reset(terminal)
    week = terminal.open_app(shows="interrupted")
    said = next(line for line in week.splitlines() if "interrupted" in line)
    # In the first minutes of a day that was yesterday, which then has its name.
    last_seen = datetime.fromisoformat(_ago(began, 10))
    assert re.search(rf"Make tea was interrupted at ({last_seen:%a} )?{last_seen:%H:%M}, step 2", said)
    terminal.press("o")
    screen = terminal.wait_for("Step 2 of 3", "elapsed")
    (run,) = terminal.runs()
    ago = (datetime.now().astimezone() - began).total_seconds()
    assert 599 <= _time_of_step_two(screen) <= 600 + ago
    assert run["state"] == "running"
    assert run["steps"][0]["active_seconds"] == pytest.approx(600, abs=0.01)
    assert 599.99 <= run["steps"][1]["active_seconds"] <= 600 + ago
    assert 599.99 <= run["paused_seconds"] <= 600 + ago
    terminal.press("Escape")
    terminal.wait_for("Leave this run?")
    terminal.press("p")
    terminal.wait_for("1 This week", "Make tea", without="interrupted")


def test_a_killed_app_is_found_again_and_the_clock_may_have_gone_on(terminal: Terminal) -> None:
    began = _be_killed_in_the_second_step(terminal)
    _reset(terminal)
    terminal.open_app(shows="interrupted")
    terminal.press("r")
    screen = terminal.wait_for("Step 2 of 3", "elapsed")
    (run,) = terminal.runs()
    ago = (datetime.now().astimezone() - began).total_seconds()
    assert 1199 <= _time_of_step_two(screen) <= 1200 + ago
    assert 1199.99 <= run["steps"][1]["active_seconds"] <= 1200 + ago
    assert run["paused_seconds"] == 0


def _modes_left_changed(written: bytes) -> set[int]:
    state = {int(mode): sign == b"h" for modes, sign in _MODE.findall(written) for mode in modes.split(b";")}
    return {mode for mode, on in state.items() if on is not (mode in _NORMALLY_ON)}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_a_clean_terminal_and_loses_no_event(terminal: Terminal, number: signal.Signals) -> None:
    terminal.open_app("procroutine run tea", shows="Step 1 of 3")
    terminal.press_rested("Space")
    terminal.wait_for("Step 2 of 3")
    terminal.signal(number)
    assert terminal.wait_for_exit() == 128 + number
    assert [terminal.asked(name) for name in ("alternate_on", "mouse_any_flag", "cursor_flag")] == ["0", "0", "1"]
    assert _modes_left_changed(terminal.bytes) == set()
    terminal.type_line("clear; stty -a")
    settings = terminal.wait_for("speed", "shell>")
    assert re.search(r"[^-]icanon", settings)
    assert re.search(r"[^-]echo\b", settings)
    (run,) = terminal.runs()
    assert [step["state"] for step in run["steps"]] == ["done", "current", "pending"]


def test_an_app_whose_terminal_is_gone_ends_and_loses_no_event(terminal: Terminal) -> None:
    terminal.open_app("procroutine run tea", shows="Step 1 of 3")
    terminal.press_rested("Space")
    terminal.wait_for("Step 2 of 3")
    terminal.close_window()
    wait_until("the end of the app", lambda: not terminal.alive)
    (run,) = terminal.runs()
    assert [step["state"] for step in run["steps"]] == ["done", "current", "pending"]
