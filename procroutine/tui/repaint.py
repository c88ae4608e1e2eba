"""Repainting no more than what was asked for.

Textual sends a repainted line from the left edge of the widget that it belongs to, and asks all
widgets between the first and the last of such lines. On a full screen that ticks once a second,
that is twice as much as needs to be done, all day long.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.control import Control
from textual._compositor import ChopsUpdate, Compositor

if TYPE_CHECKING:
    from rich.console import Console
    from textual.geometry import Region
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
        """Give what is to be sent; None where nothing has changed.

        Lines far apart are asked for by themselves, since every widget between the first and the last is asked.
        """
        updates: list[ChopsUpdate] = []
        for regions in _apart(self._dirty_regions):
            self._dirty_regions = regions
            update = super().render_partial_update()
            if update is not None:
                updates.append(update)
        if not updates:
            return None
        chops = list(updates[0].chops)
        for update in updates[1:]:
            for y, _, _ in update.spans:
                chops[y] = update.chops[y]
        return NarrowUpdate(chops, [span for update in updates for span in update.spans], updates[0].chop_ends)

    def _get_renders(self, crop: Region | None = None) -> Iterator[tuple[Region, Region, list[Strip]]]:
        """Give the lines of the widgets that are seen within a region, or everywhere; each with its region and clip.

        Textual asks all those whose container is seen there.
        """
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            if seen and (crop is None or crop.overlaps(seen)):
                yield region, clip, widget.render_lines(seen.translate(-region.offset))


def _apart(regions: Iterable[Region]) -> list[set[Region]]:
    """Put regions into groups, from the top down, with at least one line between two groups."""
    groups: list[set[Region]] = []
    end = -1
    for region in sorted(regions, key=lambda region: region.y):
        if not groups or region.y > end:
            groups.append(set())
        groups[-1].add(region)
        end = max(end, region.bottom)
    return groups


def _can_be_cut(strip: Strip) -> bool:
    """Say whether no sign takes more than one cell: half of one cannot be sent."""
    return all(cell_len(sign) == 1 for sign in strip.text)
