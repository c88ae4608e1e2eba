"""Usual, best and last time of a step."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procroutine.history.targets import best, last, targets_for_start, times_of_steps, turns_of, usual, weights

TIMES = st.lists(st.integers(0, 10**7).map(lambda ms: timedelta(milliseconds=ms)), min_size=1, max_size=30)


def lengths(*seconds: float) -> list[timedelta]:
    return [timedelta(seconds=one) for one in seconds]


@pytest.mark.parametrize(
    ("times", "expected"),
    [((1500, 1320, 1380, 1200), 1320), ((1800, 1740, 1500, 1560), 1560), ((900, 960, 1020, 840), 900)],
)
def test_the_usual_time_is_the_weighted_median_of_the_published_values(times: tuple[int, ...], expected: int) -> None:
    assert usual(lengths(*times)) == timedelta(seconds=expected)


def test_a_step_never_done_has_no_times() -> None:
    assert (usual([]), best([]), last([])) == (None, None, None)


def test_the_newest_run_weighs_most() -> None:
    assert weights(3) == [0.5625, 0.75, 1.0]
    assert usual(lengths(100, 300)) == timedelta(seconds=300)


@given(TIMES)
@settings(deadline=None)
def test_the_usual_time_is_one_of_the_times_and_not_under_the_best(times: list[timedelta]) -> None:
    found = usual(times)
    assert found in times
    assert min(times) == best(times)
    assert last(times) == times[-1]


@given(TIMES)
@settings(deadline=None)
def test_half_of_the_weight_lies_at_or_under_the_usual_time(times: list[timedelta]) -> None:
    found = usual(times)
    assert found is not None
    weighed = list(zip(times, weights(len(times)), strict=True))
    half = sum(weight for _, weight in weighed) / 2
    assert sum(weight for time, weight in weighed if time <= found) >= half - 1e-9
    assert sum(weight for time, weight in weighed if time < found) <= half + 1e-9


def test_a_skipped_step_leaves_a_gap_and_nothing_else() -> None:
    runs = [{"a": timedelta(1), "b": timedelta(2)}, {"a": timedelta(3)}]
    assert times_of_steps(runs) == {"a": [timedelta(1), timedelta(3)], "b": [timedelta(2)]}


def test_start_keeps_the_three_times_of_the_steps_it_has_and_of_no_other() -> None:
    runs = [dict(zip("ab", lengths(10, 20), strict=True)), dict(zip("ac", lengths(14.5, 5), strict=True))]
    assert targets_for_start(["a", "b", "new"], runs) == {
        "a": {"usual_seconds": 14.5, "best_seconds": 10.0, "last_seconds": 14.5},
        "b": {"usual_seconds": 20.0, "best_seconds": 20.0, "last_seconds": 20.0},
    }


def head(deleted: bool = False, **alternatives: str) -> Any:
    return SimpleNamespace(routine="posts", deleted=deleted, alternatives=alternatives or None)


def turn(*heads: Any, systems: tuple[str, ...] = ("docs",)) -> str:
    step = {"id": "enter", "systems": list(systems), "alternatives": ["a", "b", "c"]}
    return turns_of({"id": "posts", "steps": [{"id": "write"}, step]}, heads)["enter"]


def test_alternatives_take_turns_from_the_first_to_the_one_not_used_for_longest() -> None:
    runs: list[Any] = []
    taken = []
    for _ in range(7):
        taken.append(turn(*runs))
        runs.insert(0, head(enter=taken[-1]))
    assert taken == ["a", "b", "c", "a", "b", "c", "a"]


def test_what_somebody_chose_counts_as_their_turn() -> None:
    assert turn(head(enter="c"), head(enter="a")) == "b"
    assert turn(head(enter="a"), head(enter="a"), head(enter="c"), head(enter="b")) == "b"


def test_deleted_runs_other_routines_and_systems_no_longer_named_take_no_turn() -> None:
    other = SimpleNamespace(routine="other", deleted=False, alternatives={"enter": "a"})
    assert turn(head(True, enter="a"), other, head(enter="gone"), head(write="a"), head()) == "a"


def test_an_alternative_among_the_systems_of_the_step_is_the_usual_one_each_time() -> None:
    assert turn(head(enter="b"), systems=("docs", "b")) == "b"


def test_a_routine_without_alternatives_has_no_turns() -> None:
    assert turns_of({"id": "posts", "steps": [{"id": "write", "systems": ["a"]}]}, []) == {}


def test_it_loads_nothing_that_costs_start_up_time() -> None:
    code = "import sys, procroutine.history.targets; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"typing", "dataclasses", "enum", "re", "statistics", "inspect"} & set(loaded)
