"""The base of widgets that keep the lines they have drawn, and repaint only the cells that changed.

A clock that ticks on a full screen must cost next to nothing: such a widget has a fixed size, so a
new value asks for no layout, and of its lines only the changed stretches are sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.segment import Segment
from textual.content import Content
from textual.strip import Strip
from textual.style import Style as VisualStyle
from textual.widget import Widget

from procroutine.tui.one_frame import regions
from procroutine.tui.stretches import changed

if TYPE_CHECKING:
    from rich.style import Style

    from procroutine.tui.one_frame import OneFrame
    from procroutine.tui.stretches import Piece
    from procroutine.tui.widgets.cells import Line

_NOT_REVERSED = VisualStyle(reverse=False)


class OwnLines(Widget):
    """Draws each line itself."""

    frame: OneFrame | None = None
    """Where changes go that are to be seen at once; without one, or while it is shut, Textual is asked."""

    def __init__(self, *children: Widget, **options: Any) -> None:
        """Take what every widget takes."""
        super().__init__(*children, **options)
        self._found_looks: dict[tuple[str, str], Style] = {}

    def repaint(self, y: int, before: Strip, after: Strip) -> None:
        """Send what is different in a line of the content."""
        self.send(y, changed(before, after))

    def send(self, y: int, pieces: list[Piece]) -> None:
        """Send pieces of a line of the content."""
        if not pieces:
            return
        if self.frame is not None and self.frame.is_open:
            self.frame.add(self, y, pieces)
        else:
            self.refresh(*regions(y, pieces))

    def notify_style_update(self) -> None:
        """Forget the looks of before."""
        self._found_looks.clear()
        super().notify_style_update()

    def look(self, style: str = "", ground: str = "") -> Style:
        """Give how a style looks on this widget, on the ground that another style gives."""
        key = style, ground
        if key not in self._found_looks:
            found = self.visual_style
            for name in (ground, style):
                if name:
                    found += self._get_style(name)
            self._found_looks[key] = found.rich_style
        return self._found_looks[key]

    def strip(self, line: Line, width: int, ground: str = "") -> Strip:
        """Draw a line of text so many cells wide."""
        if isinstance(line, Content):
            base = self.visual_style
            rendered = (line or Content(" ")).render(base, end="", parse_style=self._get_style)
            segments = [Segment(text, (base + style).rich_style) for text, style in rendered]
        else:
            segments = [Segment(text, self.look(style, ground)) for text, style in line if text]
        strip = Strip(segments)
        if strip.cell_length == width:
            return strip
        return strip.adjust_cell_length(width, (self.visual_style + _NOT_REVERSED).rich_style)
