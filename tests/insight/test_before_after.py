"""Did a change help?"""

from __future__ import annotations

import random
from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procroutine.insight.before_after import before_and_after, interval_of_saved, median_distribution
from procroutine.insight.weekly import median


def minutes(*numbers: float) -> list[timedelta]:
    return [timedelta(minutes=number) for number in numbers]


LENGTHS = st.integers(1, 10**6).map(lambda number: timedelta(milliseconds=number))
SOME = st.lists(LENGTHS, min_size=1, max_size=5)


@given(SOME)
@settings(max_examples=30, deadline=None)
def test_the_chances_are_those_of_all_resamples(lengths: list[timedelta]) -> None:
    counted: dict[int, int] = {}
    for resample in product(lengths, repeat=len(lengths)):
        middle = median(resample) or timedelta()
        counted[middle * 2 // timedelta(microseconds=1)] = counted.get(middle * 2 // timedelta(microseconds=1), 0) + 1
    found = {value: chance for value, chance in median_distribution(lengths) if chance > 1e-9}
    assert set(found) == set(counted)
    for value, times in counted.items():
        assert found[value] == pytest.approx(times / len(lengths) ** len(lengths), abs=1e-9)


@pytest.mark.parametrize("count", [8, 51, 520, 4000])
def test_the_chances_of_any_number_of_runs_add_up_to_one(count: int) -> None:
    made = random.Random(count)
    lengths = [timedelta(seconds=made.randrange(3000, 4000)) for _ in range(count)]
    assert sum(chance for _, chance in median_distribution(lengths)) == pytest.approx(1, abs=1e-6)


def test_the_interval_is_what_a_percentile_bootstrap_comes_to() -> None:
    made = random.Random(3)
    old = minutes(*(made.gauss(80, 8) for _ in range(8)))
    new = minutes(*(made.gauss(70, 8) for _ in range(11)))
    drawn = sorted(
        (median(made.choices(old, k=8)) or timedelta()) - (median(made.choices(new, k=11)) or timedelta())
        for _ in range(20_000)
    )
    low, high = interval_of_saved(old, new)
    assert low.total_seconds() == pytest.approx(drawn[500].total_seconds(), abs=30)
    assert high.total_seconds() == pytest.approx(drawn[-500].total_seconds(), abs=30)


@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [
        ((90, 91, 92, 93), (60, 61, 62), "helped"),
        ((60, 61, 62), (90, 91, 92, 93), "hurt"),
        ((60, 70, 80, 90), (65, 75, 85), "not clear yet"),
        ((60, 60, 60), (60, 60, 60), "not clear yet"),
        ((90, 91), (60, 61, 62), "too few runs"),
        ((90, 91, 92), (60, 61), "too few runs"),
    ],
)
def test_it_helped_only_where_the_whole_interval_is_above_zero(
    old: tuple[int, ...], new: tuple[int, ...], verdict: str
) -> None:
    found = before_and_after(minutes(*old), minutes(*new))
    assert found.verdict == verdict
    assert found.before is not None
    assert found.after is not None
    assert found.saved == found.before - found.after
    assert (found.low is None) is (verdict == "too few runs")


def test_only_the_last_eight_runs_of_the_old_revision_count() -> None:
    found = before_and_after(minutes(*[200] * 5, *[90] * 8), minutes(80, 80, 80))
    assert (found.before, found.saved) == (timedelta(minutes=90), timedelta(minutes=10))


def test_a_first_revision_has_nothing_before_it() -> None:
    found = before_and_after([], minutes(80, 70, 60, 50))
    assert (found.verdict, found.before, found.after, found.saved) == (
        "too few runs",
        None,
        timedelta(minutes=65),
        None,
    )


@given(st.lists(LENGTHS, min_size=3, max_size=12), st.lists(LENGTHS, min_size=3, max_size=30))
@settings(deadline=None)
def test_the_interval_lies_between_the_largest_differences(old: list[timedelta], new: list[timedelta]) -> None:
    low, high = interval_of_saved(old, new)
    assert min(old) - max(new) <= low <= high <= max(old) - min(new)
