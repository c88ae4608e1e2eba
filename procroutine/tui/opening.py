"""How a run is come to: what was to be changed before it is shown first, and a long pause asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procroutine.tui.verbs import begin_or_resume, redlines_before

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from procroutine.history.home import Home
    from procroutine.tui.app import ProcroutineApp
    from procroutine.tui.verbs import Opened


def week_place() -> Screen[None]:
    """Give This week."""
    from procroutine.tui.screens.week import WeekScreen

    return WeekScreen()


def history_place() -> Screen[None]:
    """Give History."""
    from procroutine.tui.screens.history import HistoryScreen

    return HistoryScreen()


def trends_place() -> Screen[None]:
    """Give Trends."""
    from procroutine.tui.screens.trends import TrendsScreen

    return TrendsScreen()


def review_place() -> Screen[None]:
    """Give Review."""
    from procroutine.tui.screens.review import ReviewScreen

    return ReviewScreen()


def ground_place() -> Screen[None]:
    """Give what lies under the run that the app opens on."""
    from procroutine.tui.screens.ground import GroundScreen

    return GroundScreen()


def open_first(app: ProcroutineApp, routine_id: str) -> None:
    """Show the run that the app opens on; This week where it cannot be shown."""
    from procroutine.tui.screens.ground import GroundScreen

    open_run(app, routine_id)
    if isinstance(app.screen, GroundScreen):
        app.screen.show_week()


def open_run(app: ProcroutineApp, routine_id: str, run_id: str | None = None) -> None:
    """Begin a run of a routine, or resume the one that is open, and show it; of several that with the `run_id`.

    What the person wanted to change before the next run comes first.
    """
    deadline, app.deadline = app.deadline, None

    def begin(home: Home, routine_id: str, run_id: str | None) -> Opened:
        return begin_or_resume(home, routine_id, deadline, run_id)

    redlines = app.look(lambda: redlines_before(app.home, routine_id))
    if not redlines:
        open_now(app, begin, routine_id, run_id)
        return
    from procroutine.tui.screens.redlines import RedlinesScreen

    def answered(begins: bool | None) -> None:
        if begins:
            open_now(app, begin, routine_id, run_id)

    app.push_screen(RedlinesScreen(routine_id, redlines), answered)


def open_now(
    app: ProcroutineApp, verb: Callable[[Home, str, str | None], Opened], routine_id: str, run_id: str | None = None
) -> None:
    """Carry out the verb that begins a run, prepares it or goes on with it, and show the run."""
    opened = app.attempt(lambda: verb(app.home, routine_id, run_id))
    if opened is None:
        return
    if opened.said:
        app.say(" ".join(opened.said))
    app.show_run(opened.run_id)
    if opened.paused > app.settings.long_pause:
        from procroutine.tui.screens.run_pauses import ask_about_pause

        ask_about_pause(app, opened.run_id, opened.paused)
