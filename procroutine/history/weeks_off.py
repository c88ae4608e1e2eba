"""Weeks off, holidays most of all: declared for one routine or all, listed, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procroutine.errors import DoesNotFit, NotFound
from procroutine.routine.entries import present_ids

if TYPE_CHECKING:
    from collections.abc import Sequence

    from procroutine.history.heads import WeekOff
    from procroutine.history.past_folder import PastFolder
    from procroutine.weeks import Week


def declare_off(home: PastFolder, routine: str | None, weeks: Sequence[Week], reason: str) -> str:
    """Declare weeks that follow one another off for one routine, by id or name, or all; gives the sentence for it.

    DoesNotFit without a reason, NotFound where there is no such routine.
    """
    if not reason.strip():
        raise DoesNotFit("the reason is empty", "say why in a word or more")
    routine_id = None if routine is None else home.routine_id_known(routine)
    home.history().set_weeks_off(routine_id, weeks, reason.strip())
    return f"{_span(weeks)} off for {routine_id or 'all routines'}."


def declared_off(home: PastFolder, routine: str | None = None) -> tuple[WeekOff, ...]:
    """Give all weeks off in order, or those in which one routine, by id or name, is off: its own and those of all."""
    found = sorted(home.overview(0).weeks_off, key=lambda off: (off.week, off.routine or ""))
    if routine is None:
        return tuple(found)
    wanted = (None, *_names_of(home, routine))
    return tuple(off for off in found if off.routine in wanted)


def take_back_off(home: PastFolder, routine: str | None, weeks: Sequence[Week]) -> str:
    """Take back what was declared for one routine, or for all, in some weeks; gives the sentence that says so.

    NotFound where none of them was declared off so.
    """
    names = (None,) if routine is None else _names_of(home, routine)
    there = [off for off in home.overview(0).weeks_off if off.week in weeks]
    taken = [off for off in there if off.routine in names]
    if not taken:
        raise NotFound(f"{_span(weeks)} not off for {routine or 'all routines'}", _remedy(there))
    home.history().clear_weeks_off([(off.routine, off.week) for off in taken])
    found = sorted({off.week for off in taken})
    return f"{_span(found)} not off any more for {names[-1] or 'all routines'}."


def _names_of(home: PastFolder, routine: str) -> tuple[str, ...]:
    """Give the ids under which something may have been said of a routine, the present one last."""
    present = home.routine_id_known(routine)
    now_called = present_ids(home.library().entries)
    return (*(old for old, now in now_called.items() if now == present and old != present), present)


def _remedy(there: Sequence[WeekOff]) -> str:
    if any(off.routine is None for off in there):
        return "it is declared for all: leave the routine's name out"
    if there:
        return "name the routine that is off then"
    return "see procroutine off --list"


def _span(weeks: Sequence[Week]) -> str:
    if len(weeks) == 1:
        return f"{weeks[0]} is"
    if weeks[-1] - weeks[0] == len(weeks) - 1:
        return f"{weeks[0]} to {weeks[-1]} are"
    return f"{', '.join(map(str, weeks))} are"
