"""One person's routines, open runs and history, and the verbs that move a run between them.

The command line and the app both work through this alone. A verb counts once its line is on the
disk; an ended run is then put into the history, and its journal removed. Whatever a crash left
between the two is settled at the next start.
"""

from __future__ import annotations

from datetime import timedelta

from procroutine.errors import DoesNotFit, NotFound, UserError
from procroutine.routine.folder import RoutineFolder, find_name
from procroutine.run.live import LiveRun
from procroutine.run.open_runs import OpenRuns, foremost
from procroutine.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from procroutine.clock import Clock, Reading
    from procroutine.history.heads import Overview, RunHead
    from procroutine.history.history import History
    from procroutine.history.past import PastRun
    from procroutine.places import Places
    from procroutine.routine.definitions import Definition
    from procroutine.run.events import Event
    from procroutine.run.live import RunState
    from procroutine.run.open_runs import OpenRun
    from procroutine.weeks import Week


class Answer(Value):
    """What a verb did."""

    run: RunState
    """The run after it."""
    event: Event
    said: tuple[str, ...]
    """What else happened, in sentences: another run was paused, a folder is full."""
    ended: bool
    """Whether the run has ended."""


class Home(RoutineFolder):
    """One person's routines, open runs and history."""

    __slots__ = ("_history", "clock", "runs")

    def __init__(self, places: Places, clock: Clock) -> None:
        """Read nothing yet."""
        super().__init__(places)
        self.clock = clock
        self.runs = OpenRuns(places.open_runs)
        self._history: History | None = None

    def routine_id_known(self, name: str) -> str:
        """Find a routine by id or name, also one that has only history left; NotFound names the nearest."""
        known: dict[str, str | None] = {head.routine: head.routine_name for head in self.heads()}
        known |= {entry.id: entry.name for entry in self.library().entries.values()}
        return find_name(name, known)

    def record_revisions(self) -> None:
        """Give a number to every routine whose content is new."""
        for definition in self.definitions(self.library()):
            self.revision(definition, self.overview(0))

    def revision(self, definition: Definition, overview: Overview) -> int:
        """Give the number of a routine's present revision, made now if its content is new."""
        routine = definition.snapshot["id"]
        known = overview.revisions.get((routine, definition.content))
        if known is not None:
            return known
        return self.history().add_revision(routine, definition.content, definition.snapshot)

    def open_runs(self) -> tuple[RunState, ...]:
        """Give the open runs as of now: the running one first, then the one last acted on."""
        return self.runs.load_all().states(self.clock.read())

    def open_run(self, run_id: str) -> RunState:
        """Give one open run as of now; NotFound where it is not open."""
        for found in self._open():
            if found.id == run_id:
                return found.live.state(self.clock.read())
        raise NotFound("this run is not open any more", "see procroutine history")

    def start(self, routine: str, at: datetime | None = None) -> Answer:
        """Begin a run, and pause the running one."""
        from procroutine.history.heads import read_overview
        from procroutine.history.targets import targets_of
        from procroutine.run import verbs

        now = self.clock.read()
        definition = self.definition(routine)
        reading = _moment(now, at)
        overview = read_overview(self.places, 2, about=definition.snapshot["id"])
        event = verbs.start(
            reading,
            run=verbs.new_run_id(),
            device=self.device(),
            snapshot=definition.snapshot,
            revision=self.revision(definition, overview),
            content_hash=definition.content,
            targets=targets_of(definition.snapshot, overview.heads),
        )
        with self.runs.lock():
            said = self._pause_others(str(event.details["run"]), reading)
            found = self.runs.create(event)
        return Answer(run=found.live.state(now), event=event, said=said, ended=False)

    def act(self, verb: str, run: str | None = None, at: datetime | None = None, **details: Any) -> Answer:
        """Carry out a verb on an open run: the one named, else the running one, else the latest.

        `undo` and `redo` with nothing open act on the run that ended last on this device.
        """
        with self.runs.lock():
            now = self.clock.read()
            found = self._chosen(run)
            if found is None:
                return self._act_on_ended(verb, run, now, at)
            reading = _moment(now, at, found.live)
            event = _event(verb, found.live, reading, details)
            live = found.live.then(event)
            said = self._pause_others(live.id, reading) if live.state(reading).state == "running" else ()
            self.runs.append(found, event)
            if live.has_ended:
                said += self._move_to_history(live, now)
            return Answer(run=live.state(now), event=event, said=said, ended=live.has_ended)

    def _open(self) -> list[OpenRun]:
        return [found for found in self.runs.load_all().runs if not found.live.has_ended]

    def _chosen(self, run: str | None) -> OpenRun | None:
        reading = self.clock.read()
        found = self._open()
        if run is None:
            return max(found, key=lambda one: foremost(one.live.state(reading)), default=None)
        matching = [one for one in found if one.live.id.startswith(run)]
        if len(matching) > 1:
            raise NotFound(f"{len(matching)} open runs begin with {run!r}", "give more of the id")
        return matching[0] if matching else None

    def _pause_others(self, run_id: str, reading: Reading) -> tuple[str, ...]:
        """Pause whatever else is running, since one person does one thing at a time."""
        said = []
        for other in self._open():
            if other.live.id == run_id or other.live.state(reading).state != "running":
                continue
            last = other.live.last_act
            moment = reading if reading.wall >= last.wall else last
            self.runs.append(other, _event("pause", other.live, moment, {"because": run_id}))
            said.append(f"Paused {other.live.details['routine_name']}.")
        return tuple(said)

    def _act_on_ended(self, verb: str, run: str | None, now: Reading, at: datetime | None) -> Answer:
        """Take back or bring back the end of a run that is in the history."""
        if verb not in ("undo", "redo"):
            if run is not None:
                past = self.history().find(run)
                raise DoesNotFit(
                    f"{past.run.routine_name} of {past.run.week} is {past.run.state}", "undo takes that back"
                )
            raise DoesNotFit("no run is open", "begin one with: procroutine start ROUTINE")
        past = self.history().find(run) if run is not None else self._ended_last()
        if not past.events:
            raise DoesNotFit("this run was brought in from elsewhere", "correct it with amend or delete")
        live = LiveRun.from_events(past.events)
        reading = _moment(now, at, live)
        event = _event(verb, live, reading, {})
        live = live.then(event)
        said = self._pause_others(live.id, reading) if live.state(reading).state == "running" else ()
        self.runs.recreate(live)
        if live.has_ended:
            said += self._move_to_history(live, now)
        else:
            self.history().reopen(live.id)
        return Answer(run=live.state(now), event=event, said=said, ended=live.has_ended)

    def _ended_last(self) -> PastRun:
        device = self.device()
        own = [head for head in self.heads() if head.device == device]
        if not own:
            raise DoesNotFit("no run is open, and none has ended here", "begin one with: procroutine start ROUTINE")
        return self.history().find(max(own, key=lambda head: head.ended_at).id)

    def _move_to_history(self, live: LiveRun, now: Reading) -> tuple[str, ...]:
        try:
            self.history().add(live.state(now), live.events)
        except UserError as error:
            # The run is safe in its journal; the next start moves it.
            return (f"The run is kept, but not in the history yet: {error}.",)
        self.runs.remove(live.id)
        return ()

    def settle(self) -> tuple[str, ...]:
        """Finish what a crash left between journal and history; gives what the person should know."""
        loaded = self.runs.load_all()
        said = tuple(f"{problem.problem}: {problem.remedy}." for problem in loaded.problems)
        if not any(one.live.has_ended or self._is_in_both(one.live) for one in loaded.runs):
            return said
        with self.runs.lock():
            now = self.clock.read()
            for one in self.runs.load_all().runs:
                if one.live.has_ended:
                    said += self._move_to_history(one.live, now)
                elif self._is_in_both(one.live):
                    self.history().reopen(one.live.id)
        return said

    def _is_in_both(self, live: LiveRun) -> bool:
        """Say whether an open run is in the history too, where undoing its end has not come to an end."""
        if not live.end_was_undone:
            return False
        from procroutine.history.heads import read_overview

        return any(head.id == live.id for head in read_overview(self.places, about=live.id).heads)

    def device(self) -> str:
        """Give this device's name."""
        from procroutine.history.device import device_name
        from procroutine.history.disk import Disk

        return device_name(self.places, Disk())

    def history(self) -> History:
        """Give the history itself; loads TinyDB."""
        if self._history is None:
            from procroutine.history.history import History

            self._history = History(self.places, self.clock)
        return self._history

    def overview(self, years: int | None = None) -> Overview:
        """Give the past in brief, the runs only of the newest `years` years that have any."""
        from procroutine.history.heads import read_overview

        return read_overview(self.places, years)

    def heads(self, years: int | None = None) -> tuple[RunHead, ...]:
        """Give the ended runs in brief, newest first, deleted ones left out."""
        return tuple(head for head in self.overview(years).heads if not head.deleted)

    def deleted_heads(self) -> tuple[RunHead, ...]:
        """Give the deleted runs in brief, newest first."""
        return tuple(head for head in self.overview().heads if head.deleted)

    def find_run(self, beginning: str) -> RunState:
        """Give an open or ended run by a unique beginning of its id; NotFound where there is none."""
        found = self._chosen(beginning)
        if found is not None:
            return found.live.state(self.clock.read())
        return self.history().find(beginning).run

    def amend(self, beginning: str, step: str, sign: str, length: timedelta) -> tuple[RunState, str, timedelta]:
        """Correct a step's time in an open or ended run; gives the run, the step's title and its time now."""
        from procroutine.run.finding import find_step

        step_id = find_step(self.find_run(beginning), step).id
        if self._chosen(beginning) is not None:
            self.act("amend", run=beginning, step=step_id, sign=sign, length=length)
        else:
            self.history().amend(self.history().find(beginning).run.id, step_id, sign, length)
        run = self.find_run(beginning)
        corrected = find_step(run, step_id)
        return run, corrected.title, corrected.active or timedelta()

    def declare_off(self, routine: str | None, week: Week, reason: str) -> str:
        """Declare a week off for one routine or all; gives the sentence that says so."""
        if not reason.strip():
            raise DoesNotFit("the reason is empty", "say why in a word or more")
        routine_id = self.routine_id_known(routine) if routine else None
        self.history().set_week_off(routine_id, week, reason.strip())
        return f"{week} is off for {routine_id or 'all routines'}."


def _moment(now: Reading, at: datetime | None, live: LiveRun | None = None) -> Reading:
    """Give the reading a verb happens at: now, or the one of an instant before that fits the run."""
    if at is None:
        return now
    from procroutine.run.moments import check_moment

    return check_moment(now, at, live)


def _event(verb: str, live: LiveRun, reading: Reading, details: dict[str, Any]) -> Event:
    from procroutine.run.verbs import VERBS  # `status` carries out none

    return VERBS[verb](live, reading, **details)
