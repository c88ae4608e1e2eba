"""The review: what to change first in one routine or all, where each stands, and what the records do not tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from procroutine.improvement.corner import Corner, corner_of
from procroutine.improvement.gains import Gain, gains_of
from procroutine.improvement.ground import FEWEST, Ground, RoutineGround
from procroutine.improvement.levers import (
    combine,
    eliminate,
    hand_off,
    person,
    planned,
    practice,
    prepare,
    rearrange,
    steady,
    system,
    waiting,
)
from procroutine.improvement.levers.chance import Chance
from procroutine.improvement.levers.lever import Lever, Missing
from procroutine.improvement.ranking import ranked
from procroutine.values import Value

if TYPE_CHECKING:
    from collections.abc import Mapping

Finder = Callable[[RoutineGround, Chance], Iterator[Lever | Missing]]
FINDERS: tuple[Finder, ...] = tuple(
    kind.levers
    for kind in (
        *(eliminate, combine, rearrange, prepare, steady, planned),
        *(waiting, hand_off, person, system, practice),
    )
)


class Review(Value):
    """Of one routine or all."""

    levers: tuple[Lever, ...]
    """Most minutes of work a week first."""
    corners: Mapping[str, Corner]
    """By routine."""
    missing: tuple[Missing, ...]
    gains: tuple[Gain, ...] = ()
    """What has helped already, most a week first."""

    @property
    def best(self) -> Lever | None:
        """The single change with the largest effect that is shown; None where none is."""
        return self.levers[0] if self.levers and self.levers[0].is_shown else None


def review_of(ground: Ground, routine_id: str | None = None) -> Review:
    """Review one routine, or all that were ever run or have no runs yet because they are new.

    What is said of a routine is the same in both: the chance of false claims is always shared
    among all routines.
    """
    chance = Chance(routines=ground.families)
    chosen = [one for one in ground.routines if routine_id in (None, one.routine.id)]
    found = [said for one in chosen for said in _said(one, chance)]
    return Review(
        levers=ranked(said for said in found if isinstance(said, Lever)),
        corners={one.routine.id: corner_of(one) for one in chosen},
        missing=tuple(said for said in found if isinstance(said, Missing)),
        gains=tuple(sorted((gain for one in chosen for gain in gains_of(one, chance)), key=lambda gain: -gain.saves)),
    )


def _said(ground: RoutineGround, chance: Chance) -> Iterable[Lever | Missing]:
    runs = len(ground.finished)
    if runs < FEWEST:
        they = "is no finished run" if not runs else f"{'is' if runs == 1 else 'are'} only {runs} finished"
        they += " run" * (runs == 1) + " runs" * (runs > 1)
        yield Missing(
            routine=ground.routine.id,
            kind="runs",
            sentence=f"There {they}; {FEWEST} are needed before it can be said what to change.",
        )
        return
    for finder in FINDERS:
        yield from finder(ground, chance)
