"""A good order of steps where there are too many to find the best one.

Sets of steps are whole numbers, one bit a place; `before` tells for each step which must come before
it, `shared` which can follow it without a switch, itself among them (none where it has no system).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from procroutine.improvement.many_orders import best_of_many

if TYPE_CHECKING:
    from procroutine.improvement.people_order import People

MOST_TRIED = 400_000
"""Steps of orders looked at while a good one is bettered: a few tenths of a second."""


def switches_of(order: Iterable[int], shared: Sequence[int]) -> int:
    """Count the switches of an order of places."""
    count, last = 0, None
    for place in order:
        if not shared[place]:
            continue
        if last is not None and not shared[last] >> place & 1:
            count += 1
        last = place
    return count


def moved_steps(order: Iterable[int]) -> int:
    """Count the fewest steps that have to be taken out of the rising order and put elsewhere to give this one."""
    ends: list[int] = []
    count = 0
    for place in order:
        pile = bisect_left(ends, place)
        ends[pile : pile + 1] = [place]
        count += 1
    return count - len(ends)


def members(places: int) -> Iterable[int]:
    """Give the places of a set, the lowest first."""
    while places:
        lowest = places & -places
        yield lowest.bit_length() - 1
        places ^= lowest


def good_order(before: Sequence[int], shared: Sequence[int], people: People) -> list[int] | None:
    """Give an order with few switches, never more than a present one that will do; None where none is found."""
    found = [*best_of_many(before, shared, people)]
    found += filter(None, (_stayed_with(before, shared, people, rule) for rule in (_first_written, _most_at_hand)))
    present = list(range(len(before)))
    if all(first < 1 << place for place, first in enumerate(before)) and people.keeps(present):
        found.append(present)
    if not found:
        return None
    return _bettered(min(found, key=lambda order: _worth(order, shared)), before, shared, people)


def as_written(order: Sequence[int], before: Sequence[int], shared: Sequence[int], people: People) -> list[int]:
    """Put neighbours back into the order in which they are written where nothing is lost by that."""
    order = list(order)
    swapped = True
    while swapped:
        swapped = False
        for place, (one, other) in enumerate(pairwise(tuple(order))):
            if order[place : place + 2] != [one, other] or one < other or before[other] >> one & 1:
                continue
            changed = [*order[:place], other, one, *order[place + 2 :]]
            if _worth(changed, shared) <= _worth(order, shared) and people.keeps(changed):
                order, swapped = changed, True
    return order


def _worth(order: Sequence[int], shared: Sequence[int]) -> tuple[int, int]:
    return switches_of(order, shared), moved_steps(order)


_Rule = Callable[[int, Sequence[int]], int]


def _first_written(ready: int, _shared: Sequence[int]) -> int:
    return next(iter(members(ready)))


def _most_at_hand(ready: int, shared: Sequence[int]) -> int:
    return max(members(ready), key=lambda place: ((shared[place] & ready).bit_count(), -place))


def _stayed_with(before: Sequence[int], shared: Sequence[int], people: People, rule: _Rule) -> list[int] | None:
    """Stay with what is at hand as long as a step is ready for it; then `rule` says with which one to go on.

    None where that comes to a dead end.
    """
    order: list[int] = []
    done, everything, at_hand, begun = 0, (1 << len(before)) - 1, 0, 0
    while done != everything:
        ready = sum(
            1 << place
            for place in members(everything & ~done)
            if not before[place] & ~done
            and (then := people.then(place)[begun]) >= 0
            and people.can_end(done | 1 << place, then)
        )
        if not ready:
            return None
        free = sum(1 << place for place in members(ready) if not shared[place])
        place = _first_written(free | ready & at_hand, shared) if free | ready & at_hand else rule(ready, shared)
        order.append(place)
        done, begun, at_hand = done | 1 << place, people.then(place)[begun], shared[place] or at_hand
    return order


def _bettered(order: list[int], before: Sequence[int], shared: Sequence[int], people: People) -> list[int]:
    """Put single steps elsewhere as long as that gives something better."""
    worth, left, improved = _worth(order, shared), MOST_TRIED // max(100, len(order)), True
    while improved:
        improved = False
        for place in tuple(order):
            for changed in _put_elsewhere(order, place, before):
                left -= 1
                if left < 0:
                    return order
                if (new := _worth(changed, shared)) < worth and people.keeps(changed):
                    order, worth, improved = changed, new, True
                    break
    return order


def _put_elsewhere(order: Sequence[int], step: int, before: Sequence[int]) -> Iterable[list[int]]:
    """Give all orders in which only one step stands elsewhere, as far as what must come before it allows."""
    others = [place for place in order if place != step]
    present = order.index(step)
    first = max((put + 1 for put, place in enumerate(others) if before[step] >> place & 1), default=0)
    last = next((put for put, place in enumerate(others) if before[place] >> step & 1), len(others))
    for put in range(first, last + 1):
        if put != present:
            yield [*others[:put], step, *others[put:]]
