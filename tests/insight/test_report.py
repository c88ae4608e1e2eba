"""The report of a week: what counts in it, what is only said, and as of when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from procroutine.errors import BadInput
from procroutine.history.recorded_runs import RecordedRun
from procroutine.insight.views.report import DueCounts, OpenLine
from procroutine.routine.model import GoalPer
from procroutine.run.live import RunState, StepState
from tests.insight.report_samples import NOW, ground, only, report, run_on
from tests.insight.week_samples import entry, off

Step = Callable[..., StepState]
Run = Callable[..., RunState]
MONDAYS = "weekly on Monday at 09:00"


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def test_a_future_week_is_refused_with_what_to_name() -> None:
    with pytest.raises(BadInput, match="2026-W48 has not begun") as refused:
        report(ground([entry("posts", MONDAYS)]), "2026-W48")
    assert "2026-W47" in refused.value.remedy


def test_a_week_that_is_over_is_told_as_of_its_end_and_the_present_as_of_now() -> None:
    made = ground([entry("posts", MONDAYS)], [run_on("11-09T09:00")])
    over, present = report(made), report(made, "2026-W47")
    assert (over.as_of, over.unfinished) == (datetime(2026, 11, 16, tzinfo=UTC), False)
    assert (present.as_of, present.unfinished) == (NOW, True)


def test_figures_are_those_of_the_runs_that_count_and_the_others_are_said() -> None:
    heads = [
        run_on("11-09T09:00", 50),
        run_on("11-10T09:00", 80, corrected=True),
        run_on("11-11T09:00", 300, left_out=True),
        run_on("11-12T09:00", 20, state="abandoned"),
        run_on("11-13T09:00", 500, deleted=True),
        run_on("11-08T23:00", 400),
    ]
    made = report(ground([entry("posts", "daily")], heads))
    one = only(made)
    assert (made.runs, made.total, one.value, one.met) == (2, minutes(130), minutes(65), False)
    assert [run.state for run in one.runs] == ["counted", "counted", "left_out", "abandoned"]
    assert one.remarks[-3:] == (
        "Tue 09:00: its time was corrected",
        "Wed 09:00: 5h00, left out of the figures",
        "Thu 09:00: abandoned after 20m, not counted",
    )


def test_a_goal_of_the_week_is_held_against_the_sum() -> None:
    heads = [run_on("11-09T09:00", 40), run_on("11-10T09:00", 40)]
    one = only(report(ground([entry("posts", "daily", goal_per=GoalPer.WEEK)], heads)))
    assert (one.value, one.met, one.goal_per) == (minutes(80), False, GoalPer.WEEK)


def test_where_the_goal_is_one_of_the_week_usual_is_the_sum_of_a_week() -> None:
    heads = [run_on(f"{day}T09:00", 10) for day in ("10-26", "10-27", "11-02", "11-03", "11-04", "11-09")]
    made = ground([entry("posts", "daily", goal_per=GoalPer.WEEK)], heads)
    assert only(report(made)).usual == minutes(25)
    assert only(report(made, "2026-W45")).usual == minutes(20)
    assert only(report(made, "2026-W44")).usual is None


def test_a_week_is_held_against_the_goal_of_its_time(make_run: Run, make_step: Step) -> None:
    head = run_on("11-09T09:00", 50)
    run = make_run(make_step("a", "done", 3000), goal=minutes(45), definition={"goal_seconds": 2700})
    made = ground([entry("posts", MONDAYS)], [head])
    assert only(report(made)).met is True
    one = only(report(made, records={head.id: RecordedRun(run=run, left_out=None)}))
    assert (one.goal, one.met) == (minutes(45), False)


def test_scores_are_soft_and_their_mean_is_that_of_the_week() -> None:
    heads = [run_on("11-09T09:00", 75), run_on("11-09T12:00", 30, routine="books")]
    made = report(ground([entry("posts", MONDAYS), entry("books", MONDAYS)], heads))
    assert {one.id: one.week_score for one in made.routines} == {"posts": 0.75, "books": 1.0}
    assert made.week_score == 0.875
    assert all(one.score is not None and 0 < one.score < 1 for one in made.routines)


def test_the_usual_length_and_the_chart_know_nothing_of_later_weeks() -> None:
    heads = [run_on(f"10-{day:02d}T09:00", 40) for day in (5, 12, 19, 26)] + [run_on("11-16T09:00", 10)]
    one = only(report(ground([entry("posts", MONDAYS)], heads)))
    assert one.usual == minutes(40)
    assert [str(point.week) for point in one.chart.points] == [f"2026-W{number}" for number in range(41, 47)]
    assert [point.value is None for point in one.chart.points] == [False] * 4 + [True] * 2


def test_put_off_three_times_is_called_a_sign() -> None:
    made = ground([entry("posts", MONDAYS)], [run_on("10-19T09:00")])
    assert only(report(made)).remarks == ("put off 3 weeks in a row: a sign that it needs a system of its own",)
    assert only(report(made, "2026-W45")).remarks == ("put off 2 weeks in a row",)
    assert only(report(made, "2026-W44")).remarks == ()


def test_weeks_off_are_named_with_routine_and_reason() -> None:
    made = report(ground([entry("posts", MONDAYS)], weeks_off=[off("2026-W46"), off("2026-W46", "posts")]))
    assert [(one.routine, one.reason) for one in made.off] == [(None, "holiday"), ("Posts", "holiday")]
    assert made.counts == DueCounts(off=1)


def test_an_open_run_is_said_in_the_present_week_alone(make_run: Run, make_step: Step) -> None:
    run = make_run(make_step("a", "current", 600), routine="posts")
    made = ground([entry("posts", MONDAYS)])
    present = only(report(made, "2026-W47", open_runs=[run]))
    assert [one.state for one in present.runs] == ["open"]
    assert present.remarks[-1].endswith("still open, 10m so far, not counted yet")
    assert only(report(made, open_runs=[run])).runs == ()


def test_time_on_skipped_steps_and_before_the_run_is_told_apart(make_run: Run, make_step: Step) -> None:
    head = run_on("11-09T09:00", 50)
    run = make_run(
        make_step("a", "done", 600), make_step("b", "skipped", 120), make_step("c", "done", None, prepared=minutes(7))
    )
    made = ground([entry("posts", MONDAYS)], [head])
    found = report(made, records={head.id: RecordedRun(run=run, left_out=None)})
    assert (found.skipped_time, found.prepared_time, found.unknown_steps) == (minutes(2), minutes(7), 0)
    assert report(made).unknown_steps == 1


def test_redlines_and_loose_ends_are_taken_over() -> None:
    line = OpenLine(id="1", text="fewer pictures", written=None, routine_id="posts", routine="Posts")
    made = report(ground([entry("posts", MONDAYS)]), redlines=[line], loose_ends=[line])
    assert (made.redlines, made.loose_ends) == ((line,), (line,))


def test_a_home_with_nothing_is_told_what_to_do() -> None:
    assert "procroutine new" in str(report(ground([])).advice)
    assert "procroutine start" in str(report(ground([entry("posts")])).advice)
    late = report(ground([entry("posts")], [run_on("11-16T09:00")]))
    assert late.advice == "Nothing was due and nothing run in 2026-W46: the first run there is belongs to 2026-W47."
    assert report(ground([entry("posts", MONDAYS)])).advice is None


def test_routines_stand_in_the_order_of_the_week() -> None:
    entries = [entry("late", "weekly on Fri"), entry("early", "weekly on Tue"), entry("free")]
    made = report(ground(entries, [run_on("11-11T09:00", routine="free")]))
    assert [one.id for one in made.routines] == ["early", "free", "late"]
