"""Runs and heads to learn from, made without a history on disk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from procroutine.history.heads import RunHead
from procroutine.run.live import RunState, StepState
from procroutine.weeks import Week

FIRST = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)
"""A Monday; heads follow one a week from there on."""
NOW = datetime(2026, 11, 19, 14, 5, tzinfo=UTC)
"""A Thursday of week 47."""
DEFAULTS: dict[str, Any] = {
    "routine": "posts",
    "routine_name": "Weekly posts",
    "revision": 1,
    "state": "finished",
    "paused": timedelta(),
    "waiting": timedelta(),
    "asleep": timedelta(),
    "goal": timedelta(hours=1),
    "outcome": None,
    "note": None,
    "device": "desk",
    "deleted": False,
}


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def make_head() -> Callable[..., RunHead]:
    """Make heads, each a week later than the one before: keywords of one letter are steps and their seconds."""
    numbers = count()

    def make(**given: Any) -> RunHead:
        number = next(numbers)
        times = {name: timedelta(seconds=given.pop(name)) for name in sorted(given) if len(name) == 1}
        started = given.pop("started_at", FIRST + timedelta(weeks=number))
        active = given.pop("active", sum(times.values(), timedelta()))
        fields = DEFAULTS | {
            "id": f"{10**15 + number}",
            "week": Week.of(started),
            "started_at": started,
            "ended_at": started + active,
            "active": active,
            "steps_done": len(times),
            "steps_total": len(times),
            "complete": True,
            "left_out": False,
            "corrected": False,
            "step_times": times,
            "stamp": (number, "desk"),
        }
        return RunHead(**(fields | given))

    return make


@pytest.fixture
def make_step() -> Callable[..., StepState]:
    """Make steps: the id is the title in lower case, `seconds` the active time."""

    def make(title: str, state: str = "pending", seconds: float | None = None, **given: Any) -> StepState:
        definition = {"id": title.lower(), "title": title} | given.pop("definition", {})
        fields = {
            "id": title.lower(),
            "title": title,
            "section": None,
            "state": state,
            "started_at": None,
            "ended_at": None,
            "active": None if seconds is None else timedelta(seconds=seconds),
            "paused": timedelta(),
            "prepared": None,
            "planned": None,
            "systems": (),
            "person": None,
            "notes": (),
            "ticked": frozenset(),
            "combined": False,
            "added": False,
            "optional": False,
            "definition": definition,
        }
        return StepState(**(fields | given))

    return make


@pytest.fixture
def make_run() -> Callable[..., RunState]:
    """Make a run as of NOW out of its steps: the current one is the one in that state."""

    def make(*steps: StepState, **given: Any) -> RunState:
        current = next((place for place, step in enumerate(steps) if step.state == "current"), None)
        active = sum((step.active for step in steps if step.active is not None), timedelta())
        fields = DEFAULTS | {
            "id": "2000000000000001",
            "revision": 4,
            "state": "finished" if current is None else "running",
            "started_at": NOW - active,
            "ended_at": NOW if current is None else None,
            "week": Week.of(NOW),
            "active": active,
            "corrected": timedelta(),
            "waiting_for": None,
            "waiting_until": None,
            "steps": steps,
            "current": current,
            "order_done": tuple(place for place, step in enumerate(steps) if step.state in ("done", "skipped")),
            "as_of": NOW,
            "step_elapsed": timedelta() if current is None else steps[current].active or timedelta(),
            "paused_since": None,
            "can_undo": True,
            "can_redo": False,
            "rebooted": False,
            "last_event_at": NOW,
            "asleep_pending": timedelta(),
            "asleep_to_count": timedelta(),
            "asleep_in": None,
            "restarted_since": False,
            "clock_moved": timedelta(),
            "targets": {},
            "definition": {},
        }
        return RunState(**(fields | given))

    return make
