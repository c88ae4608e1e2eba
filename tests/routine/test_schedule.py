from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from dateutil import rrule
from hypothesis import example, given, settings
from hypothesis import strategies as st

from procroutine.errors import BadInput
from procroutine.routine.periods import Period
from procroutine.routine.schedule import GRAMMAR, Schedule, due_instant, occurrences, parse_schedule, periods_from

BERLIN = ZoneInfo("Europe/Berlin")

PLAIN = (
    "daily",
    "weekdays at 9:00",
    "weekly",
    "weekly on Mon, Thu",
    "every 2 weeks on Fri",
    "every 3 weeks",
    "every 2 weeks on Tue and Sun",
    "monthly",
    "monthly on 31",
    "monthly on 1, 15",
    "monthly on 30, 31",
    "monthly on first Monday",
    "monthly on last Friday",
)
RULES = (
    "FREQ=DAILY;INTERVAL=3",
    "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR",
    "FREQ=MONTHLY;BYMONTHDAY=29",
    "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=YEARLY;BYWEEKNO=1,53;BYDAY=MO",
    "FREQ=YEARLY;BYYEARDAY=-1",
)

days = st.dates(date(1999, 1, 1), date(2101, 1, 1))


def listed(words: tuple[str, ...], between: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(words), max_size=8).map(between.join)


def due_days(text: str, start: str, end: str) -> list[str]:
    found = occurrences(parse_schedule(text), date.fromisoformat(start), date.fromisoformat(end))
    return [period.due.strftime("%m-%d") for period in found]


def period_on(text: str, day: str) -> tuple[str, str, str]:
    period = parse_schedule(text).rule.period_of(date.fromisoformat(day))
    assert period is not None
    return str(period.start), str(period.end), str(period.due)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("daily", ["11-16", "11-17", "11-18", "11-19", "11-20", "11-21", "11-22"]),
        ("every day", ["11-16", "11-17", "11-18", "11-19", "11-20", "11-21", "11-22"]),
        ("weekdays", ["11-16", "11-17", "11-18", "11-19", "11-20"]),
        ("weekly", ["11-22"]),
        ("every week", ["11-22"]),
        ("WEEKLY ON monday", ["11-16"]),
        ("every Monday", ["11-16"]),
        ("on Tuesdays", ["11-17"]),
        ("weekly on Mon, Thu", ["11-16", "11-19"]),
        ("on Mon, Wed and Fri", ["11-16", "11-18", "11-20"]),
        ("every Fri,Mon & Fri", ["11-16", "11-20"]),
    ],
)
def test_plain_forms_name_the_days_of_a_week(text: str, expected: list[str]) -> None:
    assert due_days(text, "2026-11-16", "2026-11-22") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("monthly on 1", ["01-01", "02-01", "03-01"]),
        ("monthly on the 1st", ["01-01", "02-01", "03-01"]),
        ("monthly on 31", ["01-31", "02-29", "03-31"]),
        ("monthly", ["01-31", "02-29", "03-31"]),
        ("monthly on last day", ["01-31", "02-29", "03-31"]),
        ("monthly on 30, 31", ["01-30", "01-31", "02-29", "03-30", "03-31"]),
        ("monthly on first Monday", ["01-03", "02-07", "03-06"]),
        ("monthly on first and last day", ["01-01", "01-31", "02-01", "02-29", "03-01", "03-31"]),
        (
            "monthly on 1st, 2nd, 15th",
            ["01-01", "01-02", "01-15", "02-01", "02-02", "02-15", "03-01", "03-02", "03-15"],
        ),
        ("monthly on 1st and 3rd Monday", ["01-03", "01-17", "02-07", "02-21", "03-06", "03-20"]),
        ("monthly on second tue and last Fri", ["01-11", "01-28", "02-08", "02-25", "03-14", "03-31"]),
    ],
)
def test_plain_forms_name_the_days_of_a_month_and_short_months_end_early(text: str, expected: list[str]) -> None:
    assert due_days(text, "2000-01-01", "2000-03-31") == expected


def test_every_second_week_is_counted_from_1970_and_not_from_today() -> None:
    assert due_days("every 2 weeks on Fri", "2026-12-01", "2027-01-31") == ["12-11", "12-25", "01-08", "01-22"]
    assert due_days("every other week on Friday", "2026-12-08", "2026-12-31") == ["12-11", "12-25"]
    assert due_days("every 2 weeks on Mon", "1970-01-01", "1970-01-31") == ["01-05", "01-19"]


@pytest.mark.parametrize(
    ("text", "at"),
    [("daily at 07:30", time(7, 30)), ("weekly on Monday at 9:05", time(9, 5)), ("monthly on 1", None)],
)
def test_the_time_is_optional(text: str, at: time | None) -> None:
    assert next(periods_from(parse_schedule(text), date(2026, 11, 19))).at == at


def test_a_week_with_one_due_day_is_one_period_also_across_new_year_in_week_53() -> None:
    assert period_on("weekly on Wed", "2027-01-03") == ("2026-12-28", "2027-01-03", "2026-12-30")
    assert period_on("weekly on Wed", "2027-01-04") == ("2027-01-04", "2027-01-10", "2027-01-06")


def test_a_month_with_one_due_day_is_one_period() -> None:
    assert period_on("monthly on 31", "2028-02-01") == ("2028-02-01", "2028-02-29", "2028-02-29")
    assert period_on("FREQ=MONTHLY;BYDAY=-1FR", "2026-11-01") == ("2026-11-01", "2026-11-30", "2026-11-27")


def test_with_several_days_each_due_day_lasts_until_the_next() -> None:
    assert period_on("weekdays", "2026-11-22") == ("2026-11-20", "2026-11-22", "2026-11-20")
    assert period_on("on Tue, Fri", "2026-11-16") == ("2026-11-13", "2026-11-16", "2026-11-13")
    assert period_on("monthly on 1, 15", "2027-01-31") == ("2027-01-15", "2027-01-31", "2027-01-15")
    assert period_on("FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=9", "2026-03-31") == (
        "2026-01-01",
        "2026-03-31",
        "2026-01-09",
    )


@given(st.sampled_from(PLAIN + RULES), days)
def test_periods_cover_the_calendar_without_gaps_and_are_due_within(text: str, day: date) -> None:
    periods: list[Period] = []
    for period in periods_from(parse_schedule(text), day):
        periods.append(period)
        if len(periods) == 5:
            break
    assert periods[0].start <= day <= periods[0].end
    assert all(period.start <= period.due <= period.end for period in periods)
    assert all(later.start == earlier.end + timedelta(days=1) for earlier, later in pairwise(periods))


@given(st.sampled_from(PLAIN + RULES), days, st.integers(0, 60))
def test_every_day_of_a_period_gives_the_same_period(text: str, day: date, further: int) -> None:
    rule = parse_schedule(text).rule
    period = rule.period_of(day)
    assert period is not None
    assert rule.period_of(min(day + timedelta(days=further), period.end)) == period


def test_a_month_that_is_due_twice_for_once_is_parted_on_the_second_day() -> None:
    text = "DTSTART:20190405 RRULE:FREQ=YEARLY;BYWEEKNO=52,53"  # Fridays: the 53rd week most often ends in January
    assert period_on(text, "2032-12-01") == ("2032-12-01", "2032-12-30", "2032-12-24")
    assert period_on(text, "2032-12-30") == ("2032-12-01", "2032-12-30", "2032-12-24")
    assert period_on(text, "2032-12-31") == ("2032-12-31", "2033-11-30", "2032-12-31")


@given(st.sampled_from(RULES), st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(0, 800))
def test_rules_are_due_on_the_days_dateutil_finds(text: str, start: date, length: int) -> None:
    end = start + timedelta(days=length)
    found = [period.due for period in occurrences(parse_schedule(text), start, end)]
    anchor = datetime(1970, 1, 5)
    first, last = datetime.combine(start, time()), datetime.combine(end, time(23, 59))
    assert found == [moment.date() for moment in rrule.rrulestr(text, dtstart=anchor).between(first, last, inc=True)]


def test_dtstart_until_and_count_bound_a_rule() -> None:
    counted = "DTSTART:20260105T083000\nRRULE:FREQ=WEEKLY;COUNT=3"
    assert due_days(counted, "2025-01-01", "2027-01-01") == ["01-05", "01-12", "01-19"]
    assert next(periods_from(parse_schedule(counted), date(2026, 1, 1))).at == time(8, 30)
    assert due_days("FREQ=DAILY;UNTIL=20260103T235959Z", "2025-12-31", "2027-01-01") == [
        "12-31",
        "01-01",
        "01-02",
        "01-03",
    ]
    assert parse_schedule(counted).rule.period_of(date(2026, 1, 4)) is None
    assert parse_schedule(counted).rule.period_of(date(2026, 1, 26)) is None


def test_a_zone_of_dtstart_is_that_of_the_person() -> None:
    text = "dtstart;tzid=America/New_York:20260105T090000 rrule:freq=weekly"
    assert next(periods_from(parse_schedule(text), date(2026, 1, 5))).at == time(9)


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("", "weekly on Monday at 09:00"),
        ("evry Monday", "every"),
        ("weekly on Mondy", "Monday"),
        ("weekly on", "weekly on Monday at 09:00"),
        ("weekly on Monday at 9", "at 09:00"),
        ("weekly on Monday at 9am", "at 09:00"),
        ("daily at 24:00", "at 09:00"),
        ("weekly on Monday 08:15", "at 08:15"),
        ("mondays", "weekly on Monday"),
        ("every other Friday", "every 2 weeks on friday"),
        ("every 0 weeks", "1 to 520"),
        ("every 99999999999999999999 weeks", "1 to 520"),
        ("every 3 days", "FREQ=DAILY;INTERVAL=3"),
        ("every 2 months", "FREQ=MONTHLY;BYMONTHDAY=1;INTERVAL=2"),
        ("every 100000 days", "INTERVAL= and a number from 1 to 3660"),
        ("every ² months", "INTERVAL= and a number from 1 to 120"),
        ("every 2 weeks Fri", "on Fri"),
        ("monthly on 32", "1 to 31"),
        ("monthly on fifth Monday", "1 to 31"),
        ("monthly on second last day", "BYMONTHDAY=-2"),
        ("quarterly", "FREQ=YEARLY;BYMONTH=1,4,7,10"),
        ("fortnightly", "every 2 weeks"),
        ("x" * 501, "500"),
        ("FREQ=HOURLY", "DAILY"),
        ("FREQ=MINUTELY;BYHOUR=9", "DAILY"),
        ("FREQ=OFTEN", "DAILY"),
        ("RRULE:BYDAY=MO", "FREQ=DAILY"),
        ("FREQ=WEEKLY;BYMONTH=3", "BYDAY=MO"),
        ("FREQ=MONTHLY;INTERVAL=2", "BYMONTHDAY"),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=SU", "Monday"),
        ("FREQ=WEEKLY;BYDAY=MO;BYDAY=TU", "keep one"),
        ("FREQ=WEEKLY;BYDY=MO", "BYDAY"),
        ("FREQ=WEEKLY;BYDAY=1MO", "MO alone"),
        ("FREQ=WEEKLY;BYDAY=XX", "MO, TU"),
        ("FREQ=WEEKLY;BYDAY=MO;INTERVAL=0", "1 to 520"),
        ("FREQ=WEEKLY;BYDAY=MO;INTERVAL=99999999", "1 to 520"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;WKST=SU", "Monday"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "DAILY or MONTHLY or YEARLY"),
        ("FREQ=DAILY;BYHOUR=9,17", "one time a day"),
        ("FREQ=DAILY;BYMINUTE=30", "BYHOUR"),
        ("FREQ=DAILY;BYHOUR=24", "0 to 23"),
        ("FREQ=DAILY;COUNT=3", "DTSTART"),
        ("DTSTART:20260105 RRULE:FREQ=DAILY;COUNT=3;UNTIL=20270101", "leave one"),
        ("DTSTART:20260105T090000Z RRULE:FREQ=DAILY", "without the Z"),
        ("DTSTART:20260231 RRULE:FREQ=DAILY", "20261231"),
        ("DTSTART:99990101 RRULE:FREQ=DAILY", "2200"),
        ("RRULE:FREQ=DAILY EXDATE:20260101", "one RRULE"),
        ("DTSTART:20260105", "FREQ=WEEKLY"),
    ],
)
def test_what_is_no_schedule_is_refused_with_what_to_write_instead(text: str, remedy: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_schedule(text)
    assert remedy in refused.value.remedy


def test_a_number_out_of_bounds_is_quoted_as_it_was_written() -> None:
    with pytest.raises(BadInput, match=r"^every 1000000000000 weeks is out of bounds"):
        parse_schedule("every 1000000000000 weeks")
    with pytest.raises(BadInput, match=r"^every 1{30}… weeks is out of bounds"):
        parse_schedule(f"every {'1' * 31} weeks")


@pytest.mark.parametrize(
    ("rule", "plain"),
    [
        ("FREQ=WEEKLY", "weekly"),
        ("RRULE:FREQ=WEEKLY;WKST=MO", "weekly"),
        ("FREQ=WEEKLY;INTERVAL=2;BYHOUR=9;BYMINUTE=30", "every 2 weeks at 09:30"),
        ("FREQ=MONTHLY;BYHOUR=9", "monthly at 09:00"),
    ],
)
def test_a_rule_of_weeks_or_months_that_names_no_day_asks_for_any(rule: str, plain: str) -> None:
    assert parse_schedule(rule).rule == parse_schedule(plain).rule
    assert parse_schedule(rule).any_day


def test_a_day_of_the_year_is_its_month_and_its_day() -> None:
    assert due_days("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15", "2026-01-01", "2027-12-31") == ["03-15", "03-15"]


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15"),
        ("FREQ=YEARLY;BYMONTH=3", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1"),
        ("FREQ=YEARLY;BYWEEKNO=20", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO"),
        ("FREQ=MONTHLY;INTERVAL=2", "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=1"),
        ("FREQ=WEEKLY;UNTIL=20300101", "FREQ=WEEKLY;UNTIL=20300101;BYDAY=MO"),
        ("FREQ=WEEKLY;COUNT=10", None),
        ("FREQ=WEEKLY;BYDAY=MO;COUNT=10", None),
        ("FREQ=YEARLY;COUNT=10", None),
    ],
)
def test_a_rule_that_means_nothing_without_a_start_is_refused_with_what_to_add(text: str, instead: str | None) -> None:
    with pytest.raises(BadInput) as refused:
        parse_schedule(text)
    assert refused.value.remedy.startswith("add ")
    assert "DTSTART:20260105 before the rule" in refused.value.remedy
    assert parse_schedule(f"DTSTART:20260105 {text}").text
    if instead is not None:
        assert parse_schedule(instead).text
        assert instead.removeprefix(f"{text};") in refused.value.remedy


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=4;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYMONTH=2;BYDAY=5MO;BYMONTHDAY=1",
        "DTSTART:20230101T000000 RRULE:FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29",
        "DTSTART:20260105 RRULE:FREQ=DAILY;UNTIL=20260104",
    ],
)
def test_a_rule_that_never_comes_is_refused_at_once(text: str) -> None:
    with pytest.raises(BadInput, match="never comes"):
        parse_schedule(text)


# fmt: off
WORDS = (
    "weekly", "daily", "every", "on", "at", "and", "monthly", "1", "2", "31", "Mon", "fri", "last", "day", "first",
    "weeks", "09:00", ",", "the", "of",
)
PARTS = (
    "FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY", "BYDAY=MO", "BYDAY=2TU,-1FR", "BYMONTHDAY=31,-1",
    "BYMONTH=2", "BYWEEKNO=53", "BYYEARDAY=366", "BYSETPOS=-1", "INTERVAL=10", "COUNT=9999", "UNTIL=20300101",
    "WKST=SU", "BYHOUR=9", "BYMINUTE=0",
)
# fmt: on


@settings(deadline=None)
@given(st.text(max_size=40) | listed(WORDS, " ") | listed(PARTS, ";"))
@example("FREQ=YEARLY;INTERVAL=10;BYMONTH=2;BYMONTHDAY=29")
@example("DTSTART:20260105 RRULE:FREQ=YEARLY;BYYEARDAY=366;COUNT=9999")
def test_any_text_is_a_schedule_that_can_be_asked_or_is_refused(text: str) -> None:
    try:
        schedule = parse_schedule(text)
    except BadInput:
        return
    assert schedule.text == text
    found = occurrences(schedule, date(2026, 1, 1), date(2026, 12, 31))
    assert len({period.due for period in found}) == len(found) <= 366


def test_the_grammar_shows_only_forms_that_are_read() -> None:
    lines = [line[4:] for line in GRAMMAR.splitlines() if line.startswith("    ")]
    forms = [line.partition("   ")[0] for line in lines if not line.startswith("...")]
    assert len(forms) > 12
    for form in forms:
        assert parse_schedule(form).text == form


@pytest.mark.parametrize(
    ("text", "day", "instant"),
    [
        ("daily at 02:30", date(2026, 3, 29), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        ("daily at 02:30", date(2026, 10, 25), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("weekly on Monday at 09:00", date(2026, 3, 30), datetime(2026, 3, 30, 7, tzinfo=UTC)),
        ("weekly on Monday", date(2026, 10, 26), datetime(2026, 10, 25, 23, tzinfo=UTC)),
    ],
)
def test_due_times_are_wall_clock_times_right_across_clock_changes(text: str, day: date, instant: datetime) -> None:
    period = parse_schedule(text).rule.period_of(day)
    assert period is not None
    due = due_instant(period, BERLIN)
    assert due.astimezone(UTC) == instant
    assert due.date() == day


def test_a_skipped_clock_time_is_given_as_the_clock_then_shows_it() -> None:
    period = parse_schedule("daily at 02:30").rule.period_of(date(2026, 3, 29))
    assert period is not None
    assert due_instant(period, BERLIN).isoformat() == "2026-03-29T03:30:00+02:00"


def test_only_a_schedule_without_days_may_be_done_on_any() -> None:
    def any_day(text: str) -> bool:
        schedule: Schedule = parse_schedule(text)
        return schedule.any_day

    assert [any_day(text) for text in ("weekly", "monthly", "every 2 weeks")] == [True, True, True]
    assert [any_day(text) for text in ("weekly on Sun", "daily", "FREQ=DAILY")] == [False, False, False]
