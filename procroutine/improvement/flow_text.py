"""A flow map as plain text, in any width from 40 columns on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from procroutine.durations import step_time
from procroutine.improvement.flow_columns import rows_of
from procroutine.improvement.flow_drawing import drawn, label, label_width, legend
from procroutine.improvement.flow_map import FlowGap, Source
from procroutine.improvement.flow_words import figures, known_by, pause_in_words, wrapped
from procroutine.widths import cell_length, cut_to

if TYPE_CHECKING:
    from procroutine.improvement.flow_map import FlowBar, FlowMap

NARROWEST = 40
"""Columns below which nothing is drawn."""


def flow_lines(flow: FlowMap, width: int) -> list[str]:
    """Draw a map in so many columns, at least `NARROWEST`; too many steps for one row go on below it."""
    width = max(width, NARROWEST)
    lines = wrapped((flow.name, flow.what, f"by {flow.by.value}"), " · ", width)
    lines += wrapped(figures(flow), " · ", width)
    if flow.pieces:
        lines += [
            "",
            *_map(flow, width),
            "",
            *wrapped((f"{sign} {words}" for sign, _, words in legend(flow)), "   ", width),
        ]
        lines += ["", *_steps(flow, width)]
    return [line.rstrip() for line in lines]


def _map(flow: FlowMap, width: int) -> Iterator[str]:
    names_width = label_width(flow, width)
    rows = rows_of(flow.pieces, width - names_width - 1)
    for place, row in enumerate(rows):
        if place:
            yield ""
        names, lines = drawn(flow, row, every_lane=len(rows) == 1)
        for name, line in zip(names, lines, strict=True):
            yield f"{label(name, names_width).text} {''.join(piece.text for piece in line)}"


def _steps(flow: FlowMap, width: int) -> Iterator[str]:
    """List the steps as they are numbered on the map, with their pauses."""
    digits = max((len(str(bar.number)) for bar in flow.bars), default=1)
    times = max((len(step_time(bar.length)) for bar in flow.bars), default=0)
    words = max((len(known_by(bar)) for bar in flow.bars), default=0)
    for piece in flow.pieces:
        if isinstance(piece, FlowGap):
            yield cut_to(f"{' ' * digits}  ┈ {pause_in_words(piece)}", width)
            continue
        time = "" if piece.source is Source.UNKNOWN else step_time(piece.length)
        yield _step(piece, f"{piece.number:>{digits}}", f"{time:>{times}} {known_by(piece):{words}}", width)


def _step(bar: FlowBar, number: str, time: str, width: int) -> str:
    """Write number, title, time, and what and who where there is room."""
    where = " · ".join(filter(None, (bar.systems, bar.person, "before the run" if bar.before else "")))
    room = width - len(number) - len(time) - 4
    beside = min(room // 2, 36) if room >= 48 else 0
    left = width - len(time) - 2 - beside
    title = cut_to(f"{number}  {bar.title}", left)  # a sign of the title may widen the blank before it
    line = f"{title}{' ' * (left - cell_length(title))}  {time}"
    return cut_to(f"{line}  {where}", width) if beside else line
