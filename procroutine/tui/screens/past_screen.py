"""What the places that look back share: the day in their top bar, and when they draw anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procroutine.tui.screens.place import PlaceScreen
from procroutine.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from textual.geometry import Size

_WIDE, _NARROW, _TALL = 104, 72, 30
"""Columns and lines from which margins are wider."""


def text_column(size: Size) -> int:
    """Give the column, from 0, in which text begins on a screen; the mark of a selected row stands before it.

    The stylesheets keep to it, and so must what is laid out by hand.
    """
    if size.width < _NARROW:
        return 1
    return 3 if size.width >= _WIDE and size.height >= _TALL else 2


class PastScreen(PlaceScreen):
    """A place with a `TopBar` that draws anew when the home has changed, and when the day turns."""

    CSS_PATH = "past.tcss"

    def on_mount(self) -> None:
        """Draw before the first frame."""
        self.show_day()
        self.draw_if_changed()

    def show_day(self) -> bool:
        """Show the present day; true where it is another than before."""
        bar, app = self.query_one(TopBar), self.procroutine
        before = bar.day
        bar.show_day(app.now())
        bar.demo = app.home.places.demo
        return bar.day != before

    def each_second(self) -> None:
        """Draw anew when the day turns: which week is the present one depends on it."""
        if self.show_day():
            self.draw()
