"""How many cells of a terminal a text takes: wide characters two, marks on others none.

After Unicode's East Asian Width (UAX 11) and its emoji sequences (UTS 51), as terminals draw them.
"""

from __future__ import annotations

_JOINER, _AS_EMOJI = "\u200d", "\ufe0f"
_MARKS = ("Mn", "Me", "Mc")
_FILLERS = "\u3164\uffa0"
"""Stand for a letter of Hangul that is left out."""
_LATER_JAMO = (("\u1160", "\u11ff"), ("\ud7b0", "\ud7ff"))
"""Vowels and ends of a syllable, which are drawn into the cells of its first letter."""
_WIDE_BY_NOW = (
    ("\u2630", "\u2637"),
    ("\u268a", "\u268f"),
    ("\u4dc0", "\u4dff"),
    ("\U0001d300", "\U0001d356"),
    ("\U0001d360", "\U0001d376"),
)
"""Signs of oracles and counting rods: wide since Unicode 16, and the Unicode of Python may be an older one."""


def cell_length(text: str) -> int:
    """Give the cells that a text on one line takes."""
    return len(text) if text.isascii() else sum(_cells(text))


def cut_to(text: str, width: int) -> str:
    """Cut a text to so many cells, the last of which is `…` where something was cut."""
    if cell_length(text) <= width:
        return text
    taken = 0
    for place, cells in enumerate(_cells(text)):
        taken += cells
        if taken > width - 1:
            return f"{text[:place]}…"
    return text


def _cells(text: str) -> list[int]:
    """Give the cells of each character, in the order of the text."""
    from unicodedata import category, east_asian_width  # of use for few texts, so that `status` starts without

    cells: list[int] = []
    for place, character in enumerate(text):
        before = text[place - 1 : place]
        if character.isascii() and before != _JOINER:
            cells.append(1)
        elif character == _AS_EMOJI and cells:
            cells.append(2 - min(cells[-1], 2) if cells[-1] else 0)
        elif (
            before == _JOINER
            or character == _JOINER
            or character in _FILLERS
            or _is_in(character, _LATER_JAMO)
            or category(character) in _MARKS
        ):
            cells.append(0)
        else:
            is_wide = east_asian_width(character) in "WF" or _is_in(character, _WIDE_BY_NOW)
            cells.append(2 if is_wide else 1)
    return cells


def _is_in(character: str, stretches: tuple[tuple[str, str], ...]) -> bool:
    return any(first <= character <= last for first, last in stretches)
