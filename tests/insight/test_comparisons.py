"""Comparisons, with the test values of FORMULAS 1."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procroutine.insight.comparisons import (
    Comparisons,
    SkillCurve,
    counted_runs,
    goal_split,
    planned_times,
    skill_curve,
    weighted_average,
)

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead


def seconds(*numbers: float) -> list[timedelta]:
    return [timedelta(seconds=number) for number in numbers]


STEPS = {
    "write": seconds(1500, 1320, 1380, 1200),
    "enter": seconds(1800, 1740, 1500, 1560),
    "check": seconds(900, 960, 1020, 840),
}
CURVES = {step_id: skill_curve(times) for step_id, times in STEPS.items()}
LENGTHS = st.integers(1, 4 * 3600 * 1000).map(lambda number: timedelta(milliseconds=number))
SETS_OF_CURVES = st.lists(st.lists(LENGTHS, min_size=1, max_size=200), min_size=1, max_size=5).map(
    lambda lists: {str(number): skill_curve(times) for number, times in enumerate(lists)}
)


def to_the_hundredth(times: Mapping[str, timedelta]) -> list[float]:
    return [round(time.total_seconds(), 2) for time in times.values()]


def total(times: Mapping[str, timedelta]) -> timedelta:
    return sum(times.values(), timedelta())


def targets(
    step_ids: Iterable[str], heads: Iterable[RunHead], definition: Mapping[str, Any]
) -> Mapping[str, Mapping[str, timedelta]]:
    return Comparisons.of(step_ids, heads, definition).by_name


def test_sum_of_best_adds_the_shortest_time_of_each_step(make_head: Callable[..., RunHead]) -> None:
    made = targets(["a", "b", "c"], runs_as_published(make_head), {})
    assert total(made["sum of best"]) == timedelta(seconds=3540)


def test_weighted_averages_are_the_published_ones() -> None:
    averages = {step_id: weighted_average(times) or timedelta() for step_id, times in STEPS.items()}
    assert to_the_hundredth(averages) == [1320.34, 1617.60, 923.31]


def test_no_times_have_no_average() -> None:
    assert weighted_average([]) is None


@pytest.mark.parametrize(
    ("goal", "place", "expected"),
    [(3600, 0.0816, [1230.17, 1509.71, 860.12]), (3700, 0.2175, [1280.46, 1525.89, 893.64])],
)
def test_the_goal_is_split_as_published(goal: int, place: float, expected: list[float]) -> None:
    found, split = goal_split(CURVES, timedelta(seconds=goal))
    assert round(found, 4) == place
    assert to_the_hundredth(split) == expected


@pytest.mark.parametrize(("goal", "place", "sum_"), [(60, 0, 3540), (10**6, 1, 1500 + 1800 + 1020)])
def test_a_goal_out_of_reach_is_clamped(goal: int, place: float, sum_: int) -> None:
    found, split = goal_split(CURVES, timedelta(seconds=goal))
    assert found == pytest.approx(place, abs=1e-9)
    assert total(split).total_seconds() == pytest.approx(sum_, abs=0.001)


@given(SETS_OF_CURVES, LENGTHS)
@settings(deadline=None)
def test_targets_add_up_to_the_clamped_goal(curves: Mapping[str, SkillCurve], goal: timedelta) -> None:
    place, split = goal_split(curves, goal)
    least = total({step_id: curve.at(0) for step_id, curve in curves.items()})
    most = total({step_id: curve.at(1) for step_id, curve in curves.items()})
    assert abs(total(split) - min(max(goal, least), most)) < timedelta(milliseconds=1)
    assert 0 <= place <= 1


@given(SETS_OF_CURVES, LENGTHS, LENGTHS)
@settings(deadline=None)
def test_a_later_goal_gives_no_step_less(curves: Mapping[str, SkillCurve], goal: timedelta, more: timedelta) -> None:
    place, split = goal_split(curves, goal)
    later_place, later_split = goal_split(curves, goal + more)
    assert later_place >= place - 1e-9
    assert all(later_split[step_id] >= split[step_id] - timedelta(milliseconds=1) for step_id in split)


@given(LENGTHS)
@settings(deadline=None)
def test_a_step_done_once_has_the_same_time_everywhere_on_its_curve(time: timedelta) -> None:
    curve = skill_curve([time])
    assert curve.at(0.0) == curve.at(0.4) == curve.at(1.0) == time


@given(st.lists(LENGTHS, min_size=1, max_size=50))
@settings(deadline=None)
def test_a_curve_leads_from_the_best_time_to_the_worst(times: list[timedelta]) -> None:
    curve = skill_curve(times)
    assert (curve.at(0), curve.at(1)) == (min(times), max(times))


DEFINITION = {
    "goal_seconds": 100,
    "steps": [{"id": "a", "planned_seconds": 60}, {"id": "b", "planned_seconds": 30}, {"id": "c"}],
}


def test_every_comparison_of_a_step_comes_from_the_runs_it_was_done_in(make_head: Callable[..., RunHead]) -> None:
    heads = [make_head(a=50, b=20), make_head(a=40), make_head(a=70)]
    made = targets(["a", "b", "c"], heads, DEFINITION)
    assert made["usual"] == {"a": timedelta(seconds=50), "b": timedelta(seconds=20)}
    assert made["best"] == {"a": timedelta(seconds=50), "b": timedelta(seconds=20)}
    assert made["sum of best"] == {"a": timedelta(seconds=40), "b": timedelta(seconds=20)}
    assert made["last"] == {"a": timedelta(seconds=70), "b": timedelta(seconds=20)}
    assert made["planned"] == planned_times(DEFINITION) == {"a": timedelta(seconds=60), "b": timedelta(seconds=30)}


def runs_as_published(make_head: Callable[..., RunHead]) -> list[RunHead]:
    return [
        make_head(a=a.total_seconds(), b=b.total_seconds(), c=c.total_seconds())
        for a, b, c in zip(*STEPS.values(), strict=True)
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("usual", [1320, 1560, 900]),
        ("best", [1200, 1560, 840]),
        ("last", [1200, 1560, 840]),
        ("average", [1320.34, 1617.60, 923.31]),
        ("goal", [1230.17, 1509.71, 860.12]),
        ("sum of best", [1200, 1500, 840]),
    ],
)
def test_a_run_is_held_against_the_published_values(
    make_head: Callable[..., RunHead], name: str, expected: list[float]
) -> None:
    made = targets(["a", "b", "c"], runs_as_published(make_head), {"goal_seconds": 3600})
    assert to_the_hundredth(made[name]) == expected


def test_the_best_run_is_the_quickest_with_every_step_done(make_head: Callable[..., RunHead]) -> None:
    heads = [
        make_head(a=40, b=20),
        make_head(a=30, b=25),
        make_head(a=5, complete=False),
        make_head(a=6, b=6, state="abandoned"),
    ]
    assert to_the_hundredth(targets(["a", "b"], heads, DEFINITION)["best"]) == [30, 25]


def test_a_step_that_was_removed_or_is_new_makes_no_run_the_best(make_head: Callable[..., RunHead]) -> None:
    """The time of a removed step is a saving; a run without a step of today is not quicker for that."""
    heads = [make_head(a=40, b=20, z=99), make_head(a=10), make_head(a=50, b=20)]
    assert to_the_hundredth(targets(["a", "b"], heads, DEFINITION)["best"]) == [40, 20]
    optional = {"steps": [{"id": "a"}, {"id": "b", "optional": True}]}
    assert to_the_hundredth(targets(["a", "b"], heads, optional)["best"]) == [10]


def test_the_goal_is_not_split_over_what_was_prepared(make_head: Callable[..., RunHead]) -> None:
    heads = [make_head(a=50, b=20), make_head(a=90, b=40)]
    made = Comparisons.of(["a", "b"], heads, DEFINITION | {"goal_seconds": 70}, prepared={"b"}).by_name["goal"]
    assert list(made) == ["a"]
    assert made["a"].total_seconds() == pytest.approx(70, abs=0.001)


def test_what_has_no_times_is_held_against_the_plan_by_that_name(make_head: Callable[..., RunHead]) -> None:
    assert Comparisons.of(["a"], [], DEFINITION).against == "planned"
    assert Comparisons.of(["a", "b"], [make_head(a=50)], DEFINITION).against == "usual"


def test_the_goal_leaves_room_for_a_planned_step_that_was_never_done(make_head: Callable[..., RunHead]) -> None:
    made = targets(["a", "b", "c"], [make_head(a=50), make_head(a=90)], DEFINITION)
    assert made["goal"]["a"].total_seconds() == pytest.approx(70, abs=0.001)


def test_without_a_goal_nothing_is_split(make_head: Callable[..., RunHead]) -> None:
    assert targets(["a"], [make_head(a=50)], {"steps": []})["goal"] == {}


def test_a_step_without_history_is_held_against_its_plan_and_that_is_said() -> None:
    plan = timedelta(minutes=5)
    comparisons = Comparisons.of(["a"], [], {"steps": []})
    assert comparisons.target("a", plan) == (plan, True)
    assert comparisons.target("a", None) == (None, False)
    assert comparisons.usual("a", plan) == plan


def test_the_chosen_comparison_is_the_one_that_counts(make_head: Callable[..., RunHead]) -> None:
    by_name = targets(["a"], [make_head(a=50), make_head(a=40)], DEFINITION)
    assert Comparisons(by_name=by_name).target("a", None) == (timedelta(seconds=40), False)
    assert Comparisons(by_name=by_name, chosen="planned").target("a", None) == (timedelta(seconds=60), True)


def test_abandoned_runs_count_as_steps_and_left_out_and_deleted_ones_do_not(make_head: Callable[..., RunHead]) -> None:
    oldest, abandoned = make_head(a=1), make_head(a=2, state="abandoned")
    heads = [make_head(a=3, left_out=True), make_head(a=4, deleted=True), abandoned, oldest]
    assert counted_runs(heads) == [oldest, abandoned]
    assert counted_runs(heads, before=abandoned.started_at) == [oldest]
