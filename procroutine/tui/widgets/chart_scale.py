"""Where things go on a chart: which row a length of time has, which column a week has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from procroutine.durations import step_time, total_time
from procroutine.insight.views.common import ChartData, ChartPoint
from procroutine.values import Value

_ZERO = timedelta()
_MINUTE = timedelta(minutes=1)
_STEPS = tuple(
    timedelta(seconds=seconds) for seconds in (5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800)
)
_LEAST_SPAN = 0.1
"""Of the highest value: below this the scale is not stretched, so that small differences look small."""
_MONTH_CELLS = 5
"""Months with fewer cells than this on average are left out; the years stand instead."""


class Scale(Value):
    """Rows for lengths of time: `high` is at row `top`, `low` at the last of `rows`."""

    low: timedelta
    high: timedelta
    top: int
    rows: int
    step: timedelta
    """From one number on the axis to the next."""

    def row(self, value: timedelta) -> int:
        """Give the row of a value, the nearest one for values beyond the scale."""
        part = (self.high - value) / (self.high - self.low)
        return self.top + round(min(max(part, 0.0), 1.0) * (self.rows - 1))

    def holds(self, value: timedelta) -> bool:
        """Say whether a value is on the scale."""
        return self.low <= value <= self.high

    def written(self, value: timedelta) -> str:
        """Give a value as exact as the numbers of the axis are."""
        return step_time(value) if self.step < _MINUTE else total_time(value)

    @property
    def ticks(self) -> dict[int, str]:
        """The rows that have a number, and those numbers."""
        first = -(-self.low // self.step)
        values = [self.step * count for count in range(first, self.high // self.step + 1)]
        return {self.row(value): self.written(value) for value in values}


def make_scale(data: ChartData, top: int, rows: int) -> Scale:
    """Fit a scale to the values; goal and usual ranges join in as long as the values stay readable.

    There must be a value at least, or a goal.
    """
    values = [point.value for point in data.points if point.value is not None] or [data.goal or _ZERO]
    lowest, highest = min(values), max(values)
    low, high = lowest, highest
    for band in data.bands:
        room = max(highest - lowest, highest / 10) / 2
        low, high = min(low, max(band.low, lowest - room)), max(high, min(band.high, highest + room))
    if data.goal is not None and _joins(data.goal, lowest, highest):
        low, high = min(low, data.goal), max(high, data.goal)
    missing = max(high * _LEAST_SPAN, timedelta(seconds=10)) - (high - low)
    margin = max((high - low) * 0.06, missing / 2)
    low, high = max(_ZERO, low - margin), high + margin
    return Scale(low=low, high=high, top=top, rows=rows, step=_step(high - low, rows))


def _joins(goal: timedelta, lowest: timedelta, highest: timedelta) -> bool:
    near = lowest / 2 <= goal <= highest * 2
    return near or max(highest, goal) - min(lowest, goal) <= 3 * (highest - lowest)


def _step(span: timedelta, rows: int) -> timedelta:
    most = max(2, rows * 2 // 5)
    for step in _STEPS:
        if span // step < most:
            return step
    step = _STEPS[-1]
    while span // step >= most:
        step *= 2
    return step


class Columns(Value):
    """The column of each point; where points are many, several share one."""

    of_points: tuple[int, ...]
    left: int
    right: int

    @property
    def cells_a_point(self) -> float:
        """How much room a point has."""
        return (self.right - self.left + 1) / max(len(self.of_points), 1)

    def nearest(self, x: int) -> int | None:
        """Give the index of the point nearest to a column, the latest of several; None left of the chart."""
        if not self.of_points or x < self.left - 2:
            return None
        return min(range(len(self.of_points)), key=lambda index: (abs(self.of_points[index] - x), -index))

    def before(self, index: int) -> int:
        """Give the column between a point and the one before it; of the first point the left end."""
        if index <= 0:
            return self.left
        index = min(index, len(self.of_points) - 1)
        return (self.of_points[index - 1] + self.of_points[index] + 1) // 2

    def buckets(self) -> dict[int, list[int]]:
        """Give the indexes of the points of each column that has any."""
        found: dict[int, list[int]] = {}
        for index, x in enumerate(self.of_points):
            found.setdefault(x, []).append(index)
        return found


def make_columns(points: Sequence[ChartPoint], left: int, right: int) -> Columns:
    """Spread points by their dates from left to right, both included; a single one stands in the middle."""
    ordinals = [point.ordinal for point in points]
    if len(points) < 2 or ordinals[-1] == ordinals[0]:
        return Columns(of_points=((left + right) // 2,) * len(points), left=left, right=right)
    first = ordinals[0]
    days = ordinals[-1] - first
    span = max(right - left, 0)
    offsets = (ordinal - first for ordinal in ordinals)
    of_points = tuple(left + round(offset / days * span) for offset in offsets)
    return Columns(of_points=of_points, left=left, right=right)


def month_labels(points: Sequence[ChartPoint], columns: Columns, end: int) -> list[tuple[int, str]]:
    """Give column and text of the labels under the time axis, none touching another or going past `end`."""
    starts = [
        (columns.of_points[index], point.month)
        for index, point in enumerate(points)
        if index == 0 or points[index - 1].month != point.month
    ]
    if (columns.right - columns.left) < _MONTH_CELLS * (len(starts) - 1):
        years = [(x, month.split()[-1]) for x, month in starts if " " in month]
        starts = years or starts
    return _without_touching(starts, end)


def _without_touching(starts: list[tuple[int, str]], end: int) -> list[tuple[int, str]]:
    kept: list[tuple[int, str]] = []
    for place, (x, label) in enumerate(starts):
        first_and_short = place == 0 and len(starts) > 1 and starts[1][0] - x <= len(label)
        free = not kept or x > kept[-1][0] + len(kept[-1][1])
        if free and not first_and_short and x + len(label) <= end:
            kept.append((x, label))
    return kept
