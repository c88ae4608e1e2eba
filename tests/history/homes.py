"""A home with two routines, and runs made in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from procroutine.clock import ManualClock
from procroutine.history.home import Home
from procroutine.places import Places

POSTS = """
name = "Weekly posts"
goal = "30m"
schedule = "weekly on Monday"
[[steps]]
title = "Gather"
planned = "5m"
[[steps]]
title = "Write"
planned = "20m"
"""
BOOKS = 'name = "Books"\n[[steps]]\ntitle = "Sort receipts"\nplanned = "10m"\n'
MINUTE = timedelta(minutes=1)
NOW = datetime(2026, 11, 19, 14, 5, tzinfo=UTC)


def home_in(folder: Path, clock: ManualClock) -> Home:
    (folder / "routines").mkdir()
    (folder / "routines" / "posts.toml").write_text(POSTS)
    (folder / "routines" / "books.toml").write_text(BOOKS)
    return Home(places_of(folder), clock)


def places_of(folder: Path) -> Places:
    return Places(
        routines=str(folder / "routines"),
        config=str(folder / "config.toml"),
        history=str(folder / "history"),
        open_runs=str(folder / "open-runs"),
        safety=str(folder / "safety"),
        cache=str(folder / "cache"),
    )


def whole_run(home: Home, clock: ManualClock, *minutes: int) -> str:
    answer = home.start("posts")
    for length in minutes:
        clock.advance(length * MINUTE)
        answer = home.act("done")
    assert answer.ended
    return answer.run.id
