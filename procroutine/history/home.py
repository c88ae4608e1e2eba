"""One person's routines, open runs and history, and the verbs that move a run between them.

The command line and the app both work through this alone. A verb counts once its line is on the
disk; an ended run is then put into the history, and its journal removed. Whatever a crash left
between the two is settled at the next start.
"""

from __future__ import annotations

from datetime import timedelta

from procroutine.errors import DoesNotFit, NotFound, UserError
from procroutine.history.past_folder import PastFolder
from procroutine.run.open_runs import OpenRuns
from procroutine.run.timeline import is_before
from procroutine.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from procroutine.clock import Clock, Reading
    from procroutine.places import Places
    from procroutine.run.events import Event
    from procroutine.run.late import Seen
    from procroutine.run.live import LiveRun, RunState
    from procroutine.run.open_run import OpenRun
    from procroutine.run.open_runs import Loaded


class Answer(Value):
    """What a verb did."""

    run: RunState
    """The run after it."""
    event: Event
    said: tuple[str, ...]
    """What else happened, in sentences: another run was paused, a folder is full."""
    ended: bool
    """Whether the run has ended."""
    redlines: tuple[str, ...] = ()
    """What the person wanted to change before this run, where it was begun just now."""


class Home(PastFolder):
    """One person's routines, open runs and history."""

    __slots__ = ("runs",)

    def __init__(self, places: Places, clock: Clock) -> None:
        """Read nothing yet."""
        super().__init__(places, clock)
        self.runs = OpenRuns.of(places)

    def loaded(self) -> Loaded:
        """Read the runs in progress, without what is only left over from runs of the history."""
        loaded = self.runs.load_all()
        if not any(one.journal.is_lone for one in loaded.runs):
            return loaded
        from procroutine.history.settling import without_leftovers

        return without_leftovers(self, loaded)

    def open_runs(self) -> tuple[RunState, ...]:
        """Give the open runs as of now: the running one first, then the one last acted on."""
        return self.loaded().states(self.clock.read())

    def open_run(self, run_id: str) -> RunState:
        """Give one open run as of now; NotFound where it is not open."""
        return self.open_live(run_id).state(self.clock.read())

    def open_live(self, run_id: str) -> LiveRun:
        """Give one open run, to be asked for its state at any time; NotFound where it is not open."""
        for found in self.loaded().open:
            if found.id == run_id:
                return found.live
        raise NotFound("this run is not open any more", "see procroutine history")

    def start(self, routine: str, at: datetime | None = None) -> Answer:
        """Begin a run, and pause the running one; where one of the routine is being prepared, begin that."""
        from procroutine.history.starting import start

        return start(self, routine, at)

    def prepare(self, routine: str, at: datetime | None = None) -> Answer:
        """Do the steps of a routine that may be done before a run, or go on with them; pauses the running run.

        DoesNotFit where there are none, or none are left.
        """
        from procroutine.history.starting import prepare

        return prepare(self, routine, at)

    def act(
        self,
        verb: str,
        run: str | None = None,
        at: datetime | None = None,
        seen: Seen | None = None,
        **details: Any,
    ) -> Answer:
        """Carry out a verb on an open run: the one named, else the running one, else the latest.

        `undo` and `redo` with nothing open act on the run that ended last on this device. A window
        gives what it has `seen` of the run: DoesNotFit where that is not so any more and the verb
        would act on something else.
        """
        with self.runs.lock():
            now = self.clock.read()
            given_up = self.keep_one_running()
            found = self._chosen(None if run is None else self.run_named(run), verb)
            if found is None:
                from procroutine.history.settling import take_back_end

                answer = take_back_end(self, verb, run, at, seen)
                return answer.replaced(said=(*given_up, *answer.said))
            refuse_late(verb, found.live, seen)
            reading = moment_at(now, at, found.live)
            event = event_of(verb, found.live, reading, details)
            written = self.runs.append(found, event)
            live, warning = written.live, warning_of(written)
            said = self.pause_others(live.id, reading) if live.is_running else ()
            said += _told(found) + warning
            if live.has_ended:
                from procroutine.history.settling import move_to_history

                said += move_to_history(self, live, now)
            return Answer(run=live.state(now), event=event, said=(*given_up, *said), ended=live.has_ended)

    def keep_one_running(self) -> tuple[str, ...]:
        """Pause all running runs but the one acted on last, under the lock; gives what the person should know."""
        if sum(one.live.is_running for one in self.loaded().runs) < 2:
            return ()
        from procroutine.history.settling import keep_one_running

        return keep_one_running(self)

    def _chosen(self, run_id: str | None, verb: str) -> OpenRun | None:
        """Choose the run a verb is for among the journals; None where it is for a run of the history."""
        journals = self.loaded().runs
        if run_id is not None:
            return next((one for one in journals if one.id == run_id), None)
        found = [one for one in journals if not one.live.has_ended]
        if found:
            return max(found, key=lambda one: one.live.standing)
        if verb not in ("undo", "redo"):
            raise DoesNotFit("no run is open", "begin one with: procroutine start ROUTINE")
        return max(journals, key=lambda one: one.live.last_act.wall, default=None)

    def run_named(self, beginning: str) -> str:
        """Find the whole id of an open or ended run; NotFound where none begins so, BadInput where several do."""
        journals = {one.id for one in self.loaded().runs}
        if beginning in journals:
            return beginning
        from procroutine.history.naming import whole_id

        return whole_id(beginning, journals | {head.id for head in self.overview().heads})

    def pause_others(self, run_id: str, reading: Reading) -> tuple[str, ...]:
        """Pause whatever runs beside a run, since one person does one thing at a time; under the lock.

        What was acted on counts already: where that cannot be written it is said, and written with the next act.
        """
        said = []
        try:
            for other in self.loaded().runs:
                if other.live.id == run_id or not other.live.is_running:
                    continue
                last = other.live.last_act
                moment = last if is_before(reading, last) else reading
                self.runs.append(other, event_of("pause", other.live, moment, {"because": run_id}))
                said.append(f"Paused {other.live.details['routine_name']}.")
        except UserError as error:
            said.append(f"What else is running is paused, but that is not written yet: {error}.")
        return tuple(said)

    def settle(self) -> tuple[str, ...]:
        """Finish what a crash left between journal and history; gives what the person should know."""
        from procroutine.history.settling import settle

        return settle(self)

    def find_run(self, beginning: str) -> RunState:
        """Give an open or ended run by a unique beginning of its id; errors as `run_named`."""
        run_id = self.run_named(beginning)
        for found in self.loaded().runs:
            if found.id == run_id:
                return found.live.state(self.clock.read())
        return self.history().past(run_id).run

    def amend(self, beginning: str, step: str, sign: str, length: timedelta) -> tuple[RunState, str, timedelta]:
        """Correct a step's time in an open or ended run; gives the run, the step's title and its time now."""
        from procroutine.run.finding import find_step
        from procroutine.run.step_verbs import time_of

        run = self.find_run(beginning)
        step_id = find_step(run, step).id
        if run.is_open:
            run = self.act("amend", run=run.id, step=step_id, sign=sign, length=length).run
        else:
            run = self.history().amend(run.id, step_id, sign, length).run
        corrected = find_step(run, step_id)
        return run, corrected.title, time_of(corrected)


def moment_at(now: Reading, at: datetime | None, live: LiveRun | None = None) -> Reading:
    """Give the reading a verb happens at: now, or the one of an instant before that fits the run."""
    if at is None:
        return now
    from procroutine.run.moments import check_moment

    return check_moment(now, at, live)


def refuse_late(verb: str, live: LiveRun, seen: Seen | None) -> None:
    """Refuse a verb whose window shows something else than the run is; DoesNotFit."""
    if seen is not None:
        from procroutine.run import late

        late.refuse_late(verb, live, seen)


def _told(found: OpenRun) -> tuple[str, ...]:
    """Give what was wrong with the files of a run, which is put right with its next event."""
    if found.journal.is_sound:
        return ()
    from procroutine.run.journal_problems import problems_of

    return tuple(f"{problem.problem}: {problem.remedy}." for problem in problems_of(found.journal))


def warning_of(written: OpenRun) -> tuple[str, ...]:
    """Give what to tell of a run that was written, if its second copy could not be."""
    return () if written.journal.warning is None else (written.journal.warning,)


def event_of(verb: str, live: LiveRun, reading: Reading, details: dict[str, Any]) -> Event:
    """Give the event of a verb; raises what stands in its way."""
    from procroutine.run.verbs import VERBS  # `status` carries out none

    return VERBS[verb](live, reading, **details)
