"""The app on a real home in a temporary folder, with a clock that stands until it is moved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from procroutine.clock import ManualClock
from procroutine.history.home import Home
from procroutine.insight.viewer import Viewer
from procroutine.places import find_places
from procroutine.settings import Settings
from procroutine.tui.app import ProcroutineApp
from procroutine.tui.screens.run import RunScreen
from tests.app_idle import ask_the_loop, keep_notices, until
from tests.parsed_once import parse_once

ask_the_loop()
keep_notices()
parse_once()

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

    def shown() -> RunScreen | None:
        screen = pilot.app.screen
        return screen if isinstance(screen, RunScreen) and screen.view is not None else None

    found = await until(shown, lambda: pilot.app.screen)
    assert found is not None
    await pilot.pause()
    return found


def do_runs(home: Home, count: int) -> None:
    """Do the weekly posts so many times in 27 minutes, the last a week ago."""
    clock = ManualClock(NOW - timedelta(weeks=count))
    earlier = Home(home.places, clock)
    for _ in range(count):
        earlier.start("posts")
        for length in (5, 20, 2):
            clock.advance(timedelta(minutes=length))
            earlier.act("done")
        clock.advance(timedelta(weeks=1, minutes=-27))


async def odds_known(pilot: Pilot[None]) -> RunScreen:
    """Wait until the odds of a run are worked out, or that there are none, and are drawn."""
    screen = await run_shown(pilot)
    await until(lambda: screen.view is not None and not screen.view.odds_due)
    await pilot.pause()
    return screen


async def odds_shown(pilot: Pilot[None]) -> str:
    """Wait until the odds are worked out; give the line they stand on."""
    await odds_known(pilot)
    assert isinstance(pilot.app, ProcroutineApp)
    return next(line for line in text_of(pilot.app).splitlines() if "Finish about" in line)


async def drawn_with(app: ProcroutineApp, *texts: str) -> str:
    """Wait until the screen shows all texts; give what it shows."""

    def shown() -> str:
        shows = text_of(app)
        return shows if all(text in shows for text in texts) else ""

    return await until(shown, lambda: f"{app.screen}, without {texts}:\n{text_of(app)}")


async def found_first(app: ProcroutineApp, letters: str) -> OptionList:
    """Wait until the palette has a command with these letters at its top; give its list."""
    options = app.screen.query_one(OptionList)

    def there() -> bool:
        return bool(options.option_count) and letters in str(options.get_option_at_index(0).prompt).casefold()

    await until(there, lambda: text_of(app))
    return options


@pytest.fixture(autouse=True)
def second_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the second tick only where a test says so: an app ticks by the time of the machine, slow tests too often."""
    monkeypatch.setattr(ProcroutineApp, "_await_second", lambda _app: None)


@pytest.fixture(autouse=True)
def folder_for_pictures(tmp_path: Path) -> Iterator[None]:
    """Give made-up homes a folder of their own, in which no other test leaves a run."""
    from tests.tui.pictured import FOLDERS

    FOLDERS.append(str(tmp_path))
    yield
    FOLDERS.pop()
