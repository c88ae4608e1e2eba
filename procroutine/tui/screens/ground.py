"""What lies under the run that the app opens on, until This week is seen first."""

from __future__ import annotations

from procroutine.tui.opening import week_place
from procroutine.tui.screens.place import PlaceScreen


class GroundScreen(PlaceScreen):
    """An empty place; This week, which takes longer to draw, is put over it once nothing else is."""

    def on_screen_resume(self) -> None:
        """Show This week where the person would come back to here; at first the run is still to come."""
        super().on_screen_resume()
        if self._was_covered:
            self.show_week()

    def show_week(self) -> None:
        """Show This week where this screen is what is seen."""
        if self.app.screen is self:
            self.app.delay_update()
            self.app.push_screen(week_place())
