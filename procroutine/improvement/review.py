"""The review: what to change first in one routine or all, where each stands, and what the records do not tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from procroutine.improvement.corner import Corner, corner_of
from procroutine.improvement.gains import Gain, gains_of
from procroutine.improvement.ground import FEWEST, Ground, RoutineGround, Unread
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
from procroutine.improvement.levers.lever import Earned, Lever, Missing
from procroutine.improvement.levers.needless import KIND
from procroutine.improvement.losses import Loss, losses_of
from procroutine.improvement.ranking import ranked
from procroutine.text import counted
from procroutine.values import Value

if TYPE_CHECKING:
    from collections.abc import Mapping

Finder = Callable[[RoutineGround, Chance], Iterator[Lever | Missing | Earned]]
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
    earned: tuple[Earned, ...] = ()
    """Steps that the output is shown to need."""
    gains: tuple[Gain, ...] = ()
    """What has helped already, most a week first."""
    losses: tuple[Loss, ...] = ()
    """What has made the runs longer, most a week first."""

    @property
    def best(self) -> Lever | None:
        """The single change with the largest effect that is shown; None where none is.

        To go on practising is no change that anybody makes.
        """
        return next((lever for lever in self.levers if lever.is_shown and lever.kind != practice.KIND), None)


def review_of(ground: Ground, routine_id: str | None = None) -> Review:
    """Review one routine, or all.

    What is said of a routine is the same in both: the chance of false claims is always shared
    among all routines.
    """
    asking = sum(eliminate.can_be_asked(one) for one in ground.routines)
    chance = Chance(routines=ground.families, asking={KIND: asking})
    chosen = [one for one in ground.routines if routine_id in (None, one.routine.id)]
    found = [said for one in chosen for said in (*_said(one, chance), *gains_of(one, chance), *losses_of(one, chance))]
    found += [_unread(one) for one in ground.unread if routine_id in (None, one.routine)]
    return Review(
        levers=ranked(said for said in found if isinstance(said, Lever)),
        corners={one.routine.id: corner_of(one, ground.now.date()) for one in chosen},
        missing=tuple(said for said in found if isinstance(said, Missing)),
        earned=tuple(said for said in found if isinstance(said, Earned)),
        gains=tuple(sorted((said for said in found if isinstance(said, Gain)), key=lambda gain: -gain.saves)),
        losses=tuple(sorted((said for said in found if isinstance(said, Loss)), key=lambda loss: -loss.costs)),
    )


def _said(ground: RoutineGround, chance: Chance) -> Iterable[Lever | Missing | Earned]:
    if len(ground.finished) < FEWEST:
        yield Missing(routine=ground.routine.id, kind="runs", sentence=_too_few(ground))
        return
    for finder in FINDERS:
        yield from finder(ground, chance)


def _too_few(ground: RoutineGround) -> str:
    runs = len(ground.finished)
    needed = f"{FEWEST} are needed before it can be said what to change"
    back = " To let one count again: procroutine leave-out RUN --not, or l on its page." if ground.left_out else ""
    if not runs:
        return f"{ground.why_none}; {needed}.{back}"
    they = f"There {'is' if runs == 1 else 'are'} only {counted(runs, 'finished run')}"
    more = f", {ground.left_out} more left out of the statistics" if ground.left_out else ""
    return f"{they}{more}; {needed}.{back}"


def _unread(one: Unread) -> Missing:
    """Say what to do about runs of a routine that has no file that can be read."""
    runs = counted(one.runs, "run")
    sentence = (
        f"It has {runs}, but its file has problems: see procroutine check."
        if one.has_file
        else f"It has {runs}, but no file in the routines folder: write {one.routine}.toml, or previous_ids ="
        f' ["{one.routine}"] into the file of the routine that goes on with it.'
    )
    return Missing(routine=one.routine, kind="file", sentence=sentence)
