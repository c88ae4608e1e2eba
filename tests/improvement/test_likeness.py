"""Runs that are like those right before them, and what is not told of them."""

from __future__ import annotations

from itertools import islice
from random import Random

from procroutine.improvement.likeness import are_alike
from procroutine.improvement.review import Review, review_of
from tests.improvement.histories import Played, alone, dependent, ground, minutes, noisy, routine, step

MIDDLES = {"a": 20.0, "b": 10.0, "c": 15.0}


def test_waves_are_alike_and_what_goes_up_and_down_is_not() -> None:
    waves = [minutes(20 + number // 5 % 2) for number in range(30)]
    assert are_alike([waves])
    assert not are_alike([[minutes(20 + number % 2) for number in range(30)]])
    assert not are_alike([[minutes(20)] * 30])
    assert not are_alike([])


def test_two_levels_of_two_revisions_are_no_likeness() -> None:
    levels = [[minutes(level + number % 2) for number in range(12)] for level in (20, 30)]
    assert not are_alike(levels)
    assert are_alike([[*levels[0], *levels[1]]])


def test_independent_runs_are_called_alike_no_more_often_than_said() -> None:
    random, alike = Random(8), 0
    for _ in range(400):
        alike += are_alike([[minutes(sum(noisy(random, MIDDLES, 0.2).values())) for _ in range(20)] for _ in range(3)])
    assert alike <= 20  # 10 in the mean, at most


def reviewed(times: list[dict[str, float]]) -> Review:
    definition = routine(*(step(name) for name in MIDDLES))
    return review_of(alone(ground(definition, [Played(one, revision=1 + (n >= 30)) for n, one in enumerate(times)])))


def test_a_good_stretch_is_not_told_as_the_merit_of_a_revision() -> None:
    """Of runs that are like those before them a stretch of short ones comes with the second revision."""
    random = Random(3)
    times = list(islice(dependent(random, MIDDLES, 0.2, 0.9), 60))
    shorter = [
        {name: time * (0.7 if number >= 30 else 1) for name, time in one.items()} for number, one in enumerate(times)
    ]
    review = reviewed(shorter)
    assert review.gains == ()
    (said,) = [one.sentence for one in review.missing if one.kind == "gain"]
    assert said.startswith("Whether revision 2 helped cannot be told: runs are like those right before them here")
    apart = [noisy(random, MIDDLES, 0.1) for _ in range(60)]
    told = reviewed([{name: t * (0.7 if n >= 30 else 1) for name, t in one.items()} for n, one in enumerate(apart)])
    assert [gain.revision for gain in told.gains] == [2]
