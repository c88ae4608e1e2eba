"""When an app in a test has nothing left to do: nothing is ready to go on, no frame is to be drawn, no timer is due.

Textual's pilot sleeps for a fiftieth of a second, again and again, until the process used hardly any
time in one of them: half of a test of the app is such sleep, and on a busy machine a process that was
given no time looks idle. Asking the event loop is quicker and does not depend on the machine.

A frame is drawn by a timer that is up to two frames ahead, and what the app does after a frame comes
later still: both are asked of the screen. What comes only after a while (a search once typing has paused,
odds, a screen that is held back until it is whole) is waited for with `until`, never for a fixed time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import textual.app
import textual.notifications
import textual.pilot
from textual._context import active_app

from procroutine.tui.in_order import AppInOrder

Found = TypeVar("Found")

_MOMENT = 1 / 2000
"""Seconds between two looks: looking without a pause would be work to the app, which waits for a pause too."""
AT_ONCE = 1 / 50
"""Seconds: a timer due within them belongs to what goes on, as the next part of a longer piece of work does."""
PATIENCE = 30.0
"""Seconds that anything may take on a machine under load; a wait ends as soon as there is what it waits for."""
_BETWEEN_LOOKS = 1 / 100
_LASTS = 100
"""How many times longer a notice stays in a test."""


async def wait_for_idle(min_sleep: float = 0.0, max_sleep: float = PATIENCE) -> None:
    """Wait until nothing goes on, at least and at most so many seconds."""
    loop: Any = asyncio.get_running_loop()
    start = loop.time()
    await asyncio.sleep(0)
    while (now := loop.time()) < start + max_sleep:
        if loop._ready:  # the loop tells of neither in any other way
            await asyncio.sleep(_MOMENT)
            continue
        due = min((timer.when() for timer in loop._scheduled if not timer.cancelled()), default=now + max_sleep)
        app: Any = active_app.get(None)
        if app is not None and app._exit:  # after which Textual's timers go round without doing anything
            break
        if due > now + AT_ONCE and not _goes_on(app):
            break
        await asyncio.sleep(min(max(0.0, due - now), _BETWEEN_LOOKS))
    await asyncio.sleep(max(0.0, start + min_sleep - loop.time()))


def _goes_on(app: Any) -> bool:
    """Say whether an app has yet to take a key or a size that was sent, to draw a frame, or to do what follows it."""
    if app is None or not app.is_running:
        return False
    is_taken = app._resize_event is None and not (isinstance(app, AppInOrder) and app._waiting)
    follows = app.screen_stack and app.screen._callbacks  # those of a screen below wait until it is on top again
    return bool(app._batch_count or not is_taken or follows or any(map(_has_a_frame_to_draw, _seen(app))))


def _seen(app: Any) -> Iterator[Any]:
    """Give the screen on top, and those that are seen around a dialog; one that is covered draws no frame."""
    for screen in reversed(app.screen_stack):
        yield screen
        if screen.styles.background.a == 1:
            break


def _has_a_frame_to_draw(screen: Any) -> bool:
    """Say whether a screen waits for its next frame."""
    frames = screen._Screen__update_timer
    return frames is not None and frames._active.is_set()


async def until(holds: Callable[[], Found], instead: Callable[[], object] = str) -> Found:
    """Wait until something holds while nothing goes on, and give it; `instead` tells what there was."""
    loop = asyncio.get_running_loop()
    end = loop.time() + PATIENCE
    while True:
        await wait_for_idle()
        if found := holds():
            return found
        assert loop.time() < end, f"waited {PATIENCE:g} s in vain; there was:\n{instead()}"
        await asyncio.sleep(_BETWEEN_LOOKS)


def ask_the_loop() -> None:
    """Let pilots wait in this way."""
    waiting: tuple[Any, ...] = (textual.app, textual.pilot)
    for module in waiting:
        assert hasattr(module, "wait_for_idle")
        module.wait_for_idle = wait_for_idle


@dataclass
class LastingNotice(textual.notifications.Notification):
    """A notice that a slow test still finds when it looks for it."""

    def __post_init__(self) -> None:
        """Let it last."""
        self.timeout *= _LASTS


def keep_notices() -> None:
    """Let notices outlast a test: they go by the time of the machine, not by the clock that is handed in."""
    app: Any = textual.app
    assert app.Notification is not None
    app.Notification = LastingNotice
