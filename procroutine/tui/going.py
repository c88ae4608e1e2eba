"""Going from place to place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App
    from textual.widget import AwaitMount

    _App = App[None]
else:
    _App = object  # Textual looks through each class of apps at every start


class GoingApp(_App):
    """What makes an app draw a place once: Textual draws it, throws that away, and draws it again a little later."""

    _is_going = False

    def switch_mode(self, mode: str) -> AwaitMount:
        """Go to a place."""
        self._is_going = True
        try:
            return super().switch_mode(mode)
        finally:
            self._is_going = False

    def delay_update(self, delay: float = 0.05) -> None:
        """Draw nothing for so many seconds, unless that is asked for on the way to a place."""
        if not self._is_going:
            super().delay_update(delay)
