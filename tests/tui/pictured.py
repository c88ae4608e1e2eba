"""The app over made-up views, for pictures: no run is on disk, and the clock stands."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any, cast

from procroutine.clock import ManualClock, Reading
from procroutine.insight.views.run import FinishView, RunView
from procroutine.insight.views.week import WeekView
from procroutine.settings import Settings
from procroutine.tui.app import ProcroutineApp
from tests.tui.conftest import NOW
from tests.tui.week_samples import FINISH_VIEW, RUN_VIEW, WEEK_VIEW

FOLDERS: list[str] = []
"""An empty folder for each test, the present one last; `conftest` puts them there."""


class PicturedViewer:
    """Gives views that a test can replace."""

    def __init__(self, week: WeekView = WEEK_VIEW, run: RunView = RUN_VIEW, finish: FinishView = FINISH_VIEW) -> None:
        self._week, self._run, self._finish = week, run, finish

    def week(self) -> WeekView:
        return self._week

    def score(self, routine_id: str) -> int | None:
        return None

    def keep(self) -> bool:
        return False

    def run(
        self, run_id: str, looked_at: int | None = None, *, unchanged: bool = False, reading: Reading | None = None
    ) -> RunView:
        return self._run

    def finish(self, run_id: str) -> FinishView:
        return self._finish


class PicturedHome:
    """Has one open run, and finishes it when asked to."""

    def __init__(self, folder: str) -> None:
        places = dict.fromkeys(("routines", "open_runs", "history"), folder)
        self.places = SimpleNamespace(**places, demo=False)
        self.runs = SimpleNamespace(fingerprint=lambda: ())

    def open_runs(self) -> tuple[Any, ...]:
        return (SimpleNamespace(id="run-open", routine="client-metrics-update", state="running", preparing=False),)

    def open_run(self, run_id: str) -> Any:
        return SimpleNamespace(steps=())

    def act(self, verb: str, run: str | None = None, at: datetime | None = None, **details: Any) -> Any:
        ended = verb == "done"
        return SimpleNamespace(run=SimpleNamespace(id=run, state="finished"), said=(), ended=ended)


def pictured(viewer: PicturedViewer | None = None, routine_id: str | None = None, **settings: Any) -> ProcroutineApp:
    home = cast(Any, PicturedHome(FOLDERS[-1]))
    views = cast(Any, viewer or PicturedViewer())
    return ProcroutineApp(home, views, Settings(**settings), ManualClock(NOW), routine_id=routine_id)
