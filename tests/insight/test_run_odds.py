"""The odds of a run in progress, and why there may be none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from procroutine.history.heads import RunHead
from procroutine.insight.odds import odds
from procroutine.insight.run_odds import parts_of, times_for, why_no_odds
from procroutine.run.states import RunState, StepState


def seconds(*values: float) -> list[timedelta]:
    return [timedelta(seconds=value) for value in values]


def test_what_is_finished_stays_and_the_rest_is_drawn(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState]
) -> None:
    run = make_run(
        make_step("A", "done", 40), make_step("S", "skipped", 5), make_step("B", "current", 10), make_step("C")
    )
    times = {"a": seconds(1, 2), "b": seconds(5, 15, 15), "c": seconds(30, 30)}
    found = odds(*parts_of(run, times), timedelta(seconds=90))
    assert (found.middle, found.late, found.chance) == (timedelta(seconds=90), timedelta(seconds=90), 1.0)


def test_a_step_that_was_left_open_takes_at_least_what_it_took(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState]
) -> None:
    run = make_run(make_step("A", "current", 0), make_step("B", seconds=50))
    found = odds(*parts_of(run, {"a": seconds(10, 10), "b": seconds(20, 60)}), None)
    assert found.middle == timedelta(seconds=70)


def test_what_is_prepared_before_the_run_is_not_drawn(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState]
) -> None:
    packing = make_step("P", "current", prepared=timedelta(seconds=5), definition={"prepare": True})
    run = make_run(packing, make_step("A"), preparing=True)
    assert odds(*parts_of(run, {"p": seconds(90, 90), "a": seconds(20, 20)}), None).late == timedelta(seconds=20)


def test_times_come_from_runs_that_did_the_same(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState], make_head: Callable[..., RunHead]
) -> None:
    now = {"steps": [{"id": "a", "title": "A"}]}
    before = {"steps": [{"id": "a", "title": "A, by hand"}]}
    run = make_run(make_step("A", "current", 0), definition=now)
    heads = [make_head(a=90, revision=1), make_head(a=30, revision=2)]
    assert times_for(run, heads, {1: before, 2: now}) == {"a": seconds(30)}


@pytest.mark.parametrize("count", [0, 1, 4])
def test_below_five_runs_there_are_no_odds_yet(make_head: Callable[..., RunHead], count: int) -> None:
    heads = [make_head(a=60) for _ in range(count)] + [make_head(a=60, state="abandoned") for _ in range(3)]
    none = why_no_odds(heads)
    assert none is not None
    assert none.reason == f"no odds yet: {count} of 5 runs"


def test_with_five_there_are(make_head: Callable[..., RunHead]) -> None:
    assert why_no_odds([make_head(a=60 + number % 2) for number in range(5)]) is None


def test_there_are_none_through_a_process_that_has_just_changed(make_head: Callable[..., RunHead]) -> None:
    calm = [make_head(a=60 + number % 2) for number in range(12)]
    none = why_no_odds([*calm, make_head(a=200)])
    assert none is not None
    assert "changed with the last runs" in none.reason
    assert why_no_odds([*calm, make_head(a=200), *(make_head(a=60 + number % 2) for number in range(3))]) is None


def test_the_limits_are_those_of_trends_where_a_revision_is_marked_as_a_real_change(
    make_head: Callable[..., RunHead],
) -> None:
    heads = [make_head(a=1380 + number % 2 * 360, revision=1) for number in range(12)]
    heads += [make_head(a=1380 + number % 2 * 20, revision=2) for number in range(6)]
    heads.append(make_head(a=1620, revision=2))
    assert why_no_odds(heads) is None
    marked = why_no_odds(heads, real_changes={2})
    assert marked is not None
    assert marked.reason == "no odds: the process changed with the last runs"
