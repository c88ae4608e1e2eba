"""The monkey at a small size, and that it finds what was planted: a dropped event, a crash, a screen nobody leaves."""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import datetime
from typing import Any

import pytest
from textual.screen import ModalScreen

from procroutine.clock import ManualClock
from procroutine.history.home import Answer, Home
from procroutine.run.late import Seen
from procroutine.tui.app import ProcroutineApp
from procroutine.tui.screens.run import RunScreen
from tests.campaigns import monkey
from tests.campaigns.campaign import run_small
from tests.campaigns.monkey import RecordingHome, open_app, play_session


def test_a_monkey_finds_nothing_in_a_little_while() -> None:
    report = run_small(monkey)
    assert report.counts["events"] == monkey.SMALL
    assert report.counts["looks at the disk"] > 0


class Forgetful(RecordingHome):
    """Says that every third verb was done, and has nothing of it on the disk."""

    __slots__ = ("_acts",)

    def act(
        self, verb: str, run: str | None = None, at: datetime | None = None, seen: Seen | None = None, **details: Any
    ) -> Answer:
        self._acts = getattr(self, "_acts", 0) + 1
        if self._acts % 3:
            return super().act(verb, run, at, seen, **details)
        folder = os.path.dirname(self.places.open_runs)
        with tempfile.TemporaryDirectory() as kept:
            shutil.copytree(folder, kept, dirs_exist_ok=True)
            answer = super().act(verb, run, at, seen, **details)
            shutil.rmtree(folder)
            shutil.copytree(kept, folder)
        return answer


def test_it_finds_an_event_that_was_acknowledged_and_dropped() -> None:
    _, found = play_session(2, 200, make_home=Forgetful)
    assert found is not None
    assert "is gone" in found or "otherwise than it is on the disk" in found


def test_it_finds_a_key_that_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    def fall_over(_screen: RunScreen) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr(RunScreen, "action_pause", fall_over)
    _, found = play_session(5, 300)
    assert found is not None
    assert "planted" in found


class Trap(ModalScreen[None]):
    """A dialog that nothing closes."""


def test_it_finds_a_screen_that_nobody_can_leave() -> None:
    class Trapping(ProcroutineApp):
        def action_help(self) -> None:
            self.push_screen(Trap())

    def make(home: Home, clock: ManualClock) -> ProcroutineApp:
        app = open_app(home, clock)
        app.__class__ = Trapping
        return app

    _, found = play_session(4, 150, make_app=make)
    assert found is not None
    assert "no escape from Trap" in found
