"""A picture of a screen as plain text: what stands in it, and below it in what colours; a fraction of an SVG's size."""

from __future__ import annotations

import string
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from rich.style import Style
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from procroutine.tui.app import ProcroutineApp

LETTERS = string.ascii_letters
ATTRIBUTES = ("bold", "dim", "italic", "underline", "reverse", "strike")


class Pictures(SingleFileSnapshotExtension):
    """Keeps each test's pictures in one text file."""

    _write_mode = WriteMode.TEXT
    _file_extension = "txt"


def drawn(app: ProcroutineApp) -> str:
    """Draw what the screen shows.

    The lines of the screen come first. Then, line by line, the style of its cells: a letter, and for how
    many cells it holds; one line with `=` and a number stands for so many lines like the one above. Last
    what each letter means: the colour of the text, the one behind it, and how it is set.
    """
    width, height = app.size
    strips = app.screen._compositor.render_strips()[:height]
    letters: dict[str, str] = {}

    def runs(strip: Any) -> Iterator[str]:
        for said, group in groupby(strip, lambda segment: _said(segment.style)):
            letter = letters.setdefault(said, LETTERS[len(letters)])
            yield f"{letter}{sum(segment.cell_length for segment in group)}"

    lines = [strip.text.rstrip() for strip in strips]
    styles = []
    for row, group in groupby(" ".join(runs(strip)) for strip in strips):
        styles.append(row)
        if more := len(list(group)) - 1:
            styles.append(f"= {more}")
    meanings = [f"{letter}  {said}" for said, letter in letters.items()]
    return "\n".join([f"{width}x{height}", "", *lines, "", *styles, "", *meanings, ""])


def _said(style: Style | None) -> str:
    if style is None:
        return "plain"
    colours = [colour.name if colour is not None else "-" for colour in (style.color, style.bgcolor)]
    return " ".join([colours[0], "on", colours[1], *(name for name in ATTRIBUTES if getattr(style, name))])
