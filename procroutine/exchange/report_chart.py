"""The small charts of a report in HTML: a routine's last weeks as an inline drawing, with its goal as a line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from html import escape
from itertools import pairwise

from procroutine.durations import total_time
from procroutine.insight.views.common import ChartData, ChartPoint, Mark
from procroutine.text import counted
from procroutine.weeks import Week

WIDTH, HEIGHT = 184, 34
_EDGE = 5
"""Left free around the drawing, so that no mark is cut."""
_MINUTE = timedelta(minutes=1)


def chart_svg(chart: ChartData, week: Week) -> str:
    """Draw a chart; the point of the report's week stands out. Nothing where there is no value."""
    values = [point.value for point in chart.points if point.value is not None]
    if not values:
        return ""
    scale = _Scale(chart, values)
    parts = [*_goal(chart, scale), *_way(chart, scale)]
    parts += [_mark(point, place, scale, week) for place, point in enumerate(chart.points)]
    label = escape(f"the last {counted(weeks_charted(chart), 'week')}, {_said(chart)}")
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}">{"".join(parts)}</svg>'


def weeks_charted(chart: ChartData) -> int:
    """Give over how many weeks a chart goes, also those in which nothing was due, which have no point."""
    return chart.points[-1].week - chart.points[0].week + 1 if chart.points else 0


def _said(chart: ChartData) -> str:
    goal = f", goal {total_time(chart.goal)}" if chart.goal is not None else ""
    last = next((point.value for point in reversed(chart.points) if point.value is not None), None)
    return f"last {total_time(last)}{goal}" if last is not None else goal


class _Scale:
    """Places on the drawing."""

    def __init__(self, chart: ChartData, values: list[timedelta]) -> None:
        shown = [*values, *([chart.goal] if chart.goal is not None else [])]
        low, high = min(shown), max(shown)
        if high - low < _MINUTE:  # equal values lie in the middle
            low, high = max(low - _MINUTE, timedelta()), high + _MINUTE
        self._low, self._span = low, high - low
        self._weeks = chart.points[-1].week - chart.points[0].week
        self._first = chart.points[0].week

    def across(self, week: Week) -> float:
        """Give the place of a week from the left; the last one stands at the right."""
        share = (week - self._first) / self._weeks if self._weeks else 1.0
        return round(_EDGE + share * (WIDTH - 2 * _EDGE), 1)

    def down(self, value: timedelta) -> float:
        """Give the place of a length from the top."""
        return round(HEIGHT - _EDGE - (value - self._low) / self._span * (HEIGHT - 2 * _EDGE), 1)


def _goal(chart: ChartData, scale: _Scale) -> Iterator[str]:
    if chart.goal is not None:
        at = scale.down(chart.goal)
        yield f'<line class="goal" x1="0" y1="{at}" x2="{WIDTH}" y2="{at}"/>'


def _way(chart: ChartData, scale: _Scale) -> Iterator[str]:
    """Draw the line from each week with a value to the next, broken where one was missed."""
    for before, after in pairwise(chart.points):
        if before.value is not None and after.value is not None:
            start = f"M{scale.across(before.week)} {scale.down(before.value)}"
            yield f'<path class="way" d="{start}L{scale.across(after.week)} {scale.down(after.value)}"/>'


def _mark(point: ChartPoint, place: int, scale: _Scale, week: Week) -> str:
    x = scale.across(point.week)
    title = f"<title>{escape(_title(point))}</title>"
    if point.value is None:
        y = HEIGHT - _EDGE
        if point.off:
            return f'<path class="off" d="M{x - 2} {y}H{x + 2}">{title}</path>'
        return (
            f'<path class="missed" d="M{x - 2} {y - 2}L{x + 2} {y + 2}M{x - 2} {y + 2}L{x + 2} {y - 2}">{title}</path>'
        )
    kind = "met" if point.mark is Mark.MET else "over"
    now = "now " if point.week == week else ""
    size = 3 if now else 2
    return f'<circle class="{now}{kind}" cx="{x}" cy="{scale.down(point.value)}" r="{size}">{title}</circle>'


def _title(point: ChartPoint) -> str:
    if point.value is None:
        return f"{point.week}: {'off' if point.off else 'missed'}"
    return f"{point.week}: {total_time(point.value)}"
