"""Sending what a second has changed as one frame, at once.

Textual hears of a change by messages, looks for it on the whole screen a little later, and says
the look of every stretch anew. A clock that ticks all day on a full screen would cost several
times as much. Where something lies over a widget, Textual is asked all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Offset, Region
from textual.strip import Strip

if TYPE_CHECKING:
    from types import TracebackType

    from rich.color import ColorSystem
    from rich.style import Style
    from textual.color import Color
    from textual.screen import Screen
    from textual.widget import Widget

    from procroutine.tui.stretches import Piece

    Change = tuple[Widget, int, list[Piece]]
    """A widget, a line of its content, and what of that is different."""
    Written = dict[Style | None, list[tuple[int, int, str]]]
    """What is to stand where on the screen, by its look."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a widget's lines are on the screen."""

    gutter: Offset
    """Where its content begins in it."""
    content: Offset
    seen: Region
    background: Color
    covers: tuple[Region, ...]
    """What lies over it."""


class OneFrame:
    """What has changed on a screen since it was opened with `with`; it is sent when that ends."""

    def __init__(self, screen: Screen[Any], write: Callable[[str], object]) -> None:
        """Take the screen, and what writes a frame to the terminal."""
        self.is_open = False
        self.waits = False
        """Whether it is left to Textual where that is about to draw something else, so that both are one frame."""
        self._screen = screen
        self._write = write
        self._changes: list[Change] = []
        self._visible: object = None
        self._places: dict[Widget, _Place | None] = {}
        self._sent_styles: dict[tuple[Style, Color], Style] = {}

    def __enter__(self) -> None:
        """Begin to collect."""
        self.is_open = True

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Send what was collected."""
        self.is_open = False
        changes, self._changes = self._changes, []
        if not changes:
            return
        if self._is_free(changes):
            self._send(changes)
        else:
            for widget, y, pieces in changes:
                widget.refresh(*regions(y, pieces))

    def add(self, widget: Widget, y: int, pieces: list[Piece]) -> None:
        """Note that pieces of a line of a widget's content say something else now."""
        self._changes.append((widget, y, pieces))

    def _is_free(self, changes: Iterable[Change]) -> bool:
        """Say whether nothing lies over what has changed, and no other frame is to be waited for."""
        screen = self._screen
        visible = screen._compositor.visible_widgets
        if visible is not self._visible:
            self._visible = visible
            self._places.clear()
            self._sent_styles.clear()
        if screen.app.screen is not screen or screen.app._batch_count:
            return False
        if self.waits and (screen._layout_required or screen._dirty_widgets):
            return False
        return not any(self._is_covered(*change) for change in changes)

    def _is_covered(self, widget: Widget, y: int, pieces: list[Piece]) -> bool:
        place = self._place(widget)
        if place is None or not place.covers:
            return False
        changed = [region.translate(place.content) for region in regions(y, pieces)]
        return any(cover.overlaps(region) for cover in place.covers for region in changed)

    def _place(self, widget: Widget) -> _Place | None:
        """Give where a widget is; None where it is not seen."""
        if widget not in self._places:
            self._places[widget] = self._found(widget)
        return self._places[widget]

    def _found(self, widget: Widget) -> _Place | None:
        covers: list[Region] = []
        for other, (region, clip) in self._screen._compositor.visible_widgets.items():
            seen = region.intersection(clip)
            if other is widget:
                gutter = widget.content_offset
                covering = tuple(cover for cover in covers if cover.overlaps(seen))
                return _Place(gutter, region.offset + gutter, seen, widget.background_colors[1], covering)
            if seen:
                covers.append(seen)
        return None

    def _send(self, changes: Iterable[Change]) -> None:
        """Write it, and let Textual ask for these lines when it draws them next."""
        written: Written = {}
        for widget, y, pieces in changes:
            place = self._place(widget)
            widget._styles_cache.set_dirty(Region(0, y, 1, 1).translate(place.gutter if place else Offset()))
            if place is not None and place.seen.y <= (line := place.content.y + y) < place.seen.bottom:
                first = place.content.x
                for x, text, style in _seen(pieces, place.seen.x - first, place.seen.right - first):
                    look = style and self._as_sent(style, place.background)
                    written.setdefault(look, []).append((first + x, line, text))
        if written:
            self._write(_sequence(written, self._screen.app.console._color_system))

    def _as_sent(self, style: Style, background: Color) -> Style:
        """Give a style as Textual would send it, such as without colours."""
        key = style, background
        if key not in self._sent_styles:
            sent = [Segment(" ", style)]
            for line_filter in self._screen.app.get_line_filters():
                sent = line_filter.apply(sent, background)
            self._sent_styles[key] = sent[0].style or style
        return self._sent_styles[key]


def _sequence(written: Written, system: ColorSystem | None) -> str:
    """Give what to write to the terminal, each look but once."""
    parts: list[str] = []
    for style, pieces in written.items():
        text = "".join([f"\x1b[{y + 1};{x + 1}H{text}" for x, y, text in pieces])
        parts.append(text if style is None or system is None else Strip.render_style(style, text, system))
    return "".join(parts)


def regions(y: int, pieces: Iterable[Piece]) -> Iterator[Region]:
    """Give the pieces of a line as regions."""
    for x, text, _ in pieces:
        yield Region(x, y, cell_len(text), 1)


def _seen(pieces: Iterable[Piece], left: int, right: int) -> Iterator[Piece]:
    """Give what of the pieces stands between two cells."""
    for x, text, style in pieces:
        width = cell_len(text)
        if left <= x and x + width <= right:
            yield x, text, style
        elif x < right and x + width > left:
            start = max(x, left)
            cut = Strip([Segment(text, style)], width).crop(start - x, right - x)
            yield start, cut.text, style
