"""The base of widgets made of styled lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip

from procroutine.tui.widgets.own_lines import OwnLines

if TYPE_CHECKING:
    from procroutine.tui.widgets.cells import Line


class TextLines(OwnLines):
    """Draws lines of content, or of pieces where they change often; a new value of the same height asks no layout."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - as in Widget
        """Begin empty."""
        super().__init__(id=id, classes=classes)
        self._strips: list[Strip] | None = None
        self._lines: Sequence[Line] = []
        self._drawn_at = Size(0, 0)

    def lines_at(self, width: int) -> Sequence[Line]:
        """Give the lines as they are drawn at a width; of the base, none."""
        return ()

    def redraw(self) -> None:
        """Draw anew and repaint what came out different."""
        before, size = self._strips, self.content_size
        if self.is_mounted and not size:
            return  # it takes no room, and is drawn once it does
        if before is None or self._drawn_at != size:
            self._strips = None
            self.refresh()
            return
        after = self._strips = self._draw(size, before)
        for y in range(min(size.height, max(len(before), len(after)))):
            old = before[y] if y < len(before) else self._blank(size.width)
            new = after[y] if y < len(after) else self._blank(size.width)
            if old is not new:
                self.repaint(y, old, new)

    def render_line(self, y: int) -> Strip:
        """Give one line, from what was drawn last as long as nothing changed."""
        size = self.content_size
        if self._strips is None or self._drawn_at != size:
            self._strips = self._draw(size)
        return self._strips[y] if y < len(self._strips) else self._blank(size.width)

    def notify_style_update(self) -> None:
        """Forget what was drawn with the styles of before."""
        self._strips = None
        super().notify_style_update()

    def _draw(self, size: Size, before: Sequence[Strip] = ()) -> list[Strip]:
        """Draw all lines; those that say what they said `before` are not worked out again."""
        drawn, self._lines = self._lines, self.lines_at(size.width)[: size.height]
        self._drawn_at = size
        same = [_is_same(old, new) for old, new in zip(drawn[: len(before)], self._lines, strict=False)]
        return [
            before[y] if y < len(same) and same[y] else self.strip(line, size.width)
            for y, line in enumerate(self._lines)
        ]

    def _blank(self, width: int) -> Strip:
        return Strip.blank(width, self.look())


def _is_same(old: Line, new: Line) -> bool:
    if isinstance(old, Content):
        return isinstance(new, Content) and old.is_same(new)
    return old == new
