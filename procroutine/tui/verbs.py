"""What screens and dialogs ask of the home, where it takes more than one call."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from procroutine.run.shown_marker import forget_interruption, interrupted

if TYPE_CHECKING:
    from procroutine.history.home import Home
    from procroutine.run.states import RunState

Interruption = tuple["RunState", datetime]
"""A run whose app ended without leaving it, and when on the run's own timeline that app was last seen alive."""


def begin_or_resume(home: Home, routine_id: str) -> tuple[str, tuple[str, ...]]:
    """Begin a run of a routine, or go on with the one that is open; gives its id and what else happened."""
    for run in home.open_runs():
        if run.routine == routine_id:
            return run.id, home.act("resume", run=run.id).said if run.state == "paused" else ()
    answer = home.start(routine_id)
    return answer.run.id, answer.said


def running_run(home: Home) -> RunState | None:
    """Give the run whose clock goes on, if there is one."""
    return next((run for run in home.open_runs() if run.state == "running"), None)


def interruption(home: Home) -> Interruption | None:
    """Give an open run that was interrupted, if there is one; marks of runs that have ended are taken away."""
    marks = interrupted(home.places.open_runs)
    if not marks:
        return None
    for run in home.open_runs():
        if run.id in marks:
            return run, marks[run.id]
    for run_id in marks:
        forget_interruption(home.places.open_runs, run_id)
    return None


def leave_gap_out(home: Home, found: Interruption) -> None:
    """Take the time since a run was interrupted off its clock: it was paused then."""
    last_seen = found[1]
    run = home.open_run(found[0].id)
    if run.state == "running":
        gap = run.as_of.astimezone(UTC) - max(last_seen, run.last_event_at.astimezone(UTC))
        home.act("pause", run=run.id, at=home.clock.read().wall - max(gap, timedelta()))
