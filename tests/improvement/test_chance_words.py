"""How a chance is told to somebody who is no statistician."""

from __future__ import annotations

from procroutine.improvement.levers.chance import one_in


def test_a_chance_is_told_as_one_in_so_many() -> None:
    told = [one_in(chance) for chance in (0.025, 0.0013, 2.7e-6)]
    assert told == ["at most 1 in 40", "at most 1 in 769", "less than 1 in 1,000"]
