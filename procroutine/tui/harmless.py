"""The edges of the app where text comes in and goes out past Textual's drawing: pasted text, notices, own frames."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from textual import events
from textual._ansi_sequences import SYNC_END, SYNC_START

from procroutine.text import shown
from procroutine.tui.whole_signs import cut_between_signs

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from textual.driver import Driver
    from textual.notifications import SeverityLevel

    from procroutine.tui.in_order import AppInOrder
else:
    AppInOrder = object  # Textual looks through each class of apps at every start

_UNTIL_WRITTEN = 0.0003
"""Seconds within which a frame is handed to the terminal."""


class HarmlessApp(AppInOrder):
    """What makes an app take nothing that is pasted, and tell nothing, but what a terminal can safely show."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Take what gives the present instant, and see to it that no sign is sent in part."""
        super().__init__(now)
        cut_between_signs()

    def get_driver_class(self) -> type[Driver]:
        """Give the driver; where Textual would take its own for Linux, the one that sleeps until a key comes."""
        found = super().get_driver_class()
        if found.__module__ != "textual.drivers.linux_driver":
            return found
        from procroutine.tui.patient_driver import PatientDriver

        return PatientDriver

    async def on_event(self, event: events.Event) -> None:
        """Clean what is pasted before a field draws it: pages hide escape sequences in what one copies.

        Several lines become one, since a field has no more and would take the first alone.
        """
        if isinstance(event, events.Paste):
            event.text = shown(" ".join(line for line in event.text.splitlines() if line))
        if isinstance(event, events.MouseDown) and self._is_on_what_goes(event):
            return
        await super().on_event(event)

    def _is_on_what_goes(self, press: events.MouseDown) -> bool:
        """Say whether a press is on something that was taken away and is still drawn, at which Textual would end."""
        widget, _ = self.screen.get_widget_and_offset_at(press.x, press.y)
        return widget is not None and widget is not self.screen and widget.parent is None

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Tell something in a corner of the screen; a text is never markup, whoever asks for that."""
        said, headed = shown(message, lines=True), shown(title)
        super().notify(said, title=headed, severity=severity, timeout=timeout, markup=False)

    def write_to_terminal(self, sequence: str) -> None:
        """Write what is no text, such as a notice, between two frames."""
        if not self.is_headless and self._driver is not None:
            self._driver.write(sequence)

    def write_frame(self, text: str, *, more_follows: bool = False) -> None:
        """Write what has changed on a screen as one frame, as Textual would write it in three pieces.

        Where `more_follows` that takes long to draw, it is let out first.
        """
        if self.is_headless or self._driver is None or not self._running or self._closed:
            return
        cursor = self.screen.outer_size.clamp_offset(self.cursor_position)
        text += f"\x1b[{cursor.y + 1};{cursor.x + 1}H"
        self._driver.write(f"{SYNC_START}{text}{SYNC_END}" if self._sync_available else text)
        if more_follows:
            # The thread that writes would have to wait for the interpreter until all that follows is drawn.
            time.sleep(_UNTIL_WRITTEN)
