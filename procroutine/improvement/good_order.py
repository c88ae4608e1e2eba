"""A good order of steps where there are too many to find the best one.

Sets of steps are whole numbers, one bit a place; `before` tells for each step which must come before
it, `shared` which can follow it without a switch, itself among them (none where it has no system).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from procroutine.improvement.better_order import bettered, members
from procroutine.improvement.many_orders import best_of_many

if TYPE_CHECKING:
    from procroutine.improvement.people_order import People

_MOST_BETTERED = 150
"""Steps of all orders that are bettered, if there are several to choose from."""


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


def good_order(before: Sequence[int], shared: Sequence[int], people: People) -> list[int] | None:
    """Give an order with few switches, never more than a present one that will do; None where none is found."""
    found = [*best_of_many(before, shared, people)]
    found += filter(None, (_stayed_with(before, shared, people, rule) for rule in (_first_written, _most_at_hand)))
    present = list(range(len(before)))
    if all(first < 1 << place for place, first in enumerate(before)) and people.keeps(present):
        found.append(present)
    if not found:
        return None
    found.sort(key=lambda order: _worth(order, shared))
    most = max(1, _MOST_BETTERED // len(before)) if before else 1
    better = (bettered(order, before, shared, people) for order in found[:most])
    return min(better, key=lambda order: _worth(order, shared))


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
    done, at_hand, begun = 0, 0, 0
    free = sum(1 << place for place, others in enumerate(shared) if not others)
    possible, waiting = 0, list(range(len(before)))
    while possible or waiting:
        possible |= sum(1 << place for place in waiting if not before[place] & ~done)
        waiting = [place for place in waiting if not possible >> place & 1]
        ready = possible if not people.last else _allowed(possible, done, begun, people)
        if not ready:
            return None
        at_once = ready & (free | at_hand)
        place = next(iter(members(at_once))) if at_once else rule(ready, shared)
        order.append(place)
        done, begun, at_hand = done | 1 << place, people.then(place)[begun], shared[place] or at_hand
        possible ^= 1 << place
    return order


def _allowed(possible: int, done: int, begun: int, people: People) -> int:
    """Give those of some steps that leave the stretches of the people to come possible."""
    return sum(
        1 << place
        for place in members(possible)
        if (then := people.then(place)[begun]) >= 0 and people.can_end(done | 1 << place, then)
    )
