"""Reviews of pasts whose truth is known: of those in which nothing is to be found, at most 5 % may claim a gain.

Each truth is told a quarter as often, alone and beside four other routines that share the chance of a
false claim, and at the stated size those that last over half a year, one and two: how often what is
right is the first in the list, promised or not, how often it is promised there, and how often something
wrong is promised above it. What no record can show to save anything must only be named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from random import Random

from procroutine.improvement.ground import Ground, RoutineGround
from procroutine.improvement.review import Review, review_of
from tests.campaigns.campaign import Report
from tests.improvement.histories import NOW, alone, ground
from tests.improvement.noise import done_in_another_step, nothing
from tests.improvement.stories import STORIES, plain, posts
from tests.improvement.telling import Story, Told, claims

NAME = "honesty"
STATED = 400
SMALL = 6
MOST_FALSE = 0.05
LIKENESS = 0.6
"""How far weeks are correlated with those before where they are; nothing is promised of these, they are counted."""
LEAST_FIRST, LEAST_PROMISED = 0.95, 0.6
"""Of the histories of a truth; with fewer the review would be honest but of no use."""
LENGTHS = (26, 52, 104)
"""Weeks over which a truth that lasts is told: half a year, one and two."""


def run(size: int, seed: int, report: Report) -> None:
    """Review so many pasts without anything to find, as many where no step is needed, then the truths."""
    _hold(size, report, "without anything to find", (_claimed(nothing(random)) for random in _randoms(size, seed, "")))
    turns = (nothing(random, takes_turns=True) for random in _randoms(size, seed, "turns"))
    _hold(size, report, "where only systems that take turns differ", (_but_of_alternatives(one) for one in turns))
    needless = (nothing(random, matters=False) for random in _randoms(size, seed, "needless"))
    _hold(size, report, "where no step is needed", (_earning(one) for one in needless))
    elsewhere = (done_in_another_step(random) for random in _randoms(size, seed, "elsewhere"))
    _hold(size, report, "where what is left out is done in another step", (_claimed(one) for one in elsewhere))
    if report.failures:
        return
    alike = [_claimed(nothing(random, LIKENESS)) for random in _randoms(size // 2, seed, "alike")]
    report.count(f"of {len(alike)} with weeks like those before, with a claim", sum(map(bool, alike)))
    for name, story in STORIES.items():
        _tell(name, story, max(1, size // 4), seed, report)
        if report.time_is_up:
            return


def _randoms(count: int, seed: int, name: str) -> Iterator[Random]:
    """Give each past a chance of its own, so that it stays as it is whatever the others are."""
    return (Random(f"{seed} {name} {number}") for number in range(count))


def _hold(size: int, report: Report, what: str, said: Iterator[set[str]]) -> None:
    """Hold what is claimed falsely of so many pasts to the chance of it."""
    wrong: Counter[str] = Counter()
    claimed = f"of them with a claim, {what}"
    report.count(what, 0)
    report.count(claimed, 0)
    for kinds in said:
        report.count(what)
        report.count(claimed, bool(kinds))
        wrong.update(kinds)
        if report.time_is_up:
            break
    for kind, times in wrong.items():
        report.count(f"claims of {kind}, {what}", times)
    # A small campaign may have bad luck; the stated one is the promise.
    most = MOST_FALSE * size + (0 if size >= STATED else 3 * (MOST_FALSE * size) ** 0.5)
    if report.counts[claimed] > most:
        report.fail(f"{report.counts[claimed]} of {size} pasts have one claimed, {what}")


def _claimed(one: RoutineGround) -> set[str]:
    """Give the kinds of what is claimed of a routine."""
    review = _alone(one)
    told = {lever.kind for lever in claims(review)}
    return told | {"gain" for _ in review.gains} | {"loss" for _ in review.losses}


def _but_of_alternatives(one: RoutineGround) -> set[str]:
    """Give what is claimed of a routine but of its alternatives: which of them is quicker is told by its times."""
    review, chosen = _alone(one), {step.id for step in one.steps if step.alternatives}
    told = {lever.kind for lever in claims(review) if lever.kind != "system" or not chosen & set(lever.steps)}
    return told | {"gain" for _ in review.gains} | {"loss" for _ in review.losses}


def _earning(one: RoutineGround) -> set[str]:
    """Give whether a step is said to earn its time."""
    return {"earns" for _ in _alone(one).earned}


def _tell(name: str, story: Story, count: int, seed: int, report: Report) -> None:
    """Count what is said first of so many pasts of a truth; something wrong only where there was any."""
    ways = {way: (story.weeks, review) for way, review in WAYS.items()}
    if story.lasts and 4 * count >= STATED:
        ways |= {f"in {weeks} weeks": (weeks, _alone) for weeks in LENGTHS}
    for way, (weeks, review) in ways.items():
        pasts = (story.make(random, weeks) for random in _randoms(count, seed, name))
        told = Counter(story.told(review(one)) for one in pasts)
        promised, named, wrong = told[Told.CLAIMED], told[Told.LISTED], told[Told.WRONG]
        report.count(f"of {count} first in the list: {name}, {way}", promised + named)
        if story.is_promised:
            report.count(f"of {count} promised there: {name}, {way}", promised)
        if wrong:
            report.count(f"of {count} something WRONG promised above it: {name}, {way}", wrong)
        if count * 4 < STATED or way != "alone":
            continue
        if promised + named < LEAST_FIRST * count or promised < LEAST_PROMISED * count * story.is_promised:
            report.fail(f"{name}: what is right is first in {promised + named} of {count}, promised in {promised}")


def _alone(one: RoutineGround) -> Review:
    return review_of(alone(one))


def _of_five(one: RoutineGround) -> Review:
    return _beside(one, (one.replaced(routine=one.routine.replaced(id=f"other-{number}")) for number in range(4)))


def _beside_plain(one: RoutineGround) -> Review:
    return _beside(one, PLAIN)


def _beside(one: RoutineGround, others: Iterable[RoutineGround]) -> Review:
    return review_of(Ground(routines=(one, *others), now=NOW), one.routine.id)


PLAIN = tuple(ground(posts().replaced(id=f"plain-{number}"), plain(Random(number), 52)) for number in range(4))
WAYS = {"alone": _alone, "of five": _of_five, "beside four plain ones": _beside_plain}
"""Among other routines it shares the chance with four that have the same to find, or with four that have nothing."""
