"""How long a key takes to the end of the next frame: on a Run screen that ticks, and beside it on one that stands.

All are asked in turn, so that a busy machine slows all of them alike.
"""

from __future__ import annotations

import random
import statistics
from contextlib import ExitStack

from tests.benchmarks.finishing import seconds_of_append
from tests.benchmarks.installed import BARE, Installed, own_home, plain_environment
from tests.benchmarks.terminal import Terminal

ROUTINE = "weekly-review"
_SETTLED = 5.0
"""Seconds until nothing is left to say: a notice stays for four."""
_KEYS, _STEPS = 16, 5
_DEAF = 0.4
"""Seconds after a step done within which Space does nothing, and a little more."""
_ODDS_FROM, _ODDS_APART = 0.14, 0.02
"""Seconds from a step done to a key while its odds are drawn; so much later after each further step."""


def keys(installed: Installed) -> dict[str, float]:
    """Milliseconds of keys: `]` and `[`, which look at another step, and Space, which finishes one.

    The former while the clock ticks, in a pause of the same run, while odds are drawn, and in a bare
    app. Beside Space what it may take: the key in a pause, 1.5 flushed appends, and two milliseconds.
    """
    found: dict[str, list[float]] = {}

    def take(name: str, terminal: Terminal, key: bytes) -> None:
        terminal.drain()
        found.setdefault(name, []).append(terminal.key(key) * 1000)

    with ExitStack() as opened:
        running, paused = (opened.enter_context(own_home(installed)) for _ in range(2))
        ticks, stands, bare = (
            opened.enter_context(Terminal(words, plain_environment()))
            for words in (running.words("run", ROUTINE), paused.words("run", ROUTINE), [installed.python, BARE])
        )
        stands.wait_for("Weekly review", "Done")
        stands.key(b"p")
        for terminal in (ticks, stands, bare):
            terminal.watch(_SETTLED / 3)
        chance = random.Random(1)
        for number in range(_KEYS):
            for name, terminal in (("key while ticking", ticks), ("key in a pause", stands), ("bare key", bare)):
                terminal.watch(chance.uniform(0.1, 0.4))
                take(name, terminal, b"[" if number % 2 else b"]")
        for number in range(_STEPS):
            ticks.watch(_DEAF)
            take("step done", ticks, b" ")
            ticks.watch(_ODDS_FROM + number * _ODDS_APART)
            take("key while odds are drawn", ticks, b"]")
            found.setdefault("append", []).append(seconds_of_append(running.home) * 1000)
    figures = {name: statistics.median(values) for name, values in found.items()}
    figures["step may take"] = figures["key in a pause"] + 1.5 * figures["append"] + 2
    return figures
