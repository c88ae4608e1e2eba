"""What the rules of FORMULAS 2 say in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from procroutine.insight.behaviour import Point, Signal, signals, stretches
from procroutine.insight.signal_words import signal_side, signal_words
from procroutine.weeks import Week

CALM = (60, 61, 59, 60, 61, 59, 60, 61, 59, 60)
EIGHT = (59, 63, 57, 61, 59, 63, 57) + (59,) * 10 + (61,) * 10
THREE = (60, 61, 59, 60, 61, 59, 60, 63, 60, 63, 63, 63, 59, 60, 61, 59, 60, 61, 59, 57.5, 57.5, 60, 57.5, 60, 60)


def words_of(values: Sequence[float]) -> dict[tuple[int, str], str]:
    """Give each signal's words, by its place and rule."""
    points = [
        Point(week=Week(year=2026, number=1) + place, value=timedelta(minutes=value), revision=1)
        for place, value in enumerate(values)
    ]
    parts = stretches(points)
    return {(one.place, one.rule): signal_words(one, points, parts) for one in signals(points, parts)}


def test_eight_on_one_side_are_named_with_their_side() -> None:
    words = words_of(EIGHT)
    assert words[13, "eight_on_one_side"] == "eight weeks in a row under the middle: the process has changed"
    assert words[24, "eight_on_one_side"] == "eight weeks in a row over the middle: the process has changed"


def test_three_of_four_name_their_limit() -> None:
    words = words_of(THREE)
    assert words[10, "three_of_four_near_a_limit"].startswith("three of the last four weeks close to the upper limit:")
    assert words[22, "three_of_four_near_a_limit"].startswith("three of the last four weeks close to the lower limit:")


@pytest.mark.parametrize(("value", "begins"), [(90, "over the upper limit, slower"), (30, "under the lower limit, qu")])
def test_a_point_outside_names_its_limit(value: float, begins: str) -> None:
    assert words_of((*CALM, value, *CALM))[10, "outside"].startswith(begins)


def test_soft_limits_are_said_and_firm_ones_are_not() -> None:
    assert words_of((*CALM, 90))[10, "outside"].endswith("(by limits that rest on few weeks)")
    assert "few weeks" not in words_of((*CALM, 90, *CALM))[10, "outside"]


def test_a_signal_beyond_every_stretch_has_no_side() -> None:
    assert signal_side(Signal(place=3, rule="outside"), (), ()) == 0
