"""How the selected row of a list looks: on a tinted ground; in the terminal's own colours, without tints, reversed.

Reversed it stands out whatever these colours are. It then has none of its own: what they tell, signs tell as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.strip import Strip

if TYPE_CHECKING:
    from textual.widget import Widget


def selected_strip(widget: Widget, strip: Strip) -> Strip:
    """Give a row that is drawn on its ground as the selected one."""
    return _reversed(strip) if widget.has_pseudo_class("ansi") else strip


def selected_line(widget: Widget, line: Content, ground: str) -> Content:
    """Give a row as the selected one, on the ground of a style."""
    if widget.has_pseudo_class("ansi"):
        return Content.styled(line.plain, "reverse")
    return line.stylize_before(ground)


def _reversed(strip: Strip) -> Strip:
    return Strip([Segment(text, _plainly(style)) for text, style, _ in strip], strip.cell_length)


def _plainly(style: Style | None) -> Style:
    """Keep of a style what is no colour."""
    if style is None:
        return Style(reverse=True)
    return Style(reverse=True, bold=style.bold, italic=style.italic, underline=style.underline, strike=style.strike)
