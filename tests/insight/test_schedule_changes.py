"""From which day on a routine has had its present schedule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from procroutine.insight.routine_weeks import in_force_from
from tests.insight.week_samples import entry, past_of

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)


class Head:
    """As much of a run's head as is looked at."""

    def __init__(self, week: int, schedule: str | None) -> None:
        self.day = (MONDAY + timedelta(weeks=week)).date()
        self.schedule = schedule


def day_of(*schedules: str | None) -> date | None:
    """The day for a routine that is daily now; `schedules` are those of its runs, oldest first."""
    heads = [Head(week, schedule) for week, schedule in enumerate(schedules)]
    return in_force_from("daily", cast("Any", heads[::-1]), date(2026, 11, 20))


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


def test_the_runs_under_a_former_id_tell_it_too(make_head: Callable[..., RunHead]) -> None:
    head = make_head(routine="stroll", started_at=MONDAY, schedule="weekly on Mon")
    walk = entry("walk", "daily", previous_ids=("stroll",))
    past = past_of([walk], [head]).replaced(written={"walk": date(2026, 11, 20)})
    (found,) = past.routines((), datetime(2026, 11, 20, 9, tzinfo=UTC))
    assert found.standing.put_off == 0
