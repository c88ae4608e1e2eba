"""Keeping a draft: it goes into the routine's file as a new revision, and what was predicted of it is written down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from procroutine.errors import DoesNotFit, UserError
from procroutine.history.predictions import Foretold
from procroutine.improvement.file_edits import changed_text
from procroutine.routine.rewrite import rewrite

if TYPE_CHECKING:
    from procroutine.history.home import Home
    from procroutine.improvement.draft import Draft
    from procroutine.improvement.prediction import Figures, Prediction
    from procroutine.routine.model import Routine

LONGEST_NOTE = 500
"""Characters of the note of a revision."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft that was kept."""

    revision: int
    """Its number."""
    path: str
    """The file that was changed."""


def keep(home: Home, draft: Draft, prediction: Prediction) -> Kept:
    """Write a draft into the routine's file, whole or not at all, and then the prediction into the history.

    Where the history cannot be written, the file is put back; if the machine stops between the two, the
    prediction is lost. DoesNotFit where nothing is changed, the file is gone, was changed meanwhile or cannot
    be changed from here; CannotRead, CannotWrite where the system refuses.
    """
    if draft.as_routine() == draft.routine:
        if not draft.changes:
            raise DoesNotFit("nothing is changed", "change something first")
        raise DoesNotFit("with these changes the file says what it says already", "change something else as well")
    path, written = _path(home, draft), ""

    def changed(text: str) -> str:
        nonlocal written
        written = changed_text(text, draft, path)
        return written

    before = rewrite(path, changed)
    try:
        return Kept(_remembered(home, draft, prediction), path)
    except UserError:
        # What somebody else has written there meanwhile stays.
        rewrite(path, lambda now: before if now == written else now)
        raise


def foretold(figures: Figures) -> Foretold:
    """Give the part of predicted figures that is kept."""
    return Foretold(figures.total, figures.chance, figures.switches, figures.hand_offs, figures.lead)


def _path(home: Home, draft: Draft) -> str:
    entry = home.library().entries.get(draft.routine.id)
    if entry is None:
        raise DoesNotFit(f"{draft.routine.id} has no file", "write one first")
    if entry.routine is None:
        raise DoesNotFit(f"the file of {draft.routine.id} has problems", "put them right first: procroutine check")
    if entry.routine != draft.routine:
        raise DoesNotFit(f"{draft.routine.id} was changed meanwhile", "look at it and try again")
    return entry.path


def _remembered(home: Home, draft: Draft, prediction: Prediction) -> int:
    """Give the revision that the file holds now its number, and write down what was predicted of it."""
    library = home.library()
    entry = library.entries.get(draft.routine.id)
    routine: Routine | None = None if entry is None else entry.routine
    if routine is None or routine.steps != draft.as_routine().steps:
        raise DoesNotFit("this file is written in a way that cannot be changed from here", "edit it yourself")
    definition, history = home.definition_in(library, routine.id), home.history()
    changes = [change.in_words(system=draft.name_of_system) for change in draft.changes]
    number = history.add_revision(
        routine.id,
        definition.content,
        definition.snapshot,
        note="; ".join(changes)[:LONGEST_NOTE],
        former=home.former_ids(routine.id, library),
    )
    history.add_prediction(routine.id, definition.content, changes, foretold(prediction.now), foretold(prediction.then))
    return number
