"""A grid of cells to draw on: a sign, a look and a ground for each, by name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from procroutine.tui.stretches import joined

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
        start, end = max(x, 0), min(x + len(text), self.width)
        if start < end:
            self._signs[y][start:end] = text[start - x : end - x]
            self._looks[y][start:end] = [look] * (end - start)

    def take_line(self, y: int, other: Canvas) -> None:
        """Take a line as it is on another canvas of the same size."""
        self._signs[y], self._looks[y], self._grounds[y] = other._signs[y], other._looks[y], other._grounds[y]

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
        signs, looks, grounds = self._signs[y], self._looks[y], self._grounds[y]
        start = 0
        for place in range(1, self.width + 1):
            if place == self.width or looks[place] != looks[start] or grounds[place] != grounds[start]:
                yield "".join(signs[start:place]), looks[start], grounds[start]
                start = place

    def has_same_line(self, y: int, other: Canvas) -> bool:
        """Say whether a line is the same as on another canvas of the same size."""
        return (
            self._signs[y] == other._signs[y]
            and self._looks[y] == other._looks[y]
            and self._grounds[y] == other._grounds[y]
        )

    def pieces_unlike(self, y: int, other: Canvas) -> Iterator[tuple[int, str, str, str]]:
        """Give what of a line is different from that of another canvas of the same size.

        Each piece is of one look: its first cell, its text, its look, its ground.
        """
        signs, looks, grounds = self._signs[y], self._looks[y], self._grounds[y]
        cells = list(zip(signs, looks, grounds, strict=True))
        before = zip(other._signs[y], other._looks[y], other._grounds[y], strict=True)
        places = [place for place, (old, new) in enumerate(zip(before, cells, strict=True)) if old != new]
        for start, end in joined(places, list(zip(looks, grounds, strict=True))):
            yield start, "".join(signs[start:end]), looks[start], grounds[start]

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
