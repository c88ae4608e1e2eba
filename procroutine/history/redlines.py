"""Redlines, what a person wanted to change next time, once they are done: each is tied to the revision it led to."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from procroutine.clock import milliseconds
from procroutine.errors import UserError
from procroutine.history.stamps import EPOCH
from procroutine.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from procroutine.history.heads import Redline
    from procroutine.history.past_folder import PastFolder

NEXT_TIME = "What will you change or eliminate next time?"
KEPT = "Kept. It stands on the routine until it is settled."
"""What is said once an answer to that is written down."""


def settle_as_done(
    home: PastFolder, routine: str, redlines: Iterable[Redline], *, changed: bool = True
) -> dict[str, int]:
    """Settle redlines of a routine, which the person has seen to; several may be seen to with one change.

    Those written before its present revision was made are tied to that, and their texts become its
    note. Gives by their ids the revision they are tied to; none where the routine is as it was when
    they were written, or cannot be read: these stay open where the person was to have `changed` its
    file, and has not.
    """
    lines = tuple(redlines)
    history = home.history()
    tied: dict[str, int] = {}
    if (present := _present_revision(home, routine)) is not None:
        number, made_at = present
        written = history.merged("redlines")
        tied = {line.id: number for line in lines if line.id in written and written[line.id]["made_at"] <= made_at}
        history.note_revision(routine, number, [line.text for line in lines if line.id in tied])
    for line in lines:
        if changed or line.id in tied:
            history.settle_redline(line.id, "done", tied.get(line.id))
    return tied


def _present_revision(home: PastFolder, routine: str) -> tuple[int, int] | None:
    """Give the number of a routine's present revision, made now if its content is new, and when it was made."""
    try:
        definition = home.definition(routine)
    except UserError:
        return None  # its file is gone or broken
    history, routine_id = home.history(), definition.snapshot["id"]
    number = home.revision(definition, home.overview(0))
    made = next(one["date"] for one in history.revisions(routine_id) if one["number"] == number)
    return number, milliseconds(datetime.fromisoformat(made) - EPOCH)


def done_sentence(revision: int | None, done: int, still_open: int = 0) -> str:
    """Say what became of redlines: of those done the revision they are tied to, if there is one; and how many are open.

    Those are still open that were to be done by a change of the file, which is as it was.
    """
    tied = f"Revision {revision} is tied to {'them' if done > 1 else 'it'}."
    said = [f"Done. {'The routine is as it was.' if revision is None else tied}"] if done else []
    if still_open:
        stay = "stay" if still_open > 1 else "stays"
        said.append(f"The file is as it was: {counted(still_open, 'redline')} {stay} open, x drops.")
    return " ".join(said)
