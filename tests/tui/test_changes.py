"""Noticing what another hand did to a home."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from procroutine.clock import ManualClock
from procroutine.history.home import Home
from procroutine.places import find_places
from procroutine.tui.app import ProcroutineApp
from procroutine.tui.changes import Changes
from tests.tui.conftest import drawn_with, run_shown


def test_open_runs_that_cannot_be_read_any_more_are_a_change_and_no_end_of_the_app(tmp_path: Path) -> None:
    home = Home(find_places({}, str(tmp_path)), ManualClock(datetime(2026, 11, 19, 14, 5, tzinfo=UTC)))
    folder = tmp_path / "open-runs"
    folder.mkdir()
    changes = Changes(home)
    assert not changes.since_last_look()
    folder.rmdir()
    folder.write_text("a file in the place of the folder")
    assert changes.since_last_look()
    assert not changes.since_last_look()
    folder.unlink()
    folder.mkdir()
    assert changes.since_last_look()


def test_what_is_not_looked_at_each_second_is_seen_at_the_next_look_at_all(tmp_path: Path) -> None:
    home = Home(find_places({}, str(tmp_path)), ManualClock(datetime(2026, 11, 19, 14, 5, tzinfo=UTC)))
    (tmp_path / "routines").mkdir()
    changes = Changes(home)
    (tmp_path / "routines" / "posts.toml").write_text('name = "Posts"')
    assert not changes.since_last_look(open_runs_only=True)
    assert changes.since_last_look()
    assert not changes.since_last_look()


async def test_leaving_a_run_shows_at_once_what_changed_beside_it_meanwhile(
    in_run: ProcroutineApp, home: Home, go_by: Any
) -> None:
    async with in_run.run_test(size=(120, 40)) as pilot:
        await run_shown(pilot)
        Path(home.places.routines, "feeds.toml").write_text('name = "Feeds"\n[[steps]]\nid = "read"\ntitle = "Read"\n')
        await go_by(pilot)
        await pilot.press("escape", "k")
        await drawn_with(in_run, "1 This week", "Feeds")
