from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from procroutine.insight.views.common import Mark, Standing
from procroutine.insight.weekly import chart_of, first_week, median, revision_starts, standing_of, weekly_values
from procroutine.routine.model import GoalPer
from procroutine.weeks import Week

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead

HOUR = timedelta(hours=1)
W51, W02 = Week(year=2026, number=51), Week(year=2027, number=2)

Heads = Callable[..., "RunHead"]


def minutes(*numbers: float) -> list[timedelta]:
    return [timedelta(minutes=number) for number in numbers]


@pytest.fixture
def run_on(make_head: Heads) -> Heads:
    def make(day: str, length: float, **given: object) -> RunHead:
        started = datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=UTC)
        return make_head(started_at=started, active=timedelta(minutes=length), **given)

    return make


def test_a_week_is_worth_the_mean_of_its_runs_or_their_sum(run_on: Heads) -> None:
    heads = [run_on("2026-12-18", 70), run_on("2026-12-14", 50)]
    (per_run,) = weekly_values(heads, HOUR, GoalPer.RUN, W51, W51)
    assert [per_run.total, per_run.mean, per_run.value] == minutes(120, 60, 60)
    assert per_run.met is True
    assert [run.started_at.day for run in per_run.runs] == [14, 18]
    (per_week,) = weekly_values(heads, HOUR, GoalPer.WEEK, W51, W51)
    assert [per_week.total, per_week.mean, per_week.value] == minutes(120, 60, 120)
    assert per_week.met is False


def test_every_week_is_there_also_the_53rd_and_empty_ones(run_on: Heads) -> None:
    values = weekly_values([run_on("2027-01-03", 50)], None, GoalPer.RUN, W51, W02)
    assert [str(value.week) for value in values] == ["2026-W51", "2026-W52", "2026-W53", "2027-W01", "2027-W02"]
    assert [value.value for value in values] == [None, None, *minutes(50), None, None]
    assert [value.met for value in values] == [None] * 5


def test_abandoned_deleted_and_left_out_runs_stay_out(run_on: Heads) -> None:
    heads = [
        run_on("2026-12-14", 1, state="abandoned"),
        run_on("2026-12-15", 2, deleted=True),
        run_on("2026-12-16", 3, left_out=True),
    ]
    (value,) = weekly_values(heads, HOUR, GoalPer.RUN, W51, W51)
    assert (value.runs, value.value) == ((), None)
    assert first_week(heads) is None
    assert first_week([*heads, run_on("2027-01-15", 9), run_on("2026-12-31", 9)]) == Week(year=2026, number=53)


def test_the_median_of_an_even_number_lies_between_the_two_in_the_middle() -> None:
    assert median([]) is None
    assert median(minutes(3, 1, 2)) == timedelta(minutes=2)
    assert median(minutes(4, 1, 2, 3)) == timedelta(minutes=2.5)


@pytest.mark.parametrize(
    ("length", "expected"),
    [(60, Standing.MET), (60.01, Standing.OVER), (66, Standing.OVER), (66.01, Standing.FAR_OVER)],
)
def test_a_tenth_over_the_goal_is_the_border_to_far_over(length: float, expected: Standing) -> None:
    assert standing_of(timedelta(minutes=length), HOUR) is expected


def test_without_a_time_or_a_goal_there_is_no_standing() -> None:
    assert standing_of(None, HOUR) is Standing.NONE
    assert standing_of(HOUR, None) is Standing.NONE


def test_the_chart_marks_each_week_and_leaves_out_the_present_one_until_it_has_a_run(run_on: Heads) -> None:
    heads = [run_on("2026-12-24", 58), run_on("2027-01-05", 62)]
    values = weekly_values(heads, HOUR, GoalPer.RUN, W51, W02)
    points = chart_of(values, HOUR, W02).points
    assert [(str(point.week), point.mark) for point in points] == [
        ("2026-W52", Mark.MET),
        ("2026-W53", Mark.MISSED),
        ("2027-W01", Mark.OVER),
    ]
    assert [point.day for point in points] == ["Thu 24 Dec", "Mon 28 Dec", "Tue 5 Jan"]
    assert [point.month for point in points] == ["Dec", "Dec", "Jan 2027"]
    assert [point.vs_goal for point in points] == [timedelta(minutes=-2), None, timedelta(minutes=2)]
    assert [point.vs_before for point in points] == [None, None, timedelta(minutes=4)]
    assert [point.unfinished for point in points] == [False] * 3
    begun = weekly_values([*heads, run_on("2027-01-11", 60)], HOUR, GoalPer.RUN, W51, W02)
    assert chart_of(begun, HOUR, W02).points[-1].unfinished


def test_only_missed_weeks_and_weeks_off_are_gaps(run_on: Heads) -> None:
    heads = [run_on("2026-12-14", 58), run_on("2027-01-12", 62)]
    values = weekly_values(heads, HOUR, GoalPer.RUN, W51, W02)
    weeks = [value.week for value in values]
    points = chart_of(values, HOUR, W02, off=[weeks[1]], missed=[weeks[3]]).points
    assert [(point.week.number, point.mark, point.off) for point in points] == [
        (51, Mark.MET, False),
        (52, Mark.MISSED, True),
        (1, Mark.MISSED, False),
        (2, Mark.OVER, False),
    ]


def test_without_a_goal_every_week_has_the_plain_mark(run_on: Heads) -> None:
    values = weekly_values([run_on("2026-12-14", 58)], None, GoalPer.RUN, W51, W51)
    (point,) = chart_of(values, None, W02).points
    assert (point.mark, point.vs_goal) == (Mark.OVER, None)


def test_a_revision_starts_where_its_first_run_is(run_on: Heads) -> None:
    days = ("2026-12-14", "2026-12-21", "2026-12-28", "2027-01-04", "2027-01-11")
    numbers = (2, None, 4, 3, 5)
    heads = [run_on(day, 50, revision=number) for day, number in zip(days, numbers, strict=True)]
    assert revision_starts(weekly_values(heads, HOUR, GoalPer.RUN, W51, W02)) == ((2, "v4"), (4, "v5"))
