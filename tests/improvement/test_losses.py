"""What has made the runs longer: told of the newest revision, and of a day that no revision explains."""

from __future__ import annotations

from random import Random

import pytest

from procroutine.improvement.ground import RoutineGround
from procroutine.improvement.review import Review, review_of
from procroutine.improvement.review_answer import review_answer
from tests.improvement.histories import Played, alone, ground, minutes, noisy, routine, step

MIDDLES = {"a": 12.0, "b": 9.0, "c": 3.0}
THREE = routine(*(step(name) for name in MIDDLES))


def past(added: float, *, revision: bool, runs: int = 30, right: tuple[float, float] = (1, 1)) -> RoutineGround:
    """From the twentieth run on `a` takes some minutes more; the output is right in such parts before and since."""
    random, played = Random(4), []
    for number in range(runs):
        times, is_since = noisy(random, MIDDLES, 0.1), number >= 20
        times["a"] += added * is_since
        outcome = "met" if random.random() < right[is_since] else "missed"
        played.append(Played(times, revision=1 + (revision and is_since), outcome=outcome))
    return ground(THREE, played)


def reviewed(one: RoutineGround) -> Review:
    return review_of(alone(one))


@pytest.mark.parametrize("revision", [True, False])
def test_runs_that_surely_take_longer_are_told_with_what_that_costs(revision: bool) -> None:
    review = reviewed(past(8, revision=revision))
    (loss,) = review.losses
    assert loss.revision == (2 if revision else None)
    assert loss.low < minutes(8) < loss.high
    begins, ends = (
        ("Revision 2 made the runs longer: the middle was 2", "Take back what costs the time, unless it is worth it.")
        if revision
        else ("Since 2024-05-20 the runs are longer, and no revision", "Find out what was different.")
    )
    assert loss.sentence.startswith(begins)
    assert loss.sentence.endswith(ends)
    assert "right" not in loss.sentence
    (answer,) = review_answer(review)["losses"]
    assert answer["costs_seconds"] == pytest.approx(loss.costs.total_seconds(), abs=0.001)
    assert not review.gains


def test_that_the_output_is_right_more_often_since_is_told_with_it() -> None:
    (loss,) = reviewed(past(8, revision=True, right=(0.2, 1))).losses
    assert "The output was right in 10 of 10 runs since and in 2 of 8 runs before, hardly chance." in loss.sentence


def test_what_a_later_revision_brought_back_is_not_told() -> None:
    runs = past(8, revision=True).runs
    back = [run.replaced(revision=3, id=f"{run.id} again") for run in runs[:10]]
    again = past(8, revision=True).replaced(runs=(*runs, *back))
    assert not reviewed(again).losses
    assert [gain.revision for gain in reviewed(again).gains] == [3]


@pytest.mark.parametrize("revision", [True, False])
def test_runs_as_long_as_before_are_not_told(revision: bool) -> None:
    assert not reviewed(past(0, revision=revision)).losses
