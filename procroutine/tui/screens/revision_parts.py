"""The parts of a routine's revisions: title, list, what is said of the selected one, and its difference."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

from procroutine.durations import signed, total_time
from procroutine.insight.views.revisions import DifferenceView, RevisionRow, RevisionsView
from procroutine.text import Shown
from procroutine.tui.keys import key
from procroutine.tui.screens.difference_lines import BESIDE_FROM, NEW, line_count, row_lines, sides, wrapped
from procroutine.tui.widgets.cells import LABEL, QUIET, SOFT, column, joined, lines, named
from procroutine.tui.widgets.row_list import RowList

_VERDICTS = {"helped": (" ✓ ", "$text-success"), "hurt": (" ! ", "$text-error")}
_WIDEST_SENTENCE = 56
"""Columns of a verdict with its figures."""


class RevisionsTitle(Widget):
    """The routine, and how many revisions it has."""

    view: RevisionsView | None = None

    def show(self, view: RevisionsView) -> None:
        """Draw another routine."""
        self.view = view
        self.refresh()

    def render(self) -> Content:
        """Draw one line."""
        if self.view is None:
            return Content("")
        return named(self.view.name, self.view.facts, self.size.width)


class RevisionList(RowList):
    """The revisions, the newest first; as high as it needs to be."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("revisions.read", "enter", "open", "Read", "Go to the difference; tab comes back.", sign="↵")
    ]
    rows: tuple[RevisionRow, ...] = ()

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.rows)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Give the height of the labels and all rows."""
        return self.count + 1

    def show(self, rows: tuple[RevisionRow, ...], index: int) -> None:
        """Draw other rows, with one of them selected."""
        self.rows = rows
        self.rows_changed(index)
        self.refresh(layout=True)

    def labels(self, width: int) -> Content:
        """Name the columns."""
        since, runs, median, change, verdict, note = _widths(width)
        return joined(
            column("", 2),
            column("v", 4, LABEL),
            column("since", since, LABEL),
            column("runs", runs, LABEL, right=True),
            column("before", median, LABEL, right=True),
            column("after", median, LABEL, right=True),
            column("change", change, LABEL, right=True),
            column("   did it help", verdict, LABEL),
            column("note", note, LABEL),
        )

    def row_line(self, index: int, width: int) -> Content:
        """Draw one revision."""
        row = self.rows[index]
        since, runs, median, change, verdict, note = _widths(width)
        sign, style = _VERDICTS.get(row.verdict, ("   ", QUIET))
        said = row.sentence if verdict >= _WIDEST_SENTENCE or row.against is None else row.verdict
        return joined(
            column("┃" if row.real else "", 2, f"bold {NEW}"),
            column(f"v{row.number}", 4, f"bold {NEW}" if row.present else NEW),
            column(row.since if since > 12 else row.day, since, SOFT),
            column(str(row.runs or "–"), runs, QUIET, right=True),
            column("–" if row.before is None else total_time(row.before), median, QUIET, right=True),
            column("–" if row.after is None else total_time(row.after), median, "bold", right=True),
            column("" if row.saved is None else signed(-row.saved, "total"), change, SOFT, right=True),
            column(joined((sign, style), (said, style)), verdict),
            column(row.note or "", note, f"italic {QUIET}"),
        )


def _widths(width: int) -> tuple[int, int, int, int, int, int]:
    """Give the widths of all columns from the day on; 0 leaves one out."""
    since = 20 if width >= 72 else 12
    runs = 5 if width >= 50 else 0
    median = 8 if width >= 60 else 0
    change = 8 if width >= 44 else 0
    left = max(0, width - 6 - since - runs - 2 * median - change)
    verdict = _WIDEST_SENTENCE + 3 if left >= _WIDEST_SENTENCE + 24 else min(18, left)
    note = left - verdict
    return (since, runs, median, change, verdict, note) if note >= 10 else (since, runs, median, change, left, 0)


class RevisionVerdict(Widget):
    """What was changed by the selected revision, whether it helped, and its note."""

    said: tuple[tuple[str, str], ...] = ()
    """Each text with its style."""

    def show(self, view: DifferenceView | None, sentence: Shown) -> None:
        """Draw what is said of a difference, or (None) why there is none."""
        if view is None:
            self.said = ((sentence, SOFT),)
        else:
            verdict = f"   {view.verdict}" if view.verdict else ""
            note = f"note: {view.note}" if view.note else ""
            self.said = ((f"v{view.new} against v{view.old}{verdict}", "bold"), (view.changes, SOFT), (note, QUIET))
        self.refresh()

    def render(self) -> Content:
        """Draw it on as many lines as there are; the last one is cut where it ends."""
        width, height = self.size
        rows = [(row, style) for text, style in self.said if text for row in wrapped(text, width)]
        if len(rows) > height > 0:
            rows = [*rows[: height - 1], ("  ".join(row for row, _ in rows[height - 1 :]), rows[height - 1][1])]
        return lines(column(row, width, style) for row, style in rows)


class DifferenceTable(ScrollView, can_focus=True):
    """Two revisions, beside one another where it is wide; draws only what is seen."""

    DEFAULT_CSS = """
    DifferenceTable {
        height: 1fr;
        background: transparent;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("difference.down", "down,j", "scroll_down", "Down", "Scroll down.", shown=False),
        key("difference.up", "up,k", "scroll_up", "Up", "Scroll up.", shown=False),
        key("difference.first", "home,g", "scroll_home", "First", "Go to the beginning.", shown=False),
        key("difference.last", "end,G", "scroll_end", "Last", "Go to the end.", shown=False),
    ]

    view: DifferenceView | None = None

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # as in Widget
        super().__init__(id=id)
        self._starts: list[int] = []
        self._drawn: dict[int, list[Content]] = {}
        self._fitted = (0, False)

    @property
    def _is_beside(self) -> bool:
        return self.app.size.width >= BESIDE_FROM

    def show(self, view: DifferenceView | None) -> None:
        """Draw another difference, from its beginning unless it is of the same two."""
        before, self.view = self.view, view
        self._fit()
        if before is None or view is None or (before.old, before.new) != (view.old, view.new):
            self.scroll_to(y=0, animate=False)
        self.refresh()

    @property
    def _room(self) -> int:
        """The cells of a line, with one left before the scrollbar."""
        return max(0, self.scrollable_content_region.width - 1)

    def on_resize(self) -> None:
        """Break the lines anew."""
        if self._fitted != (self._room, self._is_beside):
            self._fit()
            self.refresh()

    def _fit(self) -> None:
        width, beside = self._room, self._is_beside
        self._fitted = width, beside
        self._drawn = {}
        rows = self.view.rows if self.view is not None and width else ()
        heights = [line_count(row, width, beside) for row in rows]
        if heights and rows[0].kind.value == "heading":
            heights[0] = 1  # the line of labels is over it
        self._starts = [0, *accumulate(heights)]
        self.virtual_size = Size(width, self._starts[-1] + 1)

    def render_line(self, y: int) -> Strip:
        """Draw the names of the two sides, which stay, or one of the lines, which scroll under them."""
        width = self._room
        content = self._labels(width) if y == 0 else self._line(y - 1 + self.scroll_offset.y, width)
        return Visual.to_strips(self, content, width + 1, 1, self.visual_style, apply_selection=False, pad=True)[0]

    def _labels(self, width: int) -> Content:
        if self.view is None or not self.view.rows:
            return Content(" ")
        old, new = f"  v{self.view.old}", f"  v{self.view.new}"
        if not self._is_beside:
            return joined(column(f"{old} →{new[1:]}", width - 12, NEW), column("median", 12, LABEL, right=True))
        left, right = sides(width)
        median = column("median", 8, LABEL, right=True)
        return joined(column(old, left - 8, NEW), median, "   ", column(new, right - 8, f"bold {NEW}"), median)

    def _line(self, place: int, width: int) -> Content:
        if self.view is None or place >= self._starts[-1]:
            return Content(" ")
        index = bisect_right(self._starts, place) - 1
        if index not in self._drawn:
            drawn = row_lines(self.view.rows[index], width, self._fitted[1])
            self._drawn[index] = drawn[-(self._starts[index + 1] - self._starts[index]) :]
        return self._drawn[index][place - self._starts[index]] or Content(" ")
