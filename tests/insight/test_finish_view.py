"""What the finish says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from procroutine.insight.comparisons import Comparisons
from procroutine.insight.finish_view import finish_view, is_best
from procroutine.insight.views.common import Standing

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.run.live import RunState, StepState

HOUR = timedelta(hours=1)
NOTHING_BEFORE = Comparisons.of("abcdefgh", [], {})


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def test_the_total_stands_against_the_goal_and_the_run_before(
    make_run: Callable[..., RunState],
    make_step: Callable[..., StepState],
    make_head: Callable[..., RunHead],
    now: datetime,
) -> None:
    before = [make_head(a=3500), make_head(a=100, state="abandoned"), make_head(a=50, left_out=True)]
    run = make_run(make_step("A", "done", 3472), definition={"output": "Seven posts\n"})
    view = finish_view(run, NOTHING_BEFORE, before, now, HOUR)
    assert view.place == "week 47 · finished 14:05"
    assert (view.total, view.slack, view.vs_last) == (seconds(3472), seconds(128), seconds(-28))
    assert (view.best_so_far, view.skipped, view.output) == (True, 0, "Seven posts")


def test_the_first_run_has_nothing_to_be_held_against(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState], now: datetime
) -> None:
    view = finish_view(make_run(make_step("A", "done", 5)), NOTHING_BEFORE, [], now)
    assert (view.goal, view.slack, view.vs_last, view.best_so_far, view.notable) == (None, None, None, False, ())


@pytest.mark.parametrize(
    ("last_state", "optional", "expected"),
    [("done", False, True), ("skipped", False, False), ("skipped", True, True)],
)
def test_it_is_best_so_far_only_if_every_step_but_optional_ones_was_done(
    make_run: Callable[..., RunState],
    make_step: Callable[..., StepState],
    make_head: Callable[..., RunHead],
    last_state: str,
    optional: bool,
    expected: bool,
) -> None:
    run = make_run(make_step("A", "done", 5), make_step("B", last_state, 1, optional=optional))
    assert is_best(run, [make_head(a=10)]) is expected


def test_a_step_switched_off_is_not_called_skipped(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState], now: datetime
) -> None:
    off = make_step("B", "skipped", off=True)
    view = finish_view(make_run(make_step("A", "done", 5), off, make_step("C", "skipped")), NOTHING_BEFORE, [], now)
    assert (view.skipped, view.off) == (1, 1)


def test_runs_that_do_not_count_or_left_steps_out_are_no_best_to_beat(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState], make_head: Callable[..., RunHead]
) -> None:
    run = make_run(make_step("A", "done", 5))
    shorter = [make_head(a=1, complete=False), make_head(a=2, left_out=True), make_head(a=3, state="abandoned")]
    assert is_best(run, [*shorter, make_head(a=6)])
    assert not is_best(run, shorter)
    assert not is_best(run, [make_head(a=5)])
    assert not is_best(run.replaced(state="abandoned"), [make_head(a=6)])


def test_only_new_bests_and_steps_a_tenth_off_have_a_line(
    make_run: Callable[..., RunState],
    make_step: Callable[..., StepState],
    make_head: Callable[..., RunHead],
    now: datetime,
) -> None:
    usual = Comparisons.of(
        "abcdef", [make_head(a=90, b=99, c=50, d=100, e=100), make_head(a=100, b=100, c=100, d=100, e=100)], {}
    )
    times = {"A": 80, "B": 98, "C": 95, "D": 111, "E": 150, "F": 5}
    run = make_run(*(make_step(name, "done", time) for name, time in times.items()), make_step("S", "skipped", 500))
    notable = finish_view(run, usual, [], now).notable
    assert [(one.title, one.difference.total_seconds(), one.remark) for one in notable] == [
        ("A", -20, "new best"),
        ("B", -2, "new best"),
        ("D", 11, ""),
        ("E", 50, "slowest against usual"),
    ]
    assert [one.standing for one in notable] == [Standing.MET, Standing.MET, Standing.FAR_OVER, Standing.FAR_OVER]


def test_without_history_the_slowest_step_is_slow_against_its_plan(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState], now: datetime
) -> None:
    run = make_run(make_step("A", "done", 90, planned=seconds(60)))
    assert [one.remark for one in finish_view(run, NOTHING_BEFORE, [], now).notable] == ["slowest against plan"]


def test_at_most_three_steps_each_way_have_a_line(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState], now: datetime
) -> None:
    times = zip("ABCDEFGH", (10, 20, 30, 40, 160, 170, 180, 190), strict=True)
    run = make_run(*(make_step(name, "done", time, planned=seconds(100)) for name, time in times))
    assert "".join(one.title for one in finish_view(run, NOTHING_BEFORE, [], now).notable) == "ABCFGH"
