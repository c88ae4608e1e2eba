"""What was to be changed before the next run, asked line by line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from procroutine.cli.definitions import problem_line
from procroutine.errors import BadInput, UserError, quoted
from procroutine.history.redlines import done_sentence, settle_as_done
from procroutine.routine.editor import content_of, edit
from procroutine.text import number_typed

if TYPE_CHECKING:
    from procroutine.cli.main import Context
    from procroutine.history.heads import Redline

_QUESTION = "Enter begins; d NUMBERS opens the routine to do them, x NUMBERS drops them, q begins nothing: "


def begins_after(context: Context, routine_id: str, redlines: Sequence[Redline], read_line: Callable[[], str]) -> bool:
    """Show the open redlines of a routine and settle them as the person says; say whether the run is to begin."""
    console, open_ones = context.console, list(redlines)
    while open_ones:
        console.say("You wanted to change this before the next run:")
        for number, line in enumerate(open_ones, start=1):
            console.say(f"{number}. {line.text}")
        console.ask(_QUESTION)
        answer = read_line()
        name, _, numbers = answer.strip().partition(" ")
        if not answer or name == "q":
            console.say("Nothing was begun.")
            return False
        if not name:
            return True
        try:
            settled = _settled(context, routine_id, name, _named(open_ones, numbers))
        except UserError as error:
            console.refuse(error)
        else:
            open_ones = [line for line in open_ones if line not in settled]
    return True


def _named(redlines: Sequence[Redline], numbers: str) -> list[Redline]:
    found = [number_typed(word, len(redlines)) for word in numbers.replace(",", " ").split()]
    known = [number for number in dict.fromkeys(found) if number is not None]
    if not known or None in found:
        raise BadInput(f"{quoted(numbers)} names none of them", f"write numbers from 1 to {len(redlines)}")
    return [redlines[number - 1] for number in known]


def _settled(context: Context, routine_id: str, name: str, redlines: list[Redline]) -> list[Redline]:
    """Do what a letter says with redlines; gives those that are settled by it."""
    if name == "x":
        for line in redlines:
            context.home.history().settle_redline(line.id, "dropped")
            context.console.say(f"Dropped: {line.text}")
        return redlines
    if name != "d":
        raise BadInput(f"there is no command {name}", "write d or x with numbers, Enter or q")
    return _done(context, routine_id, redlines)


def _done(context: Context, routine_id: str, redlines: list[Redline]) -> list[Redline]:
    """Open the file of the routine, and settle what was done there; gives what is settled."""
    home = context.home
    home.record_revisions()
    path = home.routine_path(routine_id)
    context.console.flush()
    before = content_of(path)
    edit(path, context.environment)
    problems = [problem for problem in home.library().problems if problem.file == path]
    for problem in problems:
        context.console.say(problem_line(problem))
    if problems:
        return []
    changed = content_of(path) != before
    tied = settle_as_done(home, routine_id, redlines, changed=changed)
    settled = [line for line in redlines if changed or line.id in tied]
    revision = next(iter(tied.values()), None)
    context.console.say(done_sentence(revision, len(settled), len(redlines) - len(settled)))
    return settled
