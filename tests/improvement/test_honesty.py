"""What comes first is right where the truth is known, and where there is nothing to find, little is claimed.

The figures at their stated size: `python tests/campaigns/run.py honesty --size stated`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from random import Random

import pytest

from procroutine.improvement.ground import Ground, RoutineGround
from procroutine.improvement.levers.chance import SHARES, Chance
from procroutine.improvement.review import review_of
from tests.improvement.histories import NOW, alone, ground
from tests.improvement.noise import nothing
from tests.improvement.stories import (
    STORIES,
    plain,
    posts,
    practice_with_another_order_and_system,
    slower_and_slower,
)
from tests.improvement.telling import Story, Told, claims

TOLD = 6
ENOUGH = 4


@pytest.mark.parametrize("name", STORIES)
def test_what_comes_first_is_right(name: str) -> None:
    random, story = Random(12), STORIES[name]
    told = [story.told(review_of(alone(story.make(random, story.weeks)))) for _ in range(TOLD)]
    assert told.count(Told.CLAIMED if story.is_promised else Told.LISTED) >= ENOUGH, told
    assert Told.WRONG not in told


def test_where_nothing_is_to_be_found_hardly_anything_is_claimed() -> None:
    random, claimed = Random(12), 0
    for _ in range(20):
        review = review_of(alone(nothing(random)))
        claimed += bool(claims(review) or review.gains)
    assert claimed <= 3  # with 5 % in the long run, more come in 3 of 100 such tests


def test_what_practice_brought_is_no_merit_of_another_order_or_system() -> None:
    random, blamed = Random(14), 0
    for _ in range(8):
        review = review_of(alone(practice_with_another_order_and_system(random)))
        blamed += any(lever.kind in ("rearrange", "system") for lever in claims(review))
    assert blamed <= 1


def test_where_everything_gets_slower_no_system_is_blamed() -> None:
    random = Random(15)
    reviews = [review_of(alone(slower_and_slower(random))) for _ in range(8)]
    assert sum(any(lever.kind == "system" for lever in claims(review)) for review in reviews) <= 1


def test_all_claims_of_a_review_together_are_false_with_a_chance_of_5_percent() -> None:
    assert sum(SHARES.values()) == pytest.approx(0.05)
    tails = [Chance(routines=7).tail(kind, 9) for kind in SHARES]
    assert sum(tails) * 9 * 7 == pytest.approx(0.05)


def test_the_chance_of_steps_that_can_go_is_shared_only_by_routines_of_which_it_can_be_asked() -> None:
    story = STORIES["a needless approval"]
    past = next(one for one in _told(story) if story.told(review_of(alone(one))) is Told.CLAIMED)
    others = (ground(posts().replaced(id=f"plain-{number}"), plain(Random(number), 20)) for number in range(20))
    beside = review_of(Ground(routines=(past, *others), now=NOW), past.routine.id)
    assert beside.best == review_of(alone(past)).best
    assert Chance(routines=20, asking={"eliminate": 2}).tail("eliminate", 1) == SHARES["eliminate"] / 2


def _told(story: Story) -> Iterator[RoutineGround]:
    return (story.make(Random(number), story.weeks) for number in count())


@pytest.mark.parametrize("name", STORIES)
def test_what_is_shown_lies_in_its_interval_and_what_is_not_shown_promises_nothing(name: str) -> None:
    for lever in review_of(alone(STORIES[name].make(Random(13), STORIES[name].weeks))).levers:
        if lever.low is None or lever.high is None:
            assert not lever.saves
            assert not lever.is_shown
        else:
            assert lever.low <= lever.saves <= lever.high
            assert lever.saves
        assert lever.evidence
        assert lever.sentence.endswith(".")
        assert lever.how.endswith(".")
