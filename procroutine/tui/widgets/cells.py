"""Small pieces of content: aligned columns, thin bars, and the one colour of each meaning.

Text goes in as `Content` with styles beside it, never as markup, so that nothing in a name or
note can be a style or an action.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TypeAlias

from rich.cells import cell_len
from textual.content import Content, Span

from procroutine.durations import signed
from procroutine.insight.views.common import Standing
from procroutine.insight.views.week import RowState

Part: TypeAlias = "str | Content | tuple[str, str]"
Pieces: TypeAlias = "tuple[tuple[str, str], ...]"
"""A line as texts with their styles: what content is for lines that are drawn anew every second."""
Line: TypeAlias = "Content | Pieces"

SOFT = "$foreground 75%"
QUIET = "$foreground 60%"
LABEL = "$foreground 50%"
FAINT = "$foreground 35%"
GOAL = "$text-accent"

GLYPHS: dict[RowState, tuple[str, str]] = {
    RowState.OVERDUE: ("!", "bold $text-error"),
    RowState.RUNNING: ("▶", "bold $text-primary"),
    RowState.PAUSED: ("◐", "bold $text-primary"),
    RowState.TODAY: ("●", "$text-warning"),
    RowState.LATER: ("○", LABEL),
    RowState.NEVER: ("·", LABEL),
    RowState.DONE: ("✓", "$text-success"),
    RowState.OFF: ("─", LABEL),
    RowState.BROKEN: ("×", "bold $text-error"),
}
"""The sign of each state, with its style."""


def joined(*parts: Part) -> Content:
    """Put parts one after the other; a bare string is plain text."""
    return Content.assemble(*parts)


def lines(rows: Iterable[Content]) -> Content:
    """Put rows below one another."""
    return Content("\n").join(rows)


def column(text: str | Content, width: int, style: str = "", *, right: bool = False) -> Content:
    """Give text exactly `width` cells, cut with `…` or filled up; style covers the text only."""
    if isinstance(text, str) and (room := width - cell_len(text)) >= 0:
        left = room if right else 0
        spans = [Span(left, left + len(text), style)] if style else []
        return Content(f"{' ' * left}{text}{' ' * (room - left)}", spans, width)
    content = Content(text) if isinstance(text, str) else text
    if style:
        content = content.stylize(style)
    room = width - content.cell_length
    if room < 0:
        cut = content.truncate(max(width, 0), ellipsis=True)
        return cut.pad_right(max(width, 0) - cut.cell_length)
    return content.pad_left(room) if right else content.pad_right(room)


def filled(text: str, width: int, style: str = "", *, right: bool = False) -> Pieces:
    """Give what `column` gives, as pieces."""
    width = max(width, 0)
    room = width - (len(text) if text.isascii() else cell_len(text))
    if room < 0:
        text = Content(text).truncate(width, ellipsis=True).plain
        return (text, style), (" " * (width - cell_len(text)), "")
    blank = (" " * room, "")
    return (blank, (text, style)) if right else ((text, style), blank)


Cell: TypeAlias = "tuple[str, int, str, bool]"
"""A text, how many cells it is given, its style, and whether it stands at their right end."""


def columns(*cells: Cell) -> Pieces:
    """Put texts beside one another as `column` does each, in as few pieces as it takes."""
    pieces: list[tuple[str, str]] = []
    plain = ""
    for text, width, style, right in cells:
        room = width - (len(text) if text.isascii() else cell_len(text))
        if room < 0:
            text = Content(text).truncate(width, ellipsis=True).plain
            room = width - cell_len(text)
        before, after = (" " * room, "") if right else ("", " " * room)
        plain += before
        if style:
            pieces += [(plain, ""), (text, style)]
            plain = after
        else:
            plain += text + after
    return (*pieces, (plain, ""))


def fitted(pieces: Pieces, width: int) -> Line:
    """Give pieces exactly `width` cells, cut with `…` or filled up."""
    room = width - sum([len(text) if text.isascii() else cell_len(text) for text, _ in pieces])
    if room < 0:
        return column(joined(*pieces), width)
    return (*pieces, (" " * room, ""))


def named(name: str, facts: str, width: int) -> Content:
    """Name something with as many of its facts as a line has room for: a number that is cut is another one."""
    line = column(name, min(width, cell_len(name)), "bold")
    for place, fact in enumerate(facts.split(" · ") if facts else ()):
        longer = joined(line, (("   " if place == 0 else " · ") + fact, QUIET))
        if longer.cell_length > width:
            break
        line = longer
    return line


def spread(left: Content, right: Content, width: int) -> Content:
    """Put one piece at each end of a line; the right one is left out where both do not fit."""
    room = width - left.cell_length - right.cell_length
    return joined(left, " " * room, right) if room >= 2 else column(left, width)


def standing_style(standing: Standing) -> str:
    """Give the style of a difference: green when met, red when far over, else soft."""
    if standing is Standing.MET:
        return "$text-success"
    return "$text-error" if standing is Standing.FAR_OVER else SOFT


def difference(length: timedelta | None, standing: Standing, form: str = "total") -> Content:
    """Give a signed difference in the colour of its standing; nothing where there is none."""
    return Content.styled(*signed_in_colour(length, standing, form))


def signed_in_colour(length: timedelta | None, standing: Standing, form: str = "total") -> tuple[str, str]:
    """Give what `difference` draws as a text and its style."""
    if length is None:
        return "", ""
    written = signed(length, form)
    return written, SOFT if written.startswith("±") else standing_style(standing)


def thin_bar(fraction: float, width: int, style: str = "$primary 70%") -> Content:
    """Give a thin bar in half-cell steps, at least half a cell long."""
    halves = max(1, round(min(fraction, 1.0) * width * 2))
    return Content.styled("━" * (halves // 2) + "╸" * (halves % 2), style)


def track(fraction: float, width: int, style: str = "$text-success") -> Content:
    """Give a thin bar of full width, filled as far as `fraction`."""
    filled = round(max(0.0, min(fraction, 1.0)) * width)
    return joined(("━" * filled, style), ("━" * (width - filled), "$foreground 20%"))
