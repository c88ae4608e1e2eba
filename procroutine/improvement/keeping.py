"""Keeping a draft: it goes into the routine's file as a new revision, and what was predicted of it is written down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from procroutine.errors import DoesNotFit, UserError
from procroutine.history.predictions import Foretold
from procroutine.improvement.begun_keeping import begun, note_of
from procroutine.improvement.file_edits import changed_text
from procroutine.improvement.splitting import taken_by
from procroutine.routine.revision import content_hash
from procroutine.routine.rewrite import rewrite
from procroutine.routine.slugs import slug, unused
from procroutine.routine.snapshots import snapshot_of

if TYPE_CHECKING:
    from procroutine.history.home import Home
    from procroutine.improvement.draft import Draft
    from procroutine.improvement.prediction import Figures, Prediction
    from procroutine.routine.model import Routine, Step


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft that was kept."""

    revision: int
    """Its number."""
    path: str
    """The file that was changed."""
    before: str
    """What it held."""
    written: str
    """What it holds since."""


def keep(home: Home, draft: Draft, prediction: Prediction) -> Kept:
    """Write a draft into the routine's file, whole or not at all, and then the prediction into the history.

    Where the history cannot be written, the file is put back; if the machine stops between the two, the prediction is
    written when next somebody asks for any. DoesNotFit where nothing is changed, the file is gone, was changed
    meanwhile or cannot be changed from here; CannotRead, CannotWrite where the system refuses.
    """
    if draft.as_routine() == draft.routine:
        if not draft.changes:
            raise DoesNotFit("nothing is changed", "change something first")
        raise DoesNotFit("with these changes the file says what it says already", "change something else as well")
    draft = _with_own_ids(draft)
    path, content = _path(home, draft), content_hash(snapshot_of(draft.as_routine()))
    now, then = foretold(prediction.now), foretold(prediction.then)
    with begun(home, draft.routine.id, content, list(draft.in_words()), now, then):
        return _written(home, draft, path, (now, then))


def _with_own_ids(draft: Draft) -> Draft:
    """Give each step that was made of several an id of its own: its past is not that of the first of them."""
    present = {step.id for step in draft.routine.steps}
    taken, own = taken_by((*present, *(one.step.id for one in draft.steps))), dict[str, str]()
    for one in draft.steps:
        if one.step.id in present and len({*one.made_of}) > 1:
            own[one.step.id] = unused(slug(one.step.title, "step"), taken)
            taken.add(own[one.step.id])

    def named(step: Step) -> Step:
        return step.replaced(id=own.get(step.id, step.id), after=tuple(own.get(name, name) for name in step.after))

    return replace(draft, steps=tuple(replace(one, step=named(one.step)) for one in draft.steps))


def take_back(kept: Kept) -> str:
    """Write the file as it was before a draft was kept, and give its path; the revision stays, without runs.

    DoesNotFit where somebody changed the file since; CannotRead, CannotWrite where the system refuses.
    """

    def former(now: str) -> str:
        if now != kept.written:
            raise DoesNotFit("the file was changed since", "change it by hand")
        return kept.before

    rewrite(kept.path, former)
    return kept.path


def _written(home: Home, draft: Draft, path: str, both: tuple[Foretold, Foretold]) -> Kept:
    """Write the file and then the history, or neither."""
    written = ""

    def changed(text: str) -> str:
        nonlocal written
        written = changed_text(text, draft, path)
        return written

    before = rewrite(path, changed)
    try:
        return Kept(_remembered(home, draft, both), path, before, written)
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


def _remembered(home: Home, draft: Draft, both: tuple[Foretold, Foretold]) -> int:
    """Give the revision that the file holds now its number, and write down what was predicted of it."""
    library = home.library()
    entry = library.entries.get(draft.routine.id)
    routine: Routine | None = None if entry is None else entry.routine
    if routine is None or routine.steps != draft.as_routine().steps:
        raise DoesNotFit("this file is written in a way that cannot be changed from here", "edit it yourself")
    definition, history = home.definition_in(library, routine.id), home.history()
    changes = list(draft.in_words())
    number = history.add_revision(
        routine.id,
        definition.content,
        definition.snapshot,
        note=note_of(changes),
        former=home.former_ids(routine.id, library),
    )
    history.add_prediction(routine.id, definition.content, changes, *both)
    return number
