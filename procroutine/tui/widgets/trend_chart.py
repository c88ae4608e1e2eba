"""Weeks as a line against the goal, to look at and to pick from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style as RichStyle
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive

from procroutine.insight.views.common import ChartData, ChartPoint
from procroutine.tui.keys import key
from procroutine.tui.widgets.canvas import Canvas
from procroutine.tui.widgets.chart_drawing import Layout, draw_chart
from procroutine.tui.widgets.chart_looks import chart_style
from procroutine.tui.widgets.drawn import DrawnWidget
from procroutine.tui.widgets.plain import Looks


class TrendChart(DrawnWidget, can_focus=True):
    """Runs against the goal: line, goal, revisions, usual ranges, missed weeks, and the pick."""

    DEFAULT_CSS = """
    TrendChart { height: 1fr; min-height: 4; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("chart.older", "left,h", "move(-1)", "Pick", "Pick the week or day before or after.", shown=False),
        key("chart.newer", "right,l", "move(1)", "Pick", "Pick the week or day before or after.", shown=False),
        key("chart.first", "home,0", "first", "Ends", "Pick the first or the last.", shown=False, sign="home"),
        key("chart.last", "end,dollar_sign", "last", "Ends", "Pick the first or the last.", shown=False, sign="end"),
        key("chart.open", "enter", "open", "Open", "Open the run that is picked, or one of several.", sign="↵"),
    ]

    data: reactive[ChartData] = reactive(ChartData(), repaint=False, init=False)
    """What is drawn."""
    picked: reactive[int | None] = reactive(None, repaint=False, init=False)
    """Index of the picked point."""

    @dataclass
    class Picked(Message):
        """Another point was picked, or none any more."""

        index: int | None
        point: ChartPoint | None

    @dataclass
    class Opened(Message):
        """The picked week is to be opened."""

        point: ChartPoint

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002  # as in Widget
        super().__init__(id=id, classes=classes)
        self._layout: Layout | None = None
        self._looks: Looks | None = None

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Ask for a height at which differences show."""
        return 14

    def draw(self, width: int, height: int) -> Canvas:
        """Draw the chart and keep where its points are."""
        edged = self.has_pseudo_class("ansi")
        canvas, self._layout = draw_chart(self.data, width, height, picked=self.picked, edged=edged)
        return canvas

    def _style(self, look: str, ground: str) -> RichStyle:
        if self._looks is None:
            self._looks = Looks(self)
        return self._looks.of((chart_style(look, ground, ansi=self.has_pseudo_class("ansi")),))

    def notify_style_update(self) -> None:
        """Forget the styles of before."""
        self._looks = None
        super().notify_style_update()

    def watch_data(self, before: ChartData, data: ChartData) -> None:
        """Show other data; the pick stays with its week or day where that is still there."""
        day = None if self.picked is None else before.points[self.picked].ordinal
        picked = next((index for index, point in enumerate(data.points) if point.ordinal == day), None)
        if picked == self.picked is not None:
            self.watch_picked(picked)
        self.picked = picked
        self.redraw()

    def watch_picked(self, index: int | None) -> None:
        """Show the pick, and tell it."""
        self.redraw()
        point = self.data.points[index] if index is not None else None
        self.post_message(self.Picked(index, point))

    def action_move(self, by: int) -> None:
        """Pick the point so many further; from no pick, the last one, or the first."""
        count = len(self.data.points)
        if count:
            start = self.picked if self.picked is not None else (count if by < 0 else -1)
            self.picked = max(0, min(count - 1, start + by))

    def action_first(self) -> None:
        """Pick the first point."""
        self.picked = 0 if self.data.points else None

    def action_last(self) -> None:
        """Pick the last point."""
        self.picked = len(self.data.points) - 1 if self.data.points else None

    def action_open(self) -> None:
        """Open the picked week, or the last one that has a run."""
        index = self.picked
        if index is None:
            index = max((at for at, point in enumerate(self.data.points) if point.run_ids), default=None)
        if index is not None:
            self.post_message(self.Opened(self.data.points[index]))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Pick what the mouse is nearest to."""
        if self._layout is not None:
            self.picked = self._layout.columns.nearest(event.x)

    def on_click(self, event: events.Click) -> None:
        """Pick what was clicked; a double click opens it."""
        if self._layout is None:
            return
        self.picked = self._layout.columns.nearest(event.x)
        if event.chain == 2:
            self.action_open()

    def on_leave(self) -> None:
        """Let go of the mouse's pick where the keys are elsewhere."""
        if not self.has_focus:
            self.picked = None
