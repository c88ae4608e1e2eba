"""An app that shows one screen with made-up views, so that a screen can be tested alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from textual.app import App
from textual.screen import Screen

from procroutine.errors import NotFound, UserError
from procroutine.insight.views import HistoryView, RunPage, TrendsView
from procroutine.places import Places
from procroutine.text import Shown
from procroutine.tui.themes import DEFAULT_THEME, THEMES
from tests.tui.samples import HISTORY_VIEW, RUN_PAGE, TRENDS_VIEW, shown_history

Made = TypeVar("Made")

NOW = datetime(2026, 11, 19, 14, 5, tzinfo=UTC)
ROUTINES = (("client-metrics", Shown("Client metrics update")), ("newsletter", Shown("Publish the newsletter")))


class StandInViewer:
    """Answers with samples, and remembers what it was asked."""

    def __init__(self) -> None:
        self.trends_view = TRENDS_VIEW
        self.history_view: HistoryView = HISTORY_VIEW
        self.run_page: RunPage = RUN_PAGE
        self.routines: tuple[tuple[str, Shown], ...] = ROUTINES
        self.gone: set[str] = set()
        self.asked: list[tuple[object, ...]] = []

    def trends_routines(self) -> tuple[tuple[str, Shown], ...]:
        return self.routines

    def trends(self, routine_id: str, weeks: int) -> TrendsView:
        self.asked.append((routine_id, weeks))
        return self.trends_view

    def history(self, routine_id: str | None, text: str) -> HistoryView:
        self.asked.append((routine_id, text))
        return shown_history(self.history_view, routine_id, text, self.gone)

    def page(self, run_id: str) -> RunPage:
        if run_id in self.gone:
            raise NotFound(f"no run {run_id}", "look at history")
        return self.run_page


class StandInHistory:
    """Deletes and restores by making the viewer leave a run out."""

    def __init__(self, viewer: StandInViewer) -> None:
        self._viewer = viewer

    def delete(self, run_id: str) -> None:
        self._viewer.gone.add(run_id)

    def restore(self, run_id: str) -> None:
        self._viewer.gone.discard(run_id)


class StandInHome:
    """The verbs that these screens use."""

    def __init__(self, viewer: StandInViewer) -> None:
        self.places = Places(routines="r", config="c", history="h", open_runs="o", cache="k")
        self.amended: list[tuple[str, str, str, timedelta]] = []
        self._history = StandInHistory(viewer)

    def history(self) -> StandInHistory:
        return self._history

    def amend(self, run_id: str, step: str, sign: str, length: timedelta) -> tuple[None, str, timedelta]:
        self.amended.append((run_id, step, sign, length))
        return None, "Export Meta Ads", length


class StandInApp(App[None]):
    """As much of the app as the screens of the past use."""

    CSS_PATH = "../../procroutine/tui/app.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-too-narrow"), (40, "-tiny"), (72, "-narrow"), (104, "-wide"), (150, "-huge")]
    VERTICAL_BREAKPOINTS = [(0, "-too-low"), (12, "-short"), (30, "-tall")]

    def __init__(self, make: Callable[[], Screen[None]], theme: str = DEFAULT_THEME) -> None:
        super().__init__()
        self.viewer = StandInViewer()
        self.home = StandInHome(self.viewer)
        self.chosen_routine: str | None = None
        self.changed_times = 0
        self.said: list[str] = []
        self.complaints: list[str] = []
        self._make = make
        self.theme_wanted = theme
        for known in THEMES:
            self.register_theme(known)

    def on_mount(self) -> None:
        self.theme = self.theme_wanted
        self.push_screen(self._make())

    def now(self) -> datetime:
        return NOW

    def say(self, sentence: str) -> None:
        self.said.append(sentence)

    def look(self, view: Callable[[], Made]) -> Made | None:
        try:
            return view()
        except UserError as error:
            self.complaints.append(str(error))
            return None

    def attempt(self, verb: Callable[[], Made]) -> Made | None:
        made = self.look(verb)
        if made is not None:
            self.changed_times += 1
            screen = self.screen_stack[-1]
            if hasattr(screen, "draw_if_changed"):
                screen.draw_if_changed()
        return made

    def action_help(self) -> None:
        self.said.append("help")
