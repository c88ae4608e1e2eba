"""Asking what a run is to be compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procroutine.tui.screens.compare import CompareScreen
from procroutine.tui.screens.pick import PickScreen

if TYPE_CHECKING:
    from procroutine.tui.app import ProcroutineApp


def compare_with_another(app: ProcroutineApp, run_id: str) -> None:
    """Offer the run before, the best one and the usual times, as far as there are any, and compare."""
    choices = app.look(lambda: app.viewer.past.runs.comparable(run_id))
    if choices is None:
        return
    if not choices:
        app.say("There is no other run to compare it with.")
        return

    def compare(other: str | None) -> None:
        if other is not None:
            app.push_screen(CompareScreen(run_id, other))

    app.push_screen(PickScreen("Compare it with what?", choices, choices[0][0]), compare)
