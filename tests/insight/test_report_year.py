"""The report of a year, one of 53 weeks among them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from procroutine.errors import BadInput
from procroutine.insight.report_year import parse_year, weeks_of_year, year_report
from procroutine.insight.views.report import DueCounts
from procroutine.insight.views.report_year import CellState, YearReport
from procroutine.weeks import Week
from tests.insight.report_samples import NOW, ground, run_on
from tests.insight.week_samples import entry, off

MONDAYS = "weekly on Monday at 09:00"
AFTER = datetime(2027, 1, 4, 12, tzinfo=UTC)
"""The Monday after 2026-W53."""


def cells(made: YearReport) -> dict[int, CellState]:
    return {cell.week.number: cell.state for cell in made.routines[0].cells}


def test_the_year_2026_has_53_weeks_and_2025_has_52() -> None:
    assert [len(weeks_of_year(year)) for year in (2020, 2025, 2026, 2027)] == [53, 52, 53, 52]
    assert str(weeks_of_year(2026)[-1]) == "2026-W53"


@pytest.mark.parametrize("text", ["26", "year", "2O26", "0000", "20266", "-026", "٢٠٢٦"])
def test_what_is_no_year_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="is not a year"):
        parse_year(text, NOW)


def test_the_present_iso_year_is_meant_where_none_is_given_and_a_future_one_refused() -> None:
    assert parse_year(None, datetime(2027, 1, 3, tzinfo=UTC)) == 2026
    assert parse_year(" 2024 ", NOW) == 2024
    with pytest.raises(BadInput, match="2027 has not begun"):
        parse_year("2027", NOW)


def test_each_week_has_its_state_on_the_map() -> None:
    heads = [run_on("10-05T09:00", 50), run_on("10-12T09:00", 70), run_on("10-26T09:00", 50, left_out=True)]
    made = year_report(ground([entry("posts", MONDAYS)], heads, [off("2026-W45")]), 2026)
    found = cells(made)
    assert len(found) == 53
    assert {number: found[number] for number in range(40, 50)} == {
        40: CellState.NOTHING,
        41: CellState.MET,
        42: CellState.OVER,
        43: CellState.MISSED,
        44: CellState.NOTHING,
        45: CellState.OFF,
        46: CellState.MISSED,
        47: CellState.TO_COME,
        48: CellState.TO_COME,
        49: CellState.TO_COME,
    }
    assert made.unfinished
    assert made.left_out == 1


def test_a_run_in_the_53rd_week_belongs_to_that_year_also_in_january() -> None:
    heads = [run_on("2026-12-21T09:00"), run_on("2027-01-02T09:00")]
    made = ground([entry("posts", MONDAYS)], heads, now=AFTER)
    old, new = year_report(made, 2026), year_report(made, 2027)
    assert cells(old)[53] is CellState.MET
    assert (old.runs, old.unfinished, old.counts.late) == (2, False, 1)
    assert (new.runs, new.unfinished) == (0, True)


def test_totals_are_the_sums_of_weeks_and_of_routines() -> None:
    heads = [run_on(f"11-{day:02d}T09:00", 10 * day, routine=one) for day in range(1, 16) for one in ("a", "b")]
    made = year_report(ground([entry("a", "daily"), entry("b", "weekdays", goal=None)], heads), 2026)
    assert made.runs == sum(week.runs for week in made.weeks) == sum(one.runs for one in made.routines) == 30
    assert made.total == sum((one.total for one in made.routines), timedelta())
    for field in DueCounts._fields:
        whole = getattr(made.counts, field)
        assert whole == sum(getattr(week.counts, field) for week in made.weeks), field
        assert whole == sum(getattr(one.counts, field) for one in made.routines), field
    states = {one.id: {cell.state for cell in one.cells} for one in made.routines}
    assert CellState.DONE in states["b"]
    assert CellState.DONE not in states["a"]


def test_the_best_weeks_are_over_and_have_most_of_what_was_due() -> None:
    days = ("10-05T09:00", "10-06T09:00", "10-12T09:00", "10-19T09:00", "11-16T09:00")
    heads = [run_on(day, 90 if day == "10-12T09:00" else 50) for day in days]
    made = year_report(ground([entry("posts", MONDAYS)], heads), 2026)
    assert made.best == tuple(map(Week.parse, ("2026-W41", "2026-W43", "2026-W42")))


def test_a_year_with_nothing_says_what_to_do() -> None:
    assert "procroutine new" in str(year_report(ground([]), 2026).advice)
    old = year_report(ground([entry("posts", MONDAYS)], [run_on("11-02T09:00")]), 2024)
    assert old.advice == "Nothing was due and nothing run in 2024: the first run there is belongs to 2026-W45."
