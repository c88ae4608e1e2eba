"""Two runs held against one another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from procroutine.insight.compare import (
    Side,
    SideStep,
    best_other,
    compared,
    one_before,
    side_of,
    usual_side,
)
from procroutine.insight.compare_answer import compare_answer
from procroutine.insight.compare_view import compare_choices, compare_view
from procroutine.insight.views.common import Standing
from procroutine.weeks import Week

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.run.live import RunState, StepState

WEEK = timedelta(weeks=1)


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def two_runs(make_run: Callable[..., RunState], make_step: Callable[..., StepState], now: datetime) -> list[RunState]:
    """An earlier run of A B C D, and a later one of A C E D in which C was skipped half-way."""
    earlier = make_run(
        make_step("A", "done", 60),
        make_step("B", "done", 120),
        make_step("C", "done", 100),
        make_step("D", "done", 200),
        id="1",
        revision=3,
        state="finished",
        started_at=now - WEEK,
        week=Week.of(now - WEEK),
    )
    later = make_run(
        make_step("A", "done", 80),
        make_step("C", "skipped", 10),
        make_step("E", "done", 30),
        make_step("d", "done", 190),
        id="2",
        state="finished",
        started_at=now,
    )
    return [earlier, later]


def test_steps_stand_in_the_order_of_the_later_run_and_dropped_ones_last(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState], now: datetime
) -> None:
    earlier, later = two_runs(make_run, make_step, now)
    two = compared(side_of(later), side_of(earlier))
    assert [(step.id, step.kind) for step in two.steps] == [
        ("a", "both"),
        ("c", "skipped"),
        ("e", "new"),
        ("d", "both"),
        ("b", "dropped"),
    ]
    assert [step.change for step in two.steps] == list(map(seconds, (20, -90, 30, -10, -120)))
    assert two.difference == seconds(-170)
    assert [two.change_of(kind) for kind in ("both", "skipped", "new", "dropped")] == list(
        map(seconds, (10, -90, 30, -120))
    )


def test_both_runs_are_named_and_each_difference_is_said(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState], now: datetime
) -> None:
    view = compare_view(compared(*map(side_of, two_runs(make_run, make_step, now))))
    assert (view.title, view.earlier.label, view.later.label) == ("Weekly posts", "12 Nov", "19 Nov")
    assert view.earlier.place == "v3 · week 46 · Thu 12 Nov 2026 14:05"
    assert [row.remark for row in view.rows] == ["", "skipped now", "new", "was “D”", "dropped"]
    assert [row.difference for row in view.rows] == [seconds(20), None, None, seconds(-10), None]
    assert [row.standing is Standing.FAR_OVER for row in view.rows] == [True, False, False, False, False]
    assert [(part.name, part.change) for part in view.parts] == [
        ("done in both", seconds(10)),
        ("skipped in one", seconds(-90)),
        ("new steps", seconds(30)),
        ("dropped", seconds(-120)),
    ]


def test_a_difference_of_steps_done_in_both_alone_is_not_taken_apart(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState], now: datetime
) -> None:
    one = make_run(make_step("A", "done", 60), make_step("B", "done", 60), started_at=now - timedelta(hours=1), id="1")
    two = make_run(make_step("A", "done", 60), make_step("B", "done", 68), started_at=now, id="2")
    view = compare_view(compared(side_of(one), side_of(two)))
    assert view.parts == ()
    assert (view.earlier.label, view.later.label) == ("13:05", "14:05")
    assert view.rows[1].standing is Standing.NONE  # a tenth more, but a trifle
    other_year = compare_view(compared(side_of(one.replaced(started_at=now.replace(year=2025))), side_of(two)))
    assert (other_year.earlier.label, other_year.later.label) == ("Nov 2025", "Nov 2026")


def test_steps_not_done_in_the_usual_way_say_so(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState], now: datetime
) -> None:
    steps = [
        make_step("A", "done", 60, combined=True),
        make_step("B", "skipped", off=True),
        make_step("C", "pending"),
    ]
    one = make_run(*steps, state="abandoned", started_at=now - WEEK, id="1")
    two = make_run(*(make_step(name, "done", 30) for name in "ABC"), make_step("D", "skipped"), started_at=now, id="2")
    two = two.replaced(steps=(*two.steps, make_step("E", "done", prepared=seconds(9))))
    one = one.replaced(steps=(*one.steps, make_step("E", "done", prepared=seconds(7))))
    view = compare_view(compared(side_of(one), side_of(two)))
    assert [row.remark for row in view.rows] == ["combined then", "off then", "not done then", "new · skipped", ""]
    assert [row.difference for row in view.rows] == [None] * 5


def test_the_usual_times_are_the_earlier_side(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState]
) -> None:
    run = make_run(make_step("A", "done", 60), make_step("B", "done", 30), state="finished")
    two = compared(side_of(run), usual_side(run, {"a": seconds(50), "x": seconds(5)}))
    view = compare_view(two)
    assert (view.earlier.label, view.earlier.run_id, view.earlier.total) == ("usual", None, seconds(50))
    assert [(row.title, row.remark) for row in view.rows] == [("A", ""), ("B", "new")]
    assert compare_answer(two)["earlier"] == {"run": None, "total_seconds": 50.0}


def test_names_are_made_harmless(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState], now: datetime
) -> None:
    one = make_run(
        make_step("A", "done", 1).replaced(title="\x1bold"), started_at=now - WEEK, id="1", routine_name="\x1b1"
    )
    two = make_run(make_step("A", "done", 1).replaced(title="\x1bnew"), started_at=now, id="2")
    view = compare_view(compared(side_of(one), side_of(two)))
    assert view.title == "␛1 and Weekly posts"
    assert (view.rows[0].title, view.rows[0].remark) == ("␛new", "was “␛old”")


def test_the_answer_has_both_sides_of_each_step(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState], now: datetime
) -> None:
    answer = compare_answer(compared(*map(side_of, two_runs(make_run, make_step, now))))
    assert (answer["earlier"]["run"], answer["later"]["run"], answer["difference_seconds"]) == ("1", "2", -170.0)
    assert (answer["earlier"]["revision"], answer["earlier"]["week"]) == (3, "2026-W46")
    assert answer["steps"][1] == {
        "id": "c",
        "title": "C",
        "kind": "skipped",
        "earlier_state": "done",
        "earlier_seconds": 100.0,
        "later_state": "skipped",
        "later_seconds": 10.0,
        "difference_seconds": None,
    }
    assert answer["steps"][-1]["later_state"] is None
    assert answer["skipped_seconds"] == -90.0


sides = st.dictionaries(
    st.sampled_from("abcdef"),
    st.tuples(st.sampled_from(("done", "skipped", "off", "pending")), st.none() | st.integers(0, 10**6)),
)


@given(sides, sides)
def test_the_parts_make_up_the_difference_whatever_the_steps(
    one: dict[str, tuple[str, int | None]], other: dict[str, tuple[str, int | None]]
) -> None:
    made = []
    for steps in (one, other):
        times = {name: None if time is None else seconds(time) for name, (_, time) in steps.items()}
        total = sum((time for time in times.values() if time is not None), timedelta())
        made.append(
            Side(
                run=None,
                total=total,
                steps={name: SideStep(title=name, state=state, time=times[name]) for name, (state, _) in steps.items()},
            )
        )
    two = compared(*made)
    assert sum(map(two.change_of, ("both", "skipped", "new", "dropped")), timedelta()) == two.difference
    assert {step.id for step in two.steps} == one.keys() | other.keys()
    assert len(two.steps) == len(one.keys() | other.keys())


def test_the_run_before_and_the_best_are_found_among_those_that_count(
    make_run: Callable[..., RunState],
    make_step: Callable[..., StepState],
    make_head: Callable[..., RunHead],
    now: datetime,
) -> None:
    run = make_run(make_step("A", "done", 60), id="1000000000000003", started_at=now, state="finished")
    quick = make_head(a=40)
    heads = [
        quick,
        make_head(a=50),
        make_head(a=70),
        make_head(a=60, id=run.id, started_at=now),
        make_head(a=10, state="abandoned"),
        make_head(a=10, left_out=True),
        make_head(a=10, deleted=True),
        make_head(a=10, complete=False, started_at=now + timedelta(hours=1)),
    ]
    before, best = one_before(run, heads), best_other(run, heads)
    assert (before, best) == (heads[2], quick)
    assert compare_choices(run, heads, True) == (
        ("before", "the run before: Mon 21 Sep 2026, 1m"),
        ("best", "the best run: Mon 7 Sep 2026, 40s"),
        ("usual", "the usual times of its steps"),
    )
    assert compare_choices(run.replaced(active=seconds(5)), heads, False)[1][1].startswith("the best other run")
    assert compare_choices(run, heads[3:4], False) == ()
