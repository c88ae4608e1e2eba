"""What the week after a report's week holds."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from procroutine.insight.report_ground import Ground, span_of
from procroutine.insight.report_next import next_week
from procroutine.insight.views.report import NextWeek
from procroutine.routine.model import Step
from procroutine.weeks import Week
from tests.insight.report_samples import NOW, ground, run_on
from tests.insight.week_samples import entry, off


def after(made: Ground, week: str = "2026-W47", now: datetime = NOW) -> NextWeek:
    found = Week.parse(week)
    return next_week(made.routines, span_of(found.monday, found.sunday, now), found + 1)


def test_every_due_date_stands_in_clock_time_in_order_with_its_usual_length_and_their_sum() -> None:
    entries = [
        entry("posts", "weekly on Mon, Thu at 09:00"),
        entry("books", "weekly on Wed at 16:30"),
        entry("tidy", "weekly"),
        entry("never"),
    ]
    heads = [run_on("11-10T09:00", 40), run_on("11-12T09:00", 50), run_on("11-13T09:00", 60)]
    found = after(ground(entries, heads))
    assert [(due.routine_id, due.at.isoformat()[:16], due.usual) for due in found.dues] == [
        ("posts", "2026-11-23T09:00", timedelta(minutes=50)),
        ("books", "2026-11-25T16:30", timedelta(minutes=51)),
        ("posts", "2026-11-26T09:00", timedelta(minutes=50)),
        ("tidy", "2026-11-29T00:00", timedelta(minutes=51)),
    ]
    assert found.dues[-1].any_day
    assert found.total == timedelta(minutes=202)
    assert found.unknown == 0


def test_clock_times_are_those_of_the_persons_zone() -> None:
    berlin = datetime(2026, 10, 24, 12, tzinfo=ZoneInfo("Europe/Berlin"))
    (due,) = after(ground([entry("posts", "weekly on Mon at 09:00")], now=berlin), "2026-W43", berlin).dues
    assert due.at.isoformat() == "2026-10-26T09:00:00+01:00"


def test_what_was_done_ahead_is_left_out_and_what_is_off_is_not_in_the_sum() -> None:
    entries = [entry("posts", "monthly on 25"), entry("books", "weekly on Tue"), entry("tidy", "weekly on Fri")]
    heads = [run_on("11-04T09:00"), run_on("10-04T09:00")]
    found = after(ground(entries, heads, [off("2026-W48", "books")]))
    assert [(due.routine_id, due.reason) for due in found.dues] == [("books", "holiday"), ("tidy", None)]
    assert found.total == timedelta(minutes=51)


def test_what_is_overdue_and_may_still_be_done_stands_there_too() -> None:
    found = after(ground([entry("posts", "monthly on 3")], [run_on("10-04T09:00")]))
    (due,) = found.dues
    assert (due.overdue, due.at.date().isoformat()) == (True, "2026-11-03")
    assert found.total == timedelta(minutes=50)


def test_how_many_have_no_known_length_is_said() -> None:
    found = after(ground([entry("posts", "weekly on Tue", steps=(Step(id="a", title="A"),))]))
    assert (found.total, found.unknown) == (timedelta(), 1)


def test_a_routine_whose_file_is_gone_or_that_was_not_known_then_is_not_due() -> None:
    gone = ground([], [run_on("11-16T09:00", schedule="weekly on Monday")])
    assert after(gone).dues == ()
    new = ground([entry("posts", "weekly on Monday")], [run_on("11-18T09:00")])
    assert after(new, "2026-W45").dues == ()
    assert len(after(new).dues) == 1
