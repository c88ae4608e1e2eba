"""Two runs beside one another, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from procroutine.durations import signed, step_time, total_time
from procroutine.insight.views.common import Standing
from procroutine.insight.views.compare import CompareRow, CompareView
from procroutine.tui.key_bar import KeyBar
from procroutine.tui.keys import key
from procroutine.tui.screens.figures import Figure, Figures
from procroutine.tui.screens.past_screen import PastScreen
from procroutine.tui.screens.run_page import RunPageScreen
from procroutine.tui.widgets.cells import LABEL, QUIET, SOFT, column, difference, joined, lines
from procroutine.tui.widgets.row_list import RowList
from procroutine.tui.widgets.top_bar import TopBar

_TIME = 9
_NARROW_TIME = 7


class CompareTitle(Widget):
    """Which two they are."""

    view: CompareView | None = None

    def show(self, view: CompareView) -> None:
        """Name another two."""
        self.view = view
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take a line for the name and one for each of the two."""
        return 3

    def render(self) -> Content:
        """Draw the name, and under it what the columns stand for."""
        if self.view is None:
            return Content("")
        width = self.size.width
        sides = [(self.view.earlier.label, self.view.earlier.place), (self.view.later.label, self.view.later.place)]
        label = max(len(text) for text, _ in sides) + 2
        return lines(
            (
                column(self.view.title, width, "bold"),
                *(column(joined(column(text, label), (place, QUIET)), width) for text, place in sides),
            )
        )


class ComparedSteps(RowList):
    """The steps of both."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("compare.later", "l,enter", "open", "Later", "Open the page of the later run.", sign="l")
    ]

    view: CompareView | None = None
    _needed = 0
    """Columns of the longest label or time, with the blank before it."""

    @property
    def count(self) -> int:
        """How many steps there are."""
        return 0 if self.view is None else len(self.view.rows)

    def show(self, view: CompareView) -> None:
        """Draw the steps of another two."""
        self.view = view
        self._needed = max(map(len, _above_and_in_columns(view))) + 1
        self.rows_changed(self.index)

    def labels(self, width: int) -> Content:
        """Name the columns."""
        if self.view is None:
            return Content("")
        name, time, _ = self._widths(width)
        return joined(
            column("Step", name, LABEL),
            column(self.view.earlier.label, time, LABEL, right=True),
            column(self.view.later.label, time, LABEL, right=True),
            column("change", time, LABEL, right=True),
        )

    def row_line(self, index: int, width: int) -> Content:
        """Draw one step."""
        if self.view is None:
            return Content("")
        row = self.view.rows[index]
        name, time, remark = self._widths(width)
        return joined(
            column(row.title, name - 1, SOFT if row.is_apart else ""),
            " ",
            column(_time(row, later=False), time, QUIET, right=True),
            column(_time(row, later=True), time, "bold" if row.later_done else QUIET, right=True),
            column(difference(row.difference, row.standing, "step"), time, right=True),
            column(f"  {row.remark}", remark, _remark_style(row)),
        )

    def _widths(self, width: int) -> tuple[int, int, int]:
        """Give the widths of name, time and remark; 0 leaves the remark out."""
        time = max(_TIME if width >= 50 else _NARROW_TIME, self._needed)
        left = width - 3 * time
        if width < 66:
            return max(1, left), time, 0
        name = max(16, min(40, left - 16))
        return name, time, left - name


def _above_and_in_columns(view: CompareView) -> Iterator[str]:
    yield from (view.earlier.label, view.later.label)
    for row in view.rows:
        yield from (_time(row, later=False), _time(row, later=True))
        if row.difference is not None:
            yield signed(row.difference)


def _time(row: CompareRow, *, later: bool) -> str:
    time, is_done = (row.later, row.later_done) if later else (row.earlier, row.earlier_done)
    if time is None:
        return "–"
    return step_time(time) if is_done else f"({step_time(time)})"


def _remark_style(row: CompareRow) -> str:
    return "$text-warning" if row.remark.startswith("skipped") else QUIET


class CompareScreen(PastScreen):
    """Two runs, or a run and its usual times."""

    TITLE = "Two runs"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("compare.back", "escape", "back", "Back", "Go back to where you came from."),
        key("compare.earlier", "e", "earlier", "Earlier", "Open the page of the earlier run."),
    ]
    AUTO_FOCUS = "#compare-steps"

    view: CompareView | None = None

    def __init__(self, run_id: str, other: str) -> None:
        """Take a run and what it is held against: another, or `before`, `best` or `usual`."""
        super().__init__()
        self._asked = run_id, other

    def compose(self) -> ComposeResult:
        """Put title, figures and steps below one another."""
        yield TopBar("history")
        with Vertical(id="compare"):
            yield CompareTitle(id="compare-title")
            yield Figures(id="compare-figures")
            yield ComparedSteps(id="compare-steps")
        yield KeyBar()

    def draw(self) -> None:
        """Ask for both, and draw them."""
        app = self.procroutine
        view = app.look(lambda: app.viewer.past.runs.compare(*self._asked))
        if view is None or view == self.view:
            return
        self.view = view
        self.query_one(CompareTitle).show(view)
        self.query_one(Figures).show(compare_figures(view))
        self.query_one(ComparedSteps).show(view)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only pages that there are."""
        return action != "earlier" or (self.view is not None and self.view.earlier.run_id is not None)

    def action_back(self) -> None:
        """Go back."""
        self.app.pop_screen()

    def action_earlier(self) -> None:
        """Open the page of the earlier run."""
        if self.view is not None:
            self._open(self.view.earlier.run_id)

    @on(RowList.Opened)
    def _open_later(self) -> None:
        if self.view is not None:
            self._open(self.view.later.run_id)

    def _open(self, run_id: str | None) -> None:
        if run_id is not None:
            self.app.push_screen(RunPageScreen(run_id))


def compare_figures(view: CompareView) -> Iterator[Figure]:
    """Give both totals and the difference, then what that is made of."""
    yield Figure(view.earlier.label, total_time(view.earlier.total), "")
    yield Figure(view.later.label, total_time(view.later.total), "bold", essential=True)
    style = "bold $text-success" if view.standing is Standing.MET else "bold"
    style = "bold $text-error" if view.standing is Standing.FAR_OVER else style
    yield Figure("change", signed(view.difference), style, essential=True)
    for part in view.parts:
        yield Figure(part.name, signed(part.change), "")
