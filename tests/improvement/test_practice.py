"""Learning curves: values by hand, and curves found again."""

from __future__ import annotations

from datetime import timedelta
from math import exp, inf, log
from random import Random
from statistics import linear_regression

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procroutine.improvement.gains import gain_without_revision
from procroutine.improvement.levers.chance import Chance
from procroutine.improvement.levers.lever import Lever, Missing
from procroutine.improvement.levers.practice import levers
from procroutine.improvement.practice import Curve, learning_curve
from procroutine.insight.weekly import median
from tests.improvement.histories import Played, ground, minutes, routine, step


def curve(settles: float, gain: float, rate: float, runs: int) -> list[timedelta]:
    return [timedelta(seconds=settles + gain * exp(-rate * number)) for number in range(1, runs + 1)]


def test_the_runs_to_the_goal_by_hand() -> None:
    # 50 + 40·e^(−0.1·n) minutes is at 60 where n = ln(40/10)/0.1 = 13.86; ten are done.
    found = Curve(settles=minutes(50), gain=minutes(40), rate=0.1, runs=10)
    assert found.runs_to(minutes(60)) == pytest.approx(log(4) / 0.1 - 10)
    assert found.runs_to(minutes(50)) is None
    assert found.runs_to(minutes(80)) == 0


def fitted(times: list[timedelta]) -> tuple[float, float, float, float]:
    """Give A, B and α of the least sum of squares on a grid of α in steps of a thousandth, by the normal equations."""
    seconds, best = [time.total_seconds() for time in times], (inf, 0.0, 0.0, 0.0)
    for place in range(5600):
        rate = 0.01 * 1.001**place
        falling = [exp(-rate * number) for number in range(1, len(seconds) + 1)]
        slope, level = linear_regression(falling, seconds)
        if level < 0:
            slope, level = linear_regression(falling, seconds, proportional=True).slope, 0.0
        beside = sum((time - level - slope * fall) ** 2 for time, fall in zip(seconds, falling, strict=True))
        best = min(best, (beside, level, slope, rate))
    return best


@pytest.mark.parametrize(
    ("settles", "gain", "rate", "runs"),
    [(1500, 1800, 0.128, 14), (900, 2400, 0.057, 30), (2400, 700, 0.61, 9), (0, 3000, 0.03, 20)],
)
def test_the_curve_is_that_of_least_squares(settles: float, gain: float, rate: float, runs: int) -> None:
    random = Random(runs)
    times = [time + timedelta(seconds=random.gauss(0, 40)) for time in curve(settles, gain, rate, runs)]
    found, (_, level, slope, alpha) = learning_curve(times), fitted(times)
    assert found is not None
    assert found.settles.total_seconds() == pytest.approx(level, rel=0.01, abs=1)
    assert found.gain.total_seconds() == pytest.approx(slope, rel=0.01)
    assert found.rate == pytest.approx(alpha, rel=0.01)


@settings(max_examples=30, deadline=None)
@given(st.floats(600, 6000), st.floats(600, 6000), st.floats(0.03, 0.8), st.integers(8, 40))
def test_a_curve_is_found_again(settles: float, gain: float, rate: float, runs: int) -> None:
    times = curve(settles, gain, rate, runs)
    found = learning_curve(times)
    assert found is not None
    for number, time in enumerate(times, start=1):
        assert abs(found.at(number) - time) <= timedelta(seconds=0.001 * gain)


def test_too_few_runs_and_rising_ones_have_no_curve() -> None:
    assert learning_curve(curve(600, 600, 0.2, 5)) is None
    assert learning_curve([minutes(number) for number in range(10, 20)]) is None
    assert learning_curve([minutes(30)] * 8) is None


def test_what_a_curve_leads_to_is_never_below_nothing() -> None:
    """A straight fall towards zero has its best curve without that below it."""
    found = learning_curve([minutes(20 - 2 * number) for number in range(9)])
    assert found is not None
    assert found.settles >= timedelta()


def said(times: list[timedelta], goal: float) -> list[Lever | Missing]:
    runs = [Played({"work": time / minutes(1)}) for time in times]
    return list(levers(ground(routine(step("work"), goal=minutes(goal)), runs), Chance()))


def test_it_says_in_how_many_weeks_the_goal_is_reached() -> None:
    # As by hand above: 13.86 − 10 runs, one a week.
    (lever,) = said(curve(3000, 2400, 0.1, 10), 60)
    assert isinstance(lever, Lever)
    assert "at this rate they reach 1h00 in about 4 weeks" in lever.sentence
    assert lever.is_shown


def test_it_says_that_practice_alone_will_not_get_there() -> None:
    (lever,) = said(curve(3000, 2400, 0.3, 20), 45)
    assert isinstance(lever, Lever)
    assert "practice alone will not get to 45m: it settles at 50m. Change the process." in lever.sentence
    assert not lever.is_shown


def test_runs_that_get_no_shorter_promise_nothing() -> None:
    (lever,) = said([minutes(50 + number % 3) for number in range(20)], 45)
    assert isinstance(lever, Lever)
    assert lever.sentence == (
        "Practice alone will not get to 45m: the last 20 runs of this revision do not get shorter, and the middle of"
        " the newest 13 runs is 51m. Change the process."
    )
    assert not lever.saves
    assert not lever.at_stake  # nothing to change is named: all that can be changed stands above it
    (lever,) = said([minutes(50 - number / 100 + 3 * (number % 2)) for number in range(20)], 45)
    assert isinstance(lever, Lever)
    assert "runs of this revision get shorter by no more than chance" in lever.sentence
    assert said([minutes(50 + number % 3) for number in range(20)], 55) == []


@pytest.mark.parametrize(("runs", "side"), [(6, 3), (7, 3), (15, 7), (16, 8), (30, 8)])
def test_the_first_runs_and_the_newest_are_not_the_same_ones(runs: int, side: int) -> None:
    times = curve(1800, 2400, 0.2, runs)
    (lever,) = said(times, 20)
    assert isinstance(lever, Lever)
    first, newest = lever.evidence[:2]
    assert (first.what, newest.what) == (f"middle of the first {side} runs", f"middle of the newest {side} runs")
    rounded = [timedelta(milliseconds=round(time / timedelta(milliseconds=1))) for time in times]
    assert (first.length, newest.length) == (median(rounded[:side]), median(rounded[-side:]))


def test_too_few_runs_of_the_present_revision_are_said_to_be_missing() -> None:
    runs = [Played({"work": 20}, revision=1 if number < 9 else 2) for number in range(12)]
    (missing,) = levers(ground(routine(step("work")), runs), Chance())
    assert isinstance(missing, Missing)
    assert missing.sentence == "The present revision has 3 of 6 runs: too few for a learning curve."


def test_runs_that_fall_evenly_promise_no_more_than_the_next_eight_bring() -> None:
    times = [minutes(44 - 0.4 * number + 0.3 * (-1) ** number) for number in range(30)]
    (lever,) = said(times, 30)
    assert isinstance(lever, Lever)
    assert lever.high is not None
    assert lever.high < minutes(3.5)


def test_runs_that_fell_and_have_stopped_promise_nothing() -> None:
    # 44 minutes that fall to 32 in thirty runs and stand there for ten more.
    times = [minutes(max(32.0, 44 - 0.4 * number) + 0.3 * (-1) ** number) for number in range(40)]
    (lever,) = said(times, 30)
    assert isinstance(lever, Lever)
    assert not lever.is_shown
    assert lever.sentence == (
        "Practice alone will not get to 30m: the last 39 runs of this revision got shorter little by little, the newest"
        " 13 of them by no more than chance, and the middle of the newest 13 runs is 32m. Change the process."
    )
    assert said(times, 33) == []


def test_runs_that_got_shorter_at_once_are_no_practice() -> None:
    """Thirteen runs fall surely, by Kendall's test, but from the seventh on and in one step."""
    lengths = (62.1, 61.5, 59.5, 58.6, 60.1, 59.4, 46.7, 43.8, 44.9, 45.5, 47.4, 45.0, 43.7)
    (lever,) = said([minutes(length) for length in lengths], 30)
    assert isinstance(lever, Lever)
    assert not lever.is_shown
    assert "the last 13 runs of this revision get shorter at once, not little by little" in lever.sentence


def test_beside_a_step_that_takes_less_since_a_day_no_practice_is_read_from_the_runs() -> None:
    runs = [
        Played(
            {
                "work": 30 + 8 * exp(-0.12 * number) + number * 5 % 7 / 10,
                "check": (8 if number < 12 else 6) + number * 3 % 5 / 10,
            }
        )
        for number in range(34)
    ]
    both = ground(routine(step("work"), step("check"), goal=minutes(34)), runs)
    assert gain_without_revision(both, Chance().tail("shift", 1)) is not None
    (lever,) = levers(both, Chance())
    assert isinstance(lever, Lever)
    assert "with practice" not in lever.sentence


def test_where_a_curve_settles_that_is_still_straight_is_not_said() -> None:
    (lever,) = said(curve(600, 3000, 0.02, 30), 9)
    assert isinstance(lever, Lever)
    assert lever.sentence == "The runs get shorter with practice; whether that alone leads to 9m cannot be seen yet."
    assert not any(figure.what.startswith("where it settles") for figure in lever.evidence)
