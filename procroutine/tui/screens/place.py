"""What all screens share: the app with its type, and one line where the terminal is too small."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import events, on
from textual.content import Content
from textual.screen import Screen

from procroutine.tui.repaint import NarrowCompositor
from procroutine.tui.widgets.plain import blank_strip

if TYPE_CHECKING:
    from textual.app import App
    from textual.geometry import Region
    from textual.strip import Strip

    from procroutine.tui.app import ProcroutineApp

NEEDS = (40, 12)
"""Columns and lines below which nothing but one sentence is drawn."""


def size_classes(app: App[object]) -> list[str]:
    """Give the classes that Textual sets for a size, one frame after a resize."""
    columns = [name for least, name in app.HORIZONTAL_BREAKPOINTS or () if app.size.width >= least]
    rows = [name for least, name in app.VERTICAL_BREAKPOINTS or () if app.size.height >= least]
    return [*columns[-1:], *rows[-1:]]


class PlaceScreen(Screen[None]):
    """A screen that draws a frozen view of the home, anew whenever the home has changed."""

    def __init__(self) -> None:
        """Take the classes of the present size at once, so that the first frame needs no second layout."""
        super().__init__(classes=" ".join(size_classes(self.app)))
        self._compositor = NarrowCompositor()

    shows_open_run_only = False
    """Whether nothing of it comes from routine files or the past, so that these need no look every second."""
    _was_left = False
    _was_covered = False

    seen = -1
    """The app's count of changes that this screen has drawn."""

    @property
    def procroutine(self) -> ProcroutineApp:
        """The app, as what it is."""
        return cast("ProcroutineApp", self.app)

    def offers(self, action: str) -> bool:
        """Whether the key of an action is worth a place at the bottom now; one that is not still has its answer."""
        return True

    def draw(self) -> None:
        """Ask the viewer anew, and draw what it answers."""

    def each_second(self) -> None:
        """Draw what time alone changes; called once a second while the screen is seen."""

    def draw_if_changed(self) -> None:
        """Draw anew if the home has changed since the last time."""
        if self.seen != self.procroutine.changed_times:
            self.seen = self.procroutine.changed_times
            self.draw()

    def until_next_second(self) -> float:
        """Give the seconds until `each_second` is to be called again."""
        return 1.0

    @on(events.ScreenResume)
    def _keep_first_styles(self, event: events.ScreenResume) -> None:
        """Look for other colours when the screen comes back; at first each widget has just been given them."""
        event.refresh_styles = self._was_left
        self._was_left = True

    def on_screen_suspend(self) -> None:
        """Remember that changes are to be looked for when it is seen again; before it is seen first, all is fresh."""
        self._was_covered = True

    def on_screen_resume(self) -> None:
        """Catch up with what happened while another screen was on top."""
        if self._was_covered:
            self.procroutine.look_for_changes(open_runs_only=self.shows_open_run_only)
        self.draw_if_changed()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw nothing but the ground in one go, unless there is something to say."""
        if self.is_too_small:
            return super().render_lines(crop)
        return [blank_strip(self, crop.width)] * crop.height

    @property
    def is_too_small(self) -> bool:
        """Whether nothing is seen but what it needs."""
        columns, rows = NEEDS
        return self.size.width < columns or self.size.height < rows

    def render(self) -> Content:
        """Say what is needed; all children are hidden where it shows (see app.tcss)."""
        if not self.is_too_small:
            return Content("")
        columns, rows = NEEDS
        sentence = f"procroutine needs {columns} columns and {rows} lines"
        return Content(sentence if len(sentence) <= self.size.width else f"needs {columns} × {rows}")
