"""Moving a run from its journal into the history when it ends, and back when its end is undone.

Each move has one moment at which it counts, and what a crash leaves before or after that moment
is settled at the next start: an ended run that is still in its journal is moved, and one that was
taken up again but is still in the history is let go there. A journal of which one file is damaged
is put right from the other, and one that is left over from a run of the history is moved away.
"""

from __future__ import annotations

import os

from procroutine.errors import DoesNotFit, MayHaveCounted, UserError
from procroutine.history.home import Answer, event_of, moment_at, refuse_late
from procroutine.run.live import LiveRun
from procroutine.run.open_run import pauses_due
from procroutine.text import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

    from procroutine.clock import Reading
    from procroutine.history.heads import RunHead
    from procroutine.history.home import Home
    from procroutine.history.past import PastRun
    from procroutine.history.stamps import Stamp
    from procroutine.run.journal_problems import JournalProblem
    from procroutine.run.late import Seen
    from procroutine.run.open_run import OpenRun
    from procroutine.run.open_runs import Loaded


def move_to_history(home: Home, live: LiveRun, now: Reading) -> tuple[str, ...]:
    """Put an ended run into the history and remove its journal; gives what the person should know.

    The run counts as ended already: where the history cannot be written it stays in its journal.
    """
    name = shown(live.details["routine_name"])
    try:
        home.adding().add(live.state(now), live.events)
    except UserError as error:
        return (f"{name} is kept, but not in the history yet: {error}.",)
    try:
        home.runs.remove(live.id, for_certain=False)  # one that comes back is known, and removed again
    except UserError as error:
        return (f"{name} is in the history, but its journal could not be removed: {error}.",)
    return home.told()


def take_back_end(home: Home, verb: str, run: str | None, at: datetime | None, seen: Seen | None) -> Answer:
    """Undo the end of a run of the history, the one that ended last on this device where none is named; under the lock.

    That makes it an open one again. DoesNotFit for every other verb and for a run whose events are not known.
    """
    past = _ended_last(home) if run is None else home.history().past(home.run_named(run))
    if past.events:
        refuse_late(verb, LiveRun(past.events), seen)
    if verb not in ("undo", "redo"):
        raise DoesNotFit(f"{past.run.routine_name} of {past.run.week} is {past.run.state}", "undo takes that back")
    if not past.events:
        raise DoesNotFit("this run was brought in from elsewhere", "correct it with amend or delete")
    now = home.clock.read()
    live = LiveRun.from_events(past.events)
    reading = moment_at(now, at, live)
    event = event_of(verb, live, reading, {})
    live = live.then(event)
    take_up_again(home, live, past.stamp)
    said = home.pause_others(live.id, reading) if live.is_running else ()
    return Answer(run=live.state(now), event=event, said=said, ended=False)


def _ended_last(home: Home) -> PastRun:
    device = home.device()
    own = [head for head in home.heads() if head.device == device]
    if not own:
        raise DoesNotFit("no run is open, and none has ended here", "begin one with: procroutine start ROUTINE")
    made_from = _versions_corrected(home)

    def ended(head: RunHead) -> Stamp:
        """Give the stamp that a run got when it ended, whatever was corrected since, or the clock was set to."""
        stamp = head.stamp
        while (head.id, stamp) in made_from:
            stamp = made_from[head.id, stamp]
        return stamp

    last = home.history().past(max(own, key=ended).id)
    if last.events:
        return last
    return home.history().past(max(own, key=lambda head: head.ended_at).id)  # runs taken in got their stamps then


def _versions_corrected(home: Home) -> dict[tuple[str, Stamp], Stamp]:
    """Give what version each correction was made from, by the id of its run and the version that it made."""
    from procroutine.history.correction_chain import correction_of
    from procroutine.history.recorded_runs import read_recorded

    made = map(correction_of, read_recorded(home.history(), (), ("corrections",)).tables["corrections"].values())
    return {(one.run, one.stamp): one.made_from for one in made if one.made_from and one.made_from < one.stamp}


def take_up_again(home: Home, live: LiveRun, seen: Stamp) -> None:
    """Make a run of the history, of which the version `seen` had its end undone in `live`, an open run again.

    Where the history cannot be written, or has another version by now, all stays as it was: CannotWrite, DoesNotFit.
    """
    home.runs.recreate(live)
    try:
        home.history().reopen(live.id, seen)
    except MayHaveCounted:
        return  # the journal has it; if the history has the end still, the next start takes it back there
    except UserError:
        if _is_taken_back(home, live):
            raise


def _is_taken_back(home: Home, live: LiveRun) -> bool:
    """Remove the journal of a run again that the history still has; say whether that was done.

    Else the run counts as taken up again, and the next start finishes it: the journal may be the only one to have it.
    """
    try:
        if not _is_in_history(home, live.id):
            return False
        home.runs.remove(live.id)
    except UserError:
        return not home.runs.is_there(live.id)
    return True


def without_leftovers(home: Home, loaded: Loaded) -> Loaded:
    """Leave out what is only left over from runs that are in the history."""
    return loaded.replaced(runs=tuple(one for one in loaded.runs if not _is_left_over(home, one)))


def keep_one_running(home: Home) -> tuple[str, ...]:
    """Pause all running runs but the one acted on last, under the lock; gives what the person should know."""
    said = []
    for one, event in pauses_due(home.loaded().runs):
        home.runs.append(one, event)
        name, moment = shown(one.live.details["routine_name"]), event.reading.wall
        said.append(f"Two runs were running: {name} is paused since {moment:%H:%M}, when the other was taken up.")
    return tuple(said)


def settle(home: Home) -> tuple[str, ...]:
    """Finish what a crash or a full disk left between journal and history; gives what the person should know."""
    loaded = home.runs.load_all()
    try:
        if not _is_work_left(home, loaded):
            return _said(loaded)
        with home.runs.lock():
            loaded = _without_said_of_leftovers(home, home.runs.load_all())
            settled = [sentence for one in loaded.runs for sentence in _settle_run(home, one)]
            settled += [sentence for problem in loaded.problems for sentence in _put_nothing_aside(home, problem)]
            return (*_said(loaded), *settled, *keep_one_running(home), *home.told())
    except UserError as error:
        # What is left between stays there, safe, until there is room or a right to write.
        return (*_said(loaded), f"{error}.")


def _is_work_left(home: Home, loaded: Loaded) -> bool:
    if pauses_due(loaded.runs) or any(problem.no_run for problem in loaded.problems):
        return True
    return any(not one.journal.is_sound or one.live.has_ended or _is_in_both(home, one.live) for one in loaded.runs)


def _said(loaded: Loaded) -> tuple[str, ...]:
    return tuple(f"{problem.problem}: {problem.remedy}." for problem in loaded.problems if not problem.no_run)


def _without_said_of_leftovers(home: Home, loaded: Loaded) -> Loaded:
    """Leave out what is wrong with files that are only left over: they are moved away, and that is said."""
    over = [one.journal for one in loaded.runs if _is_left_over(home, one)]
    paths = {file.path for journal in over for file in (journal.first, journal.second)}
    return loaded.replaced(problems=tuple(problem for problem in loaded.problems if problem.path not in paths))


def _put_nothing_aside(home: Home, problem: JournalProblem) -> tuple[str, ...]:
    """Move a journal away that holds nothing: one whose making a crash stopped, or what a power cut brought back."""
    if problem.no_run is None:
        return ()
    try:
        kept = [home.runs.put_aside(file) for file in home.runs.files_of(problem.path)]
        run_id = os.path.basename(problem.path).partition(".")[0]
        if not problem.no_run.was_begun or _is_in_history(home, run_id):
            return ()
    except UserError as error:
        return (f"{error}.",)
    return (f"{problem.problem}; it is now {shown(', '.join(kept))}.",)


def _settle_run(home: Home, one: OpenRun) -> tuple[str, ...]:
    live = one.live
    try:
        if _is_left_over(home, one):
            return _removed_again(home, one) if live.has_ended else _put_aside(home, one)
        if live.has_ended:
            return move_to_history(home, live, home.clock.read())
        if _is_in_both(home, live):
            home.history().reopen(live.id)
        warning = home.runs.mend(one).journal.warning
    except UserError as error:
        return (f"{error}.",)
    return () if warning is None else (warning,)


def _is_in_both(home: Home, live: LiveRun) -> bool:
    """Say whether an open run is in the history too, where undoing its end has not come to an end."""
    return live.end_was_undone and _is_in_history(home, live.id)


def _is_in_history(home: Home, run_id: str) -> bool:
    from procroutine.history.heads import read_overview

    return any(head.id == run_id for head in read_overview(home.places, about=run_id).heads)


def _is_left_over(home: Home, one: OpenRun) -> bool:
    """Say whether a run, of which one file alone is there, is in the history, and all of it.

    A power cut can bring back a file that was removed. Where the history cannot be read it is not
    left over: better twice than not at all.
    """
    if not one.journal.is_lone:
        return False
    try:
        if not _is_in_history(home, one.id):
            return False
        past = home.history().past(one.id)
    except UserError:
        return False
    return past.recorded >= len(one.live.events)


def _removed_again(home: Home, one: OpenRun) -> tuple[str, ...]:
    """Remove what came back of a journal that was removed when its run went into the history, which has all of it."""
    home.runs.remove(one.id)
    return ()


def _put_aside(home: Home, one: OpenRun) -> tuple[str, ...]:
    files = (one.journal.first, one.journal.second)
    kept = [home.runs.put_aside(file.path) for file in files if os.path.lexists(file.path)]
    name = shown(one.live.details["routine_name"])
    return (f"{name} is in the history already; what was left of its journal is now {shown(', '.join(kept))}.",)
