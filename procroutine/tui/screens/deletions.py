"""Runs deleted since the app was opened, so that `u` can bring each back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from procroutine.tui.app import ProcroutineApp


class Deletions:
    """What was deleted, the latest last."""

    def __init__(self) -> None:
        self._runs: list[tuple[str, str]] = []

    def __bool__(self) -> bool:
        """Say whether there is anything to bring back."""
        return bool(self._runs)

    def holds(self, run_id: str) -> bool:
        """Say whether a run is among them."""
        return any(deleted == run_id for deleted, _ in self._runs)

    def delete(self, app: ProcroutineApp, run_id: str, name: str) -> bool:
        """Delete a run and say how to get it back; false where it could not be done."""

        def delete() -> str:
            app.home.history().delete(run_id)
            return name

        # Noted beforehand, since deleting makes the page of the run draw itself anew.
        self._runs.append((run_id, name))
        if app.attempt(delete) is None:
            self._runs.pop()
            return False
        app.say(f"Deleted {name}. u brings it back.")
        return True

    def forget(self, run_id: str) -> None:
        """Leave out a run that was brought back in another way."""
        self._runs = [one for one in self._runs if one[0] != run_id]

    def restore(self, app: ProcroutineApp) -> bool:
        """Bring the latest back; false where there is none, or it could not be done."""
        if not self._runs:
            return False
        run_id, name = self._runs.pop()

        def restore() -> str:
            app.home.history().restore(run_id)
            return name

        if app.attempt(restore) is None:
            self._runs.append((run_id, name))
            return False
        app.say(f"{name} is back.")
        return True
