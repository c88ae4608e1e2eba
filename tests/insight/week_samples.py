"""Routines and entries for the tests of This week and `routines --json`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from procroutine.history.heads import Overview, RunHead, WeekOff
from procroutine.history.routine_runs import by_routine
from procroutine.insight.routine_weeks import KnownPast, known_past
from procroutine.routine.entries import Entry
from procroutine.routine.model import Problem, Routine, Step
from procroutine.routine.schedule import parse_schedule
from procroutine.weeks import Week

STEPS = tuple(
    Step(id=name, title=name.upper(), planned=timedelta(minutes=minutes), systems=("docs",))
    for name, minutes in (("a", 10), ("b", 20), ("c", 5), ("d", 15), ("e", 1))
)


def entry(routine_id: str, schedule: str | None = None, **given: Any) -> Entry:
    """Make a sound routine of five steps, 51 minutes planned, goal one hour."""
    fields: dict[str, Any] = {"goal": timedelta(hours=1), "steps": STEPS} | given
    routine = Routine(
        id=routine_id,
        name=fields.pop("name", routine_id.capitalize()),
        schedule=parse_schedule(schedule) if schedule else None,
        **fields,
    )
    former = routine.previous_ids
    return Entry(id=routine_id, path=f"{routine_id}.toml", name=routine.name, routine=routine, previous_ids=former)


def broken(routine_id: str) -> Entry:
    """Make a routine file that cannot be read."""
    problem = Problem(
        file=f"{routine_id}.toml", line=3, key="steps", problem="a \x1b[31mstep has no title", remedy="give it one"
    )
    return Entry(id=routine_id, path=f"{routine_id}.toml", name=None, routine=None, problems=(problem,))


def off(week: str, routine: str | None = None) -> WeekOff:
    """Declare a week off."""
    return WeekOff(routine=routine, week=Week.parse(week), reason="holiday", day="2026-11-01")


def past_of(entries: Iterable[Entry], heads: Iterable[RunHead] = (), weeks_off: Iterable[WeekOff] = ()) -> KnownPast:
    """Put together what is known of routines from their runs, in any order, and the weeks off."""
    newest_first = tuple(sorted(heads, key=lambda head: head.started_at, reverse=True))
    overview = Overview(heads=newest_first, weeks_off=tuple(weeks_off), redlines=(), revisions={}, said=())
    return known_past(entries, overview, by_routine(newest_first), {}, {})
