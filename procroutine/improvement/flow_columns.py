"""Where the pieces of a flow map stand in columns of text.

Bars are true to one scale, in half columns, and at least half a column long. A step has room for
its number, however short it is; a pause that breaks the axis takes the room of its length in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import pairwise

from procroutine.durations import span
from procroutine.improvement.flow_map import ZERO, FlowBar, FlowGap
from procroutine.values import Value

_MINUTE = timedelta(minutes=1)
_HALVINGS = 40
_DIVIDER = 3
"""Columns between what is done before the run and the run."""
_ROOMY = 4.0
"""Columns of a step of middle length, on a map that is wider than there is room."""


class Slot(Value):
    """One piece in its columns."""

    piece: FlowBar | FlowGap
    left: int
    width: int
    halves: int
    """Half columns that a bar takes; of a pause that breaks the axis 0."""


class Row(Value):
    """Pieces beside one another."""

    slots: tuple[Slot, ...]
    width: int
    divider: int | None = None
    """The column of the line between what is done before the run and the run."""


Pieces = Sequence["FlowBar | FlowGap"]


def rows_of(pieces: Pieces, room: int) -> tuple[Row, ...]:
    """Fold pieces into as few rows of so many columns as there need be, all true to the largest scale that fits."""
    scale = _largest(pieces, room, len(_packed(pieces, 0.0, room)))
    return tuple(_placed(own, scale) for own in _packed(pieces, scale, room))


def one_row(pieces: Pieces, room: int, zoom: float = 1.0) -> Row:
    """Put all pieces into one row: of so many columns where they fit, wider where they do not, or by `zoom`."""
    if len(_packed(pieces, 0.0, room)) > 1:
        return _placed(pieces, zoom * _ROOMY / max(_middle(pieces), 0.1))
    return _placed(pieces, zoom * _largest(pieces, room, 1))


def _largest(pieces: Pieces, room: int, rows: int) -> float:
    """Give the most columns a minute at which pieces fit into so many rows."""
    low, high = 0.0, 1.0
    if not any(_minutes(piece) for piece in pieces if not _is_fixed(piece)):
        return high
    while _fits(pieces, high, room, rows):
        low, high = high, 2 * high
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if _fits(pieces, middle, room, rows):
            low = middle
        else:
            high = middle
    return low


def _fits(pieces: Pieces, scale: float, room: int, rows: int) -> bool:
    return all(_width(piece, scale) <= room for piece in pieces) and len(_packed(pieces, scale, room)) <= rows


def _packed(pieces: Pieces, scale: float, room: int) -> list[list[FlowBar | FlowGap]]:
    """Fill rows one after the other."""
    rows: list[list[FlowBar | FlowGap]] = [[]]
    taken = 0
    for piece in pieces:
        width = _width(piece, scale) + (_DIVIDER if rows[-1] and _is_divided(rows[-1][-1], piece) else 0)
        if rows[-1] and taken + width > room:
            rows.append([])
            taken = 0
        rows[-1].append(piece)
        taken += width
    return rows


def _placed(pieces: Iterable[FlowBar | FlowGap], scale: float) -> Row:
    slots: list[Slot] = []
    left, divider = 0, None
    for piece in pieces:
        if slots and _is_divided(slots[-1].piece, piece):
            divider = left + 1
            left += _DIVIDER
        width = _width(piece, scale)
        slots.append(Slot(piece=piece, left=left, width=width, halves=_halves(piece, scale)))
        left += width
    return Row(slots=tuple(slots), width=left, divider=divider)


def _is_divided(before: FlowBar | FlowGap, after: FlowBar | FlowGap) -> bool:
    return before.start < ZERO <= after.start


def _is_fixed(piece: FlowBar | FlowGap) -> bool:
    return isinstance(piece, FlowGap) and piece.broken


def _minutes(piece: FlowBar | FlowGap) -> float:
    return piece.length / _MINUTE


def _halves(piece: FlowBar | FlowGap, scale: float) -> int:
    return 0 if _is_fixed(piece) else max(1, round(2 * scale * _minutes(piece)))


def _width(piece: FlowBar | FlowGap, scale: float) -> int:
    if isinstance(piece, FlowGap):
        return len(span(piece.length)) + 4 if piece.broken else max(1, -(-_halves(piece, scale) // 2))
    least = 1 if piece.again else len(str(piece.number)) + 1
    return max(least, -(-_halves(piece, scale) // 2))


def _middle(pieces: Pieces) -> float:
    """Give the middle length of the work, in minutes."""
    lengths = sorted(_minutes(piece) for piece in pieces if isinstance(piece, FlowBar))
    return lengths[len(lengths) // 2] if lengths else 0.0


def neighbours(row: Row) -> Iterable[tuple[Slot, Slot]]:
    """Give each bar of a row with the one before it."""
    return pairwise(slot for slot in row.slots if isinstance(slot.piece, FlowBar))
