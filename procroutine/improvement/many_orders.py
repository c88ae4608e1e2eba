"""Looking for orders with few switches among very many, step by step, going on with the most promising alone.

A beam search (Lowerre 1976) over what the exact search of `best_order` looks at whole: which steps are
done, what is at hand, and whose stretch it is. What is left promises no fewer switches than there
are groups of connected systems in it, nor than its longest chain of steps after one another takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import nsmallest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from procroutine.improvement.people_order import People

MOST_GONE_ON_WITH = 400
MOST_LOOKED_AT = 60_000
"""Orders gone on with after each step, and steps looked at for that in all: a tenth or two of a second."""
_BEST = 3

_Trail = tuple["_Trail | None", int]
"""The last step of an order, and what came before it."""
_Begun = tuple[int, int, int, int, "_Trail | None"]
"""Switches, steps done, what shares a system with the last one (-1: all), stretches begun, and the order."""


def best_of_many(before: Sequence[int], shared: Sequence[int], people: People) -> Iterator[list[int]]:
    """Give some orders, the best first; none of too many steps, or where all that was tried came to a dead end."""
    count = len(before)
    width = min(MOST_GONE_ON_WITH, MOST_LOOKED_AT // max(1, count * count))
    if width < 2:
        return
    promise = _Promise(before, shared)
    begun: list[_Begun] = [(0, 0, -1, 0, None)]
    for _ in range(count):
        ways = _gone_on(begun, before, shared, people)
        begun = nsmallest(width, ways, key=lambda way: (way[0] + promise.of(way[1], way[2]), _passed_over(way[1])))
    for *_, trail in sorted(begun, key=lambda way: way[0])[:_BEST]:
        yield _order(trail)


def _gone_on(begun: Sequence[_Begun], before: Sequence[int], shared: Sequence[int], people: People) -> Sequence[_Begun]:
    """Give all ways to do one step more, of those that come to the same the one with the fewest switches."""
    found: dict[tuple[int, int, int], _Begun] = {}
    for switches, done, at_hand, stretch, trail in begun:
        for step, first in enumerate(before):
            if done >> step & 1 or first & ~done:
                continue
            then, now_done = people.then(step)[stretch], done | 1 << step
            if then < 0 or not people.can_end(now_done, then):
                continue
            count = switches + bool(shared[step] and not at_hand >> step & 1)
            state = now_done, shared[step] or at_hand, then
            if state not in found or count < found[state][0]:
                found[state] = (count, *state, (trail, step))
    return list(found.values())


def _passed_over(done: int) -> int:
    """Count the steps that were put ahead of one that is left."""
    return (done & ~((~done & done + 1) - 1)).bit_count()


def _order(trail: _Trail | None) -> list[int]:
    order: list[int] = []
    while trail is not None:
        trail, step = trail
        order.append(step)
    order.reverse()
    return order


class _Promise:
    """How many switches what is left will take at the least, as a guess where steps have several systems."""

    def __init__(self, before: Sequence[int], shared: Sequence[int]) -> None:
        self._groups = list(groups_of(shared))
        self._shared = shared
        takes: dict[int, int] = {}
        for step in sorted(range(len(before)), key=lambda one: -before[one].bit_count()):
            takes[step] = max(
                (
                    takes[later] + bool(shared[later] and shared[step] and not shared[step] >> later & 1)
                    for later, first in enumerate(before)
                    if first >> step & 1
                ),
                default=0,
            )
        self._takes = sorted(((takes[step], step) for step in takes), reverse=True)

    def of(self, done: int, at_hand: int) -> int:
        """Give it for what is left after some steps, with what is at hand then."""
        groups = sum(1 for group in self._groups if group & ~done and not group & at_hand)
        takes, step = next(((takes, step) for takes, step in self._takes if not done >> step & 1), (0, -1))
        begins = step >= 0 and self._shared[step] and not at_hand >> step & 1
        return max(groups, takes + bool(begins))


def groups_of(shared: Sequence[int]) -> Iterator[int]:
    """Give the groups of steps that are connected by systems; each needs a switch from the one before it."""
    left = sum(1 << step for step, others in enumerate(shared) if others)
    while left:
        group, new = 0, left & -left
        while new:
            group |= new
            followed = sum(1 << step for step, others in enumerate(shared) if others & group)
            followers = 0
            for step, others in enumerate(shared):
                followers |= others if group >> step & 1 else 0
            new = (followed | followers) & left & ~group
        left &= ~group
        yield group
