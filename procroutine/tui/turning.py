"""What a run that was just finished changes on the path of its routine, told once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procroutine.improvement.phase_reading import turned

if TYPE_CHECKING:
    from procroutine.tui.app import ProcroutineApp

_SECONDS = 8.0
"""How long the sentence is told."""


def tell_turn(app: ProcroutineApp, run_id: str) -> None:
    """Say where a run was what its routine lacked to be moved on, or is a reason to move it back."""
    past = app.viewer.past
    routine_id = app.look(lambda: past.ended(run_id).routine)
    path = None if routine_id is None else app.look(lambda: turned(app.home, past, routine_id, run_id))
    if path is not None:
        app.notify(f"{path.name}: {path.suggestion} p on This week shows its path.", timeout=_SECONDS)
