"""Keeping This week for the next start while nothing else is asked for."""

from __future__ import annotations

import time
from collections.abc import Callable

QUIET = 1.0
"""Seconds without a key or a move of the mouse before anything is kept."""
PAUSE = 0.03
"""Seconds between two stretches, so that a key that comes is answered first."""
STRETCH = 0.001
"""Seconds after which a stretch takes on no more; each step takes a millisecond or two."""


class Keeping:
    """Calls what keeps a little at a time until it says that there is no more."""

    def __init__(
        self,
        keep: Callable[[], bool],
        after: Callable[[float, Callable[[], None]], object],
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        """Take what keeps a little, what calls something after some seconds, and a clock in seconds."""
        self._keep = keep
        self._after = after
        self._clock = clock
        self._is_under_way = False
        self._was_disturbed = False

    def begin(self) -> None:
        """Keep what there is to keep, unless that is under way."""
        if not self._is_under_way:
            self._go_on()

    def disturb(self) -> None:
        """Leave the app to the person for a while: a key was pressed, or the mouse moved."""
        self._was_disturbed = True

    def _go_on(self) -> None:
        self._is_under_way = self._was_disturbed or self._kept_some()
        if self._is_under_way:
            self._after(QUIET if self._was_disturbed else PAUSE, self._go_on)
        self._was_disturbed = False

    def _kept_some(self) -> bool:
        end = self._clock() + STRETCH
        while self._keep():
            if self._clock() >= end:
                return True
        return False
