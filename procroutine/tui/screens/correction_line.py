"""One correction of a run on a line: names and texts give way to the room there is, numbers never."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from textual.content import Content

from procroutine.insight.views.corrections import CorrectionLine
from procroutine.tui.widgets.cells import QUIET, column, joined
from procroutine.widths import cut_to

_ROOM_FOR_DAY, _ROOM_FOR_YEAR, _ROOM_FOR_DEVICE = 48, 90, 96
"""Columns from which a correction has its day, also the year, and its device."""
_SHORTEST_NAME = 6
_ENOUGH_OF_A_TEXT = 30
"""Cells of a sentence with texts in it, such as notes: of more of them the rest may be cut."""


def correction_line(line: CorrectionLine, width: int) -> Content:
    """Draw when, what, and on what device: that goes first where there is little room, then when, then the name."""
    remark = f"  {line.remark}" if line.remark else ""
    for when, device in _surroundings(line, width):
        room = width - cell_len(f"{when}{remark}{device}")
        if room >= _least(line):
            break
    if room < _bare(line):
        remark = cut_to(remark, max(width - _bare(line), 0))
        room = width - cell_len(remark)
    return joined(
        (when, QUIET),
        column(_sentence(line, room), room, "" if line.state == "stands" else QUIET),
        (remark, "$text-warning"),
        (device, QUIET),
    )


def _surroundings(line: CorrectionLine, width: int) -> Iterator[tuple[str, str]]:
    """Give what stands before and behind, the most first and nothing at last."""
    if width >= _ROOM_FOR_DEVICE:
        yield f"{line.day} {line.time}  ", f"  {line.device}"
    if width >= _ROOM_FOR_YEAR:
        yield f"{line.day} {line.time}  ", ""
    if width >= _ROOM_FOR_DAY:
        yield f"{line.short}  ", ""
    yield "", ""


def _values(line: CorrectionLine) -> tuple[str, ...]:
    """Give what stood there before and after; where there is no room for both what stood there before."""
    was = f"was {line.before}"
    return (f"{line.before} → {line.after}", was) if line.after else (was,)


def _least(line: CorrectionLine) -> int:
    """Give the cells of a line that says enough."""
    if line.is_text:
        return min(cell_len(line.sentence), _ENOUGH_OF_A_TEXT)
    return min(cell_len(line.what), _SHORTEST_NAME) + 2 + cell_len(_values(line)[0])


def _bare(line: CorrectionLine) -> int:
    """Give the cells of the least that is to be read of it."""
    return _SHORTEST_NAME if line.is_text else min(map(cell_len, _values(line)))


def _sentence(line: CorrectionLine, room: int) -> str:
    """Give what was corrected, and how, in so many cells where its numbers have them."""
    if line.is_text or cell_len(line.sentence) <= room:
        return line.sentence
    for values in _values(line):
        left = room - cell_len(values) - 2
        if left >= min(cell_len(line.what), _SHORTEST_NAME):
            return f"{cut_to(line.what, left)}: {values}"
    return next((values for values in _values(line) if cell_len(values) <= room), _values(line)[-1])
