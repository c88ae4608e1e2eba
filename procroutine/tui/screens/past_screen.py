"""What the places that look back share: the day in their top bar, and when they draw anew."""

from __future__ import annotations

from procroutine.tui.screens.place import PlaceScreen
from procroutine.tui.widgets.top_bar import TopBar


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
