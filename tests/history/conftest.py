"""Runs made by their real events, and a history on a clock that stands still."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from procroutine.clock import ManualClock
from procroutine.history.disk import Disk
from procroutine.history.history import History
from procroutine.places import Places
from procroutine.run import verbs
from procroutine.run.events import Event
from procroutine.run.live import LiveRun, RunState

Finished = tuple[RunState, tuple[Event, ...]]
MakeRun = Callable[..., Finished]


def snapshot(routine: str = "posts", steps: int = 3) -> dict[str, Any]:
    names = [f"step-{number}" for number in range(1, steps + 1)]
    return {
        "id": routine,
        "name": routine.title(),
        "goal_seconds": 3600,
        "systems": {"docs": {"name": "Docs"}},
        "steps": [
            {"id": name, "title": f"Do {name}", "planned_seconds": 600, "systems": ["docs"], "person": "Ana"}
            for name in names
        ],
    }


def make_run(
    started: datetime = datetime(2026, 3, 2, 9, tzinfo=UTC),
    routine: str = "posts",
    run_id: str | None = None,
    steps: int = 3,
    device: str = "desk-aaaaaa",
) -> Finished:
    """A finished run of steps that took one, two, three ... minutes."""
    clock = ManualClock(started, zone="Europe/Berlin")
    definition = snapshot(routine, steps)
    run = LiveRun(
        [verbs.start(clock.read(), run=run_id or verbs.new_run_id(), device=device, snapshot=definition, revision=1)]
    )
    for number in range(1, steps + 1):
        clock.advance(timedelta(minutes=number, milliseconds=123))
        run = run.then(verbs.done(run, clock.read()))
    return run.state(clock.read()), run.events


def places_in(folder: Path) -> Places:
    return Places(
        routines=str(folder / "routines"),
        config=str(folder / "config.toml"),
        history=str(folder / "history"),
        open_runs=str(folder / "open-runs"),
        cache=str(folder / "cache"),
    )


def history_in(folder: Path, disk: Disk | None = None, clock: ManualClock | None = None) -> History:
    return History(places_in(folder), clock or ManualClock(datetime(2026, 6, 1, 12, tzinfo=UTC)), disk)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 6, 1, 12, tzinfo=UTC))


@pytest.fixture
def history(tmp_path: Path, clock: ManualClock) -> History:
    return history_in(tmp_path, clock=clock)
