"""Text that is too long for its place, and scrolls by keys."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll

from procroutine.tui.keys import key


class Reading(VerticalScroll, can_focus=True):
    """Text that scrolls by keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("reading.down", "j", "scroll_down", "Down", "Go on reading.", shown=False),
        key("reading.up", "k", "scroll_up", "Up", "Go back in the text.", shown=False),
        key("reading.first", "g", "scroll_home", "First", "Go to the top.", shown=False),
        key("reading.last", "G", "scroll_end", "Last", "Go to the end.", shown=False),
    ]
