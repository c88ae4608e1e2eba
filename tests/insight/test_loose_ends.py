from __future__ import annotations

from datetime import UTC, datetime

from procroutine.history.loose_ends import LooseEnd
from procroutine.insight.loose_ends import loose_end_rows
from procroutine.insight.views.loose_ends import read_loose_ends
from procroutine.insight.week_view import week_by_parts, whole
from procroutine.weeks import Week
from tests.insight.week_samples import off, past_of

W02 = Week.parse("2027-W02")
ENDS = tuple(
    LooseEnd(id=str(number), text=text, made_at=number, act=(kind, number, week))
    for number, (text, kind, week) in enumerate(
        [
            ("done now", "done", "2027-W02"),
            ("new", "written", "2027-W02"),
            ("\x1b[2Jold", "written", "2026-W51"),
            ("done before", "done", "2027-W01"),
            ("older", "written", "2026-W50"),
        ]
    )
)


def test_those_put_off_longest_come_first_and_those_done_last() -> None:
    rows = loose_end_rows(ENDS, W02, {Week.parse("2026-W53")})
    assert [(row.text, row.put_off, row.wants_routine, row.is_done, row.since) for row in rows] == [
        ("older", 4, True, False, "written in week 50 of 2026"),
        ("␛[2Jold", 3, True, False, "written in week 51 of 2026"),
        ("new", 0, False, False, "written this week"),
        ("done before", 0, False, False, "last done in week 1"),
        ("done now", 0, False, True, "done this week"),
    ]
    assert read_loose_ends([[getattr(row, field) for field in row._fields] for row in rows]) == rows


def test_this_week_has_them_and_knows_of_weeks_off_for_all_alone() -> None:
    now = datetime(2027, 1, 14, 9, tzinfo=UTC)
    past = past_of([], weeks_off=[off("2026-W52"), off("2027-W01", "posts")]).replaced(loose_ends=ENDS)
    view = whole(week_by_parts(past, (), now))
    assert [row.put_off for row in view.loose_ends] == [4, 3, 0, 0, 0]
    assert view.waiting == 2
    assert whole(week_by_parts(past_of([]), (), now)).loose_ends == ()
