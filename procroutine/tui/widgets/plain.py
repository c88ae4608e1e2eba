"""Widgets whose lines fit, drawn straight into strips.

Textual wraps, aligns and frames whatever a widget gives, and notes in every piece where it stands, so
that the mouse can mark it. Lines that fit and have no frame need nothing but their styles looked up;
the first frame is drawn in a third of the time. Where the mouse comes by, Textual takes over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.content import Content
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

if TYPE_CHECKING:
    from rich.style import Style as RichStyle
    from textual.content import Span
    from textual.geometry import Region

    from procroutine.tui.widgets.cells import Line


class Looks:
    """What written styles, such as `bold $text-accent`, come to in a widget; each is looked up once."""

    def __init__(self, widget: Widget, over: Style | None = None) -> None:
        """Take the widget's own style, with another one over it if need be."""
        self._parse = widget.app.stylesheet.parse_style
        self._filters = widget.get_line_filters()
        self._base = widget.visual_style if over is None else widget.visual_style + over
        self._ground = widget.background_colors[1]
        self._found: dict[tuple[str | Style, ...], RichStyle] = {}
        self.blank = self._filtered(Style(background=self._base.background))
        """The style of cells without anything in them."""

    def of(self, names: tuple[str | Style, ...]) -> RichStyle:
        """Give the style that several come to, the later ones over the earlier ones."""
        found = self._found.get(names)
        if found is None:
            style = self._base
            for name in names:
                style += self._parse(name)
            found = self._found[names] = self._filtered(style)
        return found

    def _filtered(self, style: Style) -> RichStyle:
        segments = [Segment(" ", style.rich_style)]
        for line_filter in self._filters:
            segments = line_filter.apply(segments, self._ground)
        return segments[0].style or style.rich_style

    def strip(self, line: Line, width: int, left: int = 0, right: int = 0) -> Strip:
        """Draw one line of so many cells, and beside it the padding."""
        if isinstance(line, Content):
            length, segments = line.cell_length, self._segments(line)
        else:
            length = sum([len(text) if text.isascii() else cell_len(text) for text, _ in line])
            segments = [Segment(text, self.of((style,) if style else ())) for text, style in line if text]
        if length > width:
            segments = list(Strip(segments, length).crop(0, width))
        before, after = left, right + max(0, width - length)
        if before:
            segments.insert(0, Segment(" " * before, self.blank))
        if after:
            segments.append(Segment(" " * after, self.blank))
        return Strip(segments, left + width + right)

    def _segments(self, content: Content) -> list[Segment]:
        text = content.plain
        segments: list[Segment] = []
        at = 0
        for start, end, styles in _apart(content.spans):
            if start > at:
                segments.append(Segment(text[at:start], self.of(())))
            segments.append(Segment(text[start:end], self.of(styles)))
            at = end
        if at < len(text):
            segments.append(Segment(text[at:], self.of(())))
        return segments


def _apart(spans: Sequence[Span]) -> Iterable[tuple[int, int, tuple[str | Style, ...]]]:
    """Give from left to right the stretches that have styles, each with all of its own."""
    before = 0
    found = []
    for start, end, style in spans:
        if start < before:
            return _parted(spans)
        if end > start:
            found.append((start, end, (style,)))
            before = end
    return found


def _parted(spans: Sequence[Span]) -> Iterator[tuple[int, int, tuple[str | Style, ...]]]:
    """Part spans where another one begins or ends; of several on a stretch, the later ones lie over the earlier."""
    places = sorted({place for start, end, _ in spans for place in (start, end)})
    for left, right in pairwise(places):
        styles = tuple(style for start, end, style in spans if start <= left < end)
        if styles:
            yield left, right, styles


def blank_strip(widget: Widget, width: int) -> Strip:
    """Give an empty line on the ground of a widget."""
    return Strip([Segment(" " * width, Looks(widget).blank)], width)


class PlainWidget(Widget):
    """A widget that gives its lines one by one, none wider than there is room."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002  # as in Widget
        super().__init__(id=id, classes=classes)
        self._strips: list[Strip] | None = None
        self._drawn_at = (-1, -1)
        self._is_pointed_at = False

    def lines(self, width: int) -> Sequence[Content]:
        """Give the lines for a width; of the base, none."""
        return ()

    def render(self) -> Content:
        """Put the lines below one another."""
        return Content("\n").join(self.lines(self.size.width))

    def on_enter(self) -> None:
        """Let Textual draw from now on, so that the mouse can mark text."""
        if not self._is_pointed_at:
            self._is_pointed_at = True
            self.refresh()

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> PlainWidget:
        """Draw anew with the next frame."""
        self._strips = None
        super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        return self

    def notify_style_update(self) -> None:
        """Forget what was drawn with the styles of before."""
        self._strips = None
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Give the lines within a region of the widget, padding included."""
        if self._is_pointed_at:
            return super().render_lines(crop)
        size = self.outer_size
        if self._strips is None or self._drawn_at != size:
            self._strips = self._draw(*size)
            self._drawn_at = size
        strips = self._strips[crop.y : crop.bottom]
        return strips if crop.width == size.width else [strip.crop(crop.x, crop.right) for strip in strips]

    def _draw(self, width: int, height: int) -> list[Strip]:
        top, right, bottom, left = self.styles.padding
        looks = Looks(self)
        inner = max(0, width - left - right)
        blank = Strip([Segment(" " * width, looks.blank)], width)
        drawn = [looks.strip(line, inner, left, right) for line in self.lines(inner)[: max(0, height - top - bottom)]]
        return [*[blank] * top, *drawn, *[blank] * (height - top - len(drawn))]
