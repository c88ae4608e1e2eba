"""Pasts in which there is nothing to find."""

from __future__ import annotations

from random import Random

from procroutine.improvement.ground import RoutineGround, Wait
from procroutine.improvement.outcomes import MARGIN
from procroutine.routine.model import GoalPer
from tests.improvement.histories import Played, dependent, ground, minutes, noisy, routine, step
from tests.improvement.stories import MIDDLES, outcome, plain, posts


def nothing(random: Random, likeness: float = 0, *, matters: bool = True, takes_turns: bool = False) -> RoutineGround:
    """Have times that only scatter, plans that were right, orders, systems, skips and revisions that change nothing.

    With `likeness` each run's times are correlated so far with those of the run before.

    A step that is left out is one that the output needs: without it, it is right in three runs of ten
    less. Where that does not matter (`matters`), no step is needed. In half of the pasts the shortest
    step is prepared now and then, and then the longest takes as much longer; some runs are given up.

    With `takes_turns` a few steps are done with one system or another, which may take twice as long: what
    is told of these systems is to be found, and nothing else.
    """
    names = [f"step{number}" for number in range(random.randint(4, 12))]
    middles = {name: random.uniform(1, 20) for name in names}
    systems = {name: random.choice(("docs", "shop", "editor", "mail")) for name in names}
    people = {name: random.choice(("Ana", "Ana", "Bo")) for name in names}
    skipped = {name: random.choice((0, 0.15, 0.3, 0.5)) for name in random.sample(names, 2)}
    other = {name: random.random() < 0.15 for name in names}
    spread, right, mixed = random.uniform(0.05, 0.35), random.uniform(0.75, 1), random.choice((0, 0, 0.5))
    small, large = min(names, key=lambda name: middles[name]), max(names, key=lambda name: middles[name])
    prepared, given_up = random.choice((0, 0.4)), random.choice((0, 0, 0.15))
    changed = random.choice(names)
    turns = {name: random.choice((1, 1.6, 2.2)) for name in random.sample(names, 2)} if takes_turns else {}
    in_turn = random.random() < 0.5 if takes_turns else False
    runs, alike = [], dependent(random, middles, spread, likeness) if likeness else None
    for number in range(random.randint(8, 104)):
        times = next(alike) if alike else noisy(random, middles, spread)
        order = random.sample(names, len(names)) if random.random() < mixed else names
        left = {name for name, share in skipped.items() if random.random() < share}
        is_prepared = random.random() < prepared and not {small, large} & left
        if is_prepared:
            times[large] += times[small]
        used = {name: number % 2 if in_turn else random.randrange(2) for name in turns}
        times |= {name: times[name] * turns[name] for name, second in used.items() if second}
        done_with: dict[str, tuple[str, ...]] = {
            name: (random.choice(("queue", systems[name])),) for name in names if other[name]
        }
        done_with |= {name: ((systems[name], "queue")[second],) for name, second in used.items()}
        is_given_up = random.random() < given_up
        runs.append(
            Played(
                {name: times[name] for name in (order[: random.randint(1, len(order))] if is_given_up else order)},
                skipped=left,
                prepared={small: times[small]} if is_prepared else {},
                systems=done_with,
                outcome=outcome(random, right - MARGIN * len(left) * matters),
                waits=[Wait(step=names[0], text="an answer", length=minutes(random.expovariate(0.01)))]
                if random.random() < 0.3
                else [],
                revision=1 + number // 20,
                other_work={changed} if number < 20 else set(),
                finished=not is_given_up,
            )
        )
    steps = (
        step(
            name,
            systems[name],
            middles[name],
            person=people[name],
            prepare=name == small and bool(prepared),
            alternatives=(systems[name], "queue") if name in turns else (),
        )
        for name in names
    )
    goal = minutes(sum(middles.values()) * random.uniform(0.8, 1.2))
    per = random.choice((GoalPer.RUN, GoalPer.RUN, GoalPer.WEEK))
    return ground(routine(*steps, owner="Ana", goal=goal, goal_per=per), runs)


def done_in_another_step(random: Random) -> RoutineGround:
    """Leave a step out every other time that the output does not need, and do its work in another one then."""
    left, takes_over = random.sample(list(MIDDLES), 2)
    runs = plain(random, 52, random.uniform(0.05, 0.3))
    for played in runs:
        if random.random() < 0.5:
            played.skipped.add(left)
            played.times[takes_over] += played.times[left]
    return ground(posts(), runs)
