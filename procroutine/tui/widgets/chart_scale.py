"""Where things go on a chart: which row a length of time has, which column a week has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import chain, count

from procroutine.durations import step_time, total_time
from procroutine.insight.views.common import ChartData, ChartPoint
from procroutine.values import Value

_ZERO = timedelta()
_MINUTE = timedelta(minutes=1)
_STEPS = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 10, 15, 20, 30, 60, 120, 180, 300, 600, 900, 1200, 1800, 3600, 7200, 14400, 28800)
)
_LEAST_SPAN = 0.1
"""Of the highest value: below this the scale is not stretched, so that small differences look small."""
_MONTH_CELLS = 5
"""Months with fewer cells than this on average are left out; the years stand instead."""


class Scale(Value):
    """Rows for lengths of time: each number on the axis is that of the middle of its row."""

    step: timedelta
    """From one number on the axis to the next."""
    rows_a_step: int
    highest: int
    """What stands in the middle of the first row, in rows' worth of time."""
    top: int
    """The first row."""
    rows: int

    @property
    def high(self) -> timedelta:
        """What stands in the middle of the first row."""
        return self.highest * self.step / self.rows_a_step

    @property
    def low(self) -> timedelta:
        """What stands in the middle of the last row."""
        return self._lowest * self.step / self.rows_a_step

    @property
    def _lowest(self) -> int:
        return self.highest - self.rows + 1

    def _below(self, value: timedelta) -> int:
        """Say how many rows below the first one a value stands; past either end of the scale, too."""
        return self.highest - _in_rows(value, self.step, self.rows_a_step)

    def row(self, value: timedelta) -> int:
        """Give the row of a value, the nearest one for values beyond the scale."""
        return self.top + min(max(self._below(value), 0), self.rows - 1)

    def rows_between(self, low: timedelta, high: timedelta) -> range:
        """Give the rows of all values from `low` to `high`, as far as these are on the scale."""
        first, last = max(self._below(high), 0), min(self._below(low), self.rows - 1)
        return range(self.top + first, self.top + last + 1)

    def holds(self, value: timedelta) -> bool:
        """Say whether a value is on the scale."""
        return 0 <= self._below(value) < self.rows

    def written(self, value: timedelta) -> str:
        """Give a value as exact as the numbers of the axis are."""
        return step_time(value) if self.step < _MINUTE else total_time(value)

    @property
    def ticks(self) -> dict[int, str]:
        """The rows that have a number, and those numbers."""
        counts = range(-(-self._lowest // self.rows_a_step), self.highest // self.rows_a_step + 1)
        return {self.top + self.highest - count * self.rows_a_step: self.written(self.step * count) for count in counts}


def _in_rows(value: timedelta, step: timedelta, rows_a_step: int) -> int:
    """Give a value in rows' worth of time, rounded."""
    return (2 * rows_a_step * value + step) // (2 * step)


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
    margin = max(_ZERO, missing / 2)
    return _fitted(max(_ZERO, low - margin), high + margin, top, rows, data.goal)


def _joins(goal: timedelta, lowest: timedelta, highest: timedelta) -> bool:
    near = lowest / 2 <= goal <= highest * 2
    return near or max(highest, goal) - min(lowest, goal) <= 3 * (highest - lowest)


def _fitted(low: timedelta, high: timedelta, top: int, rows: int, goal: timedelta | None) -> Scale:
    """Give the scale with the smallest rows that holds all from `low` to `high`.

    One whose rows are up to a quarter larger is taken where the goal stands in the middle of its row, too.
    """

    def size(scale: Scale) -> timedelta:
        is_goal_in_the_middle = goal is not None and not goal * scale.rows_a_step % scale.step
        return scale.step / scale.rows_a_step * (1.0 if is_goal_in_the_middle else 1.25)

    return min(_ways(low, high, top, rows), key=size)


def _ways(low: timedelta, high: timedelta, top: int, rows: int) -> Iterator[Scale]:
    """Give all scales that hold what is from `low` to `high` and have neither too few numbers nor too many."""
    least, most, numbers = min(2, rows // 2), rows // 2, max(3, rows * 2 // 5)
    for step in chain(_STEPS, (_STEPS[-1] * 2**power for power in count(1))):
        for rows_a_step in range(least, most + 1):
            first, last = _in_rows(high, step, rows_a_step), _in_rows(low, step, rows_a_step)
            if (free := rows - 1 - (first - last)) < 0:
                break
            highest = max(first + free // 2, rows - 1)
            scale = Scale(step=step, rows_a_step=rows_a_step, highest=highest, top=top, rows=rows)
            if len(scale.ticks) <= numbers:
                yield scale
        else:
            return  # with longer steps all rows are larger


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
