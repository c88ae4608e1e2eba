"""Which lever comes first: what is shown to save most minutes a week.

Of the others it is not known what they save; those follow that the records make likely, then all others:
first those that are about most work a week, then those about most waiting. Where they are about as much,
they stand in the order in which a routine is best gone through (FORMULAS 7: eliminate, combine, rearrange,
simplify).

Two levers may speak of the same minutes. What can go need not be made quicker (ECRS: eliminate,
combine, rearrange, simplify), so of two that are shown to save and share a step, the one that is
looked at first stays, and the other only for the steps that are left.
"""

from __future__ import annotations

from collections.abc import Iterable

from procroutine.improvement.levers.lever import KINDS, Lever

_DROPS = ("eliminate", "person")
"""Kinds that let steps go, whether they are named by themselves or by who does them: the same ones once."""
_ABOUT_STEPS = frozenset(("eliminate", "person", "system", "planned", "steady"))
"""Kinds whose saving is that of their steps."""
_GONE_THROUGH = (
    *("eliminate", "person", "combine", "rearrange", "hand_off", "prepare", "waiting"),
    *("planned", "steady", "system", "practice"),
)
"""Kinds in the order in which a routine is gone through: first what goes, then what is put otherwise, then the rest."""


def ranked(levers: Iterable[Lever]) -> tuple[Lever, ...]:
    """Put levers in order, those left out that speak of what another does already."""
    return tuple(sorted(_once(levers), key=_rank))


def _rank(lever: Lever) -> tuple[object, ...]:
    return (
        -lever.saves,
        not lever.is_likely,
        -lever.at_stake,
        -lever.lead,
        _GONE_THROUGH.index(lever.kind),
        lever.routine,
        lever.steps,
        lever.system or "",
    )


def _once(levers: Iterable[Lever]) -> list[Lever]:
    kept: list[Lever] = []
    taken: set[tuple[str, str]] = set()
    to_drop: set[frozenset[tuple[str, str]]] = set()
    for lever in sorted(levers, key=_strength):
        own = frozenset((lever.routine, step) for step in lever.steps)
        if (lever.kind in _ABOUT_STEPS and own & taken) or (lever.kind in _DROPS and own in to_drop):
            continue
        if lever.kind in _DROPS:
            to_drop.add(own)
        kept.append(lever)
        if lever.kind in _ABOUT_STEPS and lever.is_shown:
            taken |= own
    return kept


def _strength(lever: Lever) -> tuple[object, ...]:
    """Order by what has a say first: shown ones before others, those that drop steps by what they save."""
    place = 0 if lever.kind in _DROPS else KINDS.index(lever.kind) + 1
    if lever.kind == "system":
        place = 1  # why a step is slow says more than that it is
    return not lever.is_shown, place, -lever.saves, KINDS.index(lever.kind), lever.steps
