"""How often a routine changes its system and its person (FORMULAS 6)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from procroutine.routine.model import Step


def switches(steps: Iterable[Step]) -> int:
    """Count the changes of system: neighbouring steps that have no system in common.

    A step without a system changes nothing: the one before it stays at hand.
    """
    used = [frozenset(step.systems) for step in steps if step.systems]
    return sum(not before & after for before, after in pairwise(used))


def hand_offs(steps: Iterable[Step]) -> int:
    """Count the changes of person between neighbouring steps; steps that name nobody change nothing."""
    people = [step.person for step in steps if step.person]
    return sum(before != after for before, after in pairwise(people))
