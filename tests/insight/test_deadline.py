"""Whether a run fits before its deadline, and what to leave out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from procroutine.history.heads import RunHead
from procroutine.insight.comparisons import Comparisons
from procroutine.insight.pace import pace_of
from procroutine.insight.run_view import Fit, fit_of
from procroutine.run.states import RunState, StepState


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def fit(run: RunState, now: datetime, left: float) -> Fit:
    run = run.replaced(deadline=now + minutes(left))
    comparisons = Comparisons.of([step.id for step in run.steps], [], {"steps": []})
    found = fit_of(run, pace_of(run, comparisons), comparisons, now)
    assert found is not None
    return found


def run_of(make_run: Callable[..., RunState], make_step: Callable[..., StepState]) -> RunState:
    """Thirty minutes to go, thirteen of them optional."""
    return make_run(
        make_step("A", "current", 0, planned=minutes(10)),
        make_step("B", planned=minutes(3), optional=True),
        make_step("C", planned=minutes(10), optional=True),
        make_step("D", planned=minutes(7)),
    )


def test_without_a_deadline_there_is_nothing_to_say(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState], now: datetime
) -> None:
    run = run_of(make_run, make_step)
    comparisons = Comparisons.of(["a"], list[RunHead](), {"steps": []})
    assert fit_of(run, pace_of(run, comparisons), comparisons, now) is None


def test_what_fits_has_time_to_spare(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState], now: datetime
) -> None:
    found = fit(run_of(make_run, make_step), now, 31)
    assert (found.fits, found.spare, found.leave_out) == (True, minutes(1), ())
    assert fit(run_of(make_run, make_step), now, 30).fits


def test_the_longest_optional_steps_are_left_out_first(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState], now: datetime
) -> None:
    run = run_of(make_run, make_step)
    found = fit(run, now, 25)
    assert (found.fits, found.fits_then, [step.id for step in found.leave_out]) == (False, True, ["c"])
    found = fit(run, now, 18)
    assert (found.fits_then, [step.id for step in found.leave_out]) == (True, ["c", "b"])


def test_where_even_that_is_too_little_it_says_so(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState], now: datetime
) -> None:
    found = fit(run_of(make_run, make_step), now, 10)
    assert (found.fits_then, [step.id for step in found.leave_out]) == (False, ["c", "b"])


def test_a_step_left_open_that_has_taken_its_time_saves_nothing(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState], now: datetime
) -> None:
    run = make_run(
        make_step("A", "current", 0, planned=minutes(10)),
        make_step("B", seconds=1200, planned=minutes(15), optional=True),
        make_step("C", planned=minutes(10), optional=True),
    )
    found = fit(run, now, 12)
    assert ([step.id for step in found.leave_out], found.fits_then) == (["c"], True)


def test_work_goes_on_at_the_end_of_what_a_run_waits_for(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState], now: datetime
) -> None:
    run = run_of(make_run, make_step).replaced(waiting_until=now + minutes(20))
    found = fit(run, now, 49)
    assert (found.time_left, found.spare) == (minutes(29), minutes(-1))
    over = fit(run.replaced(waiting_until=now - minutes(20)), now, 49)
    assert (over.time_left, over.spare) == (minutes(49), minutes(19))
