"""Opening the address of a system: only http, https, mailto and file, never through a shell.

Textual's own `App.open_url` says nothing where no browser comes up, and takes any address.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping

from procroutine.insight.addresses import SCHEMES, may_open
from procroutine.text import shown

FAILS_WITHIN = 30.0
"""Seconds within which a program says that it cannot open something; after that it was the browser itself."""


def open_words(open_command: str | None, environment: Mapping[str, str], platform: str) -> list[str] | None:
    """Give the command that opens addresses here; None where there is nobody to see a browser.

    The command from the settings is always used; over SSH and without a display there is no other.
    """
    if open_command:
        import shlex

        return shlex.split(open_command)
    if environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"):
        return None
    if platform == "darwin":
        return ["open"]
    if platform == "win32":
        # Not `start`, which is the shell's, and would have that carry out what follows a &.
        return ["rundll32", "url.dll,FileProtocolHandler"]
    if not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
        return None
    return ["xdg-open"]


class Links:
    """Opens addresses, and says what became of it."""

    def __init__(
        self,
        say: Callable[[str], None],
        copy: Callable[[str], None],
        open_command: str | None,
        environment: Mapping[str, str] = os.environ,
        platform: str = sys.platform,
    ) -> None:
        """Take what tells the person, what fills the clipboard, and the command from the settings."""
        self._say = say
        self._copy = copy
        self._open_command = open_command
        self._environment = environment
        self._platform = platform

    def open(self, address: str, later: Callable[[Callable[[], None]], object]) -> bool:
        """Open an address with a program of its own; where that cannot be, show and copy it.

        `later` runs a call back in the app, for a program that starts but cannot open it. Gives
        whether a program was started.
        """
        if not may_open(address):
            self._say(f"Not opened, only {', '.join(SCHEMES[:-1])} and {SCHEMES[-1]} are: {shown(address)}")
            return False
        words = open_words(self._open_command, self._environment, self._platform)
        if words is None:
            self._hand_over(address)
            return False
        self._say(f"Opening {shown(address)}")
        try:
            program = self._start([*words, address])
        except (OSError, ValueError):  # no such program, or a character in its name that none can have
            self._hand_over(address)
            return False
        threading.Thread(target=self._await, args=(program, address, later), daemon=True).start()
        return True

    def _start(self, words: list[str]) -> subprocess.Popen[bytes]:
        nothing = subprocess.DEVNULL
        return subprocess.Popen(words, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True)

    def _await(
        self, program: subprocess.Popen[bytes], address: str, later: Callable[[Callable[[], None]], object]
    ) -> None:
        try:
            failed = program.wait(FAILS_WITHIN) != 0
        except subprocess.TimeoutExpired:
            program.wait()  # a browser that came up, and may end in any way
            return
        if failed:
            later(lambda: self._hand_over(address))

    def _hand_over(self, address: str) -> None:
        self._copy(address)
        self._say(f"Open it yourself, it is on the clipboard: {shown(address)}")
