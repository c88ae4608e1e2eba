"""Pasts with one thing to find."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from math import exp
from random import Random

from procroutine.improvement.gains import Gain
from procroutine.improvement.ground import RoutineGround, Wait
from procroutine.improvement.levers.lever import Lever
from procroutine.routine.model import Routine
from tests.improvement.histories import FIRST, Played, ground, minutes, noisy, routine, step
from tests.improvement.telling import Story, StoryOfGain

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


def posts(**people: str) -> Routine:
    steps = (step(name, SYSTEMS[name], middle, person=people.get(name, "Ana")) for name, middle in MIDDLES.items())
    return routine(*steps, owner="Ana", goal=minutes(45))


def plain(random: Random, count: int, spread: float = SPREAD) -> list[Played]:
    return [Played(noisy(random, MIDDLES, spread), outcome=outcome(random)) for _ in range(count)]


def outcome(random: Random, right: float = 0.93) -> str | None:
    if random.random() < 0.1:
        return None
    return "met" if random.random() < right else random.choice(("partly", "missed"))


def _of(kinds: set[str], *steps: str) -> Callable[[Lever], bool]:
    return lambda lever: lever.kind in kinds and set(steps) <= set(lever.steps)


def _needless_approval(random: Random, weeks: int) -> RoutineGround:
    runs = plain(random, weeks)
    for played in runs:
        if random.random() < 0.5:
            played.skipped.add("check")
        else:
            played.waits.append(Wait(step="check", text="Bo", length=minutes(random.uniform(30, 300))))
    return ground(posts(check="Bo"), runs)


def _needless_approval_of_several_steps(random: Random, weeks: int) -> RoutineGround:
    runs = plain(random, weeks)
    for played in runs:
        if random.random() < 0.5:
            played.skipped |= {"check", "shorten"}
        elif random.random() < 0.2:
            played.skipped.add("shorten")
    return ground(posts(check="Bo", shorten="Bo"), runs)


def _needless_approval_since_half_way(random: Random, weeks: int) -> RoutineGround:
    """It came with the second revision, as long as was planned, and the output is right no more often."""
    runs = plain(random, weeks)
    for number, played in enumerate(runs):
        played.revision = 1 if number < weeks // 2 else 2
        played.times["check"] *= 2
        if number < weeks // 2:
            played.absent.add("check")
        else:
            played.waits.append(Wait(step="check", text="Bo", length=minutes(random.uniform(30, 300))))
    present = posts(check="Bo")
    steps = tuple(one.replaced(planned=minutes(8)) if one.id == "check" else one for one in present.steps)
    return ground(present.replaced(steps=steps), runs)


def _left_out_since_week_12(random: Random, weeks: int) -> RoutineGround:
    runs = plain(random, weeks)
    for number, played in enumerate(runs):
        if random.random() < (0.05 if number < 12 else 0.8):
            played.skipped.add("check")
    return ground(posts(), runs)


def _quicker_since_week_12(random: Random, weeks: int) -> RoutineGround:
    """One step takes two thirds from the second revision on."""
    runs = plain(random, weeks)
    for number, played in enumerate(runs):
        if number < 12:
            played.times["write"] *= 1.7
            played.other_work.add("write")
        played.revision = 1 if number < 12 else 2
    return ground(posts(), runs)


def _quicker_since_week_12_without_a_revision(random: Random, weeks: int) -> RoutineGround:
    runs = plain(random, weeks)
    for played in runs[:12]:
        played.times["write"] *= 1.8
    return ground(posts(), runs)


def _since_week_12(gain: Gain) -> bool:
    """Tell whether it began then, give or take three weeks."""
    return gain.revision is None and abs((gain.since - FIRST).days // 7 - 12) <= 3


def _new_order_since_week_12(random: Random, weeks: int) -> RoutineGround:
    """A switch costs two minutes; from week 12 on the person goes through the steps by system."""
    by_system = ("gather", "write", "note", "crop", "enter", "check", "post", "shorten")
    runs = []
    for number, played in enumerate(plain(random, weeks)):
        order = list(MIDDLES) if number < 12 else by_system
        times = {name: played.times[name] for name in order}
        for before, name in pairwise(order):
            times[name] += 2 * (SYSTEMS[before] != SYSTEMS[name])
        runs.append(Played(times, outcome=played.outcome))
    without_plan = posts()
    steps = tuple(one.replaced(planned=None) for one in without_plan.steps)
    return ground(without_plan.replaced(steps=steps), runs)


def _other_system_since_week_12(random: Random, weeks: int) -> RoutineGround:
    """From week 12 on every other run enters with the queue, which takes two thirds."""
    runs = plain(random, weeks)
    for number, played in enumerate(runs):
        if number >= 12 and random.random() < 0.5:
            played.systems["enter"] = ("queue",)
            played.times["enter"] *= 0.65
    return ground(posts(), runs)


def _rising_system(random: Random, weeks: int) -> RoutineGround:
    """The shop gets slower by 2 % a week."""
    runs = plain(random, weeks)
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


def _practice(random: Random, weeks: int) -> RoutineGround:
    """It leads to the goal; of practice that does not nothing is promised."""
    return ground(posts().replaced(goal=minutes(55)), _practising(random, weeks))


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


def _no_fixed_way(random: Random, weeks: int) -> RoutineGround:
    runs = plain(random, weeks)
    for played in runs:
        played.times["write"] *= exp(random.gauss(0, 0.9))
    return ground(posts(), runs)


def _far_over_plan(random: Random, weeks: int) -> RoutineGround:
    runs = plain(random, weeks)
    for played in runs:
        played.times["write"] *= 2
    return ground(posts(), runs)


def _prepared_now_and_then(random: Random, weeks: int) -> RoutineGround:
    runs = plain(random, weeks)
    for played in runs:
        if random.random() < 0.4:
            played.prepared["write"] = played.times["write"]
    plain_posts = posts()
    steps = tuple(one.replaced(prepare=one.id == "write") for one in plain_posts.steps)
    return ground(plain_posts.replaced(steps=steps), runs)


STORIES: Mapping[str, Story] = {
    "a needless approval": Story(_needless_approval, _of({"eliminate", "person"}, "check"), lasts=True),
    "a needless approval of two steps": Story(
        _needless_approval_of_several_steps,
        _of({"eliminate", "person"}, "check"),
        is_part=_of({"eliminate"}, "shorten"),
        lasts=True,
    ),
    "a needless approval since half the time": Story(
        _needless_approval_since_half_way, _of({"eliminate", "person"}, "check"), lasts=True
    ),
    "left out since week 12": Story(_left_out_since_week_12, _of({"eliminate"}, "check"), lasts=True),
    "quicker since week 12": StoryOfGain(
        _quicker_since_week_12, _of(set()), 26, is_gain=lambda gain: gain.revision == 2, lasts=True
    ),
    "the same without a revision": StoryOfGain(
        _quicker_since_week_12_without_a_revision, _of(set()), 30, is_gain=_since_week_12
    ),
    "a new order since week 12": Story(_new_order_since_week_12, _of({"rearrange"}), 40),
    "another system since week 12": Story(_other_system_since_week_12, _of({"system"}, "enter"), 40),
    "a system that gets slower": Story(
        _rising_system, lambda lever: (lever.kind, lever.system) == ("system", "shop"), 39
    ),
    "practice": Story(_practice, _of({"practice"}), 30),
    "no fixed way": Story(_no_fixed_way, _of({"steady"}, "write"), lasts=True, is_promised=False),
    "far over the plan": Story(_far_over_plan, _of({"planned"}, "write"), 26, is_promised=False),
    "prepared now and then": Story(_prepared_now_and_then, _of({"prepare"}, "write")),
}
