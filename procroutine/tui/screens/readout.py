"""What stands above the chart of Trends: the picked week in words, else how the goal is kept and what changed."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from procroutine.durations import signed, total_time
from procroutine.insight.views.common import ChartPoint
from procroutine.insight.views.trends import Reading, TrendsView
from procroutine.insight.weekly import standing_of
from procroutine.tui.widgets.cells import LABEL, QUIET, Part, column, difference, joined, lines

_BREAKS = ("; ", ": ", ", ", " (")
"""Where a sentence may end early."""


class Readout(Widget):
    """Two lines: what is picked and what the signals say; of one line the more important."""

    view: TrendsView | None = None
    picked: int | None = None

    def show(self, view: TrendsView, picked: int | None = None) -> None:
        """Draw another view, or another pick of it."""
        self.view = view
        self.picked = picked
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Ask for both lines."""
        return 2

    def render(self) -> Content:
        """Draw what there is to say."""
        width, height = self.size
        view = self.view
        if view is None:
            return Content("")
        if self.picked is not None and self.picked < len(view.readings):
            point, reading = view.chart.points[self.picked], view.readings[self.picked]
            rows = [_point(point, reading, view, width), _said_of(reading, width)]
        else:
            rows = [_goal(view, width), _newest(view, width)]
            if height < 2 and view.standing:
                rows.reverse()
        return lines(rows[: max(height, 1)])


def clause(text: str, width: int) -> str:
    """Give a text as far as it fits, ended where a part of it ends; the whole where that would leave too little."""
    if len(text) <= width:
        return text
    ends = [place for mark in _BREAKS for place in range(width // 2, width + 1) if text.startswith(mark, place)]
    return text[: max(ends)] if ends else text


def _goal(view: TrendsView, width: int) -> Content:
    """Say how the goal is kept, and how to pick where there is room."""
    said = view.goal_sentence if len(view.goal_sentence) <= width else clause(view.goal_short, width)
    hints = [f"   ← → or the mouse picks a {'day' if view.by_day else 'week'}."]
    if not view.by_day and any(len(point.run_ids) > 1 for point in view.chart.points):
        hints.insert(0, f"{hints[0][:-1]}, d shows days.")
    hint = next((hint for hint in hints if len(said + hint) <= width), "")
    return column(joined((said, "$foreground 75%"), (hint, LABEL)), width)


def _newest(view: TrendsView, width: int) -> Content:
    """Tell the newest signal that stands, else what is drawn and what is usual."""
    if view.standing:
        return column(clause(view.standing, width), width, "bold")
    both = f"{view.charted}; {view.usual}"
    return column(both if len(both) <= width else clause(view.usual, width), width, LABEL)


def _point(point: ChartPoint, reading: Reading, view: TrendsView, width: int) -> Content:
    """Draw a point with its differences, those at the end left out where they do not fit."""
    line = joined(("▲ ", "$text-primary"), (reading.label, "bold"))
    for part in _parts(point, reading, view):
        longer = joined(line, "   ", part)
        if longer.cell_length > width:
            break
        line = longer
    return column(line, width)


def _parts(point: ChartPoint, reading: Reading, view: TrendsView) -> Iterator[Part]:
    if point.value is not None:
        yield total_time(point.value), "bold"
        if point.vs_goal is not None:
            yield joined(difference(point.vs_goal, standing_of(point.value, view.goal)), (" vs goal", QUIET))
    for remark in reading.remarks:
        yield remark, QUIET
    if point.vs_before is not None:
        yield f"{signed(point.vs_before, 'total')} vs {'day' if view.by_day else 'week'} before", QUIET


def _said_of(reading: Reading, width: int) -> Content:
    """Tell the signals that a point completes, else the usual range around it."""
    if reading.signals:
        return column(clause("; ".join(reading.signals), width), width, "bold")
    return column(clause(reading.usual, width), width, LABEL)
