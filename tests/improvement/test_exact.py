"""Intervals against values by hand, against counting all orders, and against how often they hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import permutations
from math import factorial
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procroutine.improvement.exact import chance_of_fall, median_interval, shift_interval, theil_sen

TIMES = st.lists(st.integers(1, 10_000).map(lambda count: timedelta(seconds=count)), min_size=1, max_size=6)


def lengths(*seconds: float) -> list[timedelta]:
    return [timedelta(seconds=each) for each in seconds]


def test_the_interval_of_a_median_by_hand() -> None:
    # Of six values fewer than one below the median: 1/64; fewer than two: 7/64.
    found = median_interval(lengths(60, 10, 50, 20, 40, 30), 1 / 64)
    assert found is not None
    assert (found.low, found.estimate, found.high) == tuple(lengths(10, 35, 60))
    found = median_interval(lengths(60, 10, 50, 20, 40, 30), 7 / 64)
    assert found is not None
    assert (found.low, found.high) == tuple(lengths(20, 50))


def test_too_few_values_for_a_small_tail_have_no_interval() -> None:
    assert median_interval(lengths(10, 20, 30), 0.1) is None
    assert median_interval([], 0.5) is None
    assert shift_interval(lengths(10, 20, 30), lengths(1, 2, 3), 0.049) is None
    assert shift_interval([], lengths(1), 0.5) is None


def test_three_against_three_reach_one_of_twenty() -> None:
    found = shift_interval(lengths(10, 20, 30), lengths(1, 2, 3), 0.05)
    assert found is not None
    assert (found.low, found.estimate, found.high) == tuple(lengths(7, 18, 29))


@settings(max_examples=40, deadline=None)
@given(TIMES, TIMES, st.sampled_from([0.001, 0.01, 0.05, 0.2]))
def test_the_interval_of_a_shift_inverts_the_rank_sum_test(
    first: list[timedelta], second: list[timedelta], tail: float
) -> None:
    """The place is found by counting, over all ways to part ranks in two groups, the pairs that stand wrong."""
    total, own = len(first) + len(second), len(first)
    counts = [
        sum(one > other for one in group for other in set(range(total)) - set(group)) for group in _groups(total, own)
    ]
    place = sum(sum(count <= most for count in counts) / len(counts) <= tail for most in range(own * len(second)))
    found = shift_interval(first, second, tail)
    differences = sorted(one - other for one in first for other in second)
    if place == 0:
        assert found is None
    else:
        assert found is not None
        assert found.low == differences[place - 1]
        assert found.high == differences[-place]


def _groups(total: int, own: int) -> set[tuple[int, ...]]:
    from itertools import combinations

    return set(combinations(range(total), own))


@pytest.mark.parametrize("tail", [0.05, 0.005])
def test_an_interval_misses_no_more_often_than_its_tail_says(tail: float) -> None:
    random, low, high = Random(1), 0, 0
    for _ in range(1000):
        first = [timedelta(seconds=random.expovariate(0.01)) for _ in range(9)]
        second = [timedelta(seconds=random.expovariate(0.01)) for _ in range(7)]
        found = shift_interval(first, second, tail)
        assert found is not None
        low += found.low > timedelta()
        high += found.high < timedelta()
    assert max(low, high) <= 1000 * tail + 3 * (1000 * tail) ** 0.5


def test_the_chance_of_a_fall_is_counted_over_all_orders() -> None:
    values = lengths(50, 40, 45, 20, 10)
    orders = list(permutations(values))
    as_many = sum(_falls(order) >= _falls(values) for order in orders)
    assert chance_of_fall(values) == pytest.approx(as_many / len(orders))
    assert chance_of_fall(lengths(5, 5, 5, 5)) == 1


def _falls(order: Sequence[timedelta]) -> int:
    return sum(later < earlier for place, later in enumerate(order) for earlier in order[:place])


def test_the_slope_of_theil_and_sen_passes_over_an_outlier() -> None:
    assert theil_sen(lengths(10, 12, 14, 900, 18)) == timedelta(seconds=2)
    assert theil_sen(lengths(10)) == timedelta()


def test_of_many_values_too_each_order_is_counted_once() -> None:
    rising = lengths(*range(30))
    assert chance_of_fall(rising) == 1
    assert chance_of_fall(rising[::-1]) == 1 / factorial(30)
    assert chance_of_fall([rising[1], rising[0], *rising[2:]]) == 1 - 1 / factorial(30)
