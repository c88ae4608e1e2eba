"""Going from place to place, and getting the places ready that are not seen yet."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import App
    from textual.css.stylesheet import Stylesheet
    from textual.widget import AwaitMount

    from procroutine.improvement.flow_reader import FlowReader

    _App = App[None]
else:
    _App = object  # Textual looks through each class of apps at every start

_LATER = (
    *("procroutine.insight.past_viewer", "procroutine.insight.run_context", "procroutine.insight.views.past"),
    *("procroutine.insight.history_filter", "procroutine.insight.past_runs", "procroutine.insight.history_view"),
    *("procroutine.insight.history_viewer", "procroutine.tui.screens.history"),
    *("procroutine.insight.views.trends", "procroutine.tui.widgets.own_lines", "procroutine.tui.widgets.trend_chart"),
    *("procroutine.tui.screens.trends", "procroutine.insight.behaviour", "procroutine.insight.trends_plot"),
    *("procroutine.insight.trends_readings", "procroutine.insight.trends_view"),
    *("procroutine.history.past_stretches", "procroutine.improvement.flow_reader", "procroutine.tui.screens.choose"),
    *("procroutine.tui.screens.exports", "procroutine.tui.screens.flow_parts", "procroutine.tui.screens.flow"),
)
"""What History, Trends and the flow map are made of; none takes long once those before it are there."""
_STYLES = [os.path.join(os.path.dirname(__file__), "screens", name) for name in ("past.tcss", "flow.tcss")]


class GoingApp(_App):
    """What makes an app draw a place once: Textual draws it, throws that away, and draws it again a little later."""

    _is_going = False
    _preparing: Iterator[None] | None = None
    flow_reader: FlowReader | None = None
    """What reads flow maps, once one was asked for; it keeps what it read for the next."""

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

    def prepare_places(self) -> bool:
        """Do a few milliseconds' work that going to a place for the first time would wait for; false once all is."""
        if self._preparing is None:
            self._preparing = preparations(self.stylesheet)
        return next(self._preparing, self) is None


def preparations(stylesheet: Stylesheet) -> Iterator[None]:
    """Load and parse, a little with each step, what places are made of that may never be asked for."""
    from importlib import import_module

    for name in _LATER:
        import_module(name)
        yield
    for path in _STYLES:
        if not stylesheet.has_source(path):
            stylesheet.read(path)
            stylesheet.parse()
            yield
