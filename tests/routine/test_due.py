from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procroutine.routine.due import DueStanding, DueState, missed_weeks, standing
from procroutine.routine.schedule import Schedule, parse_schedule, periods_from
from procroutine.weeks import Week

BERLIN = ZoneInfo("Europe/Berlin")
THURSDAY = "2026-11-19T14:05"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def days(*texts: str) -> list[date]:
    return [date.fromisoformat(text) for text in texts]


def weekly_from(text: str, count: int) -> list[date]:
    return [date.fromisoformat(text) + timedelta(weeks=number) for number in range(count)]


def judged(
    schedule: str, runs: list[date] | None = None, now: str = THURSDAY, off: str = "", known_from: str | None = None
) -> DueStanding:
    weeks = [Week.parse(week) for week in off.split()]
    known = date.fromisoformat(known_from) if known_from else None
    return standing(parse_schedule(schedule), runs or [], at(now), off_weeks=weeks, known_from=known)


@pytest.mark.parametrize(
    ("schedule", "state", "due_at"),
    [
        ("daily", DueState.TODAY, "2026-11-19T00:00:00+01:00"),
        ("daily at 16:00", DueState.TODAY, "2026-11-19T16:00:00+01:00"),
        ("daily at 14:05", DueState.NOW, "2026-11-19T14:05:00+01:00"),
        ("weekly on Thu at 9:00", DueState.NOW, "2026-11-19T09:00:00+01:00"),
        ("weekly on Mon at 9:00", DueState.OVERDUE, "2026-11-16T09:00:00+01:00"),
        ("weekly on Fri", DueState.LATER, "2026-11-20T00:00:00+01:00"),
        ("weekly", DueState.LATER, "2026-11-22T00:00:00+01:00"),
        ("monthly on 1", DueState.OVERDUE, "2026-11-01T00:00:00+01:00"),
        ("monthly on 31", DueState.LATER, "2026-11-30T00:00:00+01:00"),
        ("every 2 weeks on Fri", DueState.OVERDUE, "2026-11-13T00:00:00+01:00"),
        ("DTSTART:20270101 RRULE:FREQ=WEEKLY", DueState.LATER, "2027-01-01T00:00:00+01:00"),
    ],
)
def test_a_routine_not_done_is_due_now_today_later_or_overdue(schedule: str, state: DueState, due_at: str) -> None:
    found = judged(schedule)
    assert found.state is state
    assert found.due_at is not None
    assert found.due_at.isoformat() == due_at


def test_without_a_schedule_or_after_its_end_a_routine_is_never_due() -> None:
    assert standing(None, days("2026-11-16"), at(THURSDAY)) == DueStanding(state=DueState.NEVER)
    ended = judged("DTSTART:20260105 RRULE:FREQ=WEEKLY;COUNT=3", days("2026-01-05"))
    assert (ended.state, ended.due_at, ended.put_off) == (DueState.NEVER, None, 0)


def test_a_run_before_the_due_day_but_in_its_period_has_done_it_and_the_next_is_due() -> None:
    early = judged("weekly on Fri at 10:00", days("2026-11-16"))
    assert early.state is DueState.DONE
    assert early.due_at is not None
    assert early.due_at.isoformat() == "2026-11-27T10:00:00+01:00"
    assert judged("monthly on 31", days("2026-11-02")).state is DueState.DONE
    assert judged("every 2 weeks on Fri", days("2026-11-09")).state is DueState.DONE


def test_with_several_days_a_week_each_is_done_by_itself() -> None:
    assert judged("on Mon, Thu", days("2026-11-16")).state is DueState.TODAY
    assert judged("on Mon, Thu", days("2026-11-16"), "2026-11-18T08:00").state is DueState.DONE
    assert judged("weekdays", days("2026-11-20"), "2026-11-22T08:00").state is DueState.DONE
    assert judged("weekdays", days("2026-11-19"), "2026-11-22T08:00").days_late == 2


def test_a_period_stays_overdue_until_it_ends_and_then_counts_as_put_off() -> None:
    runs = weekly_from("2026-10-05", 5)
    sunday = judged("weekly on Mon", runs, "2026-11-15T23:59")
    assert (sunday.state, sunday.days_late, sunday.streak, sunday.put_off) == (DueState.OVERDUE, 6, 0, 1)
    monday = judged("weekly on Mon", runs, "2026-11-16T00:00")
    assert (monday.state, monday.days_late, monday.streak, monday.put_off) == (DueState.TODAY, 0, 0, 1)
    thursday = judged("weekly on Mon", runs)
    assert (thursday.put_off, thursday.put_off_weeks) == (2, 2)


def test_the_streak_counts_the_present_period_only_once_it_is_done() -> None:
    runs = weekly_from("2026-10-06", 6)
    assert judged("weekly on Fri", runs, "2026-11-16T08:00").streak == 6
    assert judged("weekly on Fri", [*runs, *days("2026-11-16")], "2026-11-16T08:00").streak == 7


def test_two_runs_in_one_period_count_once() -> None:
    assert judged("weekly on Mon", days("2026-11-10", "2026-11-16", "2026-11-17", "2026-11-19")).streak == 2


def test_the_streak_goes_on_through_week_53_and_new_year() -> None:
    runs = weekly_from("2026-12-16", 5)
    found = judged("weekly on Wed", runs, "2027-01-14T12:00")
    assert [str(Week.of(day)) for day in runs] == ["2026-W51", "2026-W52", "2026-W53", "2027-W01", "2027-W02"]
    assert (found.streak, found.streak_weeks) == (5, 5)
    missed = judged("weekly on Wed", [day for day in runs if Week.of(day).number != 53], "2027-01-14T12:00")
    assert missed.streak == 2


def test_streaks_are_told_in_whole_weeks_as_well() -> None:
    daily = judged("daily", [date(2026, 11, 19) - timedelta(days=back) for back in range(16)])
    assert (daily.streak, daily.streak_weeks) == (16, 2)
    fortnights = judged("every 2 weeks on Fri", days("2026-10-16", "2026-10-30", "2026-11-13"))
    assert (fortnights.streak, fortnights.streak_weeks) == (3, 6)
    months = judged("monthly on 29", days("2028-01-29", "2028-02-29"), "2028-03-01T08:00")
    assert (months.streak, months.streak_weeks) == (2, 8)


def test_a_week_off_neither_breaks_nor_counts() -> None:
    runs = days("2026-10-26", "2026-11-02", "2026-11-16")
    assert judged("weekly on Mon", runs).streak == 1
    assert judged("weekly on Mon", runs, off="2026-W46").streak == 3
    assert judged("weekly on Mon", [*runs, *days("2026-11-09")], off="2026-W46").streak == 3


def test_weeks_off_are_not_put_off() -> None:
    runs = days("2026-10-05")
    assert judged("weekly on Fri", runs).put_off == 5
    assert judged("weekly on Fri", runs, off="2026-W42 2026-W46").put_off == 3
    assert judged("daily", days("2026-11-15"), off="2026-W47", now="2026-11-23T08:00").put_off == 0


def test_in_a_week_off_nothing_is_due_before_the_next_week_that_is_not() -> None:
    found = judged("weekly on Mon", days("2026-11-09"), off="2026-W47 2026-W48")
    assert (found.state, found.off, found.streak, found.put_off) == (DueState.LATER, True, 1, 0)
    assert found.due is not None
    assert found.due.due == date(2026, 11, 30)
    done = judged("weekly on Mon", days("2026-11-09", "2026-11-17"), off="2026-W47")
    assert (done.state, done.off, done.streak) == (DueState.DONE, False, 1)


def test_a_period_longer_than_a_week_is_off_from_its_due_week_on() -> None:
    runs = days("2026-10-30")
    assert judged("every 2 weeks on Fri", runs, off="2026-W47").off
    assert judged("monthly on 1", runs, off="2026-W47").off
    assert judged("monthly on 30", runs, off="2026-W47").state is DueState.LATER
    assert not judged("monthly on 30", runs, off="2026-W47").off


def test_a_month_done_in_another_week_counts_though_a_later_one_is_off() -> None:
    assert judged("monthly on 1", days("2026-10-01", "2026-11-01"), off="2026-W47").streak == 2


def test_nothing_is_put_off_before_the_first_run_or_the_day_it_was_first_seen() -> None:
    assert judged("weekly on Mon", days("2026-11-04"), "2026-11-18T08:00").put_off == 2
    assert judged("weekly on Mon").put_off == 0
    seen = judged("weekly on Mon", known_from="2026-11-03")
    assert (seen.state, seen.put_off) == (DueState.OVERDUE, 2)


def test_a_due_day_before_the_routine_was_seen_is_not_late() -> None:
    found = judged("weekly on Mon", known_from="2026-11-18")
    assert (found.state, found.put_off) == (DueState.LATER, 0)
    assert found.due is not None
    assert found.due.due == date(2026, 11, 23)


def test_a_changed_schedule_puts_nothing_off_before_the_day_it_changed() -> None:
    runs = weekly_from("2026-08-03", 14)
    assert judged("daily", runs).put_off == 16
    assert judged("daily", runs, known_from="2026-11-17").put_off == 2
    assert judged("weekly on Fri", runs, known_from="2026-11-17").put_off == 0


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), DueState.TODAY),
        (datetime(2026, 3, 29, 1, 30, tzinfo=UTC), DueState.NOW),
        (datetime(2026, 10, 25, 0, 29, tzinfo=UTC), DueState.TODAY),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), DueState.NOW),
        (datetime(2026, 10, 25, 1, 15, tzinfo=UTC), DueState.NOW),
        (datetime(2026, 10, 24, 21, 59, tzinfo=UTC), DueState.OVERDUE),
    ],
)
def test_due_times_come_once_on_days_when_the_clocks_change(now: datetime, state: DueState) -> None:
    schedule = parse_schedule("weekly on Sun at 02:30" if state is not DueState.OVERDUE else "weekly on Fri at 02:30")
    assert standing(schedule, [], now.astimezone(BERLIN)).state is state


def test_the_zone_of_the_person_gives_the_due_time_after_a_clock_change_that_is_still_to_come() -> None:
    fixed = at("2026-10-24T12:00").astimezone(UTC)
    found = standing(parse_schedule("weekly on Mon at 09:00"), days("2026-10-19"), fixed, zone=BERLIN)
    assert found.due_at is not None
    assert found.due_at.isoformat() == "2026-10-26T09:00:00+01:00"


SCHEDULES = (
    "daily",
    "weekdays at 9:00",
    "weekly",
    "weekly on Mon",
    "on Tue, Fri",
    "every 2 weeks on Fri",
    "monthly on 31",
    "monthly on 1, 15",
    "FREQ=WEEKLY;BYDAY=MO,TH",
)
schedules = st.sampled_from(SCHEDULES).map(parse_schedule)
past = st.integers(0, 120).map(lambda back: date(2027, 1, 20) - timedelta(days=back))
nows = st.integers(0, 24 * 30).map(lambda hours: datetime(2027, 1, 1, tzinfo=BERLIN) + timedelta(hours=hours))
weeks = st.integers(0, 18).map(lambda back: Week.of(date(2027, 1, 20)) + -back)


@given(schedules, st.lists(past), nows, st.frozensets(weeks, max_size=4), past | st.none())
def test_a_routine_is_never_steady_and_put_off_at_once(
    schedule: Schedule, runs: list[date], now: datetime, off: frozenset[Week], known: date | None
) -> None:
    found = standing(schedule, runs, now, off_weeks=off, known_from=known)
    assert not (found.streak and found.put_off)
    assert (found.state is DueState.OVERDUE) == (found.days_late > 0)
    assert found.state is not DueState.OVERDUE or found.streak == 0


@given(schedules, st.lists(past), past, nows, st.frozensets(weeks, max_size=4))
def test_one_run_more_never_shortens_a_streak(
    schedule: Schedule, runs: list[date], another: date, now: datetime, off: frozenset[Week]
) -> None:
    before = standing(schedule, runs, now, off_weeks=off)
    after = standing(schedule, [*runs, another], now, off_weeks=off)
    assert after.streak >= before.streak


@given(schedules, st.lists(past, min_size=1), nows)
def test_done_periods_and_put_off_ones_are_counted_like_a_walk_from_the_first_day(
    schedule: Schedule, runs: list[date], now: datetime
) -> None:
    found = standing(schedule, runs, now)
    today = now.date()
    streak = put_off = 0
    for period in periods_from(schedule, min(runs)):
        if period.start > today:
            break
        done = any(period.start <= day <= period.end for day in runs)
        if done:
            streak, put_off = streak + 1, 0
        elif period.due < today and period.due >= min(runs):
            streak, put_off = 0, put_off + 1
        elif period.due < today:
            streak = 0
    assert (found.streak, found.put_off) == (streak, put_off)


def test_the_weeks_whose_due_day_was_missed_are_named() -> None:
    schedule = parse_schedule("every 2 weeks on Fri")
    first, last = Week(year=2026, number=42), Week(year=2026, number=47)
    assert missed_weeks(schedule, days("2026-10-21"), first, last) == {
        Week(year=2026, number=44),
        Week(year=2026, number=46),
    }
