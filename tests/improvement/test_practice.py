"""Learning curves: values by hand, and curves found again."""

from __future__ import annotations

from datetime import timedelta
from math import exp, log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procroutine.improvement.levers.chance import Chance
from procroutine.improvement.levers.lever import Lever, Missing
from procroutine.improvement.levers.practice import levers
from procroutine.improvement.practice import Curve, learning_curve
from tests.improvement.histories import Played, ground, minutes, routine, step


def curve(settles: float, gain: float, rate: float, runs: int) -> list[timedelta]:
    return [timedelta(seconds=settles + gain * exp(-rate * number)) for number in range(1, runs + 1)]


def test_the_runs_to_the_goal_by_hand() -> None:
    # 50 + 40·e^(−0.1·n) minutes is at 60 where n = ln(40/10)/0.1 = 13.86; ten are done.
    found = Curve(settles=minutes(50), gain=minutes(40), rate=0.1, runs=10)
    assert found.runs_to(minutes(60)) == pytest.approx(log(4) / 0.1 - 10)
    assert found.runs_to(minutes(50)) is None
    assert found.runs_to(minutes(80)) == 0


@settings(max_examples=30, deadline=None)
@given(st.floats(600, 6000), st.floats(600, 6000), st.floats(0.03, 0.8), st.integers(8, 40))
def test_a_curve_is_found_again(settles: float, gain: float, rate: float, runs: int) -> None:
    times = curve(settles, gain, rate, runs)
    found = learning_curve(times)
    assert found is not None
    for number, time in enumerate(times, start=1):
        assert abs(found.at(number) - time) <= timedelta(seconds=0.03 * gain)


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


def test_runs_that_get_no_shorter_promise_nothing() -> None:
    (lever,) = said([minutes(50 + number % 3) for number in range(20)], 45)
    assert isinstance(lever, Lever)
    assert lever.sentence.startswith("Practice alone will not get to 45m: the last 20 runs")
    assert not lever.saves
    assert said([minutes(50 + number % 3) for number in range(20)], 55) == []


def test_too_few_runs_of_the_present_revision_are_said_to_be_missing() -> None:
    runs = [Played({"work": 20}, revision=1 if number < 9 else 2) for number in range(12)]
    (missing,) = levers(ground(routine(step("work")), runs), Chance())
    assert isinstance(missing, Missing)
    assert missing.sentence == "The present revision has 3 of 6 runs: too few for a learning curve."
