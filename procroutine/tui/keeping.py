"""Keeping This week for the next start while nothing else is asked for."""

from __future__ import annotations

from collections.abc import Callable

_PAUSE = 0.05
"""Seconds between two stretches of a few milliseconds, so that keys are answered in between."""


class Keeping:
    """Calls what keeps a little at a time until it says that there is no more."""

    def __init__(self, keep: Callable[[], bool], after: Callable[[float, Callable[[], None]], object]) -> None:
        """Take what keeps a little, and what calls something after some seconds."""
        self._keep = keep
        self._after = after
        self._is_under_way = False

    def begin(self) -> None:
        """Keep what there is to keep, unless that is under way."""
        if not self._is_under_way:
            self._go_on()

    def _go_on(self) -> None:
        self._is_under_way = self._keep()
        if self._is_under_way:
            self._after(_PAUSE, self._go_on)
