"""Noticing what another hand did to a home."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from procroutine.clock import ManualClock
from procroutine.history.home import Home
from procroutine.places import find_places
from procroutine.tui.changes import Changes


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
