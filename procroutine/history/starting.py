"""Beginning a run, or the steps of it that may be done before its clock runs."""

from __future__ import annotations

from procroutine.errors import CannotRead, CannotWrite, DoesNotFit
from procroutine.history.heads import read_overview
from procroutine.history.home import Answer, moment_at, warning_of
from procroutine.history.sentences import in_one_line
from procroutine.history.targets import targets_of, turns_of
from procroutine.run import verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

    from procroutine.history.heads import Overview
    from procroutine.history.home import Home
    from procroutine.routine.definitions import Definition
    from procroutine.run.live import LiveRun


def start(home: Home, routine: str, at: datetime | None = None) -> Answer:
    """Begin a run, and pause the running one; where one of the routine is being prepared, begin that."""
    prepared = _being_prepared(home, routine)
    return _start(home, routine, at) if prepared is None else home.act("begin", run=prepared.id, at=at)


def prepare(home: Home, routine: str, at: datetime | None = None) -> Answer:
    """Do the steps of a routine that may be done before a run, or go on with them; errors as `Home.prepare`."""
    prepared = _being_prepared(home, routine)
    if prepared is None:
        return _start(home, routine, at, preparing=True)
    state = prepared.state(home.clock.read())
    if state.current is not None and not state.steps[state.current].definition.get("prepare"):
        raise DoesNotFit(f"all that can be done before {state.routine_name} is prepared", "begin it with start")
    return home.act("resume", run=prepared.id, at=at)


def _being_prepared(home: Home, routine: str) -> LiveRun | None:
    preparing = [one.live for one in home.loaded().open if one.live.is_preparing]
    if not preparing:
        return None
    routine_id = home.definition(routine).snapshot["id"]
    return next((live for live in preparing if live.details["routine"] == routine_id), None)


def _start(home: Home, routine: str, at: datetime | None, *, preparing: bool = False) -> Answer:
    now = home.clock.read()
    definition = home.definition(routine)
    reading = moment_at(now, at)
    if preparing:
        verbs.refuse_nothing_to_prepare(definition.snapshot)
    overview = read_overview(home.places, 2, about=definition.snapshot["id"])
    with home.runs.lock():
        # Only a start that nothing stands in the way of gives the routine's content a number.
        event = verbs.start(
            reading,
            run=verbs.new_run_id(),
            device=home.device(),
            snapshot=definition.snapshot,
            revision=_revision(home, definition, overview),
            content_hash=definition.content,
            targets=targets_of(definition.snapshot, overview.heads),
            turns=turns_of(definition.snapshot, overview.heads),
            preparing=preparing,
        )
        said = home.keep_one_running()
        found = home.runs.create(event)
        said += home.pause_others(found.id, reading)
    said = (*in_one_line(overview.said), *said, *warning_of(found))
    redlines = tuple([line.text for line in overview.redlines if line.routine == definition.snapshot["id"]])
    return Answer(run=found.live.state(now), event=event, said=said, ended=False, redlines=redlines)


def _revision(home: Home, definition: Definition, overview: Overview) -> int | None:
    """Give the number of the content of a routine; None for a new one where the history is not sound, which is said.

    A year file of a newer version, or one that cannot be read, stops no work: the run keeps its definition.
    """
    try:
        return home.revision(definition, overview)
    except (CannotRead, CannotWrite):
        if not overview.said:
            raise
        return None
