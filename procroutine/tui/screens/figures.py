"""Figures with their labels: side by side where there is room, else one after the other on a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.widget import Widget

from procroutine.insight.views.common import Standing
from procroutine.tui.widgets.cells import LABEL, QUIET, SOFT, Part, column, joined, lines, standing_style

_BESIDE_FROM = 88
"""Columns from which the figures stand side by side under their labels."""
_WIDEST = 26
_VALUE = 6


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as it is written."""

    label: str
    value: str
    style: str = "bold"
    note: str = ""
    short_note: str = ""
    """What stays of the note where there is little room."""
    essential: bool = False
    """Whether it is among the last to go where there is less still."""


def value_style(standing: Standing) -> str:
    """Give the style of a figure: only met and far over have a colour."""
    if standing in (Standing.MET, Standing.FAR_OVER):
        return f"bold {standing_style(standing)}"
    return "bold"


class Figures(Widget):
    """A few figures: the point of a page before the eye reaches the rest."""

    figures: tuple[Figure, ...] = ()

    def show(self, figures: Iterable[Figure]) -> None:
        """Draw other figures."""
        self.figures = tuple(figures)
        self.refresh()

    def render(self) -> Content:
        """Draw them as the size allows."""
        width, height = self.size
        if not self.figures:
            return Content(" ")
        cell = min(_WIDEST, width // max(len(self.figures), 4))
        if width >= _BESIDE_FROM and height > 1 and cell >= max(map(_needs, self.figures)):
            labels = joined(*(column(figure.label, cell, LABEL) for figure in self.figures))
            return lines((labels, joined(*(_value(figure, cell) for figure in self.figures))))
        return one_line(self.figures, width)


def _needs(figure: Figure) -> int:
    return max(len(figure.label), max(_VALUE, len(figure.value) + 1) + len(figure.note)) + 1


def _value(figure: Figure, cell: int) -> Content:
    value = max(_VALUE, len(figure.value) + 1)
    return joined(column(figure.value, value, figure.style), column(figure.note, cell - value, SOFT))


def one_line(figures: Iterable[Figure], width: int) -> Content:
    """Give as much as fits on one line: notes go first, from the left, then figures, from the right."""
    left = list(figures)
    for without in range(len(left) + 1):
        line = _in_a_row(left, without)
        if line.cell_length <= width:
            return line
    while len(left) > 1 and line.cell_length > width:
        dispensable = [place for place, figure in enumerate(left) if not figure.essential]
        left.pop(dispensable[-1] if dispensable else -1)
        line = _in_a_row(left, len(left))
    return column(line, width)


def _in_a_row(figures: Sequence[Figure], noted_from: int) -> Content:
    parts: list[Part] = []
    for place, figure in enumerate(figures):
        parts += ["   " if parts else "", (f"{figure.label.split(',')[0]} ", LABEL), (figure.value, figure.style)]
        if figure.short_note and place >= noted_from:
            parts.append((f" {figure.short_note}", QUIET))
    return joined(*parts)
