"""Whether the output is right as often without: counted by hand, and how often it is claimed falsely."""

from __future__ import annotations

from math import comb
from random import Random

import pytest

from procroutine.improvement.outcomes import MARGIN, Outcomes, chance_if_worse, is_surely_worse, saying


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


@pytest.mark.parametrize(("without", "beside", "tail"), [(9, 12, 0.02), (16, 11, 0.004)])
def test_shares_that_the_outcomes_rule_out_are_left_aside_within_the_same_chance(
    without: int, beside: int, tail: float
) -> None:
    """Of all outcomes that there can be, those that count as needless come together with no more than the tail."""
    claimed = [
        (ours, theirs)
        for ours in range(without + 1)
        for theirs in range(beside + 1)
        if chance_if_worse(Outcomes(right=ours, known=without), Outcomes(right=theirs, known=beside), tail / 20) <= tail
    ]
    assert claimed
    for place in range(141):
        share = MARGIN + (1 - MARGIN) * place / 140
        mine, theirs = drawn(without, share - MARGIN), drawn(beside, share)
        assert sum(mine[one] * theirs[other] for one, other in claimed) <= tail


def drawn(count: int, share: float) -> list[float]:
    return [comb(count, right) * share**right * (1 - share) ** (count - right) for right in range(count + 1)]


def test_leaving_them_aside_tells_more() -> None:
    usual = Outcomes(right=33, known=36), Outcomes(right=11, known=12)
    assert 2 * chance_if_worse(*usual, beyond=0.0002) < chance_if_worse(*usual)


def test_outcomes_that_lie_on_one_side_of_the_margin_for_certain() -> None:
    always, never = Outcomes(right=60, known=60), Outcomes(right=2, known=60)
    assert chance_if_worse(always, never, beyond=0.001) == 0.001
    assert chance_if_worse(never, always, beyond=0.001) == 1


def test_how_many_say_is_told_in_the_number_they_have() -> None:
    said = [saying(known, "the last 9 runs") for known in (0, 1, 2)]
    assert said == ["none of the last 9 runs says", "1 of the last 9 runs says", "2 of the last 9 runs say"]
