"""When an app in a test has nothing left to do: nothing is ready to go on, and no timer is due at once.

Textual's pilot sleeps for a fiftieth of a second, again and again, until the process used hardly any
time in one of them: half of a test of the app is such sleep, and on a busy machine a process that was
given no time looks idle. Asking the event loop is quicker and does not depend on the machine.
"""

from __future__ import annotations

import asyncio
from typing import Any

import textual.app
import textual.pilot

_MOMENT = 1 / 2000
"""Seconds between two looks: looking without a pause would be work to the app, which waits for a pause too."""
AT_ONCE = 1 / 50
"""Seconds: a timer due within them belongs to what goes on, as the next part of a longer piece of work does."""


async def wait_for_idle(min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """Wait until nothing goes on, at least and at most so many seconds."""
    loop: Any = asyncio.get_running_loop()
    start = loop.time()
    await asyncio.sleep(0)
    while (now := loop.time()) < start + max_sleep:
        if loop._ready:  # the loop tells of neither in any other way
            await asyncio.sleep(_MOMENT)
            continue
        due = min((timer.when() for timer in loop._scheduled if not timer.cancelled()), default=now + max_sleep)
        if due > now + AT_ONCE:
            break
        await asyncio.sleep(max(0.0, due - now))
    await asyncio.sleep(max(0.0, start + min_sleep - loop.time()))


def ask_the_loop() -> None:
    """Let pilots wait in this way."""
    waiting: tuple[Any, ...] = (textual.app, textual.pilot)
    for module in waiting:
        assert hasattr(module, "wait_for_idle")
        module.wait_for_idle = wait_for_idle
