"""The app over made-up views, with a home that only remembers what it was asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest
from tests.tui.samples import HISTORY_VIEW, RUN_PAGE, TRENDS_VIEW
from tests.tui.week_samples import FINISH_VIEW, RUN_VIEW, WEEK_VIEW

from procroutine.clock import ManualClock
from procroutine.insight.views import FinishView, RunView, WeekView
from procroutine.settings import Settings
from procroutine.text import Shown
from procroutine.tui.app import ProcroutineApp

NOW = datetime(2026, 11, 19, 14, 5, tzinfo=UTC)


class StandInViewer:
    """Gives views that a test can replace."""

    def __init__(self) -> None:
        self.week_view: WeekView = WEEK_VIEW
        self.run_view: RunView = RUN_VIEW
        self.finish_view: FinishView = FINISH_VIEW

    def week(self) -> WeekView:
        return self.week_view

    def run(self, run_id: str, looked_at: int | None = None) -> RunView:
        return self.run_view

    def finish(self, run_id: str) -> FinishView:
        return self.finish_view

    def trends(self, routine_id: str, weeks: int) -> Any:
        return TRENDS_VIEW

    def trends_routines(self) -> tuple[tuple[str, Shown], ...]:
        return ((TRENDS_VIEW.routine_id, TRENDS_VIEW.name),)

    def history(self, routine_id: str | None = None, letters: str = "") -> Any:
        return HISTORY_VIEW

    def page(self, run_id: str) -> Any:
        return RUN_PAGE


class StandInHome:
    """Has one open run, and remembers the verbs."""

    def __init__(self, folder: str) -> None:
        self.places = SimpleNamespace(
            routines=f"{folder}/routines", open_runs=f"{folder}/open-runs", history=f"{folder}/history", demo=False
        )
        self.runs = SimpleNamespace(fingerprint=lambda: ())
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.opened: tuple[Any, ...] = ()

    def open_runs(self) -> tuple[Any, ...]:
        return self.opened

    def _answer(self, verb: str, details: dict[str, Any], ended: bool = False) -> Any:
        self.asked.append((verb, details))
        run = SimpleNamespace(id="run-open", state="finished" if ended else "running", routine="x")
        return SimpleNamespace(run=run, said=(), ended=ended)

    def start(self, routine: str, at: datetime | None = None) -> Any:
        return self._answer("start", {"routine": routine})

    def act(self, verb: str, run: str | None = None, at: datetime | None = None, **details: Any) -> Any:
        return self._answer(verb, details, ended=verb == "finish")

    @contextmanager
    def lock(self) -> Iterator[None]:
        yield


@pytest.fixture
def stand_in(tmp_path: Any) -> ProcroutineApp:
    """Give the app over made-up views."""
    return make_app(str(tmp_path))


def make_app(folder: str, theme: str = "procroutine-dark") -> ProcroutineApp:
    """Make the app over made-up views."""
    home = cast(Any, StandInHome(folder))
    return ProcroutineApp(home, cast(Any, StandInViewer()), Settings(theme=theme), ManualClock(NOW))
