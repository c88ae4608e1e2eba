"""Opening the app: what must happen before Textual is loaded, and how it ends."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from procroutine.history.home import Home

_PATIENCE = 20_000
"""New objects until the app looks for garbage: about a screen's worth, a few milliseconds to look through."""


def open_app(
    home: Home, routine_id: str | None = None, said: Sequence[str] = (), deadline: datetime | None = None
) -> int:
    """Run the app until the person leaves it; with a routine, on its run. Gives the exit code.

    `said` are sentences the person is to see first; by the `deadline` that run has to be through.
    """
    # Looking for garbage while thousands of classes are made and the past is read costs a tenth of the start.
    gc.disable()
    if "ssl" not in sys.modules:
        # asyncio loads ssl if it can be had; the app opens no connection, and ssl is a tenth of the start.
        sys.modules["ssl"] = None  # type: ignore[assignment]  # None is how Python marks a module as not to be had
    from procroutine.insight.viewer import Viewer
    from procroutine.settings import read_settings
    from procroutine.tui.app import ProcroutineApp

    if sys.modules.get("ssl", home) is None:
        del sys.modules["ssl"]
    settings, problems = read_settings(home.places.config)
    words = (*said, *(problem.in_brief for problem in problems))
    viewer = Viewer(home, settings.comparison.value)
    app = ProcroutineApp(home, viewer, settings, home.clock, first_words=words, routine_id=routine_id)
    app.deadline = deadline
    app.when_settled = _look_for_garbage
    app.run()
    return app.return_code or 0


def _look_for_garbage() -> None:
    """Begin to look for garbage, but not among all that the start has made."""
    gc.freeze()
    gc.set_threshold(_PATIENCE)
    gc.enable()
