"""From which day on a routine has had its present schedule."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

from procroutine.insight.schedule_changes import in_force_from
from procroutine.routine.entries import Entry
from procroutine.routine.model import Routine, Step
from procroutine.routine.schedule import parse_schedule

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
WRITTEN = {"walk": date(2026, 11, 20)}


class Head:
    """As much of a run's head as is looked at."""

    routine = "walk"

    def __init__(self, week: int, schedule: str | None) -> None:
        self.day = (MONDAY + timedelta(weeks=week)).date()
        self.schedule = schedule


def day_of(*schedules: str | None) -> date | None:
    """The day for a routine that is daily now; `schedules` are those of its runs, oldest first."""
    steps = (Step(id="go", title="Go"),)
    routine = Routine(id="walk", name="Walk", steps=steps, schedule=parse_schedule("daily"))
    heads = [Head(week, schedule) for week, schedule in enumerate(schedules)]
    entry = Entry(id="walk", path="walk.toml", name="Walk", routine=routine)
    found = in_force_from([entry], cast(Any, heads[::-1]), WRITTEN)
    return found.get("walk")


def test_a_schedule_that_has_always_been_so_needs_no_day() -> None:
    assert day_of() is None
    assert day_of("daily", "daily") is None


def test_the_day_is_that_of_the_first_run_under_it() -> None:
    assert day_of("weekly", "daily", "daily") == date(2026, 11, 9)


def test_without_such_a_run_it_is_the_day_the_file_was_written() -> None:
    assert day_of("weekly", "weekly") == date(2026, 11, 20)
    assert day_of("") == date(2026, 11, 20)


def test_an_imported_run_tells_nothing() -> None:
    assert day_of(None, None) is None
    assert day_of("weekly", None, "daily") == date(2026, 11, 16)
