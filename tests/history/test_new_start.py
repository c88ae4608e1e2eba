"""When a run began, as a person writes it later."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from procroutine.clock import ManualClock
from procroutine.history.home import Home
from procroutine.history.new_start import set_start
from tests.history.homes import NOW, home_in, whole_run


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOW)


@pytest.fixture
def home(tmp_path: Path, clock: ManualClock) -> Home:
    return home_in(tmp_path, clock)


@pytest.fixture
def run_id(home: Home, clock: ManualClock) -> str:
    """A run that began some seconds, and a part of one, after the minute."""
    clock.advance(timedelta(seconds=20, milliseconds=200))
    return whole_run(home, clock, 5, 20)


def began_after(home: Home, run_id: str) -> timedelta:
    return home.history().past(run_id).run.started_at - NOW


@pytest.mark.parametrize("form", ["%H:%M", "%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d"])
def test_a_start_that_it_has_already_changes_nothing(home: Home, run_id: str, form: str) -> None:
    began = home.history().past(run_id).run.started_at
    set_start(home, run_id, began.strftime(form))
    assert began_after(home, run_id) == timedelta(seconds=20, milliseconds=200)
    assert home.history().corrections(run_id) == ()


def test_another_second_or_minute_is_taken_as_it_is_written(home: Home, run_id: str) -> None:
    began = home.history().past(run_id).run.started_at
    set_start(home, run_id, (began - timedelta(seconds=1)).strftime("%H:%M:%S"))
    assert began_after(home, run_id) == timedelta(seconds=19)
    set_start(home, run_id, (began - timedelta(minutes=1)).strftime("%H:%M"))
    assert began_after(home, run_id) == timedelta(minutes=-1)
