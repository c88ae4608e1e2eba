"""The base of widgets that draw their own cells on a canvas."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from procroutine.tui.widgets.canvas import Canvas
from procroutine.tui.widgets.own_lines import OwnLines


class DrawnWidget(OwnLines):
    """Draws a canvas whose looks and grounds are its component classes, named `PREFIX--look`."""

    PREFIX: ClassVar[str]

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002  # as in Widget
        super().__init__(id=id, classes=classes)
        self._canvas: Canvas | None = None
        self._strips: dict[int, Strip] = {}
        self._styles_by_name: dict[tuple[str, str], Style] = {}

    def draw(self, width: int, height: int) -> Canvas:
        """Draw the present value on a canvas of this size; of the base, nothing."""
        return Canvas(width, height)

    def redraw(self) -> None:
        """Draw anew and repaint what came out different."""
        before = self._canvas
        if before is None or (before.width, before.height) != tuple(self.content_size):
            self._forget()
            self.refresh()
            return
        drawn = self._canvas = self.draw(before.width, before.height)
        for y in range(drawn.height):
            if not drawn.has_same_line(y, before):
                self._strips.pop(y, None)
                pieces = drawn.pieces_unlike(y, before)
                self.send(y, [(x, text, self._style(look, ground)) for x, text, look, ground in pieces])

    def render_line(self, y: int) -> Strip:
        """Give one line, from what was drawn last as long as nothing changed."""
        width, height = self.content_size
        if self._canvas is None or (self._canvas.width, self._canvas.height) != (width, height):
            self._forget()
            self._canvas = self.draw(width, height)
        if y >= height:
            return Strip.blank(width, self._style("", ""))
        if y not in self._strips:
            self._strips[y] = self._strip(self._canvas, y)
        return self._strips[y]

    def _strip(self, canvas: Canvas, y: int) -> Strip:
        return Strip([Segment(text, self._style(look, ground)) for text, look, ground in canvas.runs(y)], canvas.width)

    def notify_style_update(self) -> None:
        """Forget what was drawn with the styles of before."""
        self._forget()
        self._styles_by_name.clear()
        super().notify_style_update()

    def _forget(self) -> None:
        self._canvas = None
        self._strips.clear()

    def _style(self, look: str, ground: str) -> Style:
        named = (look, ground)
        if named not in self._styles_by_name:
            style = self.get_component_rich_style(f"{self.PREFIX}--{look}") if look else self.rich_style
            if ground:
                below = self.get_component_rich_style(f"{self.PREFIX}--{ground}")
                style += Style(bgcolor=below.bgcolor, reverse=below.reverse)
            self._styles_by_name[named] = style
        return self._styles_by_name[named]
