"""The soak at a small size, and that it finds what was planted: memory that grows, and a clock that is believed."""

from __future__ import annotations

import pytest

from procroutine.clock import ManualClock
from procroutine.history.home import Home
from procroutine.run import fold
from procroutine.run.timeline import wall_milliseconds
from procroutine.tui.app import ProcroutineApp
from tests.campaigns import soak
from tests.campaigns.campaign import Report, run_small
from tests.campaigns.soak import open_app


def test_a_run_left_alone_for_some_hours_keeps_its_time() -> None:
    report = run_small(soak)
    assert report.counts["hours"] == soak.SMALL
    assert report.counts["ticks"] >= 100 * soak.SMALL


def test_it_finds_a_list_that_grows_with_every_tick() -> None:
    hoard: list[bytes] = []

    class Hoarding(ProcroutineApp):
        def tick(self) -> None:
            hoard.append(b"x" * 300_000)
            super().tick()

    def make(home: Home, clock: ManualClock) -> ProcroutineApp:
        app = open_app(home, clock)
        app.__class__ = Hoarding
        return app

    report = Report("soak")
    soak.soak(1, 1, report, make)
    assert any("memory grew" in failure for failure in report.failures)


def test_it_finds_lengths_that_follow_the_clock_on_the_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    def by_the_wall(before: object, after: object) -> tuple[int, int, bool]:
        length = wall_milliseconds(after.wall) - wall_milliseconds(before.wall)  # type: ignore[attr-defined]  # readings
        return max(0, length), 0, False

    monkeypatch.setattr(fold, "stretch", by_the_wall)
    report = Report("soak", sought=("went by",))
    soak.soak(1, 24, report)
    assert report.is_found
