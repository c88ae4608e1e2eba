"""A window that changes its size again and again, and one that is too small."""

from __future__ import annotations

import random
import re

from tests.terminal.conftest import Terminal, wait_until


def _words(screen: str) -> list[str]:
    """Give the words of a screen, without the figures that tick."""
    return re.findall(r"[A-Za-z]{2,}", screen)


def test_forty_resizes_while_a_run_ticks_leave_a_complete_screen(terminal: Terminal) -> None:
    terminal.open_app("procroutine run tea", shows="goal 10m")
    shown = ("Step 1 of 3", "Pour cups", "Help", "elapsed", "No instructions", "no odds yet")
    before = _words(terminal.wait_for(*shown))
    sizes = random.Random(7)
    for _ in range(40):
        terminal.resize(sizes.randint(40, 200), sizes.randint(12, 50))
    terminal.resize(120, 40)
    wait_until("the words of before", lambda: _words(terminal.screen) == before, lambda: terminal.screen)
    assert [run["state"] for run in terminal.runs()] == ["running"]
    terminal.press_rested("Space")
    terminal.wait_for("Step 2 of 3")


def test_a_window_too_small_says_what_is_needed_in_one_centred_line(terminal: Terminal) -> None:
    terminal.open_app(shows="Make tea")
    for columns, rows, said in (
        (60, 11, "procroutine needs 40 columns and 12 lines"),
        (39, 30, "needs 40 × 12"),
        (20, 8, "needs 40 × 12"),
    ):
        terminal.resize(columns, rows)
        lines = terminal.wait_for(said, without="Make tea").splitlines()
        (place,) = (place for place, line in enumerate(lines) if line.strip())
        assert lines[place].strip() == said
        left = len(lines[place]) - len(lines[place].lstrip())
        assert abs(left - (columns - len(lines[place]))) <= 1
        assert abs(place - (rows - 1 - place)) <= 1
    terminal.resize(40, 12)
    terminal.wait_for("Make tea", without="needs 40")
