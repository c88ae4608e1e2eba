from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procroutine.errors import BadInput
from procroutine.weeks import Week, week_of

DAYS = st.dates(date(1900, 1, 1), date(2900, 12, 31))


@given(DAYS)
def test_a_week_holds_its_day_and_runs_from_monday_to_sunday(day: date) -> None:
    week = Week.of(day)
    assert week.monday <= day <= week.sunday
    assert week.monday.weekday() == 0
    assert week.sunday - week.monday == timedelta(days=6)


@given(DAYS, st.integers(-3000, 3000))
def test_adding_weeks_and_taking_the_difference_agree(day: date, count: int) -> None:
    week = Week.of(day)
    assert (week + count) - week == count
    assert (week < week + count) == (count > 0)
    assert (week <= week + count) == (count >= 0)


@given(DAYS)
def test_a_week_is_read_as_it_is_written(day: date) -> None:
    assert Week.parse(str(Week.of(day))) == Week.of(day)
    assert Week.parse(f" {str(Week.of(day)).lower()} ") == Week.of(day)


def test_long_years_have_a_week_53_and_the_iso_year_differs_around_new_year() -> None:
    assert str(Week.of(date(2027, 1, 3))) == "2026-W53"
    assert str(Week.of(date(2024, 12, 30))) == "2025-W01"
    assert Week.parse("2026-W53") + 1 == Week.parse("2027-W01")
    assert Week.parse("2025-W52") + 1 == Week.parse("2026-W01")


@pytest.mark.parametrize(
    "text", ["", "2025-W53", "2026-W00", "2026-W54", "2026-47", "26-W47", "2026-W4", "2026-W047", "W47", "x" * 10_000]
)
def test_what_is_no_week_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(BadInput, match="2026-W47") as caught:
        Week.parse(text)
    assert len(caught.value.problem) < 100


@given(st.text(alphabet="0123456789-W²٣", max_size=9))
def test_every_week_that_is_read_has_days(text: str) -> None:
    try:
        week = Week.parse(text)
    except BadInput:
        return
    assert week.sunday > week.monday


def test_the_last_week_python_knows_no_end_of_is_refused() -> None:
    with pytest.raises(BadInput):
        Week.parse("9999-W52")


def test_an_instant_belongs_to_the_week_of_its_own_zone() -> None:
    late_sunday = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert str(week_of(late_sunday)) == "2026-W47"
    assert str(week_of(late_sunday.astimezone(ZoneInfo("Europe/Berlin")))) == "2026-W48"
