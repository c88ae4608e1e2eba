"""Reading the path of a routine, and moving it on or back in its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procroutine.clock import zone_of
from procroutine.errors import DoesNotFit, NotFound
from procroutine.improvement.corner import NEWEST
from procroutine.improvement.outcomes import outcomes_of_heads
from procroutine.improvement.phase_ground import Ground
from procroutine.improvement.phases import Path, path_of
from procroutine.improvement.present import present_heads
from procroutine.insight.behaviour import behaviour_of, points_of
from procroutine.insight.comparisons import counted_runs
from procroutine.insight.trends_plot import weeks_ever
from procroutine.routine.due import standing
from procroutine.routine.entries import present_ids
from procroutine.routine.rewrite import rewrite, with_keys

if TYPE_CHECKING:
    from collections.abc import Iterable

    from procroutine.history.heads import RunHead
    from procroutine.history.home import Home
    from procroutine.insight.past_viewer import PastViewer
    from procroutine.routine.model import Phase, Routine


def path_of_routine(home: Home, past: PastViewer, routine: str, without: str | None = None) -> Path:
    """Find how far a routine, by its id or name, has come; NotFound, or DoesNotFit where its file has problems.

    What one of its runs did can be told from the path `without` it.
    """
    found = home.routine(routine)
    heads = [head for head in past.revisions.apart(found.id).heads if head.id != without]
    this_week = past.this_week()
    weeks = weeks_ever(found, heads, this_week)
    owners = present_ids(home.library().entries)
    redlines = [one for one in home.overview(0).redlines if owners.get(one.routine, one.routine) == found.id]
    return path_of(
        Ground(
            routine=found,
            weeks=weeks,
            behaviour=behaviour_of(points_of(weeks), past.real_changes(found.id)),
            this_week=this_week,
            timed=frozenset(step for head in counted_runs(heads) for step in head.step_times),
            redlines=len(redlines),
            put_off=_put_off(home, past, found, heads),
            outcomes=outcomes_of_heads(present_heads(reversed(heads))[-NEWEST:]),
        )
    )


def _put_off(home: Home, past: PastViewer, routine: Routine, heads: Iterable[RunHead]) -> int:
    """Give how often in a row a routine was due and not done; 0 without a schedule."""
    reading = home.clock.read()
    days = [head.day for head in heads if head.state == "finished" and not head.deleted]
    off = past.off_weeks(routine.id)
    return standing(routine.schedule, days, reading.wall, zone=zone_of(reading), off_weeks=off).put_off


def path_if_any(home: Home, past: PastViewer, routine: str) -> Path | None:
    """Find how far a routine has come; None where its file is gone or broken, so that there is no path."""
    try:
        return path_of_routine(home, past, routine)
    except (NotFound, DoesNotFit):
        return None


def turned(home: Home, past: PastViewer, routine: str, run: str) -> Path | None:
    """Give the path of a routine where it is to be moved because of a run; None where it is not, or not more so."""
    path = path_if_any(home, past, routine)
    if path is None or path.move_to is None:
        return None
    if path.move_to is path_of_routine(home, past, routine, without=run).move_to:
        return None
    return path


def move(home: Home, routine: str, phase: Phase) -> Phase:
    """Write another phase into a routine's file, all else in it kept; gives the one it had. Errors as `rewrite`."""
    found = home.routine(routine)
    if found.phase is not phase:
        rewrite(home.routine_path(found.id), lambda text: with_keys(text, {"phase": phase.value}))
    return found.phase
