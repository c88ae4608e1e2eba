"""A grid of cells to draw on: a sign, a look and a ground for each, by name."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TypeAlias

Run: TypeAlias = "tuple[str, str, str]"
"""Cells in a row that look the same: their text, the name of their look, the name of their ground."""


class Canvas:
    """Cells that start out empty; whatever lands outside is left out."""

    __slots__ = ("_grounds", "_looks", "_signs", "height", "width")

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self._signs = [[" "] * width for _ in range(height)]
        self._looks = [[""] * width for _ in range(height)]
        self._grounds = [[""] * width for _ in range(height)]

    def write(self, x: int, y: int, text: str, look: str) -> None:
        """Put single-width signs from a cell on to the right."""
        if not 0 <= y < self.height:
            return
        signs, looks = self._signs[y], self._looks[y]
        for place, sign in enumerate(text, x):
            if 0 <= place < self.width:
                signs[place] = sign
                looks[place] = look

    def tint(self, left: int, right: int, y: int, ground: str) -> None:
        """Give the cells from left to right, both included, a ground."""
        if 0 <= y < self.height:
            for place in range(max(left, 0), min(right, self.width - 1) + 1):
                self._grounds[y][place] = ground

    def is_empty(self, left: int, right: int, y: int) -> bool:
        """Say whether nothing stands in the cells from left to right, both included."""
        return left >= 0 and right < self.width and not "".join(self._signs[y][left : right + 1]).strip()

    def runs(self, y: int) -> Iterator[Run]:
        """Give a line as few runs as it can be."""
        cells = zip(self._signs[y], self._looks[y], self._grounds[y], strict=True)
        for (look, ground), same in groupby(cells, key=lambda cell: cell[1:]):
            yield "".join(cell[0] for cell in same), look, ground

    def changed(self, y: int, other: Canvas) -> tuple[int, int] | None:
        """Give the first and last cell of a line that differ from another canvas of the same size."""
        mine = list(zip(self._signs[y], self._looks[y], self._grounds[y], strict=True))
        theirs = list(zip(other._signs[y], other._looks[y], other._grounds[y], strict=True))
        if mine == theirs:
            return None
        places = [place for place in range(self.width) if mine[place] != theirs[place]]
        return places[0], places[-1]

    @property
    def text(self) -> tuple[str, ...]:
        """The signs alone, line by line, without the empty end of each."""
        return tuple("".join(signs).rstrip() for signs in self._signs)

    def look(self, x: int, y: int) -> str:
        """Give the name of a cell's look."""
        return self._looks[y][x]

    def ground(self, x: int, y: int) -> str:
        """Give the name of a cell's ground."""
        return self._grounds[y][x]
