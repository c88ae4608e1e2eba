"""The report of a week in the app: reached by the palette, other weeks beside it, written to a file."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.command import DiscoveryHit

from procroutine.clock import ManualClock
from procroutine.history.home import Home
from procroutine.tui.app import ProcroutineApp
from procroutine.tui.palette import Commands
from procroutine.tui.screens.report import ReportScreen
from procroutine.tui.screens.week import WeekScreen
from tests.app_idle import until
from tests.exchange.report_samples import week_report
from tests.tui.conftest import drawn_with, open_on, said, text_of
from tests.tui.drawn import Pictures, drawn

SIZES = ((120, 40), (80, 24), (60, 20), (40, 12))


async def show_report(app: ProcroutineApp) -> None:
    """Choose it among the commands."""
    found = [hit async for hit in Commands(app.screen).discover()]
    (command,) = [hit for hit in found if isinstance(hit, DiscoveryHit) and str(hit.display) == "Week report"]
    command.command()
    await until(lambda: isinstance(app.screen, ReportScreen))


async def test_weeks_lie_beside_one_another_and_a_page_is_written_as_it_is_shown(
    home: Home, clock: ManualClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    home.start("posts")
    for _ in range(3):
        clock.advance(timedelta(minutes=5))
        home.act("done")
    clock.advance(timedelta(days=7))
    app = open_on(home, clock)
    async with app.run_test(size=(100, 30)) as pilot:
        await show_report(app)
        await drawn_with(app, "Week 48", "Weekly posts", "so far")
        await pilot.press("right")
        assert "Week 48" in text_of(app)
        await pilot.press("left")
        await drawn_with(app, "Week 47", "Thu, done", "15m")
        await pilot.press("x", "h")
        await until(lambda: said(app))
        path = tmp_path / "report-2026-W47.html"
        assert said(app) == [f"Written to {path}"]
        assert "<h1>Week 47</h1>" in path.read_text(encoding="utf-8")
        await pilot.press("l", "G", "escape")
        await until(lambda: isinstance(app.screen, WeekScreen))


async def test_the_page_looks_as_it_did(
    snapshot: SnapshotAssertion, app: ProcroutineApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer: Any = app.viewer
    monkeypatch.setattr(viewer, "week_report", lambda _week: week_report())
    pictures = []
    async with app.run_test(size=SIZES[0]) as pilot:
        await show_report(app)
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await pilot.pause()
            pictures.append(drawn(app))
    assert "\n".join(pictures) == snapshot(extension_class=Pictures)
