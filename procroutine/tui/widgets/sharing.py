"""How two columns of names share the room of a line."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable


def second_width(room: int, first: Iterable[int], second: Iterable[int], least: int) -> int:
    """Give how many of so many cells the second column takes, so that the fewest names are cut.

    `first` and `second` are how many cells each name needs. The second column has `least` cells at least, and
    no more than it needs; a name cut in the first column counts as two.
    """
    ours, theirs = sorted(first), sorted(second)
    ways = {min(max(least, need), room) for need in (least, *theirs)}
    return min(ways, key=lambda way: (2 * _cut(ours, room - way) + _cut(theirs, way), way))


def _cut(ordered: list[int], room: int) -> int:
    return len(ordered) - bisect_left(ordered, room + 1)
