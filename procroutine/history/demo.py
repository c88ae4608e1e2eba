"""A made-up history of the shipped routines, so that every chart can be seen in the first minute.

The runs are played through the same `LiveRun` as real ones and written through the same files,
so a demo home is a real home in everything but that nobody did the work.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from tinydb.table import Document

from procroutine.clock import ManualClock, Reading, zone_of
from procroutine.history.demo_calendar import present_week, weeks_off
from procroutine.history.demo_past import Past, past_of
from procroutine.history.demo_plan import REDLINES
from procroutine.history.demo_runs import MadeRun
from procroutine.history.documents import document_id, run_document
from procroutine.history.history import History
from procroutine.history.home import Home
from procroutine.history.seal import with_check
from procroutine.history.stamps import next_stamp
from procroutine.history.year_files import put_definition
from procroutine.places import Places
from procroutine.routine.library import read_library
from procroutine.routine.model import Routine
from procroutine.routine.shipped import copy_shipped

if TYPE_CHECKING:
    from procroutine.clock import Clock

_DAYS_A_YEAR = 365.25
_DONE_BEFORE_PAUSE = 4
"""How many steps of the open run are done."""
_PAUSED_FOR = timedelta(minutes=25)

Progress = Callable[[int, int], None]
"""Takes how many runs are made, and of how many."""


def make_demo_home(
    places: Places, clock: Clock, years: float, *, seed: int = 7, progress: Progress | None = None
) -> None:
    """Fill an empty home: shipped routines, a made-up history up to now, and one run that is paused.

    CannotRead and CannotWrite where the system refuses.
    """
    copy_shipped(places)
    reading = clock.read()
    now = reading.wall.astimezone(zone_of(reading))  # so that last summer has its own offset
    _have_something_due(places, now)
    entries = read_library(places.routines).entries.values()
    routines = [entry.routine for entry in entries if entry.routine is not None]
    make_demo_history(places, routines, now, years, seed=seed, progress=progress)
    paused = present_week(routines, now).paused
    if paused is not None:
        _leave_one_paused(places, reading, paused)


def make_demo_history(
    places: Places,
    routines: Iterable[Routine],
    now: datetime,
    years: float,
    *,
    seed: int = 7,
    progress: Progress | None = None,
) -> None:
    """Make up the runs of some years before an aware instant, with revisions, weeks off and redlines.

    The same seed gives the same runs. CannotWrite where the system refuses.
    """
    by_id = {routine.id: routine for routine in routines}
    first = (now - timedelta(days=years * _DAYS_A_YEAR)).date()
    present = present_week(by_id.values(), now)
    pasts = [past_of(routine, by_id, first, present, seed) for routine in by_id.values()]
    clock = ManualClock(now, getattr(now.tzinfo, "key", ""))
    history = History(places, clock)
    _remember_changes(history, clock, pasts, first, now)
    made = _play(pasts, history.device, clock.reading.zone, now, progress)
    _write(history, made)
    clock.reading = ManualClock(now, clock.reading.zone).reading
    _look_back(history, made)


def _have_something_due(places: Places, now: datetime) -> None:
    """Move the cleaning to today where no shipped routine is due on this day of the week."""
    path = os.path.join(places.routines, "post-construction-cleaning.toml")
    if now.weekday() not in (0, 5, 6) or not os.path.isfile(path):
        return
    with open(path, encoding="utf-8") as file:
        text = file.read()
    with open(path, "w", encoding="utf-8") as file:
        file.write(text.replace('"every 2 weeks on Saturday at', f'"weekly on {now:%A} at'))


def _remember_changes(history: History, clock: ManualClock, pasts: Sequence[Past], first: date, now: datetime) -> None:
    """Write each revision and each week off on the day it came."""
    for past in pasts:
        for edition, begin in zip(past.editions, past.begins, strict=True):
            if past.starts:
                _go_to(clock, begin, now)
                history.add_revision(past.routine.id, edition.hash, edition.snapshot)
    for week, reason in weeks_off(first, now):
        _go_to(clock, week.monday, now)
        history.set_week_off(None, week, reason)


def _go_to(clock: ManualClock, day: date, now: datetime) -> None:
    clock.reading = clock.reading.replaced(wall=datetime.combine(day, time(7, 30), tzinfo=now.tzinfo))


def _play(
    pasts: Sequence[Past], device: str, zone: str, now: datetime, progress: Progress | None
) -> tuple[MadeRun, ...]:
    total = sum(len(past.starts) for past in pasts)
    made: list[MadeRun] = []
    begun = 0
    for past in pasts:
        made.extend(past.runs(device, zone, now))
        begun += len(past.starts)
        if progress is not None and past.starts:
            progress(begun, total)
    return tuple(sorted(made, key=lambda run: (run.state.started_at, run.state.id)))


def _write(history: History, made: Iterable[MadeRun]) -> None:
    """Write all runs, each year's file once."""
    by_year: dict[int, list[MadeRun]] = defaultdict(list)
    for run in made:
        by_year[run.state.started_at.year].append(run)
    for year, runs in by_year.items():
        with history.writing(), history.changing(history.own_path(year)) as database:
            for definition in {id(run.state.definition): run.state.definition for run in runs}.values():
                put_definition(database, definition)
            documents = [_document(run, history.device) for run in runs]
            database.table("runs").insert_multiple(documents)


def _document(made: MadeRun, device: str) -> Document:
    key = document_id(made.state.id)
    ended = made.state.ended_at or made.state.as_of
    stamped = {**run_document(made.state, made.events), "stamp": list(next_stamp(ended, device))}
    return Document(with_check("runs", key, stamped), key)  # type: ignore[arg-type]  # our ids are text


def _look_back(history: History, made: Sequence[MadeRun]) -> None:
    """Correct and remark on a few runs, as people do, and have the indexes made."""
    finished = [run.state for run in made if run.state.state == "finished"]
    for routine, text in REDLINES:
        last = next((run for run in reversed(finished) if run.routine == routine), None)
        if last is not None:
            history.add_redline(routine, text, last.id)
    if len(finished) > 20:
        interrupted = max(finished[-200:], key=lambda run: run.asleep)
        history.leave_out(interrupted.id, "Interrupted by the fire alarm")
        step = finished[-9].steps[0]
        history.amend(finished[-9].id, step.id, "+", timedelta(minutes=2))
    history.overview()


def _leave_one_paused(places: Places, reading: Reading, routine_id: str) -> None:
    """Begin a run a while ago, do its first steps in the planned time, and pause it."""
    clock = ManualClock(reading.wall, reading.zone)
    home = Home(places, clock)
    steps = home.definition(routine_id).snapshot["steps"][:_DONE_BEFORE_PAUSE]
    lengths = [timedelta(seconds=step.get("planned_seconds", 60) * 1.07) for step in steps]
    in_the_next = timedelta(seconds=40)
    clock.reading = reading.at(reading.wall - sum(lengths, _PAUSED_FOR + in_the_next))
    home.start(routine_id)
    for length in lengths:
        clock.advance(length)
        home.act("done")
    clock.advance(in_the_next)
    home.act("pause")
