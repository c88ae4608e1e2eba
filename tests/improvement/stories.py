"""Pasts whose truth is known: nothing to find, or one thing, and how to tell that it was found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import exp
from random import Random

from procroutine.improvement.ground import RoutineGround, Wait
from procroutine.improvement.levers.lever import Lever
from procroutine.improvement.outcomes import MARGIN
from procroutine.improvement.review import Review
from procroutine.routine.model import Routine
from tests.improvement.histories import FIRST, Played, dependent, ground, minutes, noisy, routine, step

SPREAD = 0.15
"""Of the logarithms of all times where a story does not say otherwise; a bad day adds half of it to all steps."""
MIDDLES: Mapping[str, float] = {
    "gather": 6,
    "write": 15,
    "crop": 5,
    "enter": 9,
    "check": 4,
    "shorten": 3,
    "post": 7,
    "note": 2,
}
SYSTEMS = {
    "gather": "docs",
    "write": "docs",
    "crop": "editor",
    "enter": "shop",
    "check": "shop",
    "shorten": "links",
    "post": "shop",
    "note": "docs",
}
WEEKS = 52


@dataclass(frozen=True)
class Story:
    """One truth."""

    make: Callable[[Random], RoutineGround]
    found: Callable[[Review], bool]


def posts(**people: str) -> Routine:
    steps = (step(name, SYSTEMS[name], middle, person=people.get(name, "Ana")) for name, middle in MIDDLES.items())
    return routine(*steps, owner="Ana", goal=minutes(45))


def plain(random: Random, count: int, spread: float = SPREAD) -> list[Played]:
    return [Played(noisy(random, MIDDLES, spread), outcome=outcome(random)) for _ in range(count)]


def outcome(random: Random, right: float = 0.93) -> str | None:
    if random.random() < 0.1:
        return None
    return "met" if random.random() < right else random.choice(("partly", "missed"))


def nothing(random: Random, likeness: float = 0) -> RoutineGround:
    """Have times that only scatter, plans that were right, orders, systems and skips that change nothing.

    With `likeness` each run's times are correlated so far with those of the run before.

    A step that is left out is one that the output needs: without it, it is right in three runs of ten less.
    """
    names = [f"step{number}" for number in range(random.randint(4, 12))]
    middles = {name: random.uniform(1, 20) for name in names}
    systems = {name: random.choice(("docs", "shop", "editor", "mail")) for name in names}
    people = {name: random.choice(("Ana", "Ana", "Bo")) for name in names}
    skipped = {name: random.choice((0, 0.15, 0.3, 0.5)) for name in random.sample(names, 2)}
    other = {name: random.random() < 0.15 for name in names}
    spread, right, mixed = random.uniform(0.05, 0.35), random.uniform(0.75, 1), random.choice((0, 0, 0.5))
    runs, alike = [], dependent(random, middles, spread, likeness) if likeness else None
    for number in range(random.randint(8, 104)):
        times = next(alike) if alike else noisy(random, middles, spread)
        order = random.sample(names, len(names)) if random.random() < mixed else names
        left = {name for name, share in skipped.items() if random.random() < share}
        runs.append(
            Played(
                {name: times[name] for name in order},
                skipped=left,
                systems={name: (random.choice(("queue", systems[name])),) for name in names if other[name]},
                outcome=outcome(random, right - MARGIN * len(left)),
                waits=[Wait(step=names[0], text="an answer", length=minutes(random.expovariate(0.01)))]
                if random.random() < 0.3
                else [],
                revision=1 + number // 20,
            )
        )
    steps = (step(name, systems[name], middles[name], person=people[name]) for name in names)
    goal = minutes(sum(middles.values()) * random.uniform(0.8, 1.2))
    return ground(routine(*steps, owner="Ana", goal=goal), runs)


def claims(review: Review) -> list[Lever]:
    """Give what a review says to be shown to save time."""
    return [lever for lever in review.levers if lever.is_shown]


def _first(kinds: set[str], *steps: str) -> Callable[[Review], bool]:
    def found(review: Review) -> bool:
        lever = review.best
        return lever is not None and lever.kind in kinds and set(steps) <= set(lever.steps)

    return found


def _needless_approval(random: Random) -> RoutineGround:
    runs = plain(random, WEEKS)
    for played in runs:
        if random.random() < 0.5:
            played.skipped.add("check")
        else:
            played.waits.append(Wait(step="check", text="Bo", length=minutes(random.uniform(30, 300))))
    return ground(posts(check="Bo"), runs)


def _needless_approval_of_several_steps(random: Random) -> RoutineGround:
    runs = plain(random, WEEKS)
    for played in runs:
        if random.random() < 0.5:
            played.skipped |= {"check", "shorten"}
        elif random.random() < 0.2:
            played.skipped.add("shorten")
    return ground(posts(check="Bo", shorten="Bo"), runs)


def _needless_approval_since_week_26(random: Random) -> RoutineGround:
    """It came with the second revision, as long as was planned, and the output is right no more often."""
    runs = plain(random, WEEKS)
    for number, played in enumerate(runs):
        played.revision = 1 if number < 26 else 2
        played.times["check"] *= 2
        if number < 26:
            played.absent.add("check")
        else:
            played.waits.append(Wait(step="check", text="Bo", length=minutes(random.uniform(30, 300))))
    present = posts(check="Bo")
    steps = tuple(one.replaced(planned=minutes(8)) if one.id == "check" else one for one in present.steps)
    return ground(present.replaced(steps=steps), runs)


def _left_out_since_week_12(random: Random) -> RoutineGround:
    runs = plain(random, WEEKS)
    for number, played in enumerate(runs):
        if random.random() < (0.05 if number < 12 else 0.8):
            played.skipped.add("check")
    return ground(posts(), runs)


def _quicker_since_week_12(random: Random) -> RoutineGround:
    """One step takes two thirds from the second revision on."""
    runs = plain(random, 26)
    for number, played in enumerate(runs):
        if number < 12:
            played.times["write"] *= 1.7
            played.other_work.add("write")
        played.revision = 1 if number < 12 else 2
    return ground(posts(), runs)


def _quicker_since_week_12_without_a_revision(random: Random) -> RoutineGround:
    runs = plain(random, 30)
    for played in runs[:12]:
        played.times["write"] *= 1.8
    return ground(posts(), runs)


def _since_week_12(review: Review) -> bool:
    """Tell whether just that is claimed, give or take three weeks."""
    told = [abs((gain.since - FIRST).days // 7 - 12) <= 3 for gain in review.gains if gain.revision is None]
    return told == [True] and not claims(review)


def _new_order_since_week_12(random: Random) -> RoutineGround:
    """A switch costs two minutes; from week 12 on the person goes through the steps by system."""
    by_system = ("gather", "write", "note", "crop", "enter", "check", "post", "shorten")
    runs = []
    for number, played in enumerate(plain(random, 40)):
        order = list(MIDDLES) if number < 12 else by_system
        times = {name: played.times[name] for name in order}
        for before, name in pairwise(order):
            times[name] += 2 * (SYSTEMS[before] != SYSTEMS[name])
        runs.append(Played(times, outcome=played.outcome))
    without_plan = posts()
    steps = tuple(one.replaced(planned=None) for one in without_plan.steps)
    return ground(without_plan.replaced(steps=steps), runs)


def _other_system_since_week_12(random: Random) -> RoutineGround:
    """From week 12 on every other run enters with the queue, which takes two thirds."""
    runs = plain(random, 40)
    for number, played in enumerate(runs):
        if number >= 12 and random.random() < 0.5:
            played.systems["enter"] = ("queue",)
            played.times["enter"] *= 0.65
    return ground(posts(), runs)


def _rising_system(random: Random) -> RoutineGround:
    """The shop gets slower by 2 % a week."""
    runs = plain(random, 39)
    for number, played in enumerate(runs):
        for name in played.times:
            if SYSTEMS[name] == "shop":
                played.times[name] *= exp(0.02 * number)
    return ground(posts(), runs)


def _practising(random: Random, count: int) -> list[Played]:
    runs = plain(random, count, 0.08)
    for number, played in enumerate(runs, start=1):
        for name in played.times:
            played.times[name] *= 1 + 1.2 * exp(-0.08 * number)
    return runs


def _practice(random: Random) -> RoutineGround:
    return ground(posts(), _practising(random, 30))


def practice_with_another_order_and_system(random: Random) -> RoutineGround:
    """Runs get shorter by practice alone, while the order and the system of a step change in week 12."""
    by_system = ("gather", "write", "note", "crop", "enter", "check", "post", "shorten")
    runs = []
    for number, played in enumerate(_practising(random, 40)):
        times = {name: played.times[name] for name in (list(MIDDLES) if number < 12 else by_system)}
        systems: dict[str, tuple[str, ...]] = {"enter": ("queue",)} if number >= 12 else {}
        runs.append(Played(times, outcome=played.outcome, systems=systems))
    return ground(posts(), runs)


def slower_and_slower(random: Random) -> RoutineGround:
    """Everything takes longer from week to week, whatever it is done with."""
    runs = plain(random, 39)
    for number, played in enumerate(runs):
        played.times = {name: time * exp(0.01 * number) for name, time in played.times.items()}
    return ground(posts(), runs)


def _no_fixed_way(random: Random) -> RoutineGround:
    runs = plain(random, WEEKS)
    for played in runs:
        played.times["write"] *= exp(random.gauss(0, 0.9))
    return ground(posts(), runs)


def _far_over_plan(random: Random) -> RoutineGround:
    runs = plain(random, 26)
    for played in runs:
        played.times["write"] *= 2
    return ground(posts(), runs)


def _prepared_now_and_then(random: Random) -> RoutineGround:
    runs = plain(random, WEEKS)
    for played in runs:
        if random.random() < 0.4:
            played.prepared["write"] = played.times["write"]
    plain_posts = posts()
    steps = tuple(one.replaced(prepare=one.id == "write") for one in plain_posts.steps)
    return ground(plain_posts.replaced(steps=steps), runs)


STORIES: Mapping[str, Story] = {
    "a needless approval": Story(_needless_approval, _first({"eliminate", "person"}, "check")),
    "a needless approval of two steps": Story(
        _needless_approval_of_several_steps, _first({"eliminate", "person"}, "check")
    ),
    "a needless approval since week 26": Story(
        _needless_approval_since_week_26, _first({"eliminate", "person"}, "check")
    ),
    "left out since week 12": Story(_left_out_since_week_12, _first({"eliminate"}, "check")),
    "quicker since week 12": Story(
        _quicker_since_week_12,
        lambda review: bool(review.gains) and review.gains[0].revision == 2 and not claims(review),
    ),
    "the same without a revision": Story(_quicker_since_week_12_without_a_revision, _since_week_12),
    "a new order since week 12": Story(_new_order_since_week_12, _first({"rearrange"})),
    "another system since week 12": Story(_other_system_since_week_12, _first({"system"}, "enter")),
    "a system that gets slower": Story(
        _rising_system,
        lambda review: review.best is not None and (review.best.kind, review.best.system) == ("system", "shop"),
    ),
    "practice": Story(_practice, _first({"practice"})),
    "no fixed way": Story(_no_fixed_way, _first({"steady"}, "write")),
    "far over the plan": Story(_far_over_plan, _first({"planned"}, "write")),
    "prepared now and then": Story(_prepared_now_and_then, _first({"prepare"}, "write")),
}
