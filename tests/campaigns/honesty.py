"""Reviews of pasts whose truth is known: of so many in which nothing is to be found, at most 5 % may claim a gain.

Each truth is told a quarter as often; how often what comes first is right, is counted beside it.
"""

from __future__ import annotations

from collections import Counter
from random import Random

from procroutine.improvement.ground import Ground
from procroutine.improvement.review import review_of
from tests.campaigns.campaign import Report
from tests.improvement.histories import NOW, alone
from tests.improvement.stories import STORIES, claims, nothing

NAME = "honesty"
STATED = 400
SMALL = 20
MOST_FALSE = 0.05
LEAST_POWER = 0.6
"""In a truth the right lever comes first in at least so many of the histories; else the story is one of chance."""


def run(size: int, seed: int, report: Report) -> None:
    """Review so many histories without anything to find, and a quarter as many of each truth."""
    random = Random(seed)
    wrong: Counter[str] = Counter()
    report.count("nothing to find", 0)
    for _ in range(size):
        review = review_of(alone(nothing(random)))
        said = {lever.kind for lever in claims(review)} | {"gain" for _ in review.gains}
        report.count("nothing to find")
        report.count("of them with a claim", bool(said))
        wrong.update(said)
        if report.time_is_up:
            return
    for kind, times in wrong.items():
        report.count(f"false: {kind}", times)
    if report.counts["of them with a claim"] > MOST_FALSE * size + 2 * (MOST_FALSE * size) ** 0.5 * (size < STATED):
        report.fail(f"{report.counts['of them with a claim']} of {size} histories without a gain have one claimed")
    for name, story in STORIES.items():
        told = max(2, size // 4)
        found = sum(story.found(review_of(alone(story.make(random)))) for _ in range(told))
        among_five = sum(story.found(_among_five(random, name)) for _ in range(told))
        report.count(f"{name}: first in", found)
        report.count("and among five routines in", among_five)
        if found < LEAST_POWER * told and size >= STATED:
            report.fail(f"{name}: what comes first is right in only {found} of {told}")


def _among_five(random: Random, name: str):  # type: ignore[no-untyped-def]
    one = STORIES[name].make(random)
    return review_of(Ground(routines=(one,) * 5, now=NOW), None)
