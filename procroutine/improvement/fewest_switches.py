"""The order of a routine's steps with the fewest switches between systems (FORMULAS 6).

Among all orders that respect `after`, the one with the fewest switches, then with the fewest moved
steps; switches are counted as `procroutine.insight.flow` counts them, and as moved count the fewest
steps that have to be taken out and put elsewhere, as in the difference of two revisions.

Up to `MOST_EXACT` steps the order is the best there is (`best_order`); with more it is a good one: the best of
the most promising (`many_orders`), bettered step by step (`good_order`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from operator import or_
from types import MappingProxyType
from typing import TYPE_CHECKING

from procroutine.improvement.best_order import best_order
from procroutine.improvement.better_order import as_written, members
from procroutine.improvement.good_order import good_order, moved_steps, switches_of
from procroutine.improvement.many_orders import groups_of
from procroutine.improvement.people_order import People, people_of
from procroutine.insight.flow import switches

if TYPE_CHECKING:
    from procroutine.routine.model import Step

MOST_EXACT = 16
"""Steps up to which the order is the best there is."""
_NOTHING_MERGED: Mapping[str, Sequence[Step]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FewestSwitches:
    """An order, and what it is worth."""

    order: tuple[str, ...]
    """Ids of all steps."""
    switches: int
    switches_now: int
    """Of the order as it stands."""
    moved: int
    """The fewest steps that have to be taken out of the present order and put elsewhere."""
    exact: bool
    """Whether no order has fewer switches, nor as few with fewer moved steps; else it is only a good one."""


def fewest_switches(
    steps: Sequence[Step],
    *,
    keep_hand_offs: bool = False,
    keep_used_together: bool = True,
    done_as: Mapping[str, Sequence[Step]] = _NOTHING_MERGED,
) -> FewestSwitches:
    """Find the order with the fewest switches.

    A step that was made of several is `done_as` these, by its id, one behind the other.

    With `keep_hand_offs` the work also goes from person to person as it does now (`people_order`). The steps
    that a used routine brings stand in a file of their own, so they stay one behind the other unless asked
    otherwise; together they are one thing to be moved. Where no order can be all that, the present one stays.
    """
    units = list(_units(steps)) if keep_used_together else [(place,) for place in range(len(steps))]
    before = _before_units(units, _before(steps))
    together = [_parts(steps[unit[0] : unit[-1] + 1], done_as) for unit in units]
    found, exact = _found(before, _shared(together), people_of(together, keep=keep_hand_offs))
    if found is None and keep_used_together:
        # As where a step stands between those of a used routine by its after.
        return fewest_switches(steps, keep_hand_offs=keep_hand_offs, keep_used_together=False, done_as=done_as)
    order = [steps[place] for unit in (range(len(units)) if found is None else found) for place in units[unit]]
    places = {step.id: place for place, step in enumerate(steps)}
    return FewestSwitches(
        order=tuple(step.id for step in order),
        switches=switches(_parts(order, done_as)),
        switches_now=switches(_parts(steps, done_as)),
        moved=moved_steps(places[step.id] for step in order),
        exact=exact,
    )


def _parts(steps: Iterable[Step], done_as: Mapping[str, Sequence[Step]]) -> list[Step]:
    return [part for step in steps for part in done_as.get(step.id, (step,))]


def _units(steps: Sequence[Step]) -> Iterator[tuple[int, ...]]:
    """Give the places that go together: each step by itself, those of a used routine as one."""
    for (prefix, _), group in groupby(enumerate(steps), key=lambda one: _used(one[1], one[0])):
        places = tuple(place for place, _ in group)
        yield from [places] if prefix else [(place,) for place in places]


def _used(step: Step, place: int) -> tuple[str, int]:
    """Give what a step is used as; apart from all others where it is not."""
    prefix, mark, _ = step.id.partition("/")
    return (prefix, -1) if mark else ("", place)


def _before_units(units: Sequence[tuple[int, ...]], before: Sequence[int]) -> list[int]:
    """Give for each unit the set of all units that must come before it."""
    unit_of = {place: number for number, unit in enumerate(units) for place in unit}
    direct = [{unit_of[first] for place in unit for first in members(before[place])} for unit in units]
    return _closed([sum(1 << other for other in others - {number}) for number, others in enumerate(direct)])


def _found(before: Sequence[int], shared: Sequence[int], people: People) -> tuple[Sequence[int] | None, bool]:
    """Give the order, None where there is none, and whether it is the best."""
    if any(first >> unit & 1 for unit, first in enumerate(before)):
        return None, True
    if _is_best(before, shared):
        return range(len(shared)), True
    exact = len(shared) <= MOST_EXACT
    found = (best_order if exact else good_order)(before, shared, people)
    return None if found is None else as_written(found, before, shared, people), exact


def _shared(units: Sequence[Sequence[Step]]) -> list[int]:
    """Give for each unit those that can follow it without a switch, itself among them; none where it has no system."""
    used = [[step.systems for step in unit if step.systems] for unit in units]
    begun_with: dict[str, int] = {}
    for place, own in enumerate(used):
        for system in own[0] if own else ():
            begun_with[system] = begun_with.get(system, 0) | 1 << place
    return [
        reduce(or_, (begun_with.get(system, 0) for system in own[-1]), 1 << place) if own else 0
        for place, own in enumerate(used)
    ]


def _before(steps: Sequence[Step]) -> list[int]:
    """Give for each step the set of those that it names as before it."""
    places = {step.id: place for place, step in enumerate(steps)}
    return [sum(1 << places[name] for name in set(step.after) if name in places) for step in steps]


def _closed(before: Sequence[int]) -> list[int]:
    """Add to what comes directly before each all that comes before that (Warshall 1962)."""
    closed = list(before)
    for place in range(len(closed)):
        own, further = 1 << place, closed[place]
        if further:
            closed = [known | further if known & own else known for known in closed]
    return closed


def _is_best(before: Sequence[int], shared: Sequence[int]) -> bool:
    """Say whether the present order cannot be bettered: it switches only between systems that nothing connects."""
    respected = all(first < 1 << place for place, first in enumerate(before))
    return respected and switches_of(range(len(shared)), shared) <= max(0, len(list(groups_of(shared))) - 1)
