"""A clean terminal after SIGTERM and SIGHUP.

Textual handles neither: both would leave the terminal in its alternate screen with the mouse
reporting. Leaving the ordinary way hangs where the terminal itself is gone, so a hard exit waits
behind it.
"""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable

from textual.app import App

HARD_EXIT_AFTER = 1.0
"""Seconds that leaving in order may take."""

_NAMES = ("SIGTERM", "SIGHUP")


def leave_on_signals(app: App[None], hard_exit: Callable[[int], object]) -> None:
    """Leave the app in order on SIGTERM and SIGHUP, and by `hard_exit` where that takes over a second."""
    loop = asyncio.get_running_loop()
    for name in _NAMES:
        number = getattr(signal, name, None)
        if number is None:
            continue
        try:
            loop.add_signal_handler(number, _leave, app, int(number), hard_exit)
        except (NotImplementedError, RuntimeError, ValueError):
            return  # Windows has no such handlers, and only the main thread may set them


def _leave(app: App[None], number: int, hard_exit: Callable[[int], object]) -> None:
    code = 128 + number
    last_resort = threading.Timer(HARD_EXIT_AFTER, hard_exit, [code])
    last_resort.daemon = True
    last_resort.start()
    app.exit(return_code=code)
