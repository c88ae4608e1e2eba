"""Points in time as typed on the command line."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procroutine.clock import ManualClock, Reading
from procroutine.errors import BadInput
from procroutine.moments import parse_moment, parse_since, parse_until, parse_week, parse_weeks
from procroutine.weeks import Week

BERLIN = ZoneInfo("Europe/Berlin")


def reading(*moment: int) -> Reading:
    return ManualClock(datetime(*moment, tzinfo=BERLIN), zone="Europe/Berlin").read()  # type: ignore[arg-type,misc]  # year to second


NOW = reading(2026, 11, 19, 14, 5)


def test_a_clock_time_is_of_today() -> None:
    assert parse_moment("13:47", NOW) == datetime(2026, 11, 19, 13, 47, tzinfo=BERLIN)
    assert parse_moment("13:47:30", NOW) == datetime(2026, 11, 19, 13, 47, 30, tzinfo=BERLIN)


def test_a_clock_time_still_to_come_is_of_yesterday() -> None:
    assert parse_moment("14:06", NOW) == datetime(2026, 11, 18, 14, 6, tzinfo=BERLIN)


def test_an_iso_time_without_offset_is_local() -> None:
    assert parse_moment("2026-11-19T09:00", NOW) == datetime(2026, 11, 19, 9, tzinfo=BERLIN)


def test_an_iso_time_keeps_its_offset() -> None:
    assert parse_moment("2026-11-19T09:00:00+00:00", NOW) == datetime(2026, 11, 19, 9, tzinfo=UTC)


def test_what_is_later_than_now_is_refused_with_a_remedy() -> None:
    with pytest.raises(BadInput, match="later than now") as refused:
        parse_moment("2026-11-20T09:00", NOW)
    assert refused.value.remedy == "give a time that has passed"


@pytest.mark.parametrize("text", ["", "9", "25:00", "12:60", "noon", "12:00:61", "2026-13-01T00:00", "١٢:٠٠", "-1:00"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="is not a time"):
        parse_moment(text, NOW)


@pytest.mark.parametrize("read", [parse_moment, parse_until, parse_since])
def test_what_is_no_time_is_quoted_in_part_where_it_is_long(read: Callable[[str, Reading], object]) -> None:
    with pytest.raises(BadInput, match=r"'x{59}…' is not a") as refused:
        read("x" * 1000, NOW)
    assert len(str(refused.value)) < 250


def test_a_clock_time_of_the_night_the_clocks_went_back_is_the_first_of_the_two() -> None:
    now = reading(2026, 10, 25, 8, 0)
    assert parse_moment("02:30", now).utcoffset() == timedelta(hours=2)


def test_in_the_hour_that_comes_twice_a_clock_time_is_of_the_pass_that_it_is_now_or_the_next_to_come() -> None:
    night = datetime(2026, 10, 25, 2, 45, tzinfo=BERLIN)
    first, second = (ManualClock(night.replace(fold=fold), zone="Europe/Berlin").read() for fold in (0, 1))
    found = (parse_moment("02:30", first), parse_moment("02:30", second))
    assert [moment.astimezone(UTC).hour for moment in found] == [0, 1]
    coming = (parse_until("02:15", first), parse_until("02:50", second), parse_until("02:15", second))
    assert [f"{moment.astimezone(UTC):%dT%H:%M}" for moment in coming] == ["25T01:15", "25T01:50", "26T01:15"]


@pytest.mark.parametrize("text", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00+10:00"])
def test_an_instant_that_no_other_zone_has_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="is not a time"):
        parse_until(text, NOW)


def test_yesterday_at_the_same_clock_time_across_the_change_of_summer_time() -> None:
    now = reading(2026, 10, 25, 8, 0)
    moment = parse_moment("09:00", now)
    assert (moment.day, moment.hour, moment.utcoffset()) == (24, 9, timedelta(hours=2))


def test_waiting_until_a_clock_time_that_has_passed_means_tomorrow() -> None:
    assert parse_until("15:30", NOW) == datetime(2026, 11, 19, 15, 30, tzinfo=BERLIN)
    assert parse_until("09:00", NOW) == datetime(2026, 11, 20, 9, tzinfo=BERLIN)


def test_since_takes_a_date_a_week_or_a_length_back() -> None:
    assert parse_since("2026-11-01", NOW) == date(2026, 11, 1)
    assert parse_since("2026-W47", NOW) == date(2026, 11, 16)
    assert parse_since("90d", NOW) == date(2026, 8, 21)
    assert parse_since("2w", NOW) == date(2026, 11, 5)


def test_week_is_the_present_one_where_nothing_is_given() -> None:
    assert parse_week(None, NOW) == Week(year=2026, number=47)
    assert parse_week("2020-W53", NOW) == Week(year=2020, number=53)


def test_several_weeks_are_given_in_order_also_across_a_year_of_53() -> None:
    assert parse_weeks(None, NOW) == (Week(year=2026, number=47),)
    assert list(map(str, parse_weeks("2026-W52..2027-W01", NOW))) == ["2026-W52", "2026-W53", "2027-W01"]
    assert len(parse_weeks("2026-W01..2026-W53", NOW)) == 53


@given(st.text(max_size=30) | st.from_regex(r"20[0-9]{2}-W[0-5][0-9]\.\.20[0-9]{2}-W[0-5][0-9]", fullmatch=True))
def test_any_text_gives_weeks_of_a_year_at_most_or_a_refusal(text: str) -> None:
    with contextlib.suppress(BadInput):
        assert 1 <= len(parse_weeks(text, NOW)) <= 53


@given(st.text(max_size=30))
def test_any_text_gives_a_time_that_has_passed_or_a_refusal(text: str) -> None:
    with contextlib.suppress(BadInput):
        assert parse_moment(text, NOW) <= NOW.wall


@given(st.text(max_size=20))
def test_any_text_gives_a_day_or_a_refusal(text: str) -> None:
    with contextlib.suppress(BadInput):
        assert isinstance(parse_since(text, NOW), date)
