"""What a draft of a checklist asks of the routine's file: which steps stand there in which order, with which keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from procroutine.durations import written_duration
from procroutine.errors import DoesNotFit
from procroutine.improvement.change import PERSON
from procroutine.improvement.draft_remarks import changed_uses
from procroutine.routine.parse import parse_routine
from procroutine.routine.rewrite import StepEdit, with_steps
from procroutine.toml_text import toml_table

if TYPE_CHECKING:
    from procroutine.improvement.draft import Draft, DraftStep
    from procroutine.routine.draft import Draft as FileDraft
    from procroutine.routine.model import Step

_TEXTS = ("title", "instructions", "section", "person")
_LISTS = ("systems", "checklist", "after", "alternatives")
_FLAGS = ("optional", "prepare")


def changed_text(text: str, draft: Draft, path: str) -> str:
    """Give the text of a routine's file as the draft wants it; what the draft does not touch stays as it is.

    DoesNotFit where the draft changes steps of a used routine, or the file cannot be changed from here.
    """
    file, problems = parse_routine(text, path, draft.routine.id)
    if file is None or problems:
        raise DoesNotFit("the file has problems", "put them right first: procroutine check")
    own = {step.id.partition("/")[0]: "/" in step.id for step in draft.routine.steps}
    if [(step.step.id, step.use is not None) for step in file.steps] != list(own.items()):
        raise DoesNotFit(f"{draft.routine.id} was changed meanwhile", "look at it and try again")
    edits = list(_edits(draft, file, toml_table(text)["steps"]))
    made = with_steps(text, edits)
    ids, wanted = _own_ids(made, draft, path), [_id_wanted(one, file, draft) for one in edits]
    # An id that the file does not write is made from the title and from the ids before it.
    pinned = [
        one if found == name else replace(one, values={"id": name, **one.values})
        for one, found, name in zip(edits, ids, wanted, strict=True)
    ]
    return made if pinned == edits else with_steps(text, pinned)


def _own_ids(text: str, draft: Draft, path: str) -> list[str]:
    file, _ = parse_routine(text, path, draft.routine.id)
    return [] if file is None else [step.step.id for step in file.steps]


def _id_wanted(edit: StepEdit, file: FileDraft, draft: Draft) -> str:
    if "id" in edit.values:
        return str(edit.values["id"])
    return file.steps[edit.place or 0].step.id


def _edits(draft: Draft, file: FileDraft, written: list[Mapping[str, Any]]) -> Iterator[StepEdit]:
    """Give the steps of the file, those of used routines as the one that uses them."""
    places = {step.step.id: step.place for step in file.steps}
    uses = {step.step.id: step.use for step in file.steps if step.use is not None}
    present = {step.id: step for step in draft.routine.steps}
    for prefix in changed_uses(draft):
        _refuse(uses[prefix.removesuffix("/")])
    left, seen, sources = list(draft.steps), set[str](), {one.made_of[0] for one in draft.steps}
    while left:
        one = left[0]
        prefix, is_used, _ = one.made_of[0].partition("/")
        if is_used:
            block = [step for step in draft.routine.steps if step.id.startswith(f"{prefix}/")]
            yield StepEdit(places[prefix], _after_of_use(prefix, block, left))
            del left[: len(block)]
            continue
        del left[0]
        source = one.made_of[0]
        if source in seen:
            yield StepEdit(None, _values_of_new(one, written[places[source]]))
        else:
            taken_in = [name for name in dict.fromkeys(one.made_of) if name not in sources | seen]
            remarks_of = tuple(places[name] for name in taken_in)
            yield StepEdit(places[source], _values(one.step, present[source]), remarks_of)
            seen.update(taken_in)
        seen.add(source)


def _refuse(use: str) -> None:
    """Refuse what changes the steps of a used routine, whose own file says how they are done."""
    raise DoesNotFit(
        f"the steps from {use}.toml stand there, and other routines may use them",
        "change that file, or leave them as they are and together",
    )


def _after_of_use(prefix: str, block: list[Step], steps: list[DraftStep]) -> dict[str, Any]:
    """Give what the using step comes after, where that is changed: its first steps carry it."""
    for step, one in zip(block, steps, strict=False):
        inside = any(name.startswith(f"{prefix}/") for name in step.after)
        if not inside and step.after != one.step.after:
            return {"after": list(one.step.after) or None}
    return {}


def _values(new: Step, old: Step) -> dict[str, Any]:
    """Give the keys of a step that are another now."""
    values: dict[str, Any] = {} if new.id == old.id else {"id": new.id}
    return values | {key: value for key, value in _written(new).items() if value != _written(old)[key]}


def _values_of_new(one: DraftStep, beside: Mapping[str, Any]) -> dict[str, Any]:
    """Give the keys of a new step; it names its person only where the step that it was part of did."""
    values = {"id": one.step.id, **_written(one.step)}
    if "person" not in beside and PERSON not in one.changes:
        del values["person"]
    return {key: value for key, value in values.items() if value is not None}


def _written(step: Step) -> dict[str, Any]:
    """Give the keys of a step as its file holds them; None for those at their defaults."""
    return {
        **{key: getattr(step, key) for key in _TEXTS},
        "planned": written_duration(step.planned) if step.planned else None,
        "wait": written_duration(step.wait, days=True) if step.wait else None,
        **{key: list(getattr(step, key)) or None for key in _LISTS},
        **{key: getattr(step, key) or None for key in _FLAGS},
        "bell": step.bell and step.bell.value,
    }
