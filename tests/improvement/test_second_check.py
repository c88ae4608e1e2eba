"""A lever's saving, worked out a second time from the bare numbers, by going through all cases.

Nothing of the program is used but to make the past and to read the answer.
"""

from __future__ import annotations

from itertools import combinations
from statistics import median
from typing import Any

import pytest

from procroutine.improvement.review import review_of
from procroutine.improvement.review_answer import review_answer
from tests.improvement.histories import Played, alone, ground, routine, step

# Seconds; all different, so that no ranks are shared.
SLOW = [362, 381, 354, 395, 377, 401, 369, 388]
QUICK = [251, 243, 267, 238, 259, 272, 246, 264]
A_WEEK = 1.5


def lever_of(kind: str, answer: dict[str, Any]) -> dict[str, Any]:
    lever: dict[str, Any]
    (lever,) = [one for one in answer["levers"] if one["kind"] == kind and one["saves_seconds"]]
    return lever


def smallest_ends(ways: list[int], values: list[float], tail: float) -> tuple[float, float]:
    """Give the values at the ends: as many lie beyond as all ways with so small a count have the chance `tail`."""
    place = 0
    while sum(way <= place for way in ways) <= tail * len(ways):
        place += 1
    ordered = sorted(values)
    return ordered[place - 1], ordered[-place]


def test_what_the_quicker_of_two_systems_would_save() -> None:
    """The middle of all 64 differences, with the interval that inverts the rank-sum test over all 12870 orders."""
    enter = step("enter", system="docs", alternatives=("a", "b"))
    runs = []
    for slow, quick in zip(SLOW, QUICK, strict=True):
        runs.append(Played({"enter": slow / 60, "post": 4}, systems={"enter": ("docs", "a")}))
        runs.append(Played({"enter": quick / 60, "post": 4}, systems={"enter": ("docs", "b")}))
    lever = lever_of("system", review_answer(review_of(alone(ground(routine(enter, step("post")), runs, A_WEEK)))))
    tail = 0.006 / 4  # of systems: docs and desk against their own past, and either of two as the slower one
    differences = [float(slow - quick) for slow in SLOW for quick in QUICK]
    ranks = range(len(SLOW) + len(QUICK))
    ways = [sum(rank - place for place, rank in enumerate(chosen)) for chosen in combinations(ranks, len(SLOW))]
    low, high = smallest_ends(ways, differences, tail)
    share = 1 / 2  # every other run was done with the slow one
    assert (lever["steps"], lever["system"]) == (["enter"], "a")
    assert lever["saves_seconds"] == pytest.approx(median(differences) * A_WEEK * share)
    assert lever["saves_low_seconds"] == pytest.approx(low * A_WEEK * share)
    assert lever["saves_high_seconds"] == pytest.approx(high * A_WEEK * share)
