"""One past run's page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from procroutine.insight.comparisons import Comparisons
from procroutine.insight.run_page import run_page
from procroutine.insight.views.common import Standing

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.run.live import RunState, StepState

HOUR = timedelta(hours=1)
NOTHING_BEFORE = Comparisons.of("ab", [], {})


def test_each_step_stands_against_its_usual_time(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState], make_head: Callable[..., RunHead]
) -> None:
    steps = (
        make_step("A", "done", 65, notes=("slow", "again"), paused=timedelta(seconds=4)),
        make_step("B", "skipped", 10),
        make_step("C", "done", 90, combined=True),
        make_step("D", "done", 5),
    )
    page = run_page(make_run(*steps), Comparisons.of("abcd", [make_head(a=60, b=50, c=40)], {}), HOUR)
    assert [step.difference for step in page.steps] == [timedelta(seconds=5), None, None, None]
    assert [step.standing for step in page.steps] == [Standing.OVER] + [Standing.NONE] * 3
    assert [step.usual and step.usual.total_seconds() for step in page.steps] == [60, 50, 40, None]
    assert (page.steps[0].note, page.steps[0].paused) == ("slow\nagain", timedelta(seconds=4))
    assert (page.vs_usual, page.vs_goal) == (timedelta(seconds=5), timedelta(seconds=170) - HOUR)
    assert page.standing is Standing.MET


def test_the_place_says_when_it_began_and_ended(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState], now: datetime
) -> None:
    run = make_run(make_step("A", "done", 1800))
    assert run_page(run, NOTHING_BEFORE, None).place == "v4 · week 47 · Thu 19 Nov 2026 13:35 to 14:05"
    local = timezone(timedelta(minutes=19, seconds=32))
    assert run_page(run.replaced(started_at=datetime(1937, 1, 1, 9, 5, tzinfo=local)), NOTHING_BEFORE, None).begun == (
        "1937-01-01T09:05"
    )
    late = run.replaced(started_at=now - timedelta(hours=20), revision=None)
    assert run_page(late, NOTHING_BEFORE, None).place == "week 47 · Wed 18 Nov 2026 18:05 to Thu 19 Nov 14:05"


def test_a_step_switched_off_and_another_order_are_told(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState]
) -> None:
    off = make_step("B", "skipped", off=True)
    run = make_run(make_step("A", "done", 5), off, make_step("C", "done", 5), order_done=(2, 0))
    page = run_page(run, NOTHING_BEFORE, None)
    assert [step.state for step in page.steps] == ["done", "off", "done"]
    assert page.order == "done in the order 3, 1"


def test_without_a_goal_or_a_run_before_there_is_nothing_to_hold_it_against(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState]
) -> None:
    page = run_page(make_run(make_step("A", "done", 5), note="one\x07\ntwo"), NOTHING_BEFORE, None)
    assert (page.goal, page.vs_goal, page.standing, page.vs_usual) == (None, None, Standing.NONE, None)
    assert page.note == "one␇\ntwo"


def test_an_abandoned_run_is_held_against_no_goal(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState]
) -> None:
    run = make_run(make_step("A", "done", 60), make_step("B"), state="abandoned")
    page = run_page(run, NOTHING_BEFORE, HOUR)
    assert (page.goal, page.vs_goal, page.standing) == (HOUR, None, Standing.NONE)
