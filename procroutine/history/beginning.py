"""A routine begun from a loose end, and taking back what was done with loose ends."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from procroutine.errors import NotFound, UserError
from procroutine.history.loose_ends import DONE, DROPPED, ROUTINE, WRITTEN, LooseEnd
from procroutine.routine.starter import starter_text

if TYPE_CHECKING:
    from procroutine.history.home import Home

_LONGEST_NAME = 60


def name_from(text: str) -> str:
    """Give the name of a routine begun from a text: its first words, on one line."""
    words = " ".join(text.split())
    if len(words) <= _LONGEST_NAME:
        return words
    return words[:_LONGEST_NAME].rpartition(" ")[0] or words[:_LONGEST_NAME]


def begin_routine(home: Home, loose_end: LooseEnd, name: str | None = None) -> str:
    """Write a commented routine file with the text of a loose end as its purpose; gives its path.

    The routine is in the analysis phase, and the loose end is offered no more. Errors as those of
    `new_routine` and `act_on_loose_end`; where it fails there is no file.
    """
    path = home.new_routine(name_from(loose_end.text) if name is None else name, loose_end.text)
    try:
        home.history().act_on_loose_end(loose_end.id, ROUTINE, _id_of(path))
    except UserError:
        _remove(path)
        raise
    return path


def take_back(home: Home) -> tuple[LooseEnd, str]:
    """Take the last act on any loose end back; gives the loose end as it was with it, and what to say of it.

    The file of a routine begun from it goes too, as long as nothing was written in it and nothing was run.
    DoesNotFit where there is nothing to take back.
    """
    undone = home.history().undo_loose_end()
    kind, _, detail = undone.act
    if kind != ROUTINE:
        return undone, _SENTENCES[kind]
    if _is_untouched(home, detail, undone.text) and _remove(home.routine_path(detail)):
        return undone, "offered again each week; the file of its routine held nothing yet and is gone."
    return undone, f"offered again each week; its routine {detail} stays."


_SENTENCES = {
    WRITTEN: "offered no more.",
    DONE: "not done in that week.",
    DROPPED: "offered again each week.",
}


def _is_untouched(home: Home, routine_id: str, purpose: str) -> bool:
    """Say whether a routine's file is just as it was made, and has no run."""
    try:
        path = home.routine_path(routine_id)
    except NotFound:
        return False
    entry = home.library().entries.get(routine_id)
    if entry is None or entry.name is None or _id_of(path) != routine_id:
        return False
    try:
        with open(path, encoding="utf-8") as file:
            if file.read() != starter_text(entry.name, purpose):
                return False
    except OSError:
        return False
    run_of = {run.routine for run in home.open_runs()} | {head.routine for head in home.overview().heads}
    return routine_id not in run_of


def _remove(path: str) -> bool:
    """Remove a file; says whether that could be done."""
    try:
        os.unlink(path)
    except OSError:
        return False
    return True


def _id_of(path: str) -> str:
    return os.path.basename(path).removesuffix(".toml")
