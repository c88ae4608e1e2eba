"""The base of widgets made of styled lines that repaint only the stretch that changed."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget


class TextLines(Widget):
    """Draws lines of content; a new value of the same height asks for no layout."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - as in Widget
        """Begin empty."""
        super().__init__(id=id, classes=classes)
        self._strips: list[Strip] | None = None
        self._lines: list[Content] = []
        self._drawn_at = Size(0, 0)

    def lines_at(self, width: int) -> list[Content]:
        """Give the lines as they are drawn at a width."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw anew and repaint what came out different."""
        before, size = self._strips, self.content_size
        if before is None or self._drawn_at != size or not size:
            self._strips = None
            self.refresh()
            return
        after = self._strips = self._draw(size, before)
        for y in range(min(size.height, max(len(before), len(after)))):
            old = before[y] if y < len(before) else Strip.blank(size.width)
            new = after[y] if y < len(after) else Strip.blank(size.width)
            if (stretch := _changed(old, new)) is not None:
                self.refresh(Region(stretch[0], y, stretch[1] - stretch[0], 1))

    def render_line(self, y: int) -> Strip:
        """Give one line, from what was drawn last as long as nothing changed."""
        size = self.content_size
        if self._strips is None or self._drawn_at != size:
            self._strips = self._draw(size)
        if y < len(self._strips):
            return self._strips[y]
        return Strip.blank(size.width, self.visual_style.rich_style)

    def notify_style_update(self) -> None:
        """Forget what was drawn with the styles of before."""
        self._strips = None
        super().notify_style_update()

    def _draw(self, size: Size, before: Sequence[Strip] = ()) -> list[Strip]:
        """Draw all lines; those that say what they said `before` are not worked out again."""
        drawn, self._lines = self._lines, self.lines_at(size.width)[: size.height]
        self._drawn_at = size
        same = [old.is_same(new) for old, new in zip(drawn[: len(before)], self._lines, strict=False)]
        return [
            before[y] if y < len(same) and same[y] else self._strip(line, size.width)
            for y, line in enumerate(self._lines)
        ]

    def _strip(self, line: Content, width: int) -> Strip:
        content = line if line else Content(" ")
        strips = Visual.to_strips(self, content, width, 1, self.visual_style, apply_selection=False, pad=True)
        return strips[0] if strips else Strip.blank(width)


def _changed(old: Strip, new: Strip) -> tuple[int, int] | None:
    """Give the first cell that differs and the one after the last; None where the strips are the same."""
    if old == new:
        return None
    before, after = _cells(old), _cells(new)
    length = max(len(before), len(after))
    if len(before) != len(after):
        return 0, length
    differing = [place for place in range(length) if before[place] != after[place]]
    return (differing[0], differing[-1] + 1) if differing else None


def _cells(strip: Strip) -> list[tuple[str, object]]:
    """Give what stands in each cell; a wide character takes two."""
    cells: list[tuple[str, object]] = []
    for segment in strip:
        if segment.text.isascii():
            cells += [(character, segment.style) for character in segment.text]
            continue
        for character in segment.text:
            cells += [(character, segment.style)] * Segment(character).cell_length
    return cells
