"""What the parts of a chart look like, by the names that the drawing gives them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content, Span

if TYPE_CHECKING:
    from procroutine.tui.widgets.canvas import Canvas

_LOOKS = {
    "": "",
    "axis": "$foreground 35%",
    "label": "$foreground 60%",
    "line": "$foreground 40%",
    "over": "$foreground",
    "over-value": "bold $foreground",
    "met": "bold $text-success",
    "met-value": "bold $text-success",
    "outside": "bold $text-error",
    "missed": "$foreground 45%",
    "goal": "$text-accent",
    "goal-value": "bold $text-accent",
    "revision": "$text-secondary",
    "centre": "$primary 70%",
}
_GROUNDS = {"": "", "band": "on $primary 12%", "band-soft": "on $primary 7%", "pick": "on $foreground 15%"}
_ANSI_LOOKS = {**_LOOKS, **dict.fromkeys(("axis", "label", "line", "missed"), "ansi_default dim")}
_ANSI_GROUNDS = {"": "", "band": "", "band-soft": "", "pick": "reverse"}


def chart_style(look: str, ground: str, *, ansi: bool) -> str:
    """Give the style of cells; `ansi` where there are the terminal's own colours only, which know no half-tones."""
    looks, grounds = (_ANSI_LOOKS, _ANSI_GROUNDS) if ansi else (_LOOKS, _GROUNDS)
    return f"{looks[look]} {grounds[ground]}".strip()


def chart_lines(canvas: Canvas, *, ansi: bool) -> Sequence[Content]:
    """Give a drawn chart line by line."""
    return [_line(canvas, y, ansi) for y in range(canvas.height)]


def _line(canvas: Canvas, y: int, ansi: bool) -> Content:
    text, spans = "", []
    for part, look, ground in canvas.runs(y):
        if style := chart_style(look, ground, ansi=ansi):
            spans.append(Span(len(text), len(text) + len(part), style))
        text += part
    return Content(text, spans)
