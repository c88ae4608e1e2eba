"""What screens and dialogs ask of the home, where it takes more than one call."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from procroutine.errors import DoesNotFit
from procroutine.routine.entries import present_ids
from procroutine.run.shown_marker import forget_interruption, interrupted
from procroutine.text import shown

if TYPE_CHECKING:
    from procroutine.history.heads import Redline
    from procroutine.history.home import Home
    from procroutine.run.states import RunState

Interruption = tuple["RunState", datetime]
"""A run whose app ended without leaving it, and when on the run's own timeline that app was last seen alive."""


class Opened(NamedTuple):
    """A run that is to be shown."""

    run_id: str
    said: tuple[str, ...] = ()
    """What else happened, in sentences."""
    paused: timedelta = timedelta()
    """The pause that has just ended."""


def begin_or_resume(home: Home, routine_id: str, deadline: datetime | None = None, run_id: str | None = None) -> Opened:
    """Begin a run of a routine, or go on with the one that is open; what was prepared is begun.

    Where several are open, `run_id` says which. With a deadline it has to be through by then from now on.
    """
    opened = _begin_or_resume(home, routine_id, run_id)
    if deadline is not None:
        home.act("deadline", run=opened.run_id, until=deadline)
    return opened


def _begin_or_resume(home: Home, routine_id: str, run_id: str | None) -> Opened:
    run = open_run_of(home, routine_id, run_id)
    if run is None or run.preparing:
        answer = home.start(routine_id) if run is None else home.act("begin", run=run.id)
        return Opened(answer.run.id, answer.said)
    if run.state != "paused":
        return Opened(run.id)
    answer = home.act("resume", run=run.id)
    return Opened(run.id, answer.said, answer.run.last_pause if run.waiting_for is None else timedelta())


def prepare(home: Home, routine_id: str, run_id: str | None = None) -> Opened:
    """Do what may be done before a run of a routine, or go on with it; where several are open, `run_id` says which.

    DoesNotFit where there is nothing of that kind, or the run has begun.
    """
    run = open_run_of(home, routine_id, run_id)
    if run is not None and not run.preparing:
        raise DoesNotFit(f"{shown(run.routine_name)} has begun already", "go on with it")
    if run is not None and (run.state != "paused" or nothing_to_prepare(run)):
        return Opened(run.id)
    answer = home.prepare(routine_id) if run is None else home.act("resume", run=run.id)
    return Opened(answer.run.id, answer.said)


def nothing_to_prepare(run: RunState) -> bool:
    """Say whether all is done that may be done before a run."""
    return run.current is None or not run.steps[run.current].definition.get("prepare")


def open_run_of(home: Home, routine_id: str, run_id: str | None = None) -> RunState | None:
    """Give the open run of a routine, if there is one: the one with this id, or else that which went on last.

    It may have begun under an earlier id of the routine.
    """
    runs = home.open_runs()
    now_called = {} if all(run.routine == routine_id for run in runs) else present_ids(home.library().entries)
    own = [run for run in runs if routine_id in (run.routine, now_called.get(run.routine))]
    return next((run for run in own if run.id == run_id), own[0] if own else None)


def redlines_before(home: Home, routine_id: str) -> tuple[Redline, ...]:
    """Give what the person wanted to change before the next run of a routine; nothing while one goes on."""
    run = open_run_of(home, routine_id)
    if run is not None and not run.preparing:
        return ()
    redlines = home.overview(0).redlines
    if all(line.routine == routine_id for line in redlines):
        return redlines
    now_called = present_ids(home.library().entries)
    return tuple(line for line in redlines if routine_id in (line.routine, now_called.get(line.routine)))


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
    """Take the time since a run was interrupted off its clock: it was paused then, and goes on now."""
    last_seen = found[1]
    run = home.open_run(found[0].id)
    if run.state == "running":
        gap = run.as_of.astimezone(UTC) - max(last_seen, run.last_event_at.astimezone(UTC))
        home.act("pause", run=run.id, at=home.clock.read().wall - max(gap, timedelta()))
        home.act("resume", run=run.id)
