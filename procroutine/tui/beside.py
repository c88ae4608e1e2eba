"""Long work beside the app, which goes on drawing and answering keys meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from threading import Event
from typing import TypeVar

Made = TypeVar("Made")
Tell = Callable[[str], object]
"""Takes in words what is being done."""


class _Stopped(Exception):
    """Nobody waits for the work any more."""


async def beside(work: Callable[[Tell], Made], tell: Tell) -> Made:
    """Do work in a thread of its own and give what it makes; what it raises is raised here.

    What the work tells now and then reaches `tell` in the app. Once nobody waits any more, as when
    the worker that awaits this is cancelled, the work ends where it tells something next.
    """
    loop, stopped = asyncio.get_running_loop(), Event()

    def heard(doing: str) -> None:
        if not stopped.is_set():
            tell(doing)

    def tell_app(doing: str) -> None:
        if stopped.is_set():
            raise _Stopped
        with suppress(RuntimeError):  # the app is gone
            loop.call_soon_threadsafe(heard, doing)

    try:
        return await asyncio.to_thread(work, tell_app)
    finally:
        stopped.set()
