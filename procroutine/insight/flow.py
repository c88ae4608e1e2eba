"""How often a routine changes its system and its person (FORMULAS 6)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from procroutine.run.states import systems_with

if TYPE_CHECKING:
    from procroutine.routine.model import Step


def settled(steps: Iterable[Step], used: Mapping[str, tuple[str, ...]] | None = None) -> list[Step]:
    """Give steps with the systems that they are done with where these may be chosen: as `used`, by the step's id.

    Else with the one that is the usual one, or whose turn is first.
    """
    return [step.replaced(systems=_settled(step, used or {})) if step.alternatives else step for step in steps]


def _settled(step: Step, used: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    if step.id in used:
        return used[step.id]
    usual = next((one for one in step.alternatives if one in step.systems), step.alternatives[0])
    return systems_with({"systems": step.systems, "alternatives": step.alternatives}, usual)


def switched(uses: Iterable[tuple[str, Collection[str]]]) -> list[str]:
    """Give what is begun after something with other systems, of names with the systems of each.

    What has none changes nothing: the one before it stays at hand.
    """
    found, at_hand = [], frozenset[str]()
    for name, systems in uses:
        own = frozenset(systems)
        if own and at_hand and not own & at_hand:
            found.append(name)
        at_hand = own or at_hand
    return found


def switches(steps: Iterable[Step]) -> int:
    """Count the changes of system: neighbouring steps that have no system in common.

    A step without a system changes nothing: the one before it stays at hand. One with systems to choose from
    is done with one of them, as `settled`.
    """
    return len(switched((step.id, step.systems) for step in settled(steps)))


def hand_offs(steps: Iterable[Step]) -> int:
    """Count the changes of person between neighbouring steps; steps that name nobody change nothing."""
    people = [step.person for step in steps if step.person]
    return sum(before != after for before, after in pairwise(people))
