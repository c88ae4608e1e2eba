"""Odds from a person's own history, and whether they can be believed."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace
from datetime import timedelta
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procroutine.history.heads import RunHead
from procroutine.history.targets import weights
from procroutine.insight.backtest_answer import backtest, bands
from procroutine.insight.odds import (
    DrawnSteps,
    EachDrawn,
    Odds,
    StepTimes,
    drawn_in_slices,
    odds,
    overshoot,
    times_of_same_content,
)

NOTHING = timedelta()
HOUR = timedelta(hours=1)


def seconds(*values: float) -> tuple[timedelta, ...]:
    return tuple(timedelta(seconds=value) for value in values)


def test_the_chance_is_that_of_all_combinations_by_their_weights() -> None:
    # Of eight times and more seven count, so that each is set √(8/6) as far from the mean.
    past = (60.0, 90.0, 70.0, 62.0, 75.0, 88.0, 66.0, 71.0)
    each = weights(len(past))
    count = sum(each) ** 2 / sum(weight**2 for weight in each)
    mean = sum(time * weight for time, weight in zip(past, each, strict=True)) / sum(each)
    spread = [mean + (time - mean) * ((count + 1) / (count - 1)) ** 0.5 for time in past]
    goal = 150.0
    pairs = list(zip(spread, each, strict=True))
    exact = sum(
        weight * other_weight for (time, weight), (other, other_weight) in product(pairs, pairs) if time + other <= goal
    ) / (sum(each) ** 2)
    steps = [StepTimes("a", seconds(*past)), StepTimes("b", seconds(*past))]
    assert 0.2 < exact < 0.9
    assert odds(NOTHING, steps, timedelta(seconds=goal)).chance == pytest.approx(exact, abs=0.02)


def test_the_same_history_gives_the_same_odds() -> None:
    steps = [StepTimes("a", seconds(60, 70, 90, 61)), StepTimes("b", seconds(5, 6, 30))]
    assert odds(NOTHING, steps, HOUR) == odds(NOTHING, steps, HOUR)


def test_what_is_finished_counts_as_it_was() -> None:
    found = odds(timedelta(seconds=40), [StepTimes("a", seconds(20, 20))], timedelta(seconds=60))
    assert (found.chance, found.middle, found.likely, found.late) == (1.0, *seconds(60, 60, 60))
    assert odds(timedelta(seconds=40.001), [StepTimes("a", seconds(20))], timedelta(seconds=60)).chance == 0.0


def test_a_running_step_is_drawn_only_among_longer_times() -> None:
    step = StepTimes("a", seconds(60, 100, 100), elapsed=timedelta(seconds=61))
    assert odds(NOTHING, [step], timedelta(seconds=99)).chance == 0.0
    assert odds(NOTHING, [step]).middle == timedelta(seconds=100)


def test_a_step_longer_than_ever_goes_over_by_as_much_as_usual() -> None:
    step = StepTimes("a", seconds(60, 60, 70, 80), elapsed=timedelta(seconds=200))
    assert overshoot(step.times) == timedelta(seconds=10)  # the middle is 65, over it lie 5 and 15
    assert odds(NOTHING, [step]).middle == timedelta(seconds=210)


def test_steps_without_a_past_take_their_planned_time_and_are_named() -> None:
    steps = [
        StepTimes("old", seconds(10, 10)),
        StepTimes("new", (), planned=timedelta(seconds=50)),
        StepTimes("bare", ()),
    ]
    found = odds(NOTHING, steps, timedelta(seconds=60))
    assert (found.middle, found.chance, found.only_planned) == (timedelta(seconds=60), 1.0, ("new", "bare"))


def test_without_a_goal_there_is_no_chance_and_with_no_steps_no_doubt() -> None:
    assert odds(HOUR, [], None).chance is None
    assert odds(HOUR, [], HOUR).chance == 1.0


@settings(max_examples=40)
@given(
    st.lists(st.lists(st.integers(1, 5000), min_size=1, max_size=12), min_size=1, max_size=6),
    st.integers(0, 20_000),
    st.integers(0, 5000),
)
def test_the_quantiles_are_in_order_and_never_less_than_what_is_spent(
    past: list[list[int]], fixed: int, elapsed: int
) -> None:
    steps = [StepTimes(str(place), seconds(*times)) for place, times in enumerate(past)]
    steps[0] = StepTimes("0", steps[0].times, elapsed=timedelta(seconds=elapsed))
    found = odds(timedelta(seconds=fixed), steps, HOUR, draws=200)
    assert timedelta(seconds=fixed + elapsed) <= found.middle <= found.likely <= found.late
    assert found.chance is not None
    assert 0 <= found.chance <= 1


def test_only_times_of_the_same_work_count(make_head: Callable[..., RunHead]) -> None:
    before = {"steps": [{"id": "a", "title": "Write", "planned_seconds": 60}, {"id": "b", "title": "Send"}]}
    after = {"steps": [{"id": "b", "title": "Send, twice"}, {"id": "a", "title": "Write", "planned_seconds": 30}]}
    runs = [make_head(a=60, b=20, revision=1), make_head(a=50, b=40, revision=2), make_head(a=40, b=30, revision=None)]
    times = times_of_same_content(after, runs, {1: before, 2: after})
    assert times == {"a": [*seconds(60, 50, 40)], "b": [*seconds(40, 30)]}


def test_pairs_of_odds_and_outcomes_fall_into_tenths() -> None:
    found = bands([(0.81, True), (0.85, False), (1.0, True), (0.0, False)])
    assert [(band.low, band.runs, band.met) for band in found] == [(0.0, 1, 0), (0.8, 2, 1), (0.9, 1, 1)]
    assert found[1].expected == pytest.approx(0.83)


def test_odds_are_given_from_earlier_runs_alone(make_head: Callable[..., RunHead]) -> None:
    goal = timedelta(seconds=100)
    runs = [make_head(a=50, goal=goal) for _ in range(6)] + [make_head(a=500, goal=goal)]
    # The seventh is over by far, and nothing before it could tell.
    assert [(band.low, band.runs, band.met) for band in backtest(runs, {})] == [(0.9, 2, 1)]


def test_odds_before_a_past_run_are_drawn_from_the_times_with_the_system_it_used(
    make_head: Callable[..., RunHead],
) -> None:
    runs = [
        make_head(a=150 if number % 2 else 50, goal=timedelta(seconds=100), alternatives={"a": "xy"[number % 2]})
        for number in range(16)
    ]
    first, *mixed, last = backtest(runs, {})
    assert (first.low, first.runs, first.met) == (0.0, 5, 0)
    assert sum(band.runs for band in mixed) == 1  # of one of the two systems only two times were known
    assert (last.low, last.runs, last.met) == (0.9, 5, 5)


def test_over_a_long_history_the_goal_is_kept_as_often_as_the_odds_say(make_head: Callable[..., RunHead]) -> None:
    given: dict[int, list[tuple[int, int, float]]] = {}
    for seed in range(4):
        random = Random(seed)
        middles = [random.uniform(100, 600) for _ in range(10)]
        runs = []
        for _ in range(550):
            times = {chr(97 + place): middle * random.lognormvariate(0, 0.25) for place, middle in enumerate(middles)}
            goal = timedelta(seconds=sum(middles) * random.uniform(0.9, 1.2))
            runs.append(make_head(goal=goal, **times))
        for band in backtest(runs, {}, draws=300):
            given.setdefault(round(band.low * 10), []).append((band.runs, band.met, band.runs * band.expected))
    kept = {}
    for tenth, parts in given.items():
        runs_in, met, expected = (sum(each) for each in zip(*parts, strict=True))
        assert runs_in >= 60
        kept[tenth] = met / runs_in
        assert kept[tenth] == pytest.approx(expected / runs_in, abs=0.02 + 1.5 / runs_in**0.5)  # three standard errors
    assert len(kept) == 10
    assert 0.8 <= kept[8] <= 0.9


def pauses_of(work: Generator[None, None, Odds]) -> tuple[int, Odds]:
    """Do the work; give how often it paused, and what came out."""
    pauses = 0
    while True:
        try:
            next(work)
        except StopIteration as ended:
            return pauses, ended.value
        pauses += 1


def test_drawing_in_slices_gives_the_same_and_pauses_after_each_step() -> None:
    steps = [StepTimes(str(number), seconds(60, 70 + number, 90, 61)) for number in range(6)]
    pauses, found = pauses_of(drawn_in_slices(NOTHING, steps, HOUR))
    assert pauses >= len(steps)
    assert found == odds(NOTHING, steps, HOUR)


def test_what_was_drawn_of_steps_to_come_is_used_again_and_changes_nothing() -> None:
    steps = [StepTimes(str(number), seconds(60, 70 + number, 90, 61)) for number in range(6)]
    begun = replace(steps[1], elapsed=timedelta(seconds=65))
    drawn = DrawnSteps()
    all_pauses = []
    for now in (steps, [begun, *steps[2:]], [begun, *steps[2:]], steps[2:], steps[:3], []):
        pauses, found = pauses_of(drawn_in_slices(NOTHING, now, HOUR, drawn=drawn))
        assert found == odds(NOTHING, now, HOUR)
        all_pauses.append(pauses)
    assert all_pauses == [13, 3, 3, 1, 7, 1]


def test_with_each_step_drawn_by_itself_only_those_that_changed_are_drawn_anew() -> None:
    steps = [StepTimes(str(number), seconds(60, 70 + number, 90, 61)) for number in range(6)]
    other = [*steps[:2], replace(steps[2], times=()), *steps[3:]]
    drawn = EachDrawn()
    all_pauses = []
    for now in (steps, steps, other):
        pauses, found = pauses_of(drawn_in_slices(NOTHING, now, HOUR, drawn=drawn))
        assert found == odds(NOTHING, now, HOUR)
        all_pauses.append(pauses)
    assert all_pauses == [13, 1, 3]
