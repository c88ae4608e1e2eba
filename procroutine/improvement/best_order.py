"""The best order of up to about sixteen steps: the fewest switches, then the fewest moved steps.

Two goes over sets of steps (dynamic programming over subsets, Held and Karp 1962). The first tells
for every set of steps done how many switches the others need. The second looks only at orders that
keep to that, those with fewer moved steps first (Dijkstra 1959). Sets are those of `good_order`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from procroutine.improvement.good_order import members

_State = tuple[int, int, int]
"""Steps done, the last one of them with a system (-1: none yet), and the place that the next to stay is not before."""
_START: _State = 0, -1, 0


def best_order(before: Sequence[int], shared: Sequence[int]) -> list[int]:
    """Give the best order; `before` holds all that must come before a step, however far."""
    return _LeastMoved(before, shared).order()


class _Needed:
    """How many switches the steps that are left need; those without a system need none, and are left out."""

    def __init__(self, before: Sequence[int], shared: Sequence[int]) -> None:
        """Work it out from all steps done back to none."""
        self._asked = sum(1 << place for place, others in enumerate(shared) if others)
        steps = [(1 << place, before[place] & self._asked, shared[place]) for place in members(self._asked)]
        self._fewest: dict[int, int] = {self._asked: 0}
        self._begun_by: dict[int, int] = {self._asked: -1}
        """Steps with which the rest is begun for the fewest.

        Whoever comes from a system of one of these begins without a switch, everybody else with one:
        nothing else is worth more, since any order of the rest can be begun by a switch.
        """
        done = self._asked
        while done:
            done = (done - 1) & self._asked
            self._work_out(done, steps)

    def _work_out(self, done: int, steps: Sequence[tuple[int, int, int]]) -> None:
        fewest, begun_by = len(steps), 0
        for own, first, at_hand in steps:
            if done & own or first & ~done:
                continue
            then = done | own
            switches = self._fewest[then]
            if not at_hand & self._begun_by[then]:
                switches += 1
            if switches < fewest:
                fewest, begun_by = switches, own
            elif switches == fewest:
                begun_by |= own
        self._fewest[done] = fewest
        self._begun_by[done] = begun_by

    def after(self, done: int, at_hand: int) -> int:
        """Give the switches that are needed after these steps, coming from a step that shares with `at_hand`."""
        done &= self._asked
        return self._fewest[done] + (not at_hand & self._begun_by[done])


class _LeastMoved:
    """Looks for the order with the fewest moved steps among those with the fewest switches.

    A step that stays is put behind all that stayed so far. What was passed over by that must be moved
    and is counted at once; what is put ahead of its place is counted when it is put there.
    """

    def __init__(self, before: Sequence[int], shared: Sequence[int]) -> None:
        """Take what must come before each step, and what shares a system with it."""
        self._steps = [(place, 1 << place, before[place], shared[place]) for place in range(len(before))]
        self._shared = shared
        self._needed = _Needed(before, shared)
        self._everything = (1 << len(before)) - 1

    def order(self) -> list[int]:
        """Give the order."""
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
        done, last, kept = state
        at_hand = -1 if last < 0 else self._shared[last]
        needed = self._needed.after(done, at_hand)
        passed = 0
        for step, own, first, sharing in self._steps:
            if done & own:
                continue
            passed += step >= kept
            if first & ~done:
                continue
            if sharing and self._needed.after(done | own, sharing) + (not at_hand & own) != needed:
                continue
            now_last = step if sharing else last
            if step < kept:
                yield 0, step, (done | own, now_last, kept)
            else:
                yield 1, step, (done | own, now_last, kept)
                yield passed - 1, step, (done | own, now_last, step + 1)


def _way_to(state: _State, came_from: Mapping[_State, tuple[_State, int]]) -> list[int]:
    order = []
    while state[0]:
        state, place = came_from[state]
        order.append(place)
    order.reverse()
    return order
