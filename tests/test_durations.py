import re
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procroutine.durations import (
    LONGEST,
    parse_change,
    parse_duration,
    signed,
    span,
    step_time,
    total_time,
    written_duration,
)
from procroutine.errors import BadInput

LENGTHS = st.integers(1, 999 * 3600).map(lambda seconds: timedelta(seconds=seconds))


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("45s", 45),
        ("20m", 1200),
        ("1h30m", 5400),
        ("1h 30m", 5400),
        ("1h1m40s", 3700),
        (" 2h ", 7200),
        ("1:05:00", 3900),
        ("20:00", 1200),
        ("90:00", 5400),
        ("PT1H", 3600),
        ("PT1H30M5S", 5405),
        ("999h", 999 * 3600),
    ],
)
def test_durations_are_read_in_every_form_of_the_contract(text: str, expected: int) -> None:
    assert parse_duration(text) == seconds(expected)


@pytest.mark.parametrize(("text", "days"), [("90d", 90), ("2w", 14), ("1w1d", 8), ("P1W", 7), ("P1DT24H", 2)])
def test_days_and_weeks_are_read_where_they_are_allowed(text: str, days: int) -> None:
    assert parse_duration(text, days=True) == timedelta(days=days)
    with pytest.raises(BadInput):
        parse_duration(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "60",
        "-5m",
        "+5m",
        "5",
        "0m",
        "0:00",
        "1000h",
        "999h1s",
        "1m1h",
        "1.5h",
        "inf",
        "nan",
        "P",
        "PT",
        "1:60:00",
        "0:99",
        "1:00:60",
        "m",
        "h1",
        "１０m",
        "1h x",
        "9" * 5000 + "m",
        "1h" + " " * 60000 + "x",
        "20min",
        "1e3s",
    ],
)
def test_what_is_no_duration_is_refused_in_a_short_sentence(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_duration(text)
    assert caught.value.remedy
    assert len(caught.value.problem) < 200


def test_a_bare_number_is_answered_with_what_to_write() -> None:
    with pytest.raises(BadInput, match="60m or 60s"):
        parse_duration("60")


def test_ten_years_are_the_longest_wait() -> None:
    assert parse_duration("3653d", days=True) == timedelta(days=3653)
    with pytest.raises(BadInput, match="ten years"):
        parse_duration("3654d", days=True)


@pytest.mark.parametrize(
    ("options", "told"), [({}, "90m or 90s"), ({"days": True}, "90m or 90d"), ({"units": "h"}, "90h")]
)
def test_a_bare_number_is_answered_with_the_units_it_may_be_meant_in(options: dict[str, Any], told: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_duration("90", **options)
    assert refused.value.remedy == f"say which unit, such as {told}"


@given(st.text(alphabet="0123456789wdhmsPT: .-", max_size=30))
def test_any_text_is_a_length_within_bounds_or_refused(text: str) -> None:
    try:
        found = parse_duration(text)
    except BadInput:
        return
    assert timedelta() < found <= LONGEST


@given(LENGTHS)
def test_what_is_written_for_a_file_is_read_as_the_same_length(length: timedelta) -> None:
    assert parse_duration(written_duration(length)) == length
    assert parse_duration(written_duration(length, days=True), days=True) == length


def test_only_what_may_be_written_in_days_is() -> None:
    assert written_duration(timedelta(days=2)) == "48h"
    assert written_duration(timedelta(days=2), days=True) == "2d"


@given(LENGTHS)
def test_what_the_screens_show_of_a_step_is_read_as_the_same_length(length: timedelta) -> None:
    assert parse_duration(step_time(length)) == length


@pytest.mark.parametrize(
    ("text", "expected"),
    [("+2m", ("+", 120)), ("-90s", ("-", 90)), ("−90s", ("-", 90)), ("15m", ("", 900)), (" +1h ", ("+", 3600))],
)
def test_a_correction_is_a_sign_and_a_length(text: str, expected: tuple[str, int]) -> None:
    assert parse_change(text) == (expected[0], seconds(expected[1]))


def test_a_correction_without_a_length_is_refused() -> None:
    for text in ("+", "", "++2m", "-0m"):
        with pytest.raises(BadInput):
            parse_change(text)


@pytest.mark.parametrize(
    ("count", "step", "total"),
    [
        (0, "0:00", "0m"),
        (45, "0:45", "45s"),
        (59, "0:59", "59s"),
        (89, "1:29", "1m"),
        (90, "1:30", "2m"),
        (3480, "58:00", "58m"),
        (3599, "59:59", "1h00"),
        (3720, "1:02:00", "1h02"),
        (36_000, "10:00:00", "10h00"),
    ],
)
def test_step_times_have_seconds_and_totals_are_rounded_to_minutes(count: int, step: str, total: str) -> None:
    assert step_time(seconds(count)) == step
    assert total_time(seconds(count)) == total


@pytest.mark.parametrize(
    ("count", "step", "total"),
    [
        (61, "+1:01", "+1m"),
        (-58, "−0:58", "−1m"),
        (0, "±0:00", "±0m"),
        (-0.4, "±0:00", "±0m"),
        (20, "+0:20", "±0m"),
        (240, "+4:00", "+4m"),
        (3600, "+1:00:00", "+1h00"),
        (-4500, "−1:15:00", "−1h15"),
    ],
)
def test_differences_have_a_sign_also_where_there_is_none(count: float, step: str, total: str) -> None:
    assert signed(seconds(count)) == step
    assert signed(seconds(count), "total") == total


@pytest.mark.parametrize("days", [False, True])
@pytest.mark.parametrize("text", ["3", "٣", "007", "0", "²", "60000", "999999999", "1234567890"])
def test_every_length_that_the_remedy_of_a_bare_number_names_is_taken(text: str, days: bool) -> None:
    with pytest.raises(BadInput) as refused:
        parse_duration(text, days=days)
    named = re.findall(r"\d\S*[a-z]", refused.value.remedy, re.ASCII)
    assert named
    assert all(parse_duration(length, days=True) for length in named)


def test_a_number_of_other_digits_is_offered_in_those_that_are_taken() -> None:
    with pytest.raises(BadInput, match="such as 3m or 3s"):
        parse_duration("٣")


@pytest.mark.parametrize(
    ("minutes", "told", "difference"),
    [
        (40, "40m", "+40m"),
        (12, "12m", "+12m"),
        (200, "3h20", "+3h20"),
        (24 * 60, "1d", "+1d"),
        (52 * 60 + 31, "2d 5h", "+2d 5h"),
        (1920 * 60 + 40, "80d 1h", "+80d 1h"),
    ],
)
def test_what_goes_by_between_two_moments_is_told_in_days_from_one_on(minutes: int, told: str, difference: str) -> None:
    length = timedelta(minutes=minutes)
    assert span(length) == told
    assert signed(length, "span") == difference
