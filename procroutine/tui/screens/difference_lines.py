"""The rows of a difference as lines of text: the two sides beside one another, or one below the other."""

from __future__ import annotations

from datetime import timedelta

from rich.cells import cell_len
from textual.content import Content

from procroutine.durations import step_time
from procroutine.insight.views.revisions import DifferenceRow, RowKind
from procroutine.tui.widgets.cells import LABEL, QUIET, SOFT, Part, column, joined

BESIDE_FROM = 104
"""Columns of the terminal from which the sides stand beside one another."""
NEW = "$text-secondary"
_GAP = 3
_INDENT = 5
_KEY = 13
_TIME = 8
_NOTHING = "–"


def sides(width: int) -> tuple[int, int]:
    """Give the widths of the old and the new side with the gap between them."""
    old = (width - _GAP) // 2
    return old, width - _GAP - old


def line_count(row: DifferenceRow, width: int, beside: bool) -> int:
    """Say how many lines a row takes; of most that is known without drawing them."""
    if row.kind is RowKind.HEADING:
        return 2
    if row.kind in (RowKind.STEP, RowKind.SAME, RowKind.TEXT):
        return 1
    if beside and _length(row.old) < sides(width)[0] - _INDENT - _KEY > _length(row.new):
        return 1
    return len(row_lines(row, width, beside))


def _length(text: str | None) -> int:
    return 0 if text is None else len(text) if text.isascii() else cell_len(text)


def row_lines(row: DifferenceRow, width: int, beside: bool) -> list[Content]:
    """Draw a row."""
    if row.kind is RowKind.HEADING:
        return [Content(""), column(row.label, width, "bold")]
    if row.kind in (RowKind.SAME, RowKind.TEXT):
        style = LABEL if row.kind is RowKind.SAME else SOFT
        lead = "  · " if row.kind is RowKind.SAME else " " * (_INDENT if beside else 2)
        return [column(f"{lead}{row.label}", width, style)]
    if row.kind is RowKind.STEP:
        return [_step_beside(row, width) if beside else _step(row, width)]
    return _beside(row, width) if beside else _below(row, width)


def _step_beside(row: DifferenceRow, width: int) -> Content:
    left, right = sides(width)
    both = row.old is not None and row.new is not None
    old = column("", left) if row.old is None else _step_side(row, row.old, row.before, left, "" if both else row.label)
    label = "" if row.sign in ("~", "") else row.label
    new = column("", right) if row.new is None else _step_side(row, row.new, row.after, right, label)
    return joined(old, " " * _GAP, new)


def _step_side(row: DifferenceRow, title: str, time: timedelta | None, width: int, label: str) -> Content:
    written = "" if time is None else step_time(time)
    time_width = max(_TIME, len(written) + 1)
    return joined(
        column(row.sign, 2, f"bold {NEW}"),
        _named(row, title, label, width - 2 - time_width),
        column(written, time_width, "" if row.sign else QUIET, right=True),
    )


def _step(row: DifferenceRow, width: int) -> Content:
    title = row.new if row.new is not None else row.old or ""
    label = "" if row.sign in ("~", "") else row.label
    written = [_NOTHING if length is None else step_time(length) for length in (row.before, row.after)]
    times = f" {' → '.join(written)}" if row.sign and (row.before or row.after) else ""
    name = _named(row, title, label, width - 2 - len(times))
    return joined(column(row.sign, 2, f"bold {NEW}"), name, (times, SOFT if times else ""))


def _named(row: DifferenceRow, title: str, label: str, width: int) -> Content:
    """Give a title with what became of it; where both have no room the title is cut, or the sign says it alone."""
    style, room = "" if row.sign else QUIET, width - len(label) - 3
    if not label or (_length(title) > room and row.sign not in "↑↓"):
        return column(title, width, style)
    name = title if _length(title) <= room else column(title, room, style)
    return column(joined((name, style) if isinstance(name, str) else name, "   ", (label, QUIET)), width)


def wrapped(text: str | None, width: int) -> list[str]:
    """Break a text into lines; one that is not there has none."""
    if text is None:
        return []
    if _length(text) <= width:
        return [text]
    return [line.plain for line in Content(text).wrap(max(width, 1))]


def _beside(row: DifferenceRow, width: int) -> list[Content]:
    left, right = sides(width)
    old = _side(row, row.old, left, "−", QUIET)
    new = _side(row, row.new, right, "+", "")
    height = max(len(old), len(new))
    old += [column("", left)] * (height - len(old))
    new += [column("", right)] * (height - len(new))
    return [joined(one, " " * _GAP, other) for one, other in zip(old, new, strict=True)]


def _side(row: DifferenceRow, text: str | None, width: int, sign: str, style: str) -> list[Content]:
    """Draw one side of a key or of a line of text; a key says on both sides what it is."""
    if row.kind is RowKind.VALUE:
        first = column(row.label, _KEY, LABEL)
        text = _NOTHING if text is None else text
    elif text is None:
        return []
    else:
        first = column(sign if row.sign else "", 2, NEW)
    style = style if row.sign else LABEL
    room = width - _INDENT - first.cell_length
    return _with_lead(Content(" " * _INDENT), first, wrapped(text, room), style, room)


def _with_lead(indent: Content, first: Content, texts: list[str], style: str, room: int) -> list[Content]:
    blank = column("", first.cell_length)
    return [
        joined(indent, blank if place else first, column(text, room, style)) for place, text in enumerate(texts or [""])
    ]


def _below(row: DifferenceRow, width: int) -> list[Content]:
    """Draw the old side over the new one; a short value on one line."""
    indent = Content("  " if row.kind is RowKind.VALUE else "    ")
    if row.kind is RowKind.VALUE:
        parts: list[Part] = [column(row.label, _KEY, LABEL), (row.old or _NOTHING, QUIET), (" → ", LABEL)]
        line = joined(indent, *parts, row.new or _NOTHING)
        if line.cell_length <= width:
            return [column(line, width)]
    drawn = [] if row.kind is not RowKind.VALUE else [column(joined(indent, (row.label, LABEL)), width)]
    indent = Content("    ")
    room = width - 6
    if not row.sign:
        return _with_lead(indent, Content("  "), wrapped(row.new, room), LABEL, room)
    if row.old is not None:
        drawn += _with_lead(indent, column("−", 2, NEW), wrapped(row.old, room), QUIET, room)
    if row.new is not None:
        drawn += _with_lead(indent, column("+", 2, NEW), wrapped(row.new, room), "", room)
    return drawn
