"""The app over made-up past runs, with a home that deletes, restores and corrects them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

from procroutine.clock import ManualClock
from procroutine.errors import NotFound
from procroutine.history.heads import RunHead
from procroutine.insight.views.compare import CompareView
from procroutine.insight.views.past import HistoryView
from procroutine.insight.views.run_page import RunPage
from procroutine.insight.views.step_page import StepPage
from procroutine.insight.views.trends import TrendsView
from procroutine.insight.views.week import WeekView
from procroutine.settings import Settings
from procroutine.text import Shown
from procroutine.tui.app import ProcroutineApp
from tests.tui.past_samples import COMPARE_VIEW, STEP_PAGE, shown_history
from tests.tui.samples import HISTORY_VIEW, RUN_PAGE, STEPS, TRENDS_VIEW
from tests.tui.week_samples import WEEK_VIEW

NOW = datetime(2026, 11, 19, 14, 5, tzinfo=UTC)
ROUTINES = (("client-metrics", Shown("Client metrics update")), ("newsletter", Shown("Publish the newsletter")))


class PastViewer:
    """Answers with samples, and remembers what it was asked."""

    def __init__(self) -> None:
        self.trends_view = TRENDS_VIEW
        self.history_view: HistoryView = HISTORY_VIEW
        self.run_page: RunPage = RUN_PAGE
        self.known: tuple[tuple[str, Shown], ...] = ROUTINES
        self.step_page: StepPage = STEP_PAGE
        self.gone: set[str] = set()
        self.others: tuple[tuple[str, Shown], ...] = (
            ("before", Shown("the run before: Mon 9 Nov 2026, 1h04")),
            ("usual", Shown("the usual times")),
        )
        self.asked: list[tuple[object, ...]] = []

    @property
    def past(self) -> PastViewer:
        return self

    @property
    def runs(self) -> PastViewer:
        return self

    def week(self) -> WeekView:
        return WEEK_VIEW

    def score(self, routine_id: str) -> int | None:
        return None

    def keep(self) -> bool:
        return False

    def heads_of(self, routine_id: str) -> tuple[RunHead, ...]:
        return ()

    def trends_routines(self) -> tuple[tuple[str, Shown], ...]:
        return self.known

    def trends(self, routine_id: str, weeks: int, *, by_medians: bool = False, by_day: bool = False) -> TrendsView:
        how = tuple(word for word, chosen in (("medians", by_medians), ("days", by_day)) if chosen)
        self.asked.append((routine_id, weeks, *how))
        return self.trends_view

    def named_runs(self, run_ids: Sequence[str]) -> tuple[tuple[str, Shown], ...]:
        return tuple((run_id, Shown(f"Thu 19 Nov, {run_id}")) for run_id in run_ids)

    def history(self, routine_id: str | None = None, text: str = "", sort: str = "newest") -> HistoryView:
        self.asked.append((routine_id, text))
        return shown_history(self.history_view, routine_id, text, self.gone, sort)

    def newest(self) -> HistoryView:
        return self.history()

    def reading(self) -> Iterator[bool]:
        return iter((False, True, True))

    def steps(self, routine_id: str) -> tuple[tuple[str, Shown], ...]:
        return tuple((step_id, Shown(name)) for step_id, name, *_ in STEPS)

    def step(self, routine_id: str, step_id: str, weeks: int = 26) -> StepPage:
        self.asked.append((routine_id, step_id, weeks))
        return self.step_page.replaced(step_id=step_id)

    def comparable(self, run_id: str) -> tuple[tuple[str, Shown], ...]:
        return self.others

    def compare(self, run_id: str, other: str) -> CompareView:
        self.asked.append((run_id, other))
        return COMPARE_VIEW

    def page(self, run_id: str) -> RunPage:
        if run_id != self.run_page.run_id and not run_id.startswith("run-"):
            raise NotFound(f"there is no run {run_id}", "procroutine history lists them")
        return self.run_page.replaced(deleted=run_id in self.gone)


class PastHome:
    """Makes its viewer leave deleted runs out."""

    def __init__(self, folder: str, viewer: PastViewer) -> None:
        self.places = SimpleNamespace(
            routines=f"{folder}/routines", open_runs=f"{folder}/open-runs", history=f"{folder}/history", demo=False
        )
        self.runs = SimpleNamespace(fingerprint=lambda: ())
        self._history = SimpleNamespace(delete=viewer.gone.add, restore=viewer.gone.discard)

    def open_runs(self) -> tuple[Any, ...]:
        return ()

    def history(self) -> Any:
        return self._history


class Past:
    """The app with its stand-ins, and what it said."""

    def __init__(self, folder: str, theme: str = "procroutine-dark", *, median_limits: bool = False) -> None:
        self.viewer = PastViewer()
        self.home = PastHome(folder, self.viewer)
        self.clock = ManualClock(NOW)
        settings = Settings(theme=theme, median_limits=median_limits)
        self.app = ProcroutineApp(cast(Any, self.home), cast(Any, self.viewer), settings, self.clock)

    @property
    def said(self) -> list[str]:
        """What was told, oldest first."""
        return [notice.message for notice in self.app._notifications]
