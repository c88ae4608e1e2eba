"""The edges of the app where text comes in and goes out that no screen draws: pasted text, and notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

from procroutine.text import shown
from procroutine.tui.in_order import AppInOrder

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel


class HarmlessApp(AppInOrder):
    """An app that takes nothing that is pasted, and tells nothing, but what a terminal can safely show."""

    async def on_event(self, event: events.Event) -> None:
        """Clean what is pasted before a field draws it: pages hide escape sequences in what one copies."""
        if isinstance(event, events.Paste):
            event.text = shown(event.text, lines=True)
        await super().on_event(event)

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
