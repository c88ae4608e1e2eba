"""Sending what a second has changed as one frame, at once.

Textual hears of a change by messages, looks for it on the whole screen a little later, and says
the look of every stretch anew. A clock that ticks all day on a full screen would cost several
times as much. Where something lies over a widget, Textual is asked all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.control import Control
from rich.segment import Segment
from textual._compositor import CompositorUpdate
from textual.geometry import Offset, Region
from textual.strip import Strip

if TYPE_CHECKING:
    from types import TracebackType

    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.style import Style
    from textual.color import Color
    from textual.screen import Screen
    from textual.widget import Widget

    from procroutine.tui.stretches import Stretch

    Change = tuple[Widget, int, Strip, list[Stretch]]
    """A widget, a line of its content, how that is now, and what of it is different."""
    Written = dict[Style | None, list[tuple[int, int, str]]]
    """What is to stand where on the screen, by its look."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a widget's lines are on the screen."""

    content: Offset
    seen: Region
    background: Color
    covers: tuple[Region, ...]
    """What lies over it."""


class OneFrame:
    """What has changed on a screen since it was opened with `with`; it is sent when that ends."""

    def __init__(self, screen: Screen[Any]) -> None:
        """Take the screen."""
        self.is_open = False
        self._screen = screen
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
            self._screen.app._display(self._screen, Stretches(self._by_style(changes)))
        else:
            for widget, y, _, stretches in changes:
                widget.refresh(*regions(y, stretches))

    def add(self, widget: Widget, y: int, strip: Strip, stretches: list[Stretch]) -> None:
        """Note that stretches of a line of a widget's content say something else now."""
        widget._styles_cache.set_dirty(Region(0, y, 1, 1).translate(widget.content_offset))
        self._changes.append((widget, y, strip, stretches))

    def _is_free(self, changes: Iterable[Change]) -> bool:
        """Say whether all that has changed can be seen, and nothing else is about to be drawn."""
        screen = self._screen
        visible = screen._compositor.visible_widgets
        if visible is not self._visible:
            self._visible = visible
            self._places.clear()
            self._sent_styles.clear()
        if (
            screen.app.screen is not screen
            or screen.app._batch_count
            or screen._layout_required
            or screen._dirty_widgets
        ):
            return False
        return not any(self._is_covered(widget, y, stretches) for widget, y, _, stretches in changes)

    def _is_covered(self, widget: Widget, y: int, stretches: list[Stretch]) -> bool:
        place = self._place(widget)
        if place is None or not place.covers:
            return False
        changed = [region.translate(place.content) for region in regions(y, stretches)]
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
                covering = tuple(cover for cover in covers if cover.overlaps(seen))
                return _Place(region.offset + widget.content_offset, seen, widget.background_colors[1], covering)
            if seen:
                covers.append(seen)
        return None

    def _by_style(self, changes: Iterable[Change]) -> Written:
        """Put together what looks the same."""
        written: Written = {}
        for widget, y, strip, stretches in changes:
            place = self._place(widget)
            if place is None or not place.seen.y <= (line := place.content.y + y) < place.seen.bottom:
                continue
            first = place.content.x
            for x, text, style in _pieces(strip, stretches, place.seen.x - first, place.seen.right - first):
                look = style and self._as_sent(style, place.background)
                written.setdefault(look, []).append((first + x, line, text))
        return written

    def _as_sent(self, style: Style, background: Color) -> Style:
        """Give a style as Textual would send it, such as without colours."""
        key = style, background
        if key not in self._sent_styles:
            sent = [Segment(" ", style)]
            for line_filter in self._screen.app.get_line_filters():
                sent = line_filter.apply(sent, background)
            self._sent_styles[key] = sent[0].style or style
        return self._sent_styles[key]


class Stretches(CompositorUpdate):
    """Stretches of lines by their look."""

    def __init__(self, written: Written) -> None:
        """Take what to write."""
        self._written = written

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Give the stretches as segments."""
        for style, pieces in self._written.items():
            for x, y, text in pieces:
                yield Control.move_to(x, y).segment
                yield Segment(text, style)

    def render_segments(self, console: Console) -> str:
        """Write the stretches, each look but once."""
        system = console._color_system
        parts: list[str] = []
        for style, pieces in self._written.items():
            text = "".join([f"\x1b[{y + 1};{x + 1}H{text}" for x, y, text in pieces])
            parts.append(text if style is None or system is None else Strip.render_style(style, text, system))
        return "".join(parts)


def regions(y: int, stretches: Iterable[Stretch]) -> Iterator[Region]:
    """Give the stretches of a line as regions."""
    for start, end in stretches:
        yield Region(start, y, end - start, 1)


def _pieces(strip: Strip, stretches: list[Stretch], left: int, right: int) -> Iterator[tuple[int, str, Style | None]]:
    """Give what stands in the stretches of a line between two cells, each piece of one look."""
    for start, end in stretches:
        x = max(start, left)
        for text, style, _ in strip.crop(x, min(end, right)):
            yield x, text, style
            x += Segment(text).cell_length
