"""Draw a chart on a canvas, layer by layer.

From bottom to top: usual ranges, revisions, goal, axes, the line, the points, the pick. Looks
and grounds are names only; the widget knows what they look like.
"""

from __future__ import annotations

from datetime import timedelta

from procroutine.insight.views.common import ChartData, Mark
from procroutine.tui.widgets.canvas import Canvas
from procroutine.tui.widgets.chart_scale import Columns, Scale, make_columns, make_scale, month_labels
from procroutine.values import Value

SMALLEST = (16, 4)
"""Columns and lines a chart needs at least."""
_ROOMY_LINES = 8
_ROOMY_COLUMNS = 24
_LABELLED_COLUMNS = 40
_ROOM_FOR_LARGE_SIGNS = 1.6
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""Bits of a Braille cell, four rows of two."""
_SIGNS = {Mark.MET: "●", Mark.OVER: "○", Mark.OUTSIDE: "◆"}
_SMALL_SIGNS = {Mark.MET: "•", Mark.OVER: "◦", Mark.OUTSIDE: "◆"}


class Spot(Value):
    """What stands in one column: one week, or the median of several."""

    x: int
    value: timedelta | None = None
    mark: Mark
    off: bool = False
    corrected: bool = False
    outside: timedelta | None = None
    """Of several weeks the one outside its usual range that is farthest from their median."""
    waited_for: bool = False
    """Whether it is the present week, still without a run."""


class Layout(Value):
    """Where the parts of a chart of some size go."""

    scale: Scale
    columns: Columns
    axis_x: int
    axis_y: int
    end: int
    """First column right of the time axis."""
    labelled: bool
    """Whether revisions have their names above them."""
    spots: tuple[Spot, ...]


def lay_out(data: ChartData, width: int, height: int, compact: bool) -> Layout | None:
    """Divide the room; None where there is too little of it, or nothing to draw."""
    last = next((point.value for point in reversed(data.points) if point.value is not None), None)
    if width < SMALLEST[0] or height < SMALLEST[1] or not data.points or (last is None and data.goal is None):
        return None
    labelled = bool(data.revisions) and height >= _ROOMY_LINES and width >= _LABELLED_COLUMNS
    top = 1 if labelled else 0
    axis_y = height - 2
    scale = make_scale(data, top, axis_y - top)
    numbers = [*scale.ticks.values(), *([scale.written(data.goal)] if data.goal is not None else [])]
    axis_x = max(map(len, numbers), default=0) + 1
    beside = len(scale.written(last)) + 2 if last is not None and not compact and width >= _ROOMY_COLUMNS else 1
    end = width - beside
    columns = make_columns(data.points, axis_x + 2, end - 2)
    return Layout(
        scale=scale,
        columns=columns,
        axis_x=axis_x,
        axis_y=axis_y,
        end=end,
        labelled=labelled,
        spots=_spots(data, columns),
    )


def draw_chart(
    data: ChartData, width: int, height: int, *, picked: int | None = None, compact: bool = False, edged: bool = False
) -> tuple[Canvas, Layout | None]:
    """Draw the whole chart; `edged` marks usual ranges by their edges, for terminals without tints."""
    canvas = Canvas(width, height)
    layout = lay_out(data, width, height, compact)
    if layout is None:
        _say_nothing_there(canvas, data)
        return canvas, None
    is_empty = all(spot.value is None for spot in layout.spots)
    _draw_bands(canvas, data, layout, edged)
    _draw_revisions(canvas, data, layout)
    _draw_axes(canvas, data, layout)
    _draw_goal(canvas, data, layout)
    _draw_line(canvas, layout)
    _draw_spots(canvas, layout)
    if is_empty:
        _say_nothing_there(canvas, data)
    elif not compact and width >= _ROOMY_COLUMNS:
        _draw_last_value(canvas, data, layout)
    if picked is not None and picked < len(data.points):
        _draw_pick(canvas, layout, layout.columns.of_points[picked])
    return canvas, layout


def _say_nothing_there(canvas: Canvas, data: ChartData) -> None:
    values = [point.value for point in data.points if point.value is not None]
    text = "" if values else "No run in these weeks" if data.points else "No runs yet"
    if canvas.height:
        canvas.write(max(0, (canvas.width - len(text)) // 2), canvas.height // 2, text, "label")


def _spots(data: ChartData, columns: Columns) -> tuple[Spot, ...]:
    return tuple(_spot(data, x, indexes) for x, indexes in columns.buckets().items())


def _spot(data: ChartData, x: int, indexes: list[int]) -> Spot:
    points = [data.points[index] for index in indexes]
    corrected = any(point.corrected for point in points)
    values = sorted(point.value for point in points if point.value is not None)
    if not values:
        off = all(point.off for point in points)
        return Spot(x=x, mark=Mark.MISSED, off=off, waited_for=points[-1].unfinished)
    if len(points) == 1:
        return Spot(x=x, value=values[0], mark=points[0].mark, corrected=corrected)
    middle = (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2
    outside = [point.value for point in points if point.mark is Mark.OUTSIDE and point.value is not None]
    return Spot(
        x=x,
        value=middle,
        mark=Mark.MET if data.goal is not None and middle <= data.goal else Mark.OVER,
        corrected=corrected,
        outside=max(outside, key=lambda value: abs(value - middle), default=None),
    )


def _draw_bands(canvas: Canvas, data: ChartData, layout: Layout, edged: bool) -> None:
    for band in data.bands:
        if not 0 <= band.start < min(band.end, len(data.points)):
            continue
        left = layout.columns.before(band.start)
        right = layout.columns.before(band.end) - 1 if band.end < len(data.points) else layout.columns.of_points[-1]
        for y in layout.scale.rows_between(band.low, band.high):
            canvas.tint(left, right, y, "band-soft" if band.soft else "band")
        marked = [(band.low, "·", "axis"), (band.high, "·", "axis")] if edged else []
        for value, sign, look in (*marked, (band.centre, "┈", "centre")):
            if layout.scale.holds(value):
                canvas.write(left, layout.scale.row(value), _pattern(sign, band.soft, right - left + 1), look)


def _pattern(sign: str, soft: bool, width: int) -> str:
    """Give a row of signs, with gaps where it stands for limits that are soft."""
    return ((f"{sign}  " if soft else sign) * width)[:width]


def _draw_revisions(canvas: Canvas, data: ChartData, layout: Layout) -> None:
    free_from = 0
    for index, name in data.revisions:
        if not 0 < index < len(data.points):
            continue
        x = layout.columns.before(index)
        for y in range(layout.scale.top, layout.axis_y):
            canvas.write(x, y, "┊", "revision")
        start = x - len(name) // 2
        if layout.labelled and start >= free_from:
            canvas.write(start, 0, name, "revision")
            free_from = start + len(name) + 1


def _draw_axes(canvas: Canvas, data: ChartData, layout: Layout) -> None:
    ticks = layout.scale.ticks
    for y in range(layout.axis_y):
        number = ticks.get(y, "")
        canvas.write(layout.axis_x - 1 - len(number), y, number, "label")
        canvas.write(layout.axis_x, y, "┤" if number else "│", "axis")
    canvas.write(layout.axis_x, layout.axis_y, "└" + "─" * (layout.end - layout.axis_x - 1), "axis")
    for x, label in month_labels(data.points, layout.columns, canvas.width):
        canvas.write(x, layout.axis_y, "┴", "axis")
        canvas.write(x, layout.axis_y + 1, label, "label")
    if data.points[-1].unfinished:
        _mark_present_week(canvas, layout)


def _mark_present_week(canvas: Canvas, layout: Layout) -> None:
    """Break the axis up under the week that is not over, and say `now` where there is room."""
    x = layout.columns.of_points[-1]
    start = layout.columns.before(len(layout.columns.of_points) - 1)
    canvas.write(start, layout.axis_y, "╌" * (layout.end - start), "axis")
    if canvas.is_empty(x - 2, x + 2, layout.axis_y + 1):
        canvas.write(x - 1, layout.axis_y + 1, "now", "label")


def _draw_goal(canvas: Canvas, data: ChartData, layout: Layout) -> None:
    if data.goal is None:
        return
    y = layout.scale.row(data.goal)
    number = layout.scale.written(data.goal)
    canvas.write(0, y, " " * layout.axis_x, "label")
    canvas.write(layout.axis_x - 1 - len(number), y, number, "goal-value")
    if not layout.scale.holds(data.goal):
        canvas.write(layout.axis_x, y, "↑" if data.goal > layout.scale.high else "↓", "goal-value")
        return
    canvas.write(layout.axis_x, y, "┤" + "╌" * (layout.end - layout.axis_x), "goal")


def _draw_line(canvas: Canvas, layout: Layout) -> None:
    bits: dict[tuple[int, int], int] = {}
    before: tuple[int, int] | None = None
    for spot in layout.spots:
        if spot.value is None:
            before = before if spot.off else None
            continue
        here = (spot.x * 2, layout.scale.row(spot.value) * 4 + 2)
        if before is not None:
            _add_line(bits, before, here)
        before = here
    for (x, y), dots in bits.items():
        canvas.write(x, y, chr(0x2800 + dots), "line")


def _add_line(bits: dict[tuple[int, int], int], start: tuple[int, int], end: tuple[int, int]) -> None:
    length = max(abs(end[0] - start[0]), abs(end[1] - start[1]), 1)
    for place in range(length + 1):
        x = round(start[0] + (end[0] - start[0]) * place / length)
        y = round(start[1] + (end[1] - start[1]) * place / length)
        cell = (x // 2, y // 4)
        bits[cell] = bits.get(cell, 0) | _DOTS[y % 4][x % 2]


def _draw_spots(canvas: Canvas, layout: Layout) -> None:
    signs = _SIGNS if layout.columns.cells_a_point >= _ROOM_FOR_LARGE_SIGNS else _SMALL_SIGNS
    for spot in layout.spots:
        if spot.value is not None:
            mark = Mark.OVER if spot.mark is Mark.MISSED else spot.mark
            y = layout.scale.row(spot.value)
            canvas.write(spot.x, y, signs[mark], mark.value)
            if spot.corrected:
                canvas.write(spot.x, y + 1, "╹", "label")
            if spot.outside is not None:
                canvas.write(spot.x, layout.scale.row(spot.outside), signs[Mark.OUTSIDE], Mark.OUTSIDE.value)
        elif not spot.waited_for:
            canvas.write(spot.x, layout.axis_y - 1, "·" if spot.off else "×", "missed")


def _draw_last_value(canvas: Canvas, data: ChartData, layout: Layout) -> None:
    spot = next(spot for spot in reversed(layout.spots) if spot.value is not None)
    last = next(point for point in reversed(data.points) if point.value is not None)
    assert spot.value is not None
    assert last.value is not None
    look = "met-value" if last.mark is Mark.MET else "over-value"
    canvas.write(spot.x + 1, layout.scale.row(spot.value), f" {layout.scale.written(last.value)}", look)


def _draw_pick(canvas: Canvas, layout: Layout, x: int) -> None:
    for y in range(layout.scale.top, layout.axis_y):
        canvas.tint(x, x, y, "pick")
    canvas.write(x, layout.axis_y, "▲", "over")
