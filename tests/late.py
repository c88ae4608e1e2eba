"""Letting everything in a test come late that comes by itself, as on a slow and busy machine.

    PROCROUTINE_TESTS_LATE=0.3 python -m pytest tests/tui

Timers and threads begin up to so many seconds later, each by a random part of them, and the disk answers late.
A test that fails only then looked before what it asks for had come: it has to wait for that with `until`.
"""

from __future__ import annotations

import asyncio
import os
import random
import threading
import time
from collections.abc import Callable
from typing import Any

import textual.timer

_DISK = 1 / 30
"""The part of the seconds by which the disk is late."""


def be_late(seconds: float) -> None:
    """Let timers and threads come up to so many seconds later, and what is written reach the disk a little later."""
    print(f"everything comes up to {seconds:g} s late")  # noqa: T201 - a run like this must be told from others
    timers: Any = textual.timer
    on_time: Callable[[float], Any] = timers.sleep
    run, written = threading.Thread.run, os.fsync

    async def sleep(wanted: float) -> None:
        await on_time(wanted)
        await asyncio.sleep(random.uniform(0, seconds))

    def run_late(thread: threading.Thread) -> None:
        time.sleep(random.uniform(0, seconds))
        run(thread)

    def reach_the_disk(file: int) -> None:
        time.sleep(random.uniform(0, seconds * _DISK))
        written(file)

    timers.sleep = sleep
    threading.Thread.run = run_late  # type: ignore[method-assign, assignment] # that is what makes them late
    os.fsync = reach_the_disk  # type: ignore[assignment] # as above
