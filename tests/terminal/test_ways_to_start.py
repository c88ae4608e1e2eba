"""The first start, the demo, and terminals that are poorer than usual or none at all."""

from __future__ import annotations

import json
import re
import subprocess
import sys

from tests.terminal.conftest import OpenTerminal, Terminal

_TRUE_COLOUR = re.compile(rb"[34]8;2;(\d+);(\d+);(\d+)")


def test_the_first_start_copies_the_shipped_routines_and_says_so_in_one_line(open_terminal: OpenTerminal) -> None:
    terminal = open_terminal()
    terminal.open_app(shows="Weekly review")
    copied = list((terminal.home / "routines").glob("*.toml"))
    names = [routine["name"] for routine in json.loads(terminal.command("routines", "--json"))["routines"]]
    assert len(names) == len(copied) >= 9
    terminal.wait_for(*(name[:20] for name in names))
    terminal.press("q")
    assert terminal.wait_for_exit() == 0
    assert terminal.screen.count(f"Copied {len(copied)} routines") == 1
    terminal.open_app(shows="Weekly review")
    terminal.press("q")
    terminal.wait_for_exit()
    assert "Copied" not in terminal.screen


def test_the_demo_is_marked_and_takes_its_home_away_when_it_is_left(open_terminal: OpenTerminal) -> None:
    terminal = open_terminal()
    terminal.start("procroutine demo --years 0.2")
    week = terminal.wait_for("1 This week", "Weekly review")
    assert "demo" in week.splitlines()[0]
    assert [path.name[:17] for path in terminal.temporary.iterdir()] == ["procroutine-demo-"]
    terminal.press("q")
    assert terminal.wait_for_exit() == 0
    assert list(terminal.temporary.iterdir()) == []
    assert not terminal.home.exists()


def test_without_a_terminal_the_app_says_in_one_sentence_what_works(terminal: Terminal) -> None:
    terminal.start("(procroutine </dev/null; echo code $?) 2>&1 | cat")
    terminal.wait_for_exit()
    assert "code 2" in terminal.screen
    said = subprocess.run(
        [sys.executable, "-m", "procroutine"], env=terminal.environment, capture_output=True, text=True, check=False
    )
    assert (said.returncode, said.stdout, said.stderr.count("\n")) == (2, "", 1)
    assert "no terminal" in said.stderr
    assert "status" in said.stderr


def test_no_color_gives_greys(terminal: Terminal) -> None:
    terminal.open_app("NO_COLOR=1 COLORTERM=truecolor procroutine", shows="Make tea")
    terminal.press("Enter")
    terminal.wait_for("Step 1 of 3", "elapsed")
    colours = _TRUE_COLOUR.findall(terminal.bytes)
    assert len(colours) > 100
    assert [colour for colour in colours if len(set(colour)) > 1] == []


def test_a_dumb_terminal_is_told_from_a_crash(terminal: Terminal) -> None:
    terminal.start("TERM=dumb procroutine")
    assert terminal.wait_for_exit() == 2
    assert "Traceback" not in terminal.screen
    assert "TERM" in terminal.screen
