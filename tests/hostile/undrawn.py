"""Leaving out the frames between two looks: a walk draws every cell itself wherever it looks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from textual.screen import Screen


@contextmanager
def undrawn() -> Iterator[None]:
    """Let screens forget what is to be drawn; half of what an app does that is walked through is drawing."""
    draw = Screen._compositor_refresh

    def forget(screen: Screen[Any]) -> None:
        if screen is not screen.app.screen:
            draw(screen)  # only says that it lies below
            return
        screen._compositor._dirty_regions.clear()
        screen._dirty_widgets.clear()

    patched: Any = Screen
    patched._compositor_refresh = forget
    try:
        yield
    finally:
        patched._compositor_refresh = draw
