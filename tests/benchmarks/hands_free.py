"""A verb from another terminal on a run that is open in the app: how soon it is done, and how soon it is seen."""

from __future__ import annotations

import random
import statistics
import subprocess
import time

import pyte

from tests.benchmarks.installed import Installed, plain_environment
from tests.benchmarks.terminal import COLUMNS, ROWS, Terminal

ROUTINE = "weekly-review"
_STEPS, _PATIENCE = 6, 5.0
"""Steps that are ended in one look, and the seconds after which a step that is not seen counts as that late."""


class _Seen:
    """What a person would see in a terminal."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal, self._place = terminal, 0
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)

    def shows(self, text: str) -> bool:
        """Take what was written since the last look, and look."""
        self._stream.feed(self._terminal.written_from(self._place))
        self._place = self._terminal.bytes_written
        return any(text in line for line in self._screen.display)


def hands_free(installed: Installed) -> dict[str, float]:
    """Milliseconds from the start of `procroutine done` to its end and to the app's frame that shows the next step."""
    chance = random.Random(1)
    acted, seen = [], []
    with Terminal(installed.words("run", ROUTINE), plain_environment()) as terminal:
        screen = _Seen(terminal)
        terminal.wait_for("Weekly review", "Done")
        for number in range(2, 2 + _STEPS):
            terminal.watch(chance.uniform(0.2, 1.2))  # the app looks once a second
            screen.shows("")
            times = _done(installed, terminal, screen, f"Step {number} of")
            acted.append(times[0])
            seen.append(times[1])
    subprocess.run(installed.words("abandon"), env=plain_environment(), capture_output=True, check=True)
    return {
        "acted": statistics.median(acted) * 1000,
        "seen": statistics.median(seen) * 1000,
        "seen at the latest": max(seen) * 1000,
    }


def _done(installed: Installed, terminal: Terminal, screen: _Seen, text: str) -> tuple[float, float]:
    """Give the seconds until the command has ended and until the text is seen."""
    began = time.perf_counter()
    verb = subprocess.Popen(installed.words("done"), env=plain_environment(), stdout=subprocess.DEVNULL)
    ended = shown = 0.0
    while not (ended and shown) and time.perf_counter() < began + _PATIENCE:
        if terminal.read(0.002) and not shown and screen.shows(text):
            shown = terminal.last_output - began
        if not ended and verb.poll() is not None:
            ended = time.perf_counter() - began
    verb.wait()
    return ended or _PATIENCE, shown or _PATIENCE
