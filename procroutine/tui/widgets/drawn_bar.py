"""A scroll bar among the lines that a list draws itself.

Textual's is a widget of its own that is loaded, laid out and drawn once there is more than is seen. All
that takes as long as to draw seventy rows, and would make a start with many routines longer than one with few.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from rich.segment import Segment
from textual.strip import Strip
from textual.style import Style

if TYPE_CHECKING:
    from textual import events
    from textual.scroll_view import ScrollView

    from procroutine.tui.widgets.plain import Looks
else:
    ScrollView = object  # Textual looks through each class of widgets at every start

_EIGHTHS = " ▇▆▅▄▃▂▁"
"""What is left of a cell from whose top so many eighths are taken."""


class Thumb(NamedTuple):
    """Which of the lines that are seen the mark stands on: eighths of a line, counted from the top."""

    start: int
    end: int

    @classmethod
    def of(cls, lines: int, seen: int, first: float) -> Thumb:
        """Place it for so many lines, of which so many are seen from the first on; it is a line long at least."""
        # In this order, as Textual reckons: what is rounded is the same then.
        length = max(1.0, seen / (lines / seen))
        start = int((seen - length) * (first / (lines - seen)) * 8)
        return cls(start, start + ceil(length * 8))

    def cell(self, y: int) -> tuple[str, bool] | None:
        """Give the sign of a line and whether ground and mark change places; None where the mark is not."""
        top, bottom = self.start - 8 * y, self.end - 8 * y
        if bottom <= 0 or top >= 8:
            return None
        return (_EIGHTHS[top], False) if top > 0 else (_EIGHTHS[bottom] if bottom < 8 else " ", True)


class DrawnBar(ScrollView):
    """Draws the bar at the right of each line, and scrolls as the mouse takes it.

    The list keeps Textual from showing one by `overflow: hidden`.
    """

    _taken: tuple[int, float] | None = None
    """Where the mouse has taken the mark: the line of the screen, and what was the first line seen then."""
    is_on_bar = False
    """Whether the mouse was last pressed on the bar, so that its click selects nothing."""

    @property
    def has_bar(self) -> bool:
        """Whether there is more than is seen."""
        return self.virtual_size.height > self.size.height > 0

    @property
    def allow_vertical_scroll(self) -> bool:
        """Let wheel and keys scroll where there is more than is seen."""
        return self.has_bar

    def with_bar(self, strips: list[Strip], first: int, looks: Looks) -> list[Strip]:
        """Add the bar, or its room, to lines drawn one cell narrower, of which the first is so far down the list."""
        colour = self.styles.scrollbar_color if self._taken is None else self.styles.scrollbar_color_active
        mark = looks.of((Style(foreground=colour),)), looks.of((Style(foreground=colour, reverse=True),))
        thumb = self._thumb if self.has_bar else None
        drawn = []
        for y, strip in enumerate(strips, first):
            cell = thumb and thumb.cell(y)
            end = Segment(" ", looks.blank) if cell is None else Segment(cell[0], mark[cell[1]])
            drawn.append(Strip([*strip, end], strip.cell_length + 1))
        return drawn

    @property
    def _thumb(self) -> Thumb:
        return Thumb.of(self.virtual_size.height, self.size.height, self.scroll_y)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take the mark, or go a page towards where the bar was pressed."""
        self.is_on_bar = self.has_bar and event.x == self.size.width - 1
        if not self.is_on_bar:
            return
        event.stop()
        thumb = self._thumb
        if event.y < thumb.start // 8:
            self.scroll_page_up(animate=False)
        elif event.y >= ceil(thumb.end / 8):
            self.scroll_page_down(animate=False)
        else:
            self._taken = event.screen_y, self.scroll_y
            self.capture_mouse()
            self.refresh()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Let the list follow the mark while it is held."""
        if self._taken is not None:
            line, first = self._taken
            by = (event.screen_y - line) * self.virtual_size.height / max(1, self.size.height)
            self.scroll_to(y=round(first + by), animate=False)

    def on_mouse_up(self) -> None:
        """Let the mark go."""
        if self._taken is not None:
            self.release_mouse()

    def on_mouse_release(self) -> None:
        """Forget the mark, whoever took the mouse away."""
        self._taken = None
        self.refresh()
