"""Which cells of a line say something else than before.

A second changes a figure or two of a line whose looks stay, so texts of the same look are compared
first; only where a look changes are all cells gone through.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from rich.cells import cell_len

if TYPE_CHECKING:
    from rich.segment import Segment
    from rich.style import Style
    from textual.strip import Strip

Stretch: TypeAlias = "tuple[int, int]"
"""The first cell, and the one after the last."""
Piece: TypeAlias = "tuple[int, str, Style | None]"
"""Something of one look: its first cell, its text, its look."""
_NEAR = 6
"""Cells that are sent again rather than passed over: as much as it takes to say where the next stretch begins."""


def changed(before: Strip, after: Strip) -> list[Piece]:
    """Give the pieces of a line that are different; the whole line where a sign may be wide or without width."""
    if before is after:
        return []
    old, new = list(before), list(after)
    if not _have_same_looks(old, new):
        return _gone_through(before, after)
    pieces: list[Piece] = []
    x = 0
    for (text_before, *_), (text, style, _) in zip(old, new, strict=True):
        if text != text_before:
            if not (_is_even(text_before) and _is_even(text)):
                return _whole(after)
            places = [place for place, (a, b) in enumerate(zip(text_before, text, strict=True)) if a != b]
            pieces += [(x + start, text[start:end], style) for start, end in joined(places)]
        x += len(text) if text.isascii() else cell_len(text)
    return pieces


def joined(places: Iterable[int], looks: Sequence[object] | None = None) -> list[Stretch]:
    """Make stretches of one look out of cells in order; what lies near to each other becomes one.

    Without `looks` all cells have the same.
    """
    stretches: list[Stretch] = []
    end = -_NEAR - 1
    for place in places:
        if place - end <= _NEAR and (
            looks is None or all(looks[between] == looks[place] for between in range(end - 1, place))
        ):
            stretches[-1] = stretches[-1][0], place + 1
        else:
            stretches.append((place, place + 1))
        end = place + 1
    return stretches


def _have_same_looks(old: list[Segment], new: list[Segment]) -> bool:
    if len(old) != len(new):
        return False
    for (text_before, look_before, _), (text, look, _) in zip(old, new, strict=True):
        if len(text_before) != len(text) or (look_before is not look and look_before != look):
            return False
    return True


def _gone_through(before: Strip, after: Strip) -> list[Piece]:
    """Compare cell by cell."""
    old, new = before.text, after.text
    if len(old) != len(new) or not (_is_even(old) and _is_even(new)):
        return [] if before == after else _whole(after)
    looks = _looks(after)
    cells = enumerate(zip(old, new, _looks(before), looks, strict=True))
    places = [place for place, (a, b, look_before, look) in cells if a != b or look_before != look]
    return [(start, new[start:end], looks[start]) for start, end in joined(places, looks)]


def _whole(strip: Strip) -> list[Piece]:
    pieces: list[Piece] = []
    x = 0
    for text, style, _ in strip:
        pieces.append((x, text, style))
        x += cell_len(text)
    return pieces


def _looks(strip: Strip) -> list[Style | None]:
    looks: list[Style | None] = []
    for text, style, _ in strip:
        looks += [style] * len(text)
    return looks


def _is_even(text: str) -> bool:
    """Say whether every sign takes one cell."""
    return text.isascii() or all(map(_takes_one, set(text)))


@lru_cache(maxsize=1024)
def _takes_one(sign: str) -> bool:
    return cell_len(sign) == 1
