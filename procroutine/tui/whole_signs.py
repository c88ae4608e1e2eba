"""Cutting drawn text between signs only.

Where one widget covers another, Textual cuts its lines with what rich has for that. It cuts an emoji
that several characters make up anywhere between them: what is left begins with a joiner, takes other
cells on the screen than are counted, and moves the rest of the line.
"""

from __future__ import annotations

from rich.cells import split_text
from rich.segment import Segment

_JOINING = frozenset("\u200d\ufe0f")
"""The characters that rich counts together with the one before them."""
_usual_cut = Segment._split_cells


def _cut(segment: Segment, cut: int) -> tuple[Segment, Segment]:
    """Cut a segment at a cell; a sign of which only half is left over becomes blanks."""
    text, style, control = segment
    if _JOINING.isdisjoint(text) or cut >= segment.cell_length:
        return _usual_cut(segment, cut)
    left, right = split_text(text, cut)
    return Segment(left, style, control), Segment(right, style, control)


def cut_between_signs() -> None:
    """Let every segment be cut so; to be called before anything is drawn."""
    # Strips hold rich's own segments, and all that cuts them comes through here.
    Segment._split_cells = staticmethod(_cut)  # type: ignore[method-assign,assignment]  # rich has no other way in
