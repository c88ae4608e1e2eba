"""What was due in a week, and what became of it as of the week's end, or of now."""

from __future__ import annotations

from datetime import date, datetime
from itertools import takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procroutine.insight.report_due import counts_of, dues_of, standing_at
from procroutine.insight.report_ground import Ground, span_of
from procroutine.insight.views.report import DueCounts, DueState, ReportDue
from procroutine.weeks import Week
from tests.insight.report_samples import NOW, ground, run_on
from tests.insight.week_samples import broken, entry, off

MONDAYS = "weekly on Monday at 09:00"


def dues(made: Ground, week: str, now: datetime = NOW) -> tuple[ReportDue, ...]:
    (one,) = made.routines
    found = Week.parse(week)
    return dues_of(one, span_of(found.monday, found.sunday, now))


def states(made: Ground, week: str = "2026-W46", now: datetime = NOW) -> list[DueState]:
    return [due.state for due in dues(made, week, now)]


@pytest.mark.parametrize(
    ("run", "state", "late"),
    [
        ("11-09T09:20", DueState.DONE, 0),
        ("11-11T09:20", DueState.LATE, 2),
        ("11-15T23:59", DueState.LATE, 6),
        ("11-16T00:01", DueState.NOT_DONE, 0),
        ("11-08T23:59", DueState.NOT_DONE, 0),
    ],
)
def test_a_week_that_is_over_was_done_by_a_run_in_it_alone(run: str, state: DueState, late: int) -> None:
    (due,) = dues(ground([entry("posts", MONDAYS)], [run_on("10-05T09:00"), run_on(run)]), "2026-W46")
    assert (due.state, due.days_late) == (state, late)
    assert due.at == datetime(2026, 11, 9, 9, tzinfo=NOW.tzinfo)
    assert (due.has_time, due.any_day) == (True, False)


def test_a_run_of_the_next_week_changes_nothing_in_the_report_of_the_one_before() -> None:
    before = ground([entry("posts", MONDAYS)], [run_on("10-05T09:00")])
    after = ground([entry("posts", MONDAYS)], [run_on("10-05T09:00"), run_on("11-16T09:00")])
    assert dues(before, "2026-W46") == dues(after, "2026-W46")


def test_the_present_week_is_told_as_of_now() -> None:
    made = ground([entry("posts", "weekly on Mon, Thu, Fri")], [run_on("10-05T09:00"), run_on("11-16T09:00")])
    found = dues(made, "2026-W47")
    assert [due.state for due in found] == [DueState.DONE, DueState.OPEN, DueState.OPEN]
    late = dues(ground([entry("posts", MONDAYS)], [run_on("10-05T09:00")]), "2026-W47")
    assert [(due.state, due.days_late) for due in late] == [(DueState.OVERDUE, 3)]


def test_what_any_day_will_do_is_open_until_the_last() -> None:
    made = ground([entry("posts", "weekly")], [run_on("10-05T09:00")])
    (due,) = dues(made, "2026-W47")
    assert (due.any_day, due.state, due.at.date()) == (True, DueState.OPEN, date(2026, 11, 22))
    assert states(made) == [DueState.NOT_DONE]


def test_every_day_of_a_daily_routine_stands_for_itself() -> None:
    runs = [run_on(f"11-{day}T08:00") for day in ("09", "10", "12", "13")]
    made = ground([entry("posts", "weekdays")], [run_on("10-05T09:00"), *runs])
    assert states(made) == [DueState.DONE, DueState.DONE, DueState.NOT_DONE, DueState.DONE, DueState.DONE]


def test_what_fell_due_before_and_was_still_to_be_done_is_carried_into_the_week() -> None:
    monthly = entry("posts", "monthly on 2")
    undone = ground([monthly], [run_on("10-02T09:00")])
    assert states(undone, "2026-W45") == [DueState.OVERDUE]
    assert states(undone, "2026-W46") == [DueState.OVERDUE]
    done = ground([monthly], [run_on("10-02T09:00"), run_on("11-11T09:00")])
    assert states(done, "2026-W45") == [DueState.OVERDUE]
    (late,) = dues(done, "2026-W46")
    assert (late.state, late.days_late) == (DueState.LATE, 9)
    assert states(done, "2026-W47") == []


def test_a_run_before_the_due_day_has_done_it() -> None:
    made = ground([entry("posts", "monthly on 12")], [run_on("10-12T09:00"), run_on("11-02T09:00")])
    assert states(made) == [DueState.DONE]


def test_a_week_off_is_told_with_its_reason_and_breaks_nothing() -> None:
    heads = [run_on("11-02T09:00"), run_on("10-26T09:00")]
    made = ground([entry("posts", MONDAYS)], heads, [off("2026-W46")])
    (due,) = dues(made, "2026-W46")
    assert (due.state, due.reason) == (DueState.OFF, "holiday")
    week = Week.parse("2026-W46")
    (one,) = made.routines
    standing = standing_at(one, span_of(week.monday, week.sunday, NOW))
    assert (standing.streak_weeks, standing.put_off) == (2, 0)


def test_a_week_off_for_another_routine_is_none() -> None:
    made = ground([entry("posts", MONDAYS)], [run_on("11-02T09:00")], [off("2026-W46", "books")])
    assert states(made) == [DueState.NOT_DONE]


def test_streak_and_weeks_put_off_are_those_of_the_weeks_end() -> None:
    heads = [run_on(day) for day in ("10-12T09:00", "10-19T09:00", "11-16T09:00")]
    made = ground([entry("posts", MONDAYS)], heads)
    (one,) = made.routines
    found = {}
    for week in ("2026-W43", "2026-W45", "2026-W46", "2026-W47"):
        own = Week.parse(week)
        standing = standing_at(one, span_of(own.monday, own.sunday, NOW))
        found[week] = (standing.streak_weeks, standing.put_off_weeks)
    assert found == {"2026-W43": (2, 0), "2026-W45": (0, 2), "2026-W46": (0, 3), "2026-W47": (1, 0)}


def test_nothing_was_due_before_a_routine_was_known() -> None:
    made = ground([entry("posts", MONDAYS)], [run_on("11-11T09:00")])
    assert states(made, "2026-W45") == []
    assert states(made, "2026-W46") == [DueState.LATE]
    new = ground([entry("posts", MONDAYS)], written=date(2026, 11, 10))
    assert states(new, "2026-W46") == []
    assert states(new, "2026-W47") == [DueState.OVERDUE]


def test_days_before_anything_was_known_are_not_gone_through_to_the_year_one() -> None:
    made = ground([entry("posts", "every 2 weeks on Fri")], [run_on("11-11T09:00")])
    assert states(made, "0001-W01") == []


def test_an_old_week_is_told_by_the_schedule_of_its_time() -> None:
    heads = [
        run_on("10-06T09:00", schedule="weekly on Tuesday"),
        run_on("10-13T09:00", schedule="weekly on Tuesday"),
        run_on("11-09T09:00", schedule=MONDAYS),
    ]
    made = ground([entry("posts", MONDAYS)], heads)
    (then,) = dues(made, "2026-W42")
    assert then.at.date() == date(2026, 10, 13)
    assert then.state is DueState.DONE
    (now,) = dues(made, "2026-W46")
    assert now.at.date() == date(2026, 11, 9)


def test_a_routine_whose_file_is_gone_is_due_up_to_its_last_run() -> None:
    heads = [run_on(day, schedule=MONDAYS) for day in ("10-12T09:00", "10-26T09:00")]
    made = ground([], heads)
    assert states(made, "2026-W42") == [DueState.DONE]
    assert states(made, "2026-W43") == [DueState.NOT_DONE]
    assert states(made, "2026-W45") == []


def test_a_broken_file_goes_on_with_the_schedule_of_its_last_run() -> None:
    made = ground([broken("posts")], [run_on("10-26T09:00", schedule=MONDAYS)])
    assert states(made, "2026-W46") == [DueState.NOT_DONE]


def test_a_schedule_that_an_imported_run_tells_and_nobody_can_read_is_none() -> None:
    assert states(ground([], [run_on("11-10T09:00", schedule="whenever")])) == []


def test_due_times_are_those_of_the_persons_zone_across_a_change_of_clocks() -> None:
    berlin = NOW.astimezone(ZoneInfo("Europe/Berlin"))
    made = ground([entry("posts", MONDAYS)], [run_on("10-05T09:00")], now=berlin)
    (summer,) = dues(made, "2026-W43", berlin)
    (winter,) = dues(made, "2026-W44", berlin)
    assert (summer.at.isoformat(), winter.at.isoformat()) == ("2026-10-19T09:00:00+02:00", "2026-10-26T09:00:00+01:00")


def test_counts_leave_out_what_is_off_and_take_late_ones_as_done() -> None:
    made = [ReportDue(at=NOW, has_time=True, any_day=False, state=state) for state in DueState]
    assert counts_of(made) == DueCounts(due=5, done=2, late=1, not_done=1, overdue=1, open=1, off=1)


@given(
    st.sets(st.integers(0, 11), max_size=12),
    st.sets(st.integers(0, 11), max_size=4),
    st.integers(0, 11),
)
@settings(deadline=None)
def test_streak_and_put_off_are_the_row_of_weeks_that_the_reports_tell(
    done: set[int], away: set[int], last: int
) -> None:
    first = Week.parse("2026-W30")
    heads = [run_on("07-13T09:00"), *(run_on((first + number).monday.isoformat() + "T10:00") for number in done - away)]
    weeks_off = [off(str(first + number)) for number in away]
    made = ground([entry("posts", MONDAYS)], heads, weeks_off)
    rows = [states(made, str(first + number))[0] for number in range(last, -1, -1)]
    counted = [state for state in rows if state is not DueState.OFF]
    week = first + last
    standing = standing_at(made.routines[0], span_of(week.monday, week.sunday, NOW))
    put_off = len(list(takewhile(lambda state: state is DueState.NOT_DONE, counted)))
    streak = len(list(takewhile(lambda state: state is DueState.DONE, counted)))
    assert standing.put_off == put_off
    # A streak that reaches back to the first of these weeks has the one before it too.
    assert standing.streak == streak + (streak == len(counted))
