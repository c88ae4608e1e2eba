"""What is wrong with a journal, said in sentences."""

from __future__ import annotations

from procroutine.errors import BadInput, CannotRead
from procroutine.run.events import NewerFormat
from procroutine.text import shown
from procroutine.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from procroutine.errors import UserError
    from procroutine.run.journal import Journal

_LOOK = "look at the run and enter what is missing; the damaged part is kept in damaged/ once it goes on"
_STATES = {
    "missing": "is missing",
    "unreadable": "cannot be read",
    "short": "was cut short",
    "torn": "has a line that was begun and does not count",
    "damaged": "is damaged",
}


class NoRun(CannotRead):
    """A journal of which not even the first line can be read, in either file."""

    was_begun = False
    """Whether a whole line may have stood in it; else nobody was ever told that the run counts."""


class JournalProblem(Value):
    """Something wrong with a journal, in a sentence, and what to do."""

    path: str
    problem: str
    remedy: str
    usable: bool
    """Whether the run is among the open runs all the same, as far as it is sound."""
    newer: bool
    """Whether a newer procroutine wrote it, so that it must be left where it is."""
    no_run: NoRun | None = None
    """Where nothing can be taken from it, so that it is in the way only."""


def problem_of(path: str, error: UserError) -> JournalProblem:
    """Say why a journal holds no run that can be gone on with."""
    newer = isinstance(error, NewerFormat)
    problem = error.problem
    if newer or isinstance(error, BadInput):
        problem = f"{shown(path)} {'is left alone' if newer else 'makes no run'}: {error.problem}"
    no_run = error if isinstance(error, NoRun) else None
    return JournalProblem(path=path, problem=problem, remedy=error.remedy, usable=False, newer=newer, no_run=no_run)


def problems_of(journal: Journal) -> tuple[JournalProblem, ...]:
    """Say what is wrong with the files of a journal that can be gone on with."""
    if journal.is_sound:
        return ()
    first, second = journal.first, journal.second
    if journal.lost:
        line = len(journal.events) + 1
        damaged = first if first.state == "damaged" else second
        return (
            _usable(damaged.path, f"Line {line} of {shown(damaged.path)} is damaged, the rest does not count", _LOOK),
        )
    found = []
    if first.state == "torn":
        found.append(
            _usable(first.path, f"The last line of {shown(first.path)} was cut short and does not count", _LOOK)
        )
    elif not first.is_sound:
        remedy = "its second copy made up for it, and nothing is lost"
        found.append(_usable(first.path, f"{shown(first.path)} {_STATES[first.state]}", remedy))
    if not second.is_sound:
        problem = f"{shown(second.path)}, a second copy, {_STATES[second.state]}"
        found.append(_usable(second.path, problem, "the journal itself has all of it, and nothing is lost"))
    return tuple(found)


def _usable(path: str, problem: str, remedy: str) -> JournalProblem:
    return JournalProblem(path=path, problem=problem, remedy=remedy, usable=True, newer=False)
