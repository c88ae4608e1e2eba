"""Reviews of pasts whose truth is known: of those in which nothing is to be found, at most 5 % may claim a gain.

Each truth is told a quarter as often, alone and as one of five routines that share the chance of a
false claim; how often what comes first is right is counted.
"""

from __future__ import annotations

from collections import Counter
from random import Random

from procroutine.improvement.ground import Ground, RoutineGround
from procroutine.improvement.review import Review, review_of
from tests.campaigns.campaign import Report
from tests.improvement.histories import NOW, alone
from tests.improvement.stories import STORIES, claims, nothing

NAME = "honesty"
STATED = 400
SMALL = 6
MOST_FALSE = 0.05
LIKENESS = 0.6
"""How far weeks are correlated with those before where they are; nothing is promised of these, they are counted."""
LEAST_RIGHT = 0.6
"""Of the histories of a truth; with fewer the review would be honest but of no use."""


def run(size: int, seed: int, report: Report) -> None:
    """Review so many pasts without anything to find, then the truths."""
    random = Random(seed)
    _noise(size, random, report)
    if report.failures:
        return
    dependent = [_said(nothing(Random(f"{seed} {number}"), LIKENESS)) for number in range(size // 2)]
    report.count(f"of {len(dependent)} with weeks like those before, with a claim", sum(map(bool, dependent)))
    for name, story in STORIES.items():
        told = max(1, size // 4)
        pasts = [story.make(random) for _ in range(told)]
        found = sum(story.found(review_of(alone(one))) for one in pasts)
        report.count(f"of {told} right: {name}", found)
        report.count(f"of {told} among five routines: {name}", sum(story.found(_among_five(one)) for one in pasts))
        if size >= STATED and found < LEAST_RIGHT * told:
            report.fail(f"{name}: what comes first is right in only {found} of {told}")
        if report.time_is_up:
            return


def _noise(size: int, random: Random, report: Report) -> None:
    wrong: Counter[str] = Counter()
    report.count("without anything to find", 0)
    for _ in range(size):
        said = _said(nothing(random))
        report.count("without anything to find")
        report.count("of them with a claim", bool(said))
        wrong.update(said)
        if report.time_is_up:
            break
    for kind, times in wrong.items():
        report.count(f"claims of {kind}", times)
    # A small campaign may have bad luck; the stated one is the promise.
    most = MOST_FALSE * size + (0 if size >= STATED else 3 * (MOST_FALSE * size) ** 0.5)
    if report.counts["of them with a claim"] > most:
        report.fail(f"{report.counts['of them with a claim']} of {size} pasts without a gain have one claimed")


def _said(one: RoutineGround) -> set[str]:
    """Give the kinds of what is claimed of a routine."""
    review = review_of(alone(one))
    return {lever.kind for lever in claims(review)} | {"gain" for _ in review.gains}


def _among_five(one: RoutineGround) -> Review:
    others = (one.replaced(routine=one.routine.replaced(id=f"other-{number}")) for number in range(4))
    return review_of(Ground(routines=(one, *others), now=NOW), one.routine.id)
