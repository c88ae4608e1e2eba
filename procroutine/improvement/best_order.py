"""The best order of up to about sixteen steps: the fewest switches, then the fewest moved steps.

Two goes over sets of steps (dynamic programming over subsets, Held and Karp 1962). The first tells
for every set of steps done, and where hand-offs are kept for whose stretch it is, how many switches
the others need. The second looks only at orders that keep to that, those with fewer moved steps
first (Dijkstra 1959). Sets are those of `good_order`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from procroutine.improvement.better_order import members
from procroutine.improvement.good_order import switches_of
from procroutine.improvement.many_orders import best_of_many
from procroutine.improvement.people_order import People

_State = tuple[int, int, int, int]
"""Steps done, stretches begun, the last step with a system (-1: none), and the place the next to stay is not before."""
_START: _State = 0, 0, -1, 0
_Level = dict[tuple[int, int], tuple[int, int]]
"""By steps done and stretches begun: the fewest switches up to there, and what can be at hand for those."""
_NEVER = 1 << 30
"""More switches than there are: what is left cannot be done."""


def best_order(before: Sequence[int], shared: Sequence[int], people: People) -> Sequence[int] | None:
    """Give the best order; None where there is none. `before` holds all that must come before a step, however far.

    It is kept, since it is asked for again wherever a routine is looked at, and many routines are of one shape.
    """
    return _best_order(tuple(before), tuple(shared), people)


@lru_cache(maxsize=1024)
def _best_order(before: tuple[int, ...], shared: tuple[int, ...], people: People) -> tuple[int, ...] | None:
    found = _LeastMoved(before, shared, people).order()
    return None if found is None else tuple(found)


class _Needed:
    """How many switches the steps that are left need; those without system and person need none, and are left out."""

    def __init__(self, before: Sequence[int], shared: Sequence[int], people: People) -> None:
        """Work it out from all steps done back to none."""
        self._people = people
        self._width = people.last + 1
        self._asked = sum(1 << place for place, others in enumerate(shared) if others or people.last)
        self._alike = _alike(before, shared, people)
        """Steps that may take one another's place: of these only the first ones are looked at."""
        self._first: dict[int, int] = {}
        earlier = {later: 1 << place for alike in self._alike for place, later in pairwise(alike)}
        self._steps = [
            (1 << place, (before[place] | earlier.get(place, 0)) & self._asked, shared[place], people.then(place))
            for place in members(self._asked)
        ]
        self._fewest: dict[int, int] = {self._key(self._asked, people.last): 0}
        self._begun_by: dict[int, int] = {self._key(self._asked, people.last): -1}
        """Steps with which the rest is begun for the fewest.

        Whoever comes from a system of one of these begins without a switch, everybody else with one:
        nothing else is worth more, since any order of the rest can be begun by a switch.
        """
        for done, begun in self._reached(before, shared) if people.last else self._sets():
            self._work_out(done, begun)

    def _key(self, done: int, begun: int) -> int:
        return done * self._width + begun

    def _sets(self) -> Iterator[tuple[int, int]]:
        """Give all sets of steps that can be done by some time, but that of all; the larger ones first."""
        levels: list[set[int]] = []
        level = {0}
        for _ in self._steps:
            levels.append(level)
            level = {
                done | own for done in level for own, first, *_ in self._steps if not (done & own or first & ~done)
            }
        for level in reversed(levels):
            for done in level:
                yield done, 0

    def _reached(self, before: Sequence[int], shared: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Give them with the stretches that can have begun by then, as far as they may be of a best order.

        It has no more switches than a good one, and what is left needs no fewer than where hand-offs are not kept.
        """
        good = next(best_of_many(before, shared, self._people), None)
        most = _NEVER if good is None else switches_of(good, shared)
        freely = _Needed(before, shared, People([()] * len(shared), ()))
        levels: list[_Level] = [{(0, 0): (0, -1)}]
        for _ in self._steps[1:]:
            ways = self._one_more(levels[-1]).items()
            levels.append({key: way for key, way in ways if way[0] + freely.after(key[0], 0, way[1]) <= most})
        for level in reversed(levels):
            yield from level

    def _one_more(self, level: _Level) -> _Level:
        """Give what one step more comes to; another system at hand than those it gives is worth one switch less."""
        found: _Level = {}
        for (done, begun), (fewest, at_hand) in level.items():
            for own, first, sharing, people in self._steps:
                then = people[begun]
                if done & own or first & ~done or then < 0 or not self._people.can_end(done | own, then):
                    continue
                switches = fewest + bool(sharing and not at_hand & own)
                before, others = found.get((done | own, then), (_NEVER, 0))
                if switches <= before:
                    found[done | own, then] = switches, (sharing or at_hand) | (others if switches == before else 0)
        return found

    def _work_out(self, done: int, begun: int) -> None:
        fewest, begun_by = _NEVER, 0
        for own, first, at_hand, people in self._steps:
            if done & own or first & ~done or people[begun] < 0:
                continue
            then = (done | own) * self._width + people[begun]
            switches = self._fewest.get(then, _NEVER)
            if at_hand and not at_hand & self._begun_by.get(then, 0):
                switches += 1
            if switches < fewest:
                fewest, begun_by = switches, own if at_hand else self._begun_by[then]
            elif switches == fewest < _NEVER:
                begun_by |= own if at_hand else self._begun_by[then]
        key = self._key(done, begun)
        self._fewest[key] = fewest
        self._begun_by[key] = begun_by

    def after(self, done: int, begun: int, at_hand: int) -> int:
        """Give the switches that are needed after these steps, coming from a step that shares with `at_hand`."""
        key = self._key(self._with_first(done & self._asked), begun)
        return self._fewest.get(key, _NEVER) + (not at_hand & self._begun_by.get(key, 0))

    def _with_first(self, done: int) -> int:
        """Give the set in whose place a set of steps is looked at: of those that are alike the first ones."""
        if done not in self._first:
            first = done
            for alike in self._alike:
                count = sum(done >> place & 1 for place in alike)
                for number, place in enumerate(alike):
                    first = first | 1 << place if number < count else first & ~(1 << place)
            self._first[done] = first
        return self._first[done]


def _alike(before: Sequence[int], shared: Sequence[int], people: People) -> list[list[int]]:
    """Give the groups of steps that differ neither in what they share, nor in whose and between which they are."""
    groups: dict[object, list[int]] = {}
    for place, row in enumerate(shared):
        shared_by, comes_before = (
            sum(1 << other for other, rows in enumerate(table) if rows >> place & 1) for table in (shared, before)
        )
        key = row, shared_by, before[place], comes_before, tuple(people.then(place))
        groups.setdefault(key, []).append(place)
    return [group for group in groups.values() if len(group) > 1]


class _LeastMoved:
    """Looks for the order with the fewest moved steps among those with the fewest switches.

    A step that stays is put behind all that stayed so far. What was passed over by that must be moved
    and is counted at once; what is put ahead of its place is counted when it is put there.
    """

    def __init__(self, before: Sequence[int], shared: Sequence[int], people: People) -> None:
        """Take what must come before each step, what shares a system with it, and whose it is."""
        self._steps = [
            (place, 1 << place, before[place], shared[place], people.then(place)) for place in range(len(before))
        ]
        self._shared = shared
        self._needed = _Needed(before, shared, people)
        self._everything = (1 << len(before)) - 1

    def order(self) -> list[int] | None:
        """Give the order; None where there is none."""
        if self._needed.after(0, 0, -1) >= _NEVER:
            return None
        came_from: dict[_State, tuple[_State, int]] = {}
        waiting: list[list[tuple[_State, _State, int]]] = [[] for _ in range(len(self._steps) + 1)]
        waiting[0].append((_START, _START, -1))
        for moved, states in enumerate(waiting):
            while states:
                state, previous, place = states.pop()
                if state in came_from:
                    continue
                came_from[state] = previous, place
                if state[0] == self._everything:
                    return _way_to(state, came_from)
                for more, step, then in self._next(state):
                    if then not in came_from:
                        waiting[moved + more].append((then, state, step))
        raise AssertionError("steps wait for each other")

    def _next(self, state: _State) -> Iterator[tuple[int, int, _State]]:
        """Give what can be done next without needing more switches: how many it moves, the step, the new state."""
        done, begun, last, kept = state
        at_hand = -1 if last < 0 else self._shared[last]
        needed = self._needed.after(done, begun, at_hand)
        passed = 0
        for step, own, first, sharing, people in self._steps:
            if done & own:
                continue
            passed += step >= kept
            now_begun = people[begun]
            if first & ~done or now_begun < 0:
                continue
            switch = bool(sharing) and not at_hand & own
            if self._needed.after(done | own, now_begun, sharing or at_hand) + switch != needed:
                continue
            now_last = step if sharing else last
            if step < kept:
                yield 0, step, (done | own, now_begun, now_last, kept)
            else:
                yield 1, step, (done | own, now_begun, now_last, kept)
                yield passed - 1, step, (done | own, now_begun, now_last, step + 1)


def _way_to(state: _State, came_from: Mapping[_State, tuple[_State, int]]) -> list[int]:
    order = []
    while state[0]:
        state, place = came_from[state]
        order.append(place)
    order.reverse()
    return order
