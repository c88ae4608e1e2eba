from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby, pairwise, permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procroutine.improvement.best_order import best_order
from procroutine.improvement.better_order import bettered, members
from procroutine.improvement.fewest_switches import MOST_EXACT, fewest_switches
from procroutine.improvement.good_order import good_order, moved_steps, switches_of
from procroutine.improvement.people_order import people_of
from procroutine.insight.flow import hand_offs, switches
from procroutine.routine.model import Step


def step(name: str, *systems: str, after: tuple[str, ...] = (), person: str | None = None) -> Step:
    return Step(id=name, title=name, systems=systems, after=after, person=person)


@st.composite
def routines(draw: st.DrawFn, most: int = 6) -> list[Step]:
    names = "abcdefghijklmnopqrstuvwxyz"[: draw(st.integers(0, most))]
    some = st.sets(st.sampled_from("wxyz"), max_size=3)
    made = []
    for place, name in enumerate(names):
        earlier = draw(st.sets(st.sampled_from(names[:place]), max_size=2)) if place else set()
        person = draw(st.sampled_from([None, "Ana", "Bo"]))
        made.append(step(name, *sorted(draw(some)), after=tuple(sorted(earlier)), person=person))
    return made


def respects(order: tuple[Step, ...]) -> bool:
    places = {one.id: place for place, one in enumerate(order)}
    return all(places[first] < places[one.id] for one in order for first in one.after)


def moved(steps: list[Step], order: tuple[Step, ...]) -> int:
    """Count what is left of an order without the most of its steps that stand as written, by all that end with each."""
    most: list[int] = []
    places = [steps.index(one) for one in order]
    for number, place in enumerate(places):
        most.append(1 + max((most[before] for before in range(number) if places[before] < place), default=0))
    return len(order) - max(most, default=0)


def times_switched(order: Iterable[Step]) -> int:
    """Count the steps that have nothing in common with the one before them, of those that have a system."""
    used = [set(one.systems) for one in order if one.systems]
    return sum(before.isdisjoint(then) for before, then in pairwise(used))


@given(routines().flatmap(st.permutations))
@settings(max_examples=80, deadline=None)
def test_it_is_as_good_as_the_best_of_all_orders(steps: list[Step]) -> None:
    found = fewest_switches(steps)
    order = tuple(next(one for one in steps if one.id == name) for name in found.order)
    best = min((times_switched(one), moved(steps, one)) for one in permutations(steps) if respects(one))
    assert respects(order)
    assert (times_switched(order), moved(steps, order)) == best == (found.switches, found.moved)
    assert found.switches_now == times_switched(steps)
    assert found.exact


@given(routines(most=5), st.data())
@settings(max_examples=40, deadline=None)
def test_a_step_made_of_several_begins_with_the_first_of_them_and_ends_with_the_last(
    steps: list[Step], data: st.DataObject
) -> None:
    systems = st.lists(st.sampled_from("wxyz"), min_size=1, max_size=1)
    parts = st.lists(systems.map(lambda own: step("part", *own)), min_size=2, max_size=3)
    done_as = {one.id: data.draw(parts) for one in steps if data.draw(st.booleans())}

    def counted(order: Iterable[Step]) -> int:
        return switches(part for one in order for part in done_as.get(one.id, [one]))

    found = fewest_switches(steps, done_as=done_as)
    order = tuple(next(one for one in steps if one.id == name) for name in found.order)
    assert respects(order)
    assert (found.switches, found.switches_now) == (counted(order), counted(steps))
    assert found.switches == min(counted(one) for one in permutations(steps) if respects(one))


def people(steps: Iterable[Step]) -> list[str]:
    """Who does what is done, each once for all that they do in a row."""
    return [name for name, _ in groupby(one.person for one in steps if one.person)]


@given(routines())
@settings(max_examples=50, deadline=None)
def test_with_hand_offs_kept_it_is_the_best_of_all_orders_that_go_from_person_to_person_as_now(
    steps: list[Step],
) -> None:
    found = fewest_switches(steps, keep_hand_offs=True)
    order = tuple(next(one for one in steps if one.id == name) for name in found.order)
    as_now = [one for one in permutations(steps) if respects(one) and people(one) == people(steps)]
    assert order in as_now
    assert (found.switches, found.moved) == min((times_switched(one), moved(steps, one)) for one in as_now)
    assert hand_offs(order) == hand_offs(steps)


def test_the_stretches_between_hand_offs_may_hold_more_or_fewer_steps() -> None:
    made = zip(("Ana", "Ana", "Ben", "Ben", "Ana", "Ben"), "xyyxyx", strict=True)
    steps = [step(f"{place}", system, person=person) for place, (person, system) in enumerate(made)]
    found = fewest_switches(steps, keep_hand_offs=True)
    assert (found.switches_now, found.switches) == (4, 1)
    assert people(steps[int(name)] for name in found.order) == ["Ana", "Ben", "Ana", "Ben"]


def test_where_what_must_come_before_forbids_the_hand_offs_of_now_the_order_stays() -> None:
    steps = [step("post", "x", after=("write",), person="Ana"), step("write", "y", person="Ben")]
    found = fewest_switches(steps, keep_hand_offs=True)
    assert (found.order, found.moved) == (("post", "write"), 0)


def tables(steps: list[Step]) -> tuple[list[int], list[int]]:
    """What must come before each step, however far, and what shares a system with it."""
    places = {one.id: place for place, one in enumerate(steps)}
    before: list[int] = []
    for one in steps:
        first = [places[name] for name in one.after]
        before.append(sum(1 << place for place in {*first, *(far for near in first for far in members(before[near]))}))
    return before, [sum(1 << places[b.id] for b in steps if set(a.systems) & set(b.systems)) for a in steps]


def test_a_good_order_mostly_has_as_few_switches_as_the_best() -> None:
    random, met = Random(7), 0
    for _ in range(12):
        names = [str(place) for place in range(11)]
        steps = [
            step(
                name,
                *random.sample("vwxyz", random.choice((1, 1, 2))),
                after=tuple(one for one in names[:place] if random.random() < 0.1),
                person=random.choice(("Ana", "Bo")),
            )
            for place, name in enumerate(names)
        ]
        whose, (before, shared) = people_of([[one] for one in steps], keep=random.random() < 0.5), tables(steps)
        good, best = good_order(before, shared, whose), best_order(before, shared, whose)
        assert good is not None
        assert best is not None
        met += switches_of(good, shared) == switches_of(best, shared)
    assert met >= 11


@given(routines(most=14), st.booleans())
@settings(max_examples=30, deadline=None)
def test_a_good_order_respects_what_must_come_before_and_is_never_worse(steps: list[Step], keep: bool) -> None:
    before, shared = tables(steps)
    whose = people_of([[one] for one in steps], keep=keep)
    order = good_order(before, shared, whose)
    assert order is not None
    assert not keep or people(steps[place] for place in order) == people(steps)
    assert sorted(order) == list(range(len(steps)))
    assert respects(tuple(steps[place] for place in order))
    assert switches(steps[place] for place in order) <= switches(steps)


@given(routines(most=9), st.booleans(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_no_step_put_elsewhere_makes_an_order_better_that_was_bettered(
    steps: list[Step], keep: bool, random: Random
) -> None:
    before, shared = tables(steps)
    whose = people_of([[one] for one in steps], keep=keep)
    order = bettered(allowed(before, random) if not keep else list(range(len(steps))), before, shared, whose)
    places = range(len(order))
    others = ([*order[:start], *order[start + 1 :]] for start in places)
    elsewhere = [[*rest[:end], order[start], *rest[end:]] for start, rest in enumerate(others) for end in places]
    may = [one for one in elsewhere if respects(tuple(steps[place] for place in one)) and whose.keeps(one)]
    worths = [(switches(steps[place] for place in one), moved_steps(one)) for one in (order, *may)]
    assert worths[0] == min(worths)


def allowed(before: list[int], random: Random) -> list[int]:
    """Any order that respects what must come before."""
    order: list[int] = []
    while len(order) < len(before):
        done = sum(1 << place for place in order)
        order.append(
            random.choice([place for place in range(len(before)) if not (done >> place & 1 or before[place] & ~done)])
        )
    return order


def test_an_order_of_a_hundred_and_twenty_steps_that_go_to_and_fro_between_two_people_has_few_switches() -> None:
    random, found = Random(120), []
    for _ in range(2):
        names = [f"{place}" for place in range(120)]
        steps = [
            step(
                name,
                *random.sample("qrstuvwx", random.choice((1, 1, 2))),
                after=tuple(one for one in names[:place] if random.random() < 0.02),
                person=random.choice(("Ana", "Bo")),
            )
            for place, name in enumerate(names)
        ]
        found.append(fewest_switches(steps, keep_hand_offs=True))
    assert sum(one.switches for one in found) <= 13
    assert sum(one.switches_now for one in found) > 150


def test_where_a_step_must_stand_between_those_of_a_used_routine_they_are_parted() -> None:
    steps = [step("used/p", "x"), step("own", "y", after=("used/p",)), step("used/q", "x", after=("own",))]
    assert fewest_switches(steps).order == ("used/p", "own", "used/q")


def test_toggling_between_two_schedulers_becomes_one_switch() -> None:
    steps = [step(f"{name}{day}", name) for day in range(4) for name in ("queue", "feed")]
    found = fewest_switches(steps)
    assert (found.switches_now, found.switches, found.moved) == (7, 1, 4 - 1)
    assert found.order[0].startswith("queue")


def test_what_must_come_before_keeps_a_switch_that_could_go_otherwise() -> None:
    steps = [step("write", "docs"), step("post", "feed", after=("write",)), step("check", "docs", after=("post",))]
    found = fewest_switches(steps)
    assert found.order == ("write", "post", "check")
    assert (found.switches, found.moved) == (2, 0)


def test_an_order_that_cannot_be_bettered_stays() -> None:
    found = fewest_switches([step(str(place), f"system {place // 10}") for place in range(40)])
    assert (found.switches, found.moved, found.exact) == (3, 0, True)


def test_beyond_sixteen_steps_the_order_is_called_a_good_one() -> None:
    steps = [step(f"{place}", "ab"[place % 2]) for place in range(MOST_EXACT + 1)]
    found = fewest_switches(steps)
    assert not found.exact
    assert found.switches == 1


@pytest.mark.parametrize("systems", [1, 3, 8])
def test_sixteen_steps_are_answered_whatever_they_are_done_with(systems: int) -> None:
    random = Random(systems)
    steps = [step(f"{place}", f"{random.randrange(systems)}") for place in range(16)]
    assert fewest_switches(steps).switches == len({one.systems for one in steps}) - 1


@st.composite
def routines_that_use_others(draw: st.DrawFn) -> list[Step]:
    block = [step(f"used/{name}", draw(st.sampled_from("xyz"))) for name in "pq"[: draw(st.integers(1, 2))]]
    own = draw(routines(most=4))
    place = draw(st.integers(0, len(own)))
    return [*own[:place], *block, *own[place:]]


@given(routines_that_use_others())
@settings(max_examples=40, deadline=None)
def test_the_steps_of_a_used_routine_stay_together(steps: list[Step]) -> None:
    found = fewest_switches(steps)
    order = tuple(next(one for one in steps if one.id == name) for name in found.order)
    used = [one for one in steps if "/" in one.id]
    together = [
        one
        for one in permutations(steps)
        if respects(one) and list(one[one.index(used[0]) : one.index(used[0]) + len(used)]) == used
    ]
    assert order in together
    assert switches(order) == found.switches == min(map(switches, together))
    assert fewest_switches(steps, keep_used_together=False).switches <= found.switches
