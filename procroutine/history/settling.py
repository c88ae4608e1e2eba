"""Moving a run from its journal into the history when it ends, and back when its end is undone.

Each move has one moment at which it counts, and what a crash leaves before or after that moment
is settled at the next start: an ended run that is still in its journal is moved, and one that was
taken up again but is still in the history is let go there.
"""

from __future__ import annotations

from procroutine.errors import UserError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from procroutine.clock import Reading
    from procroutine.history.home import Home
    from procroutine.run.live import LiveRun


def move_to_history(home: Home, live: LiveRun, now: Reading) -> tuple[str, ...]:
    """Put an ended run into the history and remove its journal; gives what the person should know.

    The run counts as ended already: where the history cannot be written it stays in its journal.
    """
    try:
        home.history().add(live.state(now), live.events)
    except UserError as error:
        return (f"{live.details['routine_name']} is kept, but not in the history yet: {error}.",)
    home.runs.remove(live.id)
    return ()


def take_up_again(home: Home, live: LiveRun) -> None:
    """Make a run of the history, whose end was undone in `live`, an open run again.

    Where the history cannot be written, all stays as it was: CannotWrite.
    """
    home.runs.recreate(live)
    try:
        home.history().reopen(live.id)
    except UserError:
        home.runs.remove(live.id)
        raise


def settle(home: Home) -> tuple[str, ...]:
    """Finish what a crash or a full disk left between journal and history; gives what the person should know."""
    loaded = home.runs.load_all()
    said = tuple(f"{problem.problem}: {problem.remedy}." for problem in loaded.problems)
    if not any(one.live.has_ended or _is_in_both(home, one.live) for one in loaded.runs):
        return said
    try:
        with home.runs.lock():
            for one in home.runs.load_all().runs:
                said += _settle_run(home, one.live)
    except UserError as error:
        # What is left between stays there, safe, until there is room or a right to write.
        return (*said, f"{error}.")
    return said


def _settle_run(home: Home, live: LiveRun) -> tuple[str, ...]:
    if live.has_ended:
        return move_to_history(home, live, home.clock.read())
    if _is_in_both(home, live):
        home.history().reopen(live.id)
    return ()


def _is_in_both(home: Home, live: LiveRun) -> bool:
    """Say whether an open run is in the history too, where undoing its end has not come to an end."""
    if not live.end_was_undone:
        return False
    from procroutine.history.heads import read_overview

    return any(head.id == live.id for head in read_overview(home.places, about=live.id).heads)
