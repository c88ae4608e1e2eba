"""Taking keys one after the other: each finds the screen that the key before it has led to.

Textual hands a key to the widget that has the keys when it arrives, though the key before it may
still be opening a dialog. On a slow line or a busy machine, where several keys arrive at once, the
letters of a note would be taken for verbs. A key therefore waits until all is done that came of
the key or click before it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sized
from datetime import datetime, timedelta

from textual import events
from textual.app import App
from textual.widget import Widget

_MOST_TURNS = 20_000
"""Turns of the loop after which a key is taken all the same: a second or more of work without a pause."""


class AppInOrder(App[None]):
    """An app that takes a key once nothing is left to do; the first one once `take_keys` was called."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Take what gives the present instant."""
        super().__init__()
        self._now = now
        self.held_back = timedelta()
        """How long the key that is being taken had to wait."""
        self._waiting: deque[tuple[events.Event, datetime]] = deque()
        self._is_settled = False
        self._had_keys: Widget | None = None
        """What had the keys when nothing was left to do."""

    async def on_event(self, event: events.Event) -> None:
        """Keep a key or pasted text back while something goes on; both, and clicks, make the next wait."""
        if event.is_forwarded or not isinstance(event, events.Key | events.Paste | events.MouseUp):
            await super().on_event(event)
        elif isinstance(event, events.MouseUp):
            await super().on_event(event)
            if self._is_settled:
                self.take_keys()
        elif self._is_settled and not self._waiting:
            await self._take(event, self._now())
        else:
            self._waiting.append((event, self._now()))

    def take_keys(self) -> None:
        """Take the keys that wait once nothing is left to do."""
        self._is_settled = False
        loop = asyncio.get_running_loop()
        # What is left to do is known to the loop alone, and it has no public name for it.
        ready: Sized = getattr(loop, "_ready", ())
        turns = 0

        def look() -> None:
            nonlocal turns
            turns += 1
            if ready and turns < _MOST_TURNS:
                loop.call_soon(look)
                return
            self._is_settled = True
            if self.screen_stack:  # not any more while the app closes
                self._had_keys = self.focused or self._had_keys
            if self._waiting:
                self.call_later(self._take_first)

        loop.call_soon(look)

    async def _take_first(self) -> None:
        if self._waiting and self._is_settled:
            await self._take(*self._waiting.popleft())

    async def _take(self, event: events.Event, came_at: datetime) -> None:
        self.held_back = max(timedelta(), self._now() - came_at)
        self._focus_again()
        await super().on_event(event)
        self.take_keys()

    def _focus_again(self) -> None:
        """Give the keys back to the widget that lost them while it was not seen, as in a window made too small."""
        screen = self.screen
        if not self.app_focus or screen.focused is not None or not screen.AUTO_FOCUS:
            return
        for widget in (self._had_keys, *screen.query(screen.AUTO_FOCUS)):
            if widget is not None and widget.is_attached and widget.screen is screen and _is_displayed(widget):
                screen.set_focus(widget, from_app_focus=True)  # what is marked in a line stays as it was
                return


def _is_displayed(widget: Widget) -> bool:
    return all(part.display for part in widget.ancestors_with_self if isinstance(part, Widget))
