"""What all questions over another screen share; none of it is needed before one is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from textual import events
from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

if TYPE_CHECKING:
    from procroutine.tui.app import ProcroutineApp

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer]):
    """A question over another screen; esc or a click beside it gives None, which changes nothing."""

    CSS_PATH = "dialogs.tcss"

    @property
    def procroutine(self) -> ProcroutineApp:
        """The app, as what it is."""
        return cast("ProcroutineApp", self.app)

    @property
    def may_be_clicked_away(self) -> bool:
        """Whether a click beside it closes it: one may be meant for the window of the terminal alone."""
        return True

    def on_click(self, event: events.Click) -> None:
        """Close where the click was beside the question, and nothing can be lost by it."""
        if event.widget is self and self.may_be_clicked_away:
            self.action_close()

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Close, once: the second of two clicks finds it closed, and must not close what lies below."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def action_close(self) -> None:
        """Close without an answer."""
        self.dismiss(None)
