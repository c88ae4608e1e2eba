"""Whatever was recorded, a review can be made, is in order, and promises no more than its intervals."""

from __future__ import annotations

import json
from random import Random

import pytest

from procroutine.cli.review_text import review_lines
from procroutine.improvement.ground import RoutineGround, Wait
from procroutine.improvement.review import review_of
from procroutine.improvement.review_answer import review_answer
from tests.improvement.histories import Played, alone, ground, minutes, routine, step


def odd_past(random: Random) -> RoutineGround:
    """Steps without systems, people or plans, times of nothing, runs of a few steps in any order."""
    names = [f"step{number}" for number in range(random.randint(1, 7))]
    steps = [
        step(
            name,
            random.choice(("docs", "shop", "mail")),
            random.choice((None, 0.001, 5)),
            person=random.choice((None, "Ana", "Bo")),
            prepare=random.random() < 0.2,
            after=tuple(names[:place]) if random.random() < 0.2 else (),
            **({"systems": ()} if random.random() < 0.3 else {}),
        )
        for place, name in enumerate(names)
    ]
    definition = routine(*steps, owner=random.choice((None, "Ana")), goal=random.choice((None, minutes(10))))
    runs = [odd_run(random, names) for _ in range(random.choice((0, 1, 5, 6, 13, 40)))]
    return ground(definition, runs, a_week=random.choice((0, 0.5, 7)))


def odd_run(random: Random, names: list[str]) -> Played:
    def some(share: float) -> set[str]:
        return {name for name in names if random.random() < share}

    wait = Wait(step=random.choice((None, *names)), text=random.choice((None, "Bo")), length=minutes(5))
    return Played(
        {name: random.choice((0, 1, 5)) for name in random.sample(names, random.randint(0, len(names)))},
        skipped=some(0.3),
        absent=some(0.1),
        other_work=some(0.1),
        systems={name: (random.choice(("docs", "shop")),) for name in some(0.2)},
        prepared=dict.fromkeys(some(0.2), 1.0),
        waits=[wait] if random.random() < 0.3 else [],
        outcome=random.choice((None, "met", "partly", "missed")),
        revision=random.choice((1, 1, 2, 3)),
    )


@pytest.mark.parametrize("seed", range(4))
def test_a_review_of_anything_can_be_made_and_told(seed: int) -> None:
    random = Random(seed)
    for _ in range(30):
        past = odd_past(random)
        review = review_of(alone(past))
        assert json.dumps(review_answer(review), allow_nan=False)
        assert list(review_lines(review, {past.routine.id: past.routine.name}, briefly=seed % 2 == 0))
        assert [lever.saves for lever in review.levers] == sorted(
            (lever.saves for lever in review.levers), reverse=True
        )
        assert all(lever.low <= lever.saves <= lever.high for lever in review.levers if lever.low and lever.high)
