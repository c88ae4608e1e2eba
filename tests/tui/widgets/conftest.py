"""One widget alone in an app, with our themes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.app import App, ComposeResult
from textual.message import Message
from textual.widget import Widget

from procroutine.tui.themes import DEFAULT_THEME, THEMES


class Alone(App[None]):
    """Shows one widget, and keeps what it sends up."""

    def __init__(self, widget: Widget, theme: str = DEFAULT_THEME) -> None:
        super().__init__()
        self.widget = widget
        self.heard: list[Message] = []
        for known in THEMES:
            self.register_theme(known)
        self.theme = theme

    def compose(self) -> ComposeResult:
        yield self.widget


@pytest.fixture
def alone() -> Callable[..., Alone]:
    """Make an app of one widget."""
    return Alone


@pytest.fixture
def text_of() -> Callable[[Widget], list[str]]:
    """Read what stands on the lines of a widget."""

    def read(widget: Widget) -> list[str]:
        return ["".join(part.text for part in widget.render_line(y)).rstrip() for y in range(widget.size.height)]

    return read
