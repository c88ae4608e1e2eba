"""The app on a real home in a temporary folder, with a clock that stands until it is moved."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from procroutine.clock import ManualClock
from procroutine.history.home import Home
from procroutine.insight.viewer import Viewer
from procroutine.places import find_places
from procroutine.settings import Settings
from procroutine.tui.app import ProcroutineApp
from procroutine.tui.screens.run import RunScreen
from tests.app_idle import ask_the_loop

ask_the_loop()

NOW = datetime(2026, 11, 19, 14, 5, tzinfo=UTC)
"""A Thursday of week 47."""
SECOND = timedelta(seconds=1)
POSTS = """
name = "Weekly posts"
purpose = "Keep the feeds alive"
goal = "30m"
schedule = "weekly on Thursday"
output = "Seven posts"
[systems.docs]
name = "Docs"
url = "https://example.org/docs"
[systems.shop]
name = "Shop"
[[steps]]
id = "gather"
title = "Gather"
planned = "5m"
systems = ["docs", "shop"]
instructions = "Open **last week** and [the list](https://example.org/list)."
checklist = ["one picture each", "links short"]
section = "Content"
[[steps]]
id = "write"
title = "Write"
planned = "20m"
[[steps]]
id = "send"
title = "Send"
planned = "2m"
section = "Out"
"""
BOOKS = 'name = "Books"\nschedule = "weekly on Friday"\n[[steps]]\ntitle = "Sort receipts"\nplanned = "10m"\n'


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOW)


@pytest.fixture
def home(tmp_path: Path, clock: ManualClock) -> Home:
    (tmp_path / "routines").mkdir()
    (tmp_path / "routines" / "posts.toml").write_text(POSTS)
    (tmp_path / "routines" / "books.toml").write_text(BOOKS)
    return Home(find_places({}, str(tmp_path)), clock)


@pytest.fixture
def app(home: Home, clock: ManualClock) -> ProcroutineApp:
    return open_on(home, clock)


@pytest.fixture
def in_run(home: Home, clock: ManualClock) -> ProcroutineApp:
    """The app, opened on a run of the weekly posts."""
    return open_on(home, clock, "posts")


@pytest.fixture
def go_by(clock: ManualClock) -> Callable[..., Any]:
    """Let time go by, then let the app tick once."""

    async def go(pilot: Pilot[None], length: timedelta = SECOND) -> None:
        clock.advance(length)
        assert isinstance(pilot.app, ProcroutineApp)
        pilot.app.tick()
        await pilot.pause()

    return go


def open_on(home: Home, clock: ManualClock, routine_id: str | None = None, **settings: Any) -> ProcroutineApp:
    return ProcroutineApp(home, Viewer(home), Settings(**settings), clock, routine_id=routine_id)


def text_of(app: ProcroutineApp) -> str:
    """Give what the screen shows, line by line."""
    height = app.size.height
    rows = app.screen._compositor.render_strips()
    return "\n".join(row.text for row in rows[:height])


def said(app: ProcroutineApp) -> list[str]:
    """Give the toasts there have been and still are."""
    return [notification.message for notification in app._notifications]


async def run_shown(pilot: Pilot[None]) -> RunScreen:
    """Wait until a run is shown: the app opens it after its first frame."""
    for _ in range(100):
        await pilot.pause()
        screen = pilot.app.screen
        if isinstance(screen, RunScreen) and screen.view is not None:
            return screen
        await asyncio.sleep(0.02)
    raise AssertionError("no run is shown")


@pytest.fixture(autouse=True)
def folder_for_pictures(tmp_path: Path) -> Iterator[None]:
    """Give made-up homes a folder of their own, in which no other test leaves a run."""
    from tests.tui.pictured import FOLDERS

    FOLDERS.append(str(tmp_path))
    yield
    FOLDERS.pop()
