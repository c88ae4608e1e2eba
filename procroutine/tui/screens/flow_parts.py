"""The parts of the flow map on the screen: its head, the map, and what its signs mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from procroutine.improvement.flow_columns import Row, one_row
from procroutine.improvement.flow_drawing import drawn, label, label_width, legend, part_of
from procroutine.improvement.flow_map import FlowBar, FlowGap, FlowMap
from procroutine.improvement.flow_words import about, figures, pause_in_words, wrapped
from procroutine.tui.widgets.cells import FAINT, LABEL, QUIET, SOFT, column, joined, lines
from procroutine.tui.widgets.plain import Looks

if TYPE_CHECKING:
    from textual import events

    from procroutine.improvement.flow_drawing import Line

_STYLES = {
    "lane": SOFT,
    "number": QUIET,
    "usual": "$primary 75%",
    "real": "$primary 75%",
    "planned": "$primary 75%",
    "unknown": QUIET,
    "skipped": "$text-warning",
    "pause": LABEL,
    "switch": QUIET,
    "hand-off": "bold",
    "axis": LABEL,
    "guide": FAINT,
}
"""How what is drawn looks; the selected step stands out."""
_MOST_FIGURES = 2
"""Lines that the figures may take; where there are few, one."""
_LOW = 16


class FlowHead(Widget):
    """The routine, its figures, and the step that is selected."""

    flow: FlowMap | None = None
    piece: FlowBar | None = None
    behind: FlowGap | None = None
    doing = ""
    """What is said while there is no map yet."""

    def tell(self, doing: str) -> None:
        """Say what is being done until there is a map."""
        self.doing = doing
        self.refresh()

    def show(self, flow: FlowMap, piece: FlowBar | None, behind: FlowGap | None) -> None:
        """Tell of another map, or another step and the pause behind it."""
        self.flow, self.piece, self.behind = flow, piece, behind
        self.refresh()

    def lines_at(self, width: int) -> int:
        """How many lines it takes: one for the name, those of the figures, and two for the step."""
        return 3 + len(self._figures(width))

    def _figures(self, width: int) -> list[str]:
        return [] if self.flow is None else wrapped(figures(self.flow), " · ", width)[: self._most]

    @property
    def _most(self) -> int:
        return _MOST_FIGURES if self.app.size.height >= _LOW else 1

    def render(self) -> Content:
        """Draw the lines."""
        flow, width = self.flow, self.size.width
        if flow is None:
            return Content.styled(self.doing, QUIET)
        beside = f"   {flow.what} · by {flow.by.value}"
        rows = [column(joined((flow.name, "bold"), (beside, QUIET)), width)]
        rows += [column(text, width, QUIET) for text in self._figures(width)]
        return lines((*rows, *self._selected(width)))

    def _selected(self, width: int) -> tuple[Content, ...]:
        bar = self.piece
        if bar is None:
            return (Content(""), Content(""))
        first = joined(("▲ ", "$text-primary"), (f"{bar.number} {bar.title}", "bold"))
        time, *said = about(bar)
        behind = "" if self.behind is None else f", then {pause_in_words(self.behind)}"
        return column(first, width), column(f"  {' · '.join((time + behind, *said))}", width)


class FlowChart(ScrollView, can_focus=False):
    """The map, in as many columns as there are or, zoomed, more; the names of its lanes stay where they are."""

    DEFAULT_CSS = """
    FlowChart {
        background: transparent;
        scrollbar-size: 1 1;
    }
    """

    flow: FlowMap | None = None
    number = 0
    """Of the selected step."""
    zoom = 1.0

    class Picked(Message):
        """A step was clicked."""

        def __init__(self, number: int) -> None:
            """Say which."""
            super().__init__()
            self.number = number

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # as in Widget
        super().__init__(id=id)
        self._names: list[Content] = []
        self._lines: list[Line] = []
        self._row = Row(slots=(), width=0)
        self._label_width = 0

    def show(self, flow: FlowMap, number: int, zoom: float = 1.0) -> None:
        """Draw another map, another selection, or the same one wider."""
        is_other = flow is not self.flow or zoom != self.zoom
        self.flow, self.number, self.zoom = flow, number, zoom
        if is_other:
            self._fit()
        self.keep_in_sight(anew=is_other)
        self.refresh()

    def lines_at(self, width: int) -> int:
        """How many lines it takes at a width, with the scrollbar that a wider map needs."""
        if self.flow is None:
            return 0
        row = one_row(self.flow.pieces, self._room(self.flow, width), self.zoom)
        names, _ = drawn(self.flow, row)
        return len(names) + int(row.width > self._room(self.flow, width) + 1)

    @staticmethod
    def _room(flow: FlowMap, width: int) -> int:
        """Give the columns of the map beside the names of its lanes."""
        return max(1, width - label_width(flow, width) - 2)

    def on_resize(self) -> None:
        """Draw for the width there is now."""
        self._fit()
        self.keep_in_sight(anew=True)

    def _fit(self) -> None:
        width = self.size.width
        if self.flow is None or not width:
            return
        self._label_width = label_width(self.flow, width)
        self._row = one_row(self.flow.pieces, self._room(self.flow, width), self.zoom)
        names, self._lines = drawn(self.flow, self._row)
        self._names = [Content.styled(label(name, self._label_width).text, SOFT) for name in names]
        self.virtual_size = Size(self._label_width + 1 + self._row.width, len(self._lines))
        self.refresh()

    def keep_in_sight(self, *, anew: bool) -> None:
        """Scroll to the selected step where it is not seen, and in a map drawn `anew` in any case.

        What is seen of such a map must not hang on how wide the one before was.
        """
        slot = next((one for one in self._row.slots if one.piece.number == self.number), None)
        if slot is None:
            return
        x = self._label_width + 1 + slot.left
        room = self.size.width - self._label_width - 1
        if anew or not self.scroll_offset.x <= slot.left <= self.scroll_offset.x + room - slot.width:
            self.scroll_to(x=max(0, x - self._label_width - 1 - room // 3), animate=False, immediate=True)
        line = 1 + min(slot.piece.lanes, default=0)
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        if not top < line < top + height:
            self.scroll_to(y=max(0, line - height // 2), animate=False, immediate=True)

    def render_line(self, y: int) -> Strip:
        """Draw one line: the name of its lane, and as much of the lane as is seen."""
        place, width = y + self.scroll_offset.y, self.size.width
        looks = Looks(self)
        if place >= len(self._lines):
            return looks.strip(Content(""), width)
        room = max(0, width - self._label_width - 1)
        lane = looks.strip(self._content(part_of(self._lines[place], self.scroll_offset.x, room)), room)
        name = looks.strip(self._names[place], self._label_width, right=1)
        return Strip.join([name, lane])

    def _content(self, line: Line) -> Content:
        return joined(*((piece.text, self._style(piece.look, piece.number)) for piece in line))

    def _style(self, look: str, number: int) -> str:
        if not look or number != self.number:
            return _STYLES.get(look, "")
        return "bold reverse $primary" if look == "number" else f"bold {_STYLES[look].split(' ')[0]}"

    def on_click(self, event: events.Click) -> None:
        """Select the step under the mouse; the names of the lanes lie over what is scrolled to the left."""
        offset = event.get_content_offset(self)
        if offset is None or offset.x <= self._label_width:
            return
        x = offset.x + self.scroll_offset.x - self._label_width - 1
        slot = next((one for one in self._row.slots if one.left <= x < one.left + one.width), None)
        if slot is not None:
            self.post_message(self.Picked(slot.piece.number))


class FlowLegend(Widget):
    """What the signs of a map mean, as far as there is room."""

    flow: FlowMap | None = None

    def show(self, flow: FlowMap) -> None:
        """Explain another map."""
        self.flow = flow
        self.refresh()

    def render(self) -> Content:
        """Draw one line."""
        if self.flow is None:
            return Content("")
        told = wrapped((f"{sign} {words}" for sign, _, words in legend(self.flow)), "   ", self.size.width)
        return column(next(iter(told), ""), self.size.width, LABEL)
