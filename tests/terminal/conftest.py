"""A real terminal: tmux with a shell in it, in which the app is started, looked at and driven by keys."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import procroutine

PACKAGE_PARENT = Path(procroutine.__file__).parents[1]
DEADLINE = 60.0
"""Seconds that anything may take on a machine under load; a wait ends as soon as there is what it waits for."""
POLL = 0.04
"""Seconds between two looks."""
DEAF = 0.32
"""Seconds: a little more than the time for which Space and Enter do nothing after the end of a step or run."""
PROMPT = "shell> "

_LEFT = re.compile(rf"left with (\d+)\s+{PROMPT.strip()}\s*\Z")

TEA = """\
name = "Make tea"
goal = "10m"
schedule = "daily"
[[steps]]
title = "Boil water"
planned = "3m"
[[steps]]
title = "Steep leaves"
planned = "4m"
[[steps]]
title = "Pour cups"
planned = "1m"
"""
_LAUNCHER = """\
#!/bin/sh
echo $$ >"$PID_FILE"
exec {python} -m procroutine "$@"
"""


def needs(program: str) -> str:
    """Give where a program is; without it the test is skipped, or fails where CI is meant to have everything."""
    found = shutil.which(program)
    if found is None:
        reason = f"{program} is not installed, and this test needs it"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def wait_until(what: str, holds: Callable[[], Any], but: Callable[[], str] = str) -> Any:
    """Look again and again until something holds, and give it; `but` tells what there was instead."""
    end = time.monotonic() + DEADLINE
    while True:
        if found := holds():
            return found
        if time.monotonic() > end:
            raise AssertionError(f"waited {DEADLINE:g} s in vain for {what}; there was:\n{but()}")
        time.sleep(POLL)


class Terminal:
    """A tmux server of its own with one window: a shell that knows `procroutine`, and a home."""

    def __init__(self, folder: Path) -> None:
        """Prepare a home and an otherwise clean environment in a folder; nothing is opened yet."""
        self.folder = folder
        self.home = folder / "home"
        self._tmux = needs("tmux")
        self._sockets = tempfile.mkdtemp(prefix="tmux-")  # pytest's own folders are too long for a socket
        self._bytes, self._pid_file = folder / "bytes", folder / "pid"
        commands, user, temporary = folder / "commands", folder / "user", folder / "temporary"
        for made in (commands, user, temporary):
            made.mkdir()
        launcher = commands / "procroutine"
        launcher.write_text(_LAUNCHER.format(python=sys.executable))
        launcher.chmod(0o700)
        (commands / "prompt").write_text(f"PS1='{PROMPT}'\n")
        self.temporary = temporary
        self.environment = {
            "PATH": f"{commands}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
            "HOME": str(user),
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(PACKAGE_PARENT),
            "PROCROUTINE_HOME": str(self.home),
            "PID_FILE": str(self._pid_file),
            "TMPDIR": str(temporary),
            "TMUX_TMPDIR": self._sockets,
            "ENV": str(commands / "prompt"),
        }

    def open_shell(self, columns: int, rows: int) -> None:
        """Open the window, and record all that is written to it."""
        size = ("-x", str(columns), "-y", str(rows))
        settings = ("set-option", "-g", "default-terminal", "screen-256color", ";")
        self._ask("-f", "/dev/null", "start-server", ";", *settings, "new-session", "-d", *size, "exec /bin/sh -i")
        self._ask("set-option", "-g", "window-size", "manual")
        self._ask("pipe-pane", "-o", f"exec cat >'{self._bytes}'")
        self.wait_for(PROMPT.strip())

    def _ask(self, *words: str) -> str:
        return self._output(self._tmux, "-u", "-L", "test", *words)

    def _output(self, *command: str) -> str:
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False, timeout=DEADLINE
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    # Looking

    @property
    def screen(self) -> str:
        """What is on the screen now."""
        return self._ask("capture-pane", "-p")

    @property
    def bytes(self) -> bytes:
        """All that was written to the terminal since it was opened."""
        return self._bytes.read_bytes()

    def asked(self, name: str) -> str:
        """Give one of the variables that tmux keeps on the window, such as `alternate_on`."""
        return self._ask("display-message", "-p", f"#{{{name}}}").strip()

    def wait_for(self, *texts: str, without: str | None = None) -> str:
        """Wait until the screen shows all texts, and not the one it is to be `without`; give the screen."""

        def shown() -> str | None:
            screen = self.screen
            gone = without is None or without not in screen
            if gone and all(text in screen for text in texts):
                return screen
            assert _exit_code(screen) is None, f"the program ended while {what} was waited for:\n{screen}"
            return None

        what = " and ".join(map(repr, texts)) + (f" without {without!r}" if without else "")
        return str(wait_until(what, shown, lambda: self.screen))

    # Doing

    def press(self, *keys: str) -> None:
        """Press keys, named as tmux names them."""
        self._ask("send-keys", *keys)

    def type_line(self, line: str, enter: str = "Enter") -> None:
        """Type a line into the shell."""
        self._ask("send-keys", "-l", line)
        self.press(enter)

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size."""
        self._ask("resize-window", "-x", str(columns), "-y", str(rows))

    def open_pane(self, line: str) -> None:
        """Run a command line in another pane of the window, which is there for as long as it runs."""
        self._ask("split-window", "-d", f"PID_FILE=/dev/null {line}")

    def close_window(self) -> None:
        """Take the terminal away from under the app."""
        self._ask("kill-server")

    def press_rested(self, key: str) -> None:
        """Press a key once the moment is over in which it does nothing after the change of screen just seen."""
        time.sleep(DEAF)
        self.press(key)

    def kill(self) -> None:
        """End every tmux server that was begun here and, should it outlive that, the program."""
        for socket in filter(Path.is_socket, Path(self._sockets).rglob("*")):
            command = [self._tmux, "-S", str(socket), "kill-server"]
            subprocess.run(command, env=self.environment, capture_output=True, check=False, timeout=DEADLINE)
        shutil.rmtree(self._sockets)
        if self.alive:
            self.signal(signal.SIGKILL)

    # The program

    def start(self, line: str = "procroutine") -> None:
        """Type a command line into the shell; what it ended with will be said after it."""
        self.type_line(f"clear; {line}; echo left with $?")

    def open_app(self, line: str = "procroutine", shows: str = "This week") -> str:
        """Start the app, and wait until it is there; give the screen."""
        self.start(line)
        return self.wait_for(shows, without=PROMPT)

    def wait_for_exit(self) -> int:
        """Wait until the program has ended and the shell asks for more; give its exit code."""
        (code,) = wait_until("the end of the program", lambda: _exit_code(self.screen), lambda: self.screen)
        return int(code)

    @property
    def alive(self) -> bool:
        """Whether the program that was started last still lives."""
        if not self._pid_file.exists():
            return False
        state = subprocess.run(
            ["ps", "-o", "stat=,args=", "-p", self._pid_file.read_text().strip()],
            capture_output=True,
            text=True,
            check=False,
        ).stdout
        return "procroutine" in state and not state.startswith("Z")

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        os.kill(int(self._pid_file.read_text()), number)

    def command(self, *words: str) -> str:
        """Run a command from outside the terminal on the same home; give what it printed."""
        return self._output(sys.executable, "-m", "procroutine", *words)

    def runs(self, command: str = "status") -> list[dict[str, Any]]:
        """Give the runs that `status` or `history` print as JSON."""
        return list(json.loads(self.command(command, "--json"))["runs"])

    def write_routine(self, name: str = "tea", text: str = TEA) -> None:
        """Put a routine into the home, which then gets no shipped ones."""
        folder = self.home / "routines"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.toml").write_text(text)

    @property
    def open_run_files(self) -> list[str]:
        """The names of the files that open runs are kept in."""
        return sorted(path.name for path in (self.home / "open-runs").iterdir() if path.suffix)


def _exit_code(screen: str) -> tuple[int] | None:
    """Give what the program is said to have ended with, once the shell asks for more; else None."""
    said = _LEFT.search(screen)
    return (int(said[1]),) if said else None


OpenTerminal = Callable[..., Terminal]


@pytest.fixture
def open_terminal(tmp_path: Path) -> Iterator[OpenTerminal]:
    """Give what opens terminals; all are closed at the end, whatever happened."""
    opened: list[Terminal] = []

    def make(columns: int = 120, rows: int = 40) -> Terminal:
        folder = tmp_path / str(len(opened))
        folder.mkdir()
        terminal = Terminal(folder)
        opened.append(terminal)
        terminal.open_shell(columns, rows)
        return terminal

    yield make
    for terminal in opened:
        terminal.kill()


@pytest.fixture
def terminal(open_terminal: OpenTerminal) -> Terminal:
    """Give a terminal of 120 columns and 40 lines with one small routine in its home."""
    terminal = open_terminal()
    terminal.write_routine()
    return terminal
