"""Bettering an order of steps bit by bit: a step, or some done without a switch between them, is put elsewhere.

What that comes to is told from the neighbours of both places (switches) and, of a single step, from the
longest rising sequences that end before and begin behind its new one (moved steps): no order is counted
through but the one that is gone on with. Sets are those of `good_order`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from procroutine.improvement.people_order import People

MOST_LOOKED_AT = 200_000
"""Places looked at while an order is bettered: a tenth of a second or two."""

_Place = int | None


def members(places: int) -> Iterable[int]:
    """Give the places of a set, the lowest first."""
    while places:
        lowest = places & -places
        yield lowest.bit_length() - 1
        places ^= lowest


class _Order:
    """An order that is bettered as long as there are looks left."""

    def __init__(self, order: Sequence[int], before: Sequence[int], shared: Sequence[int], people: People) -> None:
        self.steps = list(order)
        self.left = MOST_LOOKED_AT
        self._before, self._shared, self._people = before, shared, people
        self._joins: dict[tuple[int, int], bool] = {}

    def bettered(self, *, stays: bool) -> bool:
        """Put elsewhere what takes fewer switches there, or with `stays` as many and fewer moved steps."""
        is_better = False
        rising = _Rising(self.steps) if stays else None
        for step in tuple(self.steps):
            for start, end in self._parts(self.steps.index(step), alone=stays):
                if self.left <= 0:
                    return False
                if self._put_elsewhere(start, end, rising):
                    is_better = True
                    rising = _Rising(self.steps) if stays else None
                    break
        return is_better

    def with_neighbours_as_written(self, place: int) -> bool:
        """Let two neighbours change places where they stand the wrong way round and nothing is lost by that."""
        one, other = self.steps[place : place + 2]
        if one < other or self._before[other] >> one & 1:
            return False
        rest = [*self.steps[:place], *self.steps[place + 2 :]]
        now, then = self._switches_of_two(rest, place, one, other), self._switches_of_two(rest, place, other, one)
        changed = [*rest[:place], other, one, *rest[place:]]
        if now < then or not self._people.keeps(changed):
            return False
        self.steps = changed
        return True

    def _switches_of_two(self, rest: Sequence[int], place: int, one: int, other: int) -> int:
        if not self._shared[one] or not self._shared[other]:
            return 0
        (ahead,), (behind,) = self._neighbours(rest, place, place)
        return self._switch(ahead, one) + self._switch(one, other) + self._switch(other, behind)

    def _parts(self, start: int, *, alone: bool) -> Iterator[tuple[int, int]]:
        """Give what may go together from a place on: the step, and all to the next switch."""
        yield start, start + 1
        end, last = start + 1, self.steps[start]
        while not alone and end < len(self.steps) and not self._switch(last, self.steps[end]):
            last = self.steps[end] if self._shared[self.steps[end]] else last
            end += 1
        if end > start + 1:
            yield start, end

    def _switch(self, one: _Place, other: _Place) -> int:
        if one is None or other is None or not self._shared[one] or not self._shared[other]:
            return 0
        return not self._shared[one] >> other & 1

    def _put_elsewhere(self, start: int, end: int, rising: _Rising | None) -> bool:
        """Put a part where that is better; False where it is nowhere."""
        part, others = self.steps[start:end], self.steps[:start] + self.steps[end:]
        with_system = [step for step in part if self._shared[step]]
        head, tail = (with_system[0], with_system[-1]) if with_system else (None, None)
        if rising is None and not self._switches_at(others, start, head, tail) and not self._can_join(head, tail):
            self.left -= 1
            return False
        first, last = self._allowed(part, others, start)
        self.left -= last - first + 1
        costs = self._costs(others, first, last, head, tail)
        now = costs[start - first]
        if rising is None:
            found = [(cost, 0, place) for place, cost in enumerate(costs, first) if cost < now]
        elif min(costs[: start - first] + costs[start - first + 1 :], default=now + 1) > now:
            return False
        else:
            rises = rising.through(part[0], others, first, last)
            ways = enumerate(zip(costs, rises, strict=True), first)
            found = [(cost, -rise, place) for place, (cost, rise) in ways if cost < now or (cost == now and rise > 0)]
        for _, _, place in sorted(found):
            changed = [*others[:place], *part, *others[place:]]
            if place != start and self._people.keeps(changed):
                self.steps = changed
                return True
        return False

    def _can_join(self, head: _Place, tail: _Place) -> bool:
        """Say whether a part may spare the switch between two others, since it shares a system with each."""
        if head is None or tail is None:
            return False
        rows = self._shared[head], self._shared[tail]
        if rows not in self._joins:
            self._joins[rows] = any(self._shared[step] != rows[1] for step in members(rows[0]))
        return self._joins[rows]

    def _switches_at(self, others: Sequence[int], place: int, head: _Place, tail: _Place) -> int:
        """Give the switches that a part between its ends takes at a place."""
        return self._costs(others, place, place, head, tail)[0]

    def _costs(self, others: Sequence[int], first: int, last: int, head: _Place, tail: _Place) -> list[int]:
        """Give them for each of some places."""
        if head is None or tail is None:
            return [0] * (last - first + 1)
        shared, after = self._shared, self._shared[tail]
        found = []
        for one, other in zip(*self._neighbours(others, first, last), strict=True):
            cost = 0
            if one is not None:
                cost = not shared[one] >> head & 1
                if other is not None:
                    cost -= not shared[one] >> other & 1
            if other is not None:
                cost += not after >> other & 1
            found.append(cost)
        return found

    def _neighbours(self, others: Sequence[int], first: int, last: int) -> tuple[list[_Place], list[_Place]]:
        """Give the next steps with a system before and behind each of some places."""
        one = next((step for step in reversed(others[:first]) if self._shared[step]), None)
        other = next((step for step in others[last:] if self._shared[step]), None)
        befores, afters = [one], [other]
        for step in others[first:last]:
            befores.append(step if self._shared[step] else befores[-1])
        for step in reversed(others[first:last]):
            afters.append(step if self._shared[step] else afters[-1])
        return befores, afters[::-1]

    def _allowed(self, part: Sequence[int], others: Sequence[int], start: int) -> tuple[int, int]:
        """Give the first and the last place that what must come before allows a part that stands at one between."""
        own, needed = 0, 0
        for step in part:
            own |= 1 << step
            needed |= self._before[step]
        first = next((place for place in range(start, 0, -1) if needed >> others[place - 1] & 1), 0)
        last = next((place for place in range(start, len(others)) if self._before[others[place]] & own), len(others))
        return first, last


class _Rising:
    """The longest rising sequences of an order: a step out of all of the longest has to be moved."""

    def __init__(self, order: Sequence[int]) -> None:
        self._ends = _longest(order)
        self._starts = _longest([-step for step in reversed(order)])
        self._longest = max(self._ends.values(), default=0)

    def through(self, step: int, others: Sequence[int], first: int, last: int) -> list[int]:
        """Give for each of some places by how many more steps the longest would be with a step put there."""
        ends, starts = self._ends, self._starts
        before = max((ends[one] for one in others[:first] if one < step), default=0)
        behind = max((starts[-one] for one in others[last:] if one > step), default=0)
        befores, behinds = [before], [behind]
        for one in others[first:last]:
            befores.append(max(befores[-1], ends[one]) if one < step else befores[-1])
        for one in reversed(others[first:last]):
            behinds.append(max(behinds[-1], starts[-one]) if one > step else behinds[-1])
        return [one + 1 + other - self._longest for one, other in zip(befores, reversed(behinds), strict=True)]


def _longest(order: Sequence[int]) -> dict[int, int]:
    """Give by step how many steps the longest rising sequence has that ends with it."""
    ends: list[int] = []
    found = {}
    for step in order:
        pile = bisect_left(ends, step)
        ends[pile : pile + 1] = [step]
        found[step] = pile + 1
    return found


def bettered(order: Sequence[int], before: Sequence[int], shared: Sequence[int], people: People) -> list[int]:
    """Give an order in which no step put elsewhere makes it better, or one nearer to that."""
    found = _Order(order, before, shared, people)
    while found.bettered(stays=False) or found.bettered(stays=True):
        pass
    return found.steps


def as_written(order: Sequence[int], before: Sequence[int], shared: Sequence[int], people: People) -> list[int]:
    """Put neighbours back into the order in which they are written where nothing is lost by that.

    Neighbours that stand the wrong way round are together in no rising sequence: no more steps are moved then.
    """
    found, place = _Order(order, before, shared, people), 0
    while place + 1 < len(found.steps):
        swapped = found.with_neighbours_as_written(place)
        place = max(0, place - 1) if swapped else place + 1
    return found.steps
