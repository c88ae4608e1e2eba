"""The order of a routine's steps with the fewest switches between systems (FORMULAS 6).

Among all orders that respect `after`, the one with the fewest switches, then with the fewest moved
steps; switches are counted as `procroutine.insight.flow` counts them, and as moved count the fewest
steps that have to be taken out and put elsewhere, as in the difference of two revisions.

Up to `MOST_EXACT` steps the order is the best there is (`best_order`); with more it is a good one: systems
are stayed with as long as `after` allows, and what that gives is bettered step by step (`good_order`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from procroutine.improvement.best_order import best_order
from procroutine.improvement.good_order import as_written, good_order, members, moved_steps, switches_of
from procroutine.insight.flow import switches

if TYPE_CHECKING:
    from procroutine.routine.model import Step

MOST_EXACT = 16
"""Steps up to which the order is the best there is."""


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
    steps: Sequence[Step], *, keep_hand_offs: bool = False, keep_used_together: bool = True
) -> FewestSwitches:
    """Find the order with the fewest switches.

    With `keep_hand_offs` the work also goes from person to person as it does now: nobody's step goes
    before or behind the stretch of steps between two hand-offs that it stands in. The steps that a used
    routine brings stand in a file of their own, so they stay one behind the other unless asked otherwise;
    together they are one thing to be moved.
    """
    units = list(_units(steps)) if keep_used_together else [(place,) for place in range(len(steps))]
    before = _before_units(units, _before(steps, keep_hand_offs))
    if any(first >> number & 1 for number, first in enumerate(before)):
        # A step stands between those of a used routine by its after: they cannot stay together.
        return fewest_switches(steps, keep_hand_offs=keep_hand_offs, keep_used_together=False)
    shared = _shared([(steps[unit[0] : unit[-1] + 1]) for unit in units])
    found, exact = _found(before, shared)
    order = [steps[place] for unit in found for place in units[unit]]
    places = {step.id: place for place, step in enumerate(steps)}
    return FewestSwitches(
        order=tuple(step.id for step in order),
        switches=switches(order),
        switches_now=switches(steps),
        moved=moved_steps(places[step.id] for step in order),
        exact=exact,
    )


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


def _found(before: Sequence[int], shared: Sequence[int]) -> tuple[Sequence[int], bool]:
    """Give the order, and whether it is the best."""
    if _is_best(before, shared):
        return range(len(shared)), True
    if len(shared) <= MOST_EXACT:
        return as_written(best_order(before, shared), before, shared), True
    return as_written(good_order(before, shared), before, shared), False


def _shared(units: Sequence[Sequence[Step]]) -> list[int]:
    """Give for each unit those that can follow it without a switch, itself among them; none where it has no system."""
    used = [[frozenset(step.systems) for step in unit if step.systems] for unit in units]
    return [
        sum(1 << place for place, other in enumerate(used) if other and (place == number or own[-1] & other[0]))
        if own
        else 0
        for number, own in enumerate(used)
    ]


def _before(steps: Sequence[Step], keep_hand_offs: bool) -> list[int]:
    """Give for each step the set of all steps that must come before it."""
    places = {step.id: place for place, step in enumerate(steps)}
    before = [sum(1 << places[name] for name in set(step.after) if name in places) for step in steps]
    if keep_hand_offs:
        for place, earlier in enumerate(_earlier_stretches(steps)):
            before[place] |= earlier
    return _closed(before)


def _closed(before: Sequence[int]) -> list[int]:
    """Add to what comes directly before each all that comes before that."""
    closed, changed = list(before), True
    while changed:
        changed = False
        for place, direct in enumerate(closed):
            known = direct
            for other in members(direct):
                known |= closed[other]
            changed |= known != direct
            closed[place] = known
    return closed


def _earlier_stretches(steps: Sequence[Step]) -> Iterable[int]:
    """Give for each step the steps before the last hand-off before it; steps that name nobody go where they like."""
    done = stretch = 0
    person = None
    for place, step in enumerate(steps):
        if step.person and person and step.person != person:
            done |= stretch
            stretch = 0
        if step.person:
            person = step.person
            stretch |= 1 << place
        yield done if step.person else 0


def _is_best(before: Sequence[int], shared: Sequence[int]) -> bool:
    """Say whether the present order cannot be bettered: it switches only between systems that nothing connects."""
    respected = all(first < 1 << place for place, first in enumerate(before))
    return respected and switches_of(range(len(shared)), shared) <= max(0, _groups(shared) - 1)


def _groups(shared: Sequence[int]) -> int:
    """Count the groups of steps that are connected by systems; each needs a switch from the one before it."""
    count, left = 0, sum(1 << place for place, others in enumerate(shared) if others)
    while left:
        group, new = 0, left & -left
        while new:
            group |= new
            followed = sum(1 << place for place in members(left) if shared[place] & group)
            followers = 0
            for place in members(group):
                followers |= shared[place]
            new = (followed | followers & left) & ~group
        left &= ~group
        count += 1
    return count
