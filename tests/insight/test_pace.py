"""The projected total and finish of a run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from procroutine.insight.comparisons import Comparisons
from procroutine.insight.pace import Pace, live_difference, pace_of

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.run.live import RunState, StepState

LENGTHS = st.integers(0, 10**7).map(lambda number: timedelta(milliseconds=number))


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


@pytest.mark.parametrize(
    ("elapsed", "compared", "best", "shown"),
    [
        (4, 7, 5, None),
        (5, 7, 5, None),
        (6, 7, 5, -1),
        (7, 7, None, None),
        (8, 7, 5, 1),
        (8, 7, None, 1),
        (8, None, 5, None),
    ],
)
def test_the_running_difference_shows_past_the_best_or_the_comparison(
    elapsed: int, compared: int | None, best: int | None, shown: int | None
) -> None:
    found = live_difference(
        minutes(elapsed), None if compared is None else minutes(compared), None if best is None else minutes(best)
    )
    assert found == (None if shown is None else minutes(shown))


def test_the_pace_adds_what_was_done_to_what_is_usual_from_here(
    make_run: Callable[..., RunState],
    make_step: Callable[..., StepState],
    make_head: Callable[..., RunHead],
    now: datetime,
) -> None:
    run = make_run(
        make_step("A", "done", 312),
        make_step("B", "current", 261),
        make_step("C", planned=minutes(3)),
        make_step("D"),
        make_step("E", seconds=90),
        order_done=(0,),
    )
    comparisons = Comparisons.of("abcde", [make_head(a=370, b=450, e=60)], {})
    pace = pace_of(run, comparisons)
    assert [one.total_seconds() for one in pace.left] == [180, 0, 90]
    assert pace.projected == timedelta(seconds=312 + 450 + 180 + 90)
    assert pace.finish(now) - now == timedelta(seconds=450 - 261 + 180)
    assert pace.to_go == pace.projected - timedelta(seconds=312 + 261 + 90)


def test_steps_left_behind_stand_in_the_order_they_were_left(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState]
) -> None:
    steps = (make_step("A", "done", 10), make_step("B", "skipped", 5), make_step("C", "skipped"))
    pace = pace_of(make_run(*steps, order_done=(2, 1, 0)), Comparisons.of("abc", [], {}))
    assert pace.done == (timedelta(seconds=5), timedelta(seconds=10))
    assert pace.projected == timedelta(seconds=15)


@given(st.lists(LENGTHS, max_size=4), LENGTHS, LENGTHS, LENGTHS, st.lists(LENGTHS, max_size=4))
@settings(deadline=None)
def test_the_projected_total_never_gets_better_in_the_middle_of_a_step(
    done: list[timedelta], compared: timedelta, elapsed: timedelta, more: timedelta, left: list[timedelta]
) -> None:
    def pace_at(time: timedelta) -> Pace:
        return Pace(done=tuple(done), current=time, current_expected=max(time, compared), left=tuple(left))

    assert pace_at(elapsed + more).projected >= pace_at(elapsed).projected
    assert pace_at(elapsed).to_go >= timedelta()


@given(
    st.lists(st.tuples(st.sampled_from(["done", "skipped", "pending"]), LENGTHS, LENGTHS), max_size=6),
    LENGTHS,
    st.lists(LENGTHS, min_size=2, max_size=12),
    st.sampled_from(["usual", "best", "last", "average", "planned", "goal"]),
)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_whatever_a_run_is_held_against_its_projection_only_grows_while_a_step_runs(
    make_run: Callable[..., RunState],
    make_step: Callable[..., StepState],
    make_head: Callable[..., RunHead],
    others: list[tuple[str, timedelta, timedelta]],
    past: timedelta,
    moments: list[timedelta],
    chosen: str,
) -> None:
    titles = "ABCDEF"[: len(others)]
    steps = [
        make_step(title, state, None if state == "pending" else spent.total_seconds(), planned=planned or None)
        for title, (state, spent, planned) in zip(titles, others, strict=True)
    ]
    heads = [
        make_head(**{title.lower(): spent.total_seconds() for title, (_, spent, _) in zip(titles, others, strict=True)})
    ]
    heads.append(make_head(x=past.total_seconds()))
    ids = [*(step.id for step in steps), "x"]
    comparisons = Comparisons.of(ids, heads, {"goal_seconds": 3600, "steps": []}, chosen)

    def projected(elapsed: timedelta) -> timedelta:
        return pace_of(make_run(*steps, make_step("X", "current", elapsed.total_seconds())), comparisons).projected

    totals = [projected(moment) for moment in sorted(moments)]
    assert totals == sorted(totals)


def test_what_is_prepared_before_the_run_is_no_part_of_it(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState], now: datetime
) -> None:
    before = {"definition": {"prepare": True}, "planned": minutes(9)}
    packing = make_step("Pack", "current", prepared=minutes(4), **before)
    run = make_run(packing, make_step("Lock", **before), make_step("Drive", planned=minutes(20)), preparing=True)
    assert pace_of(run, Comparisons.of((), (), {})).projected == minutes(20)
    assert pace_of(run, Comparisons.of((), (), {})).finish(now) == now + minutes(20)
    packed = make_step("Pack", "done", prepared=minutes(4), **before)
    begun = make_run(packed, make_step("Drive", "current", 60, planned=minutes(20)), make_step("Lock", **before))
    assert pace_of(begun, Comparisons.of((), (), {})).projected == minutes(29)


def test_all_prepared_the_run_is_still_to_come_whole(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState]
) -> None:
    packed = make_step("Pack", "done", prepared=minutes(4), definition={"prepare": True})
    run = make_run(packed, make_step("Drive", "current", planned=minutes(20)), preparing=True)
    assert (pace_of(run, Comparisons.of((), (), {})).current, run.is_outside(packed)) == (minutes(0), True)
    assert pace_of(run, Comparisons.of((), (), {})).projected == minutes(20)
