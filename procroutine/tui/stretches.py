"""Which cells of a line say something else than before."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from rich.cells import cell_len

if TYPE_CHECKING:
    from rich.style import Style
    from textual.strip import Strip

Stretch: TypeAlias = "tuple[int, int]"
"""The first cell, and the one after the last."""
_NEAR = 6
"""Cells that are sent again rather than passed over: as much as it takes to say where the next stretch begins."""


def changed(before: Strip, after: Strip) -> list[Stretch]:
    """Give the stretches of a line that are different; the whole line where a sign may be wide or without width."""
    old, new = before.text, after.text
    if len(old) != len(new) or not (_is_even(old) and _is_even(new)):
        return [] if before == after else [(0, max(before.cell_length, after.cell_length))]
    old_looks, new_looks = _looks(before), _looks(after)
    if old_looks == new_looks:
        places = [place for place, (a, b) in enumerate(zip(old, new, strict=True)) if a != b]
    else:
        cells = enumerate(zip(old, new, old_looks, new_looks, strict=True))
        places = [place for place, (a, b, look, other) in cells if a != b or look != other]
    return _joined(places, new_looks)


def _joined(places: list[int], looks: list[Style | None]) -> list[Stretch]:
    """Make stretches of cells; what lies near to each other and looks the same becomes one."""
    stretches: list[Stretch] = []
    for place in places:
        if stretches:
            start, end = stretches[-1]
            if place == end or (place - end <= _NEAR and _same(looks, end - 1, place)):
                stretches[-1] = start, place + 1
                continue
        stretches.append((place, place + 1))
    return stretches


def _same(looks: list[Style | None], first: int, last: int) -> bool:
    return all(looks[place] is looks[first] for place in range(first + 1, last + 1))


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
