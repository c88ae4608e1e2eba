"""The running step's time in large figures of heavy lines."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import ClassVar

from procroutine.durations import step_time
from procroutine.insight.views.run import Level
from procroutine.tui.widgets.canvas import Canvas
from procroutine.tui.widgets.drawn import DrawnWidget

_TALL, _LOW = 5, 3
_STROKES = {
    "0": "abcdef",
    "2": "abged",
    "3": "abgcd",
    "4": "fgbc",
    "5": "afgcd",
    "6": "afgedc",
    "7": "abc",
    "8": "abcdefg",
    "9": "abcdfg",
}
"""Which of the seven strokes a figure has: a on top, then clockwise, g in the middle."""
_ONE = {
    _TALL: (" ╺┓  ", "  ┃  ", "  ┃  ", "  ┃  ", " ╺┻╸ "),
    _LOW: ("╺┓ ", " ┃ ", "╺┻╸"),
}
_COLON = {_TALL: ("   ", " ■ ", "   ", " ■ ", "   "), _LOW: ("   ", " : ", "   ")}
_CORNERS = " ╻╹┃╺┏┗┣╸┓┛┫━┳┻╋"
"""The sign that leaves a cell down (1), up (2), right (4) and left (8), by the sum of these."""


class TallClock(DrawnWidget):
    """A clock of five rows, of three where it is lower, of one where it is lower still.

    Its size never follows its text, so a tick asks for no layout, and only the figures that
    changed are repainted.
    """

    PREFIX = "tall-clock"
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"tall-clock--{level.value}" for level in Level}
    DEFAULT_CSS = """
    TallClock {
        height: 5;
        width: 36;
        & > .tall-clock--usual { color: $text-primary; text-style: bold; }
        & > .tall-clock--over { color: $text-warning; text-style: bold; }
        & > .tall-clock--late { color: $text-error; text-style: bold; }
        & > .tall-clock--paused { color: $foreground 40%; text-style: bold; }
        &:ansi > .tall-clock--paused { color: ansi_default; text-style: dim; }
    }
    """

    time = timedelta()
    level = Level.USUAL

    def show(self, time: timedelta, level: Level = Level.USUAL) -> None:
        """Show another time, in the colour of its level."""
        self.time, self.level = time, level
        self.redraw()

    def draw(self, width: int, height: int) -> Canvas:
        """Draw the figures from the left."""
        canvas = Canvas(width, height)
        written = step_time(self.time)
        rows = figures(written, height)
        if len(rows[0]) > width:
            rows = figures(written, _LOW if height >= _LOW else 1)
        for y, row in enumerate(rows if len(rows[0]) <= width else (written,)):
            canvas.write(0, y, row, self.level.value)
        return canvas


def figures(text: str, height: int) -> tuple[str, ...]:
    """Give figures and colons as rows of one height: five, three, or the text itself."""
    if height < _LOW:
        return (text,)
    height = _TALL if height >= _TALL else _LOW
    signs = [_sign(sign, height) for sign in text]
    return tuple("".join(sign[row] for sign in signs) for row in range(height))


@cache
def _sign(sign: str, height: int) -> tuple[str, ...]:
    if sign == ":":
        return _COLON[height]
    rows = _ONE[height] if sign == "1" else _figure(frozenset(_STROKES[sign]), 3 if height == _TALL else 1, height)
    return tuple(f"{row} " for row in rows) if height == _TALL else rows


def _figure(strokes: frozenset[str], inside: int, height: int) -> tuple[str, ...]:
    a, b, c, d, e, f, g = (stroke in strokes for stroke in "abcdefg")
    top = _row(_corner(f, False, a, False), a, _corner(b, False, False, a), inside)
    middle = _row(_corner(e, f, g, False), g, _corner(c, b, False, g), inside)
    bottom = _row(_corner(False, e, d, False), d, _corner(False, c, False, d), inside)
    if height == _LOW:
        return top, middle, bottom
    return top, _sides(f, b, inside), middle, _sides(e, c, inside), bottom


def _corner(down: bool, up: bool, right: bool, left: bool) -> str:
    return _CORNERS[down + 2 * up + 4 * right + 8 * left]


def _row(left: str, stroke: bool, right: str, inside: int) -> str:
    return left + ("━" if stroke else " ") * inside + right


def _sides(left: bool, right: bool, inside: int) -> str:
    return ("┃" if left else " ") + " " * inside + ("┃" if right else " ")
