"""A run driven and seen from outside the app: the recipes of the README, taken from it and used as they are."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal.conftest import DEADLINE, PACKAGE_PARENT, TEA, OpenTerminal, Terminal, needs, wait_until

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
NASTY = "$(touch caught) `id` %d \\\\h 100%"
"""Would be a command, a date and the name of the machine where a shell took it for its own; TOML writes `\\` twice."""


def recipe(kind: str) -> str:
    """Give the one block of the README that is for a program."""
    (found,) = re.findall(rf"```{kind}\n(.*?)```", README, re.DOTALL)
    return str(found)


def i3_commands() -> dict[str, str]:
    """Give the commands behind the keys of sway and i3, which hand them to a shell."""
    return dict(re.findall(r"^bindsym --release (\S+) exec (.+)$", recipe("i3"), re.MULTILINE))


class Desktop:
    """A person's own folders and a `procroutine` on the path, and nothing else of an environment."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        commands = folder / "commands"
        commands.mkdir()
        launcher = commands / "procroutine"
        launcher.write_text(
            f'#!/bin/sh\nPYTHONPATH={shlex.quote(str(PACKAGE_PARENT))} exec {sys.executable} -m procroutine "$@"\n'
        )
        launcher.chmod(0o700)
        self.environment = {"HOME": str(folder), "PATH": f"{commands}:/usr/bin:/bin"}
        self.write_routine(TEA)

    def write_routine(self, text: str) -> None:
        routines = self.folder / ".config" / "procroutine" / "routines"
        routines.mkdir(parents=True, exist_ok=True)
        (routines / "tea.toml").write_text(text)

    def run(self, *words: str) -> str:
        """Run a program as a desktop does: in the topmost folder, in no terminal; give what it printed."""
        done = subprocess.run(
            words, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
            cwd="/", start_new_session=True, timeout=DEADLINE,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def stands_at(self) -> str:
        return self.run("procroutine", "status", "--format", "{sign}{number}").strip()


@pytest.fixture
def desktop(tmp_path: Path) -> Desktop:
    folder = tmp_path / "person"
    folder.mkdir()
    return Desktop(folder)


def test_keys_of_the_desktop_drive_the_running_run(desktop: Desktop) -> None:
    commands = i3_commands()
    assert list(commands) == ["Mod4+Shift+d", "Mod4+Shift+p", "Mod4+Shift+u"]
    done, pause, undo = commands.values()
    desktop.run("procroutine", "start", "tea")
    for command, then in ((done, "▶2"), (pause, "◐2"), (pause, "▶2"), (undo, "◐2"), (done, "▶3"), (undo, "◐2")):
        desktop.run("/bin/sh", "-c", command)
        assert desktop.stands_at() == then


def test_every_way_to_set_a_key_has_the_same_command() -> None:
    named = re.findall(r"`procroutine done`|: procroutine done`", README)
    assert len(named) == 2
    assert recipe("xbindkeys").startswith('"procroutine done"\n')


PRESS_AND_RELEASE = [
    "keydown",
    "super",
    "keydown",
    "shift",
    "keydown",
    "d",
    "keyup",
    "d",
    "keyup",
    "shift",
    "keyup",
    "super",
]


@pytest.fixture
def screen(desktop: Desktop) -> Iterator[str]:
    """Give an X screen on which the keys of the README's file for xbindkeys are heard."""
    missing = [name for name in ("Xvfb", "xbindkeys", "xdotool") if not shutil.which(name)]
    if missing:
        pytest.skip(f"{', '.join(missing)} not installed: keys are tried without an X screen alone")
    reads, writes = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writes), "-nolisten", "tcp"], pass_fds=[writes], stderr=subprocess.DEVNULL
    )
    os.close(writes)
    with os.fdopen(reads) as told:
        display = f":{told.readline().strip()}"
    desktop.environment["DISPLAY"] = display
    keys = desktop.folder / ".xbindkeysrc"
    keys.write_text(recipe("xbindkeys"))
    listening = subprocess.Popen(["xbindkeys", "-n", "-f", str(keys)], env=desktop.environment, cwd="/")
    yield display
    for program in (listening, server):
        program.terminate()
        program.wait(DEADLINE)


def test_a_key_on_an_x_desktop_ends_the_step(desktop: Desktop, screen: str) -> None:
    desktop.run("procroutine", "start", "tea")

    def pressed() -> bool:
        if desktop.stands_at() == "▶1":  # until xbindkeys has told the screen which keys are its own
            desktop.run("xdotool", *PRESS_AND_RELEASE)
        return desktop.stands_at() != "▶1"

    wait_until("the second step", pressed, desktop.stands_at)


def test_done_in_another_pane_shows_in_the_open_app(terminal: Terminal) -> None:
    terminal.open_app("procroutine run tea", shows="Step 1 of 3")
    terminal.open_pane("procroutine done")
    terminal.wait_for("Step 2 of 3", "✓ Boil water")


def test_the_status_line_of_tmux_follows_the_run(open_terminal: OpenTerminal) -> None:
    terminal = open_terminal()
    terminal.write_routine()
    terminal.command("start", "tea")
    settings = terminal.folder / "tmux.conf"
    settings.write_text(recipe("tmux"))
    terminal.type_line(f"TMUX= tmux -u -L inner -f '{settings}' new-session 'exec cat'")
    wait_until("the first step", lambda: re.search(r"▶ Boil water \d:\d\d", terminal.screen), lambda: terminal.screen)
    terminal.command("done")
    terminal.press("C-b", "r")  # looks at once, and not only after the five seconds
    wait_until("the next", lambda: re.search(r"▶ Steep leaves \d:\d\d", terminal.screen), lambda: terminal.screen)
    terminal.command("finish")
    terminal.press("C-b", "r")
    terminal.wait_for("[0] 0:", without="Steep leaves")


PROMPTS = {
    "bash": ("--norc", "-c", 'PS1="base> "; . "$1"; printf %s "${PS1@P}"', "bash"),
    "zsh": ("-f", "-c", 'PROMPT="base> "; . "$1"; print -rnP -- "$PROMPT"', "zsh"),
    "fish": ("--no-config", "-c", 'source "$argv[1]"; fish_right_prompt; printf "base> "'),
}
"""For each shell the words by which it draws its prompt with a file of settings, which is given after them."""


@pytest.mark.parametrize("shell", PROMPTS)
def test_the_prompt_tells_of_the_run_and_of_nothing_where_none_is_open(desktop: Desktop, shell: str) -> None:
    needs(shell)
    settings = desktop.folder / "settings"
    settings.write_text(recipe(shell))

    def prompt() -> list[str]:
        return desktop.run(shell, *PROMPTS[shell], str(settings)).replace("\n", " ").split()

    assert prompt() == ["base>"]
    desktop.write_routine(TEA.replace("Boil water", NASTY))
    desktop.run("procroutine", "start", "tea")
    *told, left, base = prompt()
    assert " ".join(told) == f"▶ {NASTY}".replace("\\\\", "\\")
    assert re.fullmatch(r"[12]:\d\d|3:00", left)
    assert base == "base>"
    assert not list(desktop.folder.rglob("caught"))
    desktop.run("procroutine", "abandon")
    assert prompt() == ["base>"]


def test_a_bash_that_somebody_types_into_has_the_prompt(desktop: Desktop) -> None:
    needs("bash")
    settings = desktop.folder / ".bashrc"
    settings.write_text("PS1='base> '\n" + recipe("bash"))
    desktop.run("procroutine", "start", "tea")
    words = ["bash", "--rcfile", str(settings), "-i"]
    typed = subprocess.run(
        words, input="procroutine done\n", env=desktop.environment, capture_output=True, text=True, check=True,
        timeout=DEADLINE, start_new_session=True,
    )  # fmt: skip
    drawn = re.findall(r"▶ (\w+ \w+) \d:\d\d base> ", typed.stderr)
    assert drawn == ["Boil water", "Steep leaves"]
