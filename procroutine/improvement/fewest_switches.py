"""The order of a routine's steps with the fewest switches between systems (FORMULAS 6).

Among all orders that respect `after`, the one with the fewest switches, then with the fewest moved
steps; switches are counted as `procroutine.insight.flow` counts them, and as moved count the fewest
steps that have to be taken out and put elsewhere, as in the difference of two revisions.

Up to `MOST_EXACT` steps the order is the best there is (`best_order`); with more it is a good one: systems
are stayed with as long as `after` allows, and what that gives is bettered step by step (`good_order`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from procroutine.improvement.best_order import best_order
from procroutine.improvement.good_order import as_written, good_order, members, moved_steps, switches_of

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


def fewest_switches(steps: Sequence[Step], *, keep_hand_offs: bool = False) -> FewestSwitches:
    """Find the order with the fewest switches.

    With `keep_hand_offs` the work also goes from person to person as it does now: nobody's step goes
    before or behind the stretch of steps between two hand-offs that it stands in.
    """
    before, shared = _before(steps, keep_hand_offs), _shared(steps)
    present = range(len(steps))
    order, exact = _found(before, shared)
    return FewestSwitches(
        order=tuple(steps[place].id for place in order),
        switches=switches_of(order, shared),
        switches_now=switches_of(present, shared),
        moved=moved_steps(order),
        exact=exact,
    )


def _found(before: Sequence[int], shared: Sequence[int]) -> tuple[Sequence[int], bool]:
    """Give the order, and whether it is the best."""
    if _is_best(before, shared):
        return range(len(shared)), True
    if len(shared) <= MOST_EXACT:
        return as_written(best_order(before, shared), before, shared), True
    return as_written(good_order(before, shared), before, shared), False


def _shared(steps: Sequence[Step]) -> list[int]:
    """Give for each step the set of steps that have a system in common with it; none where it has no system."""
    used = [frozenset(step.systems) for step in steps]
    return [sum(1 << place for place, other in enumerate(used) if own & other) for own in used]


def _before(steps: Sequence[Step], keep_hand_offs: bool) -> list[int]:
    """Give for each step the set of all steps that must come before it."""
    places = {step.id: place for place, step in enumerate(steps)}
    before = [sum(1 << places[name] for name in set(step.after) if name in places) for step in steps]
    if keep_hand_offs:
        for place, earlier in enumerate(_earlier_stretches(steps)):
            before[place] |= earlier
    changed = True
    while changed:
        changed = False
        for place, direct in enumerate(before):
            known = direct
            for other in members(direct):
                known |= before[other]
            changed |= known != direct
            before[place] = known
    return before


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
            new = sum(1 << place for place in members(left) if shared[place] & group) & ~group
        left &= ~group
        count += 1
    return count
