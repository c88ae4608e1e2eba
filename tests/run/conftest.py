"""A run told as a conversation: what the clock did, what the person did, how the run stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from procroutine.clock import ManualClock
from procroutine.run import verbs
from procroutine.run.events import Event
from procroutine.run.live import LiveRun, RunState
from procroutine.run.lock import Lock
from procroutine.run.moments import check_moment
from procroutine.run.open_runs import OpenRuns

START = datetime(2026, 11, 19, 13, 47, tzinfo=timezone(timedelta(hours=1)))
"""A Thursday of week 47."""


def snapshot_of(*steps: str | dict[str, Any]) -> dict[str, Any]:
    made = [{"id": step, "title": step.title()} if isinstance(step, str) else step for step in steps]
    return {"id": "posts", "name": "Weekly posts", "goal_seconds": 3600, "steps": made}


class Story:
    """One run, its clock and its person."""

    def __init__(self, *steps: str | dict[str, Any]) -> None:
        self.clock = ManualClock(START, zone="Europe/Berlin")
        started = verbs.start(
            self.clock.read(), run="1234567890123456", device="desk", snapshot=snapshot_of(*steps), revision=4
        )
        self.run = LiveRun.from_events((started,))

    def minutes(self, count: float) -> Story:
        self.clock.advance(timedelta(minutes=count))
        return self

    def asleep(self, count: float) -> Story:
        self.clock.sleep(timedelta(minutes=count))
        return self

    def does(self, verb: str, *given: Any, **named: Any) -> Story:
        event = verbs.VERBS[verb](self.run, self.clock.read(), *given, **named)
        self.run = self.run.then(event)
        return self

    def at(self, hour: int, minute: int, verb: str, *given: Any) -> Story:
        moment = START.replace(hour=hour, minute=minute)
        event = verbs.VERBS[verb](self.run, check_moment(self.clock.read(), moment, self.run), *given)
        self.run = self.run.then(event)
        return self

    @property
    def state(self) -> RunState:
        return self.run.state(self.clock.read())

    @property
    def current(self) -> str | None:
        state = self.state
        return None if state.current is None else state.steps[state.current].id

    @property
    def times(self) -> dict[str, float | None]:
        """Active minutes of every step."""
        return {step.id: None if step.active is None else step.active / MINUTE for step in self.state.steps}

    @property
    def states(self) -> dict[str, str]:
        return {step.id: step.state for step in self.state.steps}


MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="session")
def begin() -> Callable[..., Story]:
    """Begin a story with the steps given: ids, or dicts as in a snapshot."""
    return Story


@pytest.fixture
def open_runs(tmp_path: Any) -> OpenRuns:
    home = tmp_path / "home"
    return OpenRuns(str(home / "open-runs"), str(home / "safety" / "open-runs"), timedelta(milliseconds=100))


@pytest.fixture
def locked(open_runs: OpenRuns) -> Iterator[Lock]:
    with open_runs.lock() as lock:
        yield lock


@pytest.fixture
def started() -> Callable[..., Event]:
    """Make the first event of a run."""

    def make(run: str = "1234567890123456", *steps: str) -> Event:
        reading = ManualClock(datetime(2026, 11, 19, 12, 47, tzinfo=UTC)).read()
        return verbs.start(reading, run=run, device="desk", snapshot=snapshot_of(*(steps or ("write", "send"))))

    return make
