"""Whether the output is right as often without: counted by hand, and how often it is claimed falsely."""

from __future__ import annotations

from random import Random

import pytest

from procroutine.improvement.outcomes import MARGIN, Outcomes, chance_if_worse, is_surely_worse


def test_one_run_on_each_side_by_hand() -> None:
    # The result furthest from the margin is right without and wrong with it: (1 − p)(p − 0.3), largest at p = 0.65.
    assert chance_if_worse(Outcomes(right=1, known=1), Outcomes(right=0, known=1)) == pytest.approx(0.35**2, abs=1e-4)
    # Right with and without, or wrong with and without, lie equally far: p(p − 0.3) + (1 − p)(1.3 − p) beside that.
    assert chance_if_worse(Outcomes(right=0, known=1), Outcomes(right=1, known=1)) == 1


def test_many_right_on_both_sides_leave_little_doubt() -> None:
    assert chance_if_worse(Outcomes(right=26, known=26), Outcomes(right=26, known=26)) < 0.001
    assert chance_if_worse(Outcomes(right=13, known=26), Outcomes(right=26, known=26)) > 0.9


def test_a_step_that_matters_by_the_margin_is_called_needless_no_more_often_than_the_tail_says() -> None:
    random, tail, found = Random(2), 0.05, 0
    known: dict[tuple[int, int], float] = {}
    for _ in range(2000):
        beside = sum(random.random() < 0.9 for _ in range(12))
        without = sum(random.random() < 0.9 - MARGIN for _ in range(9))
        if (without, beside) not in known:
            known[without, beside] = chance_if_worse(Outcomes(right=without, known=9), Outcomes(right=beside, known=12))
        found += known[without, beside] <= tail
    assert found <= 2000 * tail + 3 * (2000 * tail) ** 0.5


def test_fewer_right_runs_than_chance_leaves_are_surely_worse() -> None:
    # 7 wrong of 52 without and none of 52 with: C(52, 7) of the C(104, 7) ways to share seven wrong runs out, 0.63 %.
    assert is_surely_worse(Outcomes(right=45, known=52), Outcomes(right=52, known=52))
    # 3 wrong of 10 without and none of 10 with: 120 of 1140 ways, 10.5 %.
    assert not is_surely_worse(Outcomes(right=7, known=10), Outcomes(right=10, known=10))
    assert not is_surely_worse(Outcomes(right=52, known=52), Outcomes(right=45, known=52))
    assert not is_surely_worse(Outcomes(right=0, known=0), Outcomes(right=5, known=5))
