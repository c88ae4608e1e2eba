"""Sending of a repainted line only the stretch that was asked for.

Textual sends it from the left edge of the widget that it belongs to. On a full screen that ticks
once a second, that is twice as much as needs to be sent, all day long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.control import Control
from textual._compositor import ChopsUpdate, Compositor

if TYPE_CHECKING:
    from rich.console import Console
    from textual.strip import Strip


class NarrowUpdate(ChopsUpdate):
    """Stretches of some lines."""

    def render_segments(self, console: Console) -> str:
        """Write the stretches, each at its place."""
        written: list[str] = []
        for y, left, right in self.spans:
            for end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                if strip is None or x >= right or end <= left:
                    continue
                start = left if x < left and _can_be_cut(strip) else x
                written += (Control.move_to(start, y).segment.text, strip.crop(start - x, right - x).render(console))
        return "".join(written)


class NarrowCompositor(Compositor):
    """Textual's compositor, but for what it sends of a screen of which little has changed."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """Give what is to be sent; None where nothing has changed."""
        update = super().render_partial_update()
        return None if update is None else NarrowUpdate(update.chops, update.spans, update.chop_ends)


def _can_be_cut(strip: Strip) -> bool:
    """Say whether no sign takes more than one cell: half of one cannot be sent."""
    return all(cell_len(sign) == 1 for sign in strip.text)
