"""A list under a line of labels that draws only what is seen, so that 26,000 rows cost what forty do.

Textual's own DataTable takes seconds for as many, and its cells know no half-tones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from procroutine.tui.keys import key
from procroutine.tui.widgets.cells import joined
from procroutine.tui.widgets.drawn_bar import DrawnBar
from procroutine.tui.widgets.plain import Looks
from procroutine.tui.widgets.selected import selected_strip

_KEPT = 500
"""Lines that are not drawn again when they are seen again."""


class RowList(DrawnBar, ScrollView, can_focus=True):
    """Rows to move through; the first click selects one, the second opens it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"row-list--selected"}
    DEFAULT_CSS = """
    RowList {
        height: 1fr;
        background: transparent;
        overflow: hidden;
        & > .row-list--selected { background: $primary 14%; }
        &:focus > .row-list--selected { background: $primary 20%; }
        &:ansi > .row-list--selected { background: ansi_default; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("rows.down", "down,j", "move(1)", "Down", "Select the next row.", shown=False),
        key("rows.up", "up,k", "move(-1)", "Up", "Select the row above.", shown=False),
        key("rows.page-down", "pagedown", "page(1)", "Page", "Go down by a page.", shown=False),
        key("rows.page-up", "pageup", "page(-1)", "Back", "Go up by a page.", shown=False),
        key("rows.first", "home,g", "ends(-1)", "First", "Select the first row.", shown=False),
        key("rows.last", "end,G", "ends(1)", "Last", "Select the last row.", shown=False),
        key("rows.open", "enter", "open", "Open", "Open the selected row.", sign="↵"),
    ]

    @dataclass
    class Opened(Message):
        """The selected row is to be opened."""

        index: int

    class Selected(Message):
        """Another row was selected."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # as in Widget
        self._looks: tuple[Looks, Looks] | None = None
        self._strips: dict[tuple[int, bool, int], Strip] = {}
        """What was drawn of each row, selected or not, at a width."""
        super().__init__(id=id)
        self.index = 0
        """The selected row, if there is any."""

    @property
    def count(self) -> int:
        """How many rows there are."""
        return 0

    def labels(self, width: int) -> Content:
        """Give the line above the rows."""
        return Content("")

    def row_line(self, index: int, width: int) -> Content:
        """Give one row, without the cell before it that says whether it is selected."""
        return Content("")

    def rows_changed(self, index: int) -> None:
        """Draw other rows, with one of them selected, or the nearest there is."""
        self.index = max(0, min(index, self.count - 1))
        self._strips.clear()
        self._fit()
        self.refresh()
        self._keep_in_sight()

    def select(self, index: int) -> None:
        """Select a row, or the nearest there is, and tell so where it is another one."""
        index = max(0, min(index, self.count - 1))
        if index == self.index:
            return
        self.refresh_line(self.index + 1)
        self.index = index
        self.refresh_line(index + 1)
        self._keep_in_sight()
        self.post_message(self.Selected())

    def action_move(self, by: int) -> None:
        """Select so many rows further down."""
        self.select(self.index + by)

    def action_page(self, direction: int) -> None:
        """Select a page further down or up."""
        self.select(self.index + direction * max(1, self.size.height - 2))

    def action_ends(self, direction: int) -> None:
        """Select the first or the last row."""
        self.select(0 if direction < 0 else self.count - 1)

    def action_open(self) -> None:
        """Open the selected row."""
        if self.count:
            self.post_message(self.Opened(self.index))

    def on_click(self, event: events.Click) -> None:
        """Select what was clicked; open it where it was selected before."""
        index = event.y - 1 + self.scroll_offset.y
        if event.y < 1 or index >= self.count or self.is_on_bar:
            return
        if index == self.index:
            self.action_open()
        self.select(index)

    def on_resize(self) -> None:
        """Fit the rows to the new size."""
        self._fit()
        self._keep_in_sight()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some of the lines that are seen: the labels, which stay, and the rows, which scroll under them."""
        if self._looks is None:
            self._looks = Looks(self), Looks(self, self.get_visual_style("row-list--selected", partial=True))
        full_width = self.outer_size.width
        strips = [self._line(y, full_width - 1, *self._looks) for y in range(crop.y, crop.bottom)]
        strips = self.with_bar(strips, crop.y, self._looks[0])
        return strips if crop.width == full_width else [strip.crop(crop.x, crop.right) for strip in strips]

    def render_line(self, y: int) -> Strip:
        """Draw one of the lines that are seen."""
        return self.render_lines(Region(0, y, self.outer_size.width, 1))[0]

    def _line(self, y: int, width: int, looks: Looks, selected: Looks) -> Strip:
        index = y - 1 + self.scroll_offset.y if y else -1
        line = min(index, self.count), index == self.index, width
        if line not in self._strips:
            if len(self._strips) > _KEPT:
                self._strips.clear()
            self._strips[line] = self._strip(index, width, looks, selected)
        return self._strips[line]

    def _strip(self, index: int, width: int, looks: Looks, selected: Looks) -> Strip:
        if index < 0:
            line = joined(" ", self.labels(width - 1))
        elif index >= self.count:
            line = Content(" ")
        elif index != self.index:
            line = joined(" ", self.row_line(index, width - 1))
        else:
            line, looks = joined(("▌", "$primary"), self.row_line(index, width - 1)), selected
        strip = looks.strip(line.pad_right(max(0, width - line.cell_length)), width)
        return selected_strip(self, strip) if looks is selected else strip

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Draw anew with the next frame; what each row says stays where only places change."""
        if repaint and not layout and not regions:
            self._strips.clear()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def notify_style_update(self) -> None:
        """Forget the styles of before."""
        self._looks = None
        self._strips.clear()
        super().notify_style_update()

    def _fit(self) -> None:
        self.virtual_size = Size(1, self.count + 1)  # which no resize changes, so that it asks for no second layout

    def _keep_in_sight(self) -> None:
        top, room = self.scroll_offset.y, self.size.height - 1
        if self.index < top:
            self.scroll_to(y=self.index, animate=False)
        elif self.index >= top + room > 0:
            self.scroll_to(y=self.index - room + 1, animate=False)
