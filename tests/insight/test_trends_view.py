"""What the Trends screen draws."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from procroutine.insight.trends_view import trends_view
from procroutine.insight.views.common import Mark, Standing
from procroutine.routine.model import GoalPer, Routine, Step, System
from procroutine.routine.schedule import parse_schedule
from procroutine.weeks import Week

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead

THIS_WEEK = Week(year=2026, number=47)
ROUTINE = Routine(
    id="posts",
    name="Weekly posts",
    goal=timedelta(minutes=60),
    schedule=parse_schedule("weekly on Monday"),
    systems={"docs": System(id="docs", name="Docs"), "mail": System(id="mail", name="Mail")},
    steps=(
        Step(id="a", title="Write", systems=("docs",), person="Ana"),
        Step(id="b", title="Send", systems=("docs", "mail"), person="Ben"),
        Step(id="c", title="New"),
    ),
)


def minutes(*numbers: float) -> list[timedelta]:
    return [timedelta(minutes=number) for number in numbers]


@pytest.fixture
def weekly(make_head: Callable[..., RunHead]) -> Callable[..., list[RunHead]]:
    """Make a run a week, so many minutes each, the last of them in this week; None is a week without a run."""

    def make(*totals: float | None, **given: Any) -> list[RunHead]:
        last = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
        starts = [last - timedelta(weeks=back) for back in reversed(range(len(totals)))]
        return [
            make_head(started_at=start, active=timedelta(minutes=total), **given)
            for start, total in zip(starts, totals, strict=True)
            if total is not None
        ]

    return make


def test_a_routine_never_run_has_an_empty_chart() -> None:
    view = trends_view(ROUTINE, [], THIS_WEEK)
    assert (view.facts, view.chart.points, view.steps) == ("no runs yet", (), ())
    assert (view.last, view.median, view.best, view.met_of, view.best_day) == (None, None, None, 0, "")


def test_of_a_routine_whose_runs_are_all_left_out_that_is_said(make_head: Callable[..., RunHead]) -> None:
    view = trends_view(ROUTINE, [make_head(a=60, left_out=True)], THIS_WEEK)
    assert (view.facts, view.left_out) == ("no runs that count · 1 left out", 1)


def test_the_figures_are_last_median_best_and_how_often_the_goal_was_met(
    weekly: Callable[..., list[RunHead]],
) -> None:
    view = trends_view(ROUTINE, weekly(95, 90, 85, 80, 75, 70, 66, 64, 63, 65, 59, 61, 58), THIS_WEEK)
    assert view.facts == "13 weeks · 13 runs · v1"
    assert [view.last, view.last_vs_goal, view.median, view.median_was, view.best] == minutes(58, -2, 63.5, 77.5, 58)
    assert view.last_standing is Standing.MET
    assert view.median_change == pytest.approx(-0.1806, abs=0.0001)
    assert (view.best_day, view.met, view.met_of) == ("17 Nov", 2, 8)


def test_eight_weeks_have_no_median_from_before(weekly: Callable[..., list[RunHead]]) -> None:
    view = trends_view(ROUTINE, weekly(*[60] * 8), THIS_WEEK)
    assert (view.median, view.median_was, view.median_change) == (timedelta(hours=1), None, None)


def test_only_the_weeks_asked_for_are_shown_and_zero_is_all(weekly: Callable[..., list[RunHead]]) -> None:
    heads = weekly(*range(30, 60))
    assert [len(trends_view(ROUTINE, heads, THIS_WEEK, weeks).chart.points) for weeks in (26, 8, 0)] == [26, 8, 30]
    assert trends_view(ROUTINE, heads, THIS_WEEK, 8).best == timedelta(minutes=52)


def test_a_week_without_its_run_is_missed_unless_it_was_off_or_nothing_was_due(
    weekly: Callable[..., list[RunHead]],
) -> None:
    heads = weekly(61, None, None, 59, None)
    off = {THIS_WEEK + -2: "holiday"}
    points = trends_view(ROUTINE, heads, THIS_WEEK, off=off).chart.points
    assert [point.mark for point in points[:-1]] == [Mark.OVER, Mark.MISSED, Mark.MISSED, Mark.MET]
    assert [point.off for point in points[:-1]] == [False, False, True, False]
    unscheduled = Routine(id="posts", name="Posts", steps=ROUTINE.steps)
    points = trends_view(unscheduled, heads, THIS_WEEK).chart.points
    assert [point.value for point in points if not point.unfinished] == minutes(61, 59)


def test_the_chart_ends_with_the_present_week_also_without_a_run(weekly: Callable[..., list[RunHead]]) -> None:
    last = trends_view(ROUTINE, weekly(61, 59, None), THIS_WEEK).chart.points[-1]
    assert (last.week, last.value, last.unfinished, last.off) == (THIS_WEEK, None, True, False)


def test_weeks_missed_since_before_the_range_are_missed(weekly: Callable[..., list[RunHead]]) -> None:
    view = trends_view(ROUTINE, weekly(61, *[None] * 9), THIS_WEEK, weeks=4)
    assert [(point.mark, point.unfinished) for point in view.chart.points] == [(Mark.MISSED, False)] * 3 + [
        (Mark.MISSED, True)
    ]
    assert (view.facts, view.last, view.goal_short) == ("4 weeks · 0 runs", None, "too few weeks to say")


def test_of_several_gaps_each_has_its_missed_weeks(weekly: Callable[..., list[RunHead]]) -> None:
    monthly = Routine(id="posts", name="Posts", schedule=parse_schedule("monthly on 1"), steps=ROUTINE.steps)
    heads = weekly(60, None, None, 60, *[None] * 6, 60, 60)
    missed = [point.week for point in trends_view(monthly, heads, THIS_WEEK).chart.points if point.value is None]
    assert [str(week) for week in missed] == ["2026-W40"]
    points = trends_view(ROUTINE, heads, THIS_WEEK).chart.points
    assert [place for place, point in enumerate(points) if point.mark is Mark.MISSED] == [1, 2, *range(4, 10)]


def test_the_present_week_is_unfinished(weekly: Callable[..., list[RunHead]]) -> None:
    assert [point.unfinished for point in trends_view(ROUTINE, weekly(61, 59), THIS_WEEK).chart.points] == [False, True]


def test_a_revision_is_marked_where_it_was_first_run(weekly: Callable[..., list[RunHead]]) -> None:
    heads = weekly(61, 60, None, None) + weekly(50, None, revision=2) + weekly(49, revision=4)
    view = trends_view(ROUTINE, heads, THIS_WEEK)
    assert view.chart.revisions == ((2, "v2"), (3, "v4"))
    assert view.facts == "4 weeks · 4 runs · v1 to v4"


def test_the_best_run_left_no_step_out_but_optional_ones(weekly: Callable[..., list[RunHead]]) -> None:
    heads = weekly(61, 60, None) + weekly(20, complete=False)
    assert trends_view(ROUTINE, heads, THIS_WEEK).best == timedelta(minutes=60)


def test_a_goal_of_the_week_is_held_against_the_sum_and_the_present_week_is_no_best(
    weekly: Callable[..., list[RunHead]],
) -> None:
    per_week = Routine(id="posts", name="Posts", steps=ROUTINE.steps, goal=timedelta(hours=1), goal_per=GoalPer.WEEK)
    view = trends_view(per_week, weekly(25, 20, None) + weekly(30, 20, 10), THIS_WEEK)
    assert [point.value for point in view.chart.points] == minutes(55, 40, 10)
    assert (view.best, view.best_day) == (timedelta(minutes=40), "10 Nov")


def test_runs_that_do_not_count_are_not_charted_and_those_left_out_are_counted(
    weekly: Callable[..., list[RunHead]],
) -> None:
    heads = weekly(1, state="abandoned") + weekly(2, left_out=True) + weekly(3, deleted=True) + weekly(59)
    view = trends_view(ROUTINE, heads, THIS_WEEK)
    assert [point.value for point in view.chart.points] == minutes(59)
    assert (view.left_out, view.facts) == (1, "1 week · 1 run · v1 · 1 left out")


def test_limits_are_those_of_the_whole_history_also_where_a_part_is_shown(
    weekly: Callable[..., list[RunHead]],
) -> None:
    heads = weekly(92, 88, 95, 84, 90, 86, 79, 83)
    whole, part = trends_view(ROUTINE, heads, THIS_WEEK, 0), trends_view(ROUTINE, heads, THIS_WEEK, 2)
    (band,) = whole.chart.bands
    assert (band.start, band.end, band.centre, band.soft) == (0, 8, timedelta(minutes=87.125), True)
    assert part.chart.bands == (band.replaced(end=2),)
    assert whole.usual == "usual 1h11 to 1h43 (soft: 8 weeks), middle 1h27"
    assert (
        whole.goal_sentence
        == "It will not get to its goal of 1h00 without a change."[:-1] + ", as far as 8 weeks can tell."
    )
    (by_medians,) = trends_view(ROUTINE, heads, THIS_WEEK, 0, by_medians=True).chart.bands
    assert (by_medians.centre, by_medians.high) == (timedelta(minutes=87), timedelta(minutes=105.87))


def test_a_sum_of_the_present_week_keeps_no_goal_yet(weekly: Callable[..., list[RunHead]]) -> None:
    of_week = ROUTINE.replaced(goal_per=GoalPer.WEEK)
    totals = (80, 81, 79, 80, 81, 59, 61, 58, 59)
    said = [
        trends_view(of_week, weekly(*totals, last), week, 0).goal_sentence
        for last, week in ((1, THIS_WEEK), (59, THIS_WEEK + 1))
    ]
    assert said[0] == "It is over its goal of 1h00 on average, some weeks under, as far as 10 weeks can tell."
    assert said[1].endswith("but 4 of the last 5 were at or under it.")


def test_without_five_weeks_there_is_no_usual_range_and_it_says_so(weekly: Callable[..., list[RunHead]]) -> None:
    view = trends_view(ROUTINE, weekly(92, 88, 95, 84), THIS_WEEK)
    assert (view.chart.bands, view.usual) == ((), "no usual range yet: 4 of 5 weeks")
    assert view.goal_short == "too few weeks to say"


def test_a_point_outside_is_marked_and_told_where_it_is(weekly: Callable[..., list[RunHead]]) -> None:
    calm = (60, 62, 58, 60, 62, 58)
    view = trends_view(ROUTINE, weekly(*calm, 120, None, *calm), THIS_WEEK)
    assert [place for place, point in enumerate(view.chart.points) if point.mark is Mark.OUTSIDE] == [6]
    assert [bool(reading.signals) for reading in view.readings[5:8]] == [False, True, False]
    assert view.readings[6].signals[0].startswith("over the upper limit, slower than usual")
    assert view.standing == ""


def test_the_newest_signal_that_stands_is_told_with_its_week(weekly: Callable[..., list[RunHead]]) -> None:
    base = (59, 63, 57, 61, 59, 63, 57, 63, 61, 63, 61)
    view = trends_view(ROUTINE, weekly(*base, *(59,) * 9), THIS_WEEK)
    told = "eight weeks in a row under the middle: the process has changed"
    assert view.standing == f"week 46: {told}"
    assert view.readings[-2].signals == (told,)
    assert trends_view(ROUTINE, weekly(*base, *(59,) * 9), THIS_WEEK, 1).standing == told


def test_of_a_sum_that_is_still_growing_it_is_said(weekly: Callable[..., list[RunHead]]) -> None:
    per_week = Routine(id="posts", name="Posts", steps=ROUTINE.steps, goal=timedelta(hours=1), goal_per=GoalPer.WEEK)
    heads = weekly(*(60, 61, 59) * 6, 20)
    assert trends_view(per_week, heads, THIS_WEEK).standing.endswith("that week; the week is not over")
    assert trends_view(ROUTINE, heads, THIS_WEEK).standing.endswith("look what was different that week")


def test_a_real_change_begins_new_limits(weekly: Callable[..., list[RunHead]]) -> None:
    heads = weekly(*(60, 61, 59) * 3, *[None] * 6) + weekly(*(60, 61, 59) * 2, revision=2)
    assert [band.start for band in trends_view(ROUTINE, heads, THIS_WEEK).chart.bands] == [0]
    assert [band.start for band in trends_view(ROUTINE, heads, THIS_WEEK, real_changes={2}).chart.bands] == [0, 9]


def test_each_point_is_read_out_for_what_it_is(weekly: Callable[..., list[RunHead]]) -> None:
    heads = weekly(61, None, None, None) + weekly(50, None, corrected=True) + weekly(40, None) + weekly(55)
    view = trends_view(ROUTINE, heads, THIS_WEEK, off={THIS_WEEK + -2: "holiday"})
    assert view.charted == "Mean per run of each week"
    assert [reading.label for reading in view.readings] == ["Tue 27 Oct", "week 45", "week 46", "Tue 17 Nov"]
    assert [reading.remarks for reading in view.readings] == [
        (),
        ("declared off: holiday",),
        ("mean of 2 runs", "1 corrected"),
        ("this week, not over yet",),
    ]
    assert [point.corrected for point in view.chart.points] == [False, False, True, False]
    per_week = Routine(id="posts", name="Posts", steps=ROUTINE.steps, goal=timedelta(hours=1), goal_per=GoalPer.WEEK)
    view = trends_view(per_week, heads, THIS_WEEK)
    assert (view.charted, view.readings[1].remarks[0]) == ("Sum of each week's runs", "sum of 2 runs")


def test_a_run_made_in_a_week_off_counts_as_any_other_and_the_week_says_so(
    weekly: Callable[..., list[RunHead]],
) -> None:
    heads = weekly(*(60, 61, 59, 64) * 3, 70, 62, 61)
    off = {THIS_WEEK + -2: "holiday"}
    usual, in_it = trends_view(ROUTINE, heads, THIS_WEEK), trends_view(ROUTINE, heads, THIS_WEEK, off=off)
    assert (in_it.chart.bands, in_it.median, in_it.usual) == (usual.chart.bands, usual.median, usual.usual)
    assert in_it.chart.points[-3].replaced(off=False) == usual.chart.points[-3]
    assert in_it.readings[-3].remarks == ("declared off: holiday; it counts all the same",)
    assert [reading.remarks for reading in in_it.readings[:-3]] == [()] * 12


def test_why_a_week_was_off_is_told_harmlessly(weekly: Callable[..., list[RunHead]]) -> None:
    view = trends_view(ROUTINE, weekly(61, None, 59), THIS_WEEK, off={THIS_WEEK + -1: "a\x1b[31mway\nfar"})
    (told,) = view.readings[1].remarks
    assert told.startswith("declared off: a")
    assert told.isprintable()


def test_the_day_view_has_the_days_with_runs_of_the_same_weeks(make_head: Callable[..., RunHead]) -> None:
    monday = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)
    days = [0, 0, 1, 3, 7, 8]
    heads = [
        make_head(started_at=monday + timedelta(days=day, hours=place), active=timedelta(minutes=30 + place))
        for place, day in enumerate(days)
    ]
    view = trends_view(ROUTINE, heads, THIS_WEEK, by_day=True)
    assert [reading.label for reading in view.readings] == [
        "Mon 9 Nov",
        "Tue 10 Nov",
        "Thu 12 Nov",
        "Mon 16 Nov",
        "Tue 17 Nov",
    ]
    assert [point.value for point in view.chart.points] == minutes(30.5, 32, 33, 34, 35)
    first = view.chart.points[0].ordinal
    assert [point.ordinal - first for point in view.chart.points] == [0, 1, 3, 7, 8]
    assert not any(point.unfinished for point in view.chart.points)
    assert (view.facts, view.charted) == ("2 weeks · 6 runs · v1", "Mean per run of each day")
    assert "(soft: 5 days)" in view.usual
    assert len(view.chart.bands) == 1
    assert trends_view(ROUTINE, heads, THIS_WEEK, 1, by_day=True).chart.bands == (view.chart.bands[0].replaced(end=2),)


def test_a_day_has_no_usual_range_where_the_goal_is_one_of_the_week(weekly: Callable[..., list[RunHead]]) -> None:
    per_week = Routine(id="posts", name="Posts", steps=ROUTINE.steps, goal=timedelta(hours=1), goal_per=GoalPer.WEEK)
    view = trends_view(per_week, weekly(*range(50, 60)), THIS_WEEK, by_day=True)
    assert (view.chart.bands, view.chart.goal, view.goal, view.best) == ((), None, None, None)
    assert view.usual == "no usual range: a day is a part of the week's sum"
    assert view.goal_short == "the goal is one of the week"


def test_steps_stand_slowest_first_with_their_share(make_head: Callable[..., RunHead]) -> None:
    heads = [make_head(a=100, b=60, x=999), make_head(a=140, b=60), make_head(a=120, b=67, state="abandoned")]
    write, send = trends_view(ROUTINE, heads, THIS_WEEK).steps
    assert [row.total_seconds() for row in (write.median, write.best or write.median, write.last or write.median)] == [
        120,
        100,
        120,
    ]
    assert (write.id, write.share, write.of_largest, write.slow) == ("a", 120 / 180, 1.0, False)
    assert (send.name, send.share, send.of_largest, send.slow) == ("Send", 60 / 180, 0.5, True)


def test_a_steps_time_is_shared_evenly_over_its_systems_and_goes_to_its_person(
    make_head: Callable[..., RunHead],
) -> None:
    view = trends_view(ROUTINE, [make_head(a=120, b=60)], THIS_WEEK)
    assert [(row.name, row.median.total_seconds(), row.share) for row in view.systems] == [
        ("Docs", 150, 150 / 180),
        ("Mail", 30, 30 / 180),
    ]
    assert [(row.name, row.median.total_seconds()) for row in view.people] == [("Ana", 120), ("Ben", 60)]
