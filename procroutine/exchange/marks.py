"""What an export tells of a run beyond the keys of the contract, read as strictly as the rest.

Each key may be missing: `left_out` (why it is kept out of the statistics), `order` (the places of
the steps, in the order they were left), `amended` (steps, and by how many seconds their times were
corrected since the run ended), `moved_seconds` (by how much its start was), `stretches` (where its time
went, where its steps do not tell it), and of a step `optional`, `added` (in this run only), `off` (switched
off), `ticked` (places in its checklist), `notes` (each by itself) and `alternative` (which of several
systems it was done with).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from procroutine.history.stamps import Stamp
from procroutine.run.fields import LONGEST_ID, LONGEST_MILLISECONDS, Fields
from procroutine.run.states import RunState, StepState
from procroutine.run.stretches import ASLEEP, KINDS, PAUSED, WAITED, Stretch

_MOST_TICKED = 10_000
_MOST_STRETCHES = 100_000
_LATEST = 253_402_300_799_999
"""The last millisecond of the year 9999."""
_LONGEST_CHANGE = LONGEST_MILLISECONDS / 1000


def with_marks(run: RunState, fields: Fields) -> RunState:
    """Give a run with the marks of its steps, and their order; BadInput names the key that will not do."""
    steps = tuple(
        _marked(step, Fields(data, f"{fields.where}.steps[{place}]"))
        for place, (step, data) in enumerate(zip(run.steps, fields.data["steps"], strict=True))
    )
    return run.replaced(steps=steps, order_done=_order(run, fields))


def read_amendments(run: RunState, fields: Fields) -> tuple[tuple[str, timedelta], ...] | None:
    """Read by how much the times of steps were corrected after the run; None where none was."""
    written = fields.data.get("amended")
    if written is None:
        return None
    ids = {step.id for step in run.steps}
    remedy = "write a list of pairs, each a step's id and seconds, or leave it out"
    if not isinstance(written, list):
        raise fields.refuse("amended", remedy)
    read = []
    for pair in written:
        match pair:
            case [str(step), int() | float() as change] if step in ids and _is_length(change):
                read.append((step, timedelta(milliseconds=round(change * 1000))))
            case _:
                raise fields.refuse("amended", remedy)
    return tuple(read)


def read_stamp(fields: Fields, key: str = "stamp") -> Stamp | None:
    """Read when and where a version of a run, or of something else, was made; null where nobody knows."""
    written = fields.data.get(key)
    if written is None:
        return None
    match written:
        case [int(moment), str(device)] if 0 <= moment <= _LATEST and len(device) <= LONGEST_ID:
            if not isinstance(moment, bool):
                return int(moment), device
    raise fields.refuse(key, "leave it as `procroutine export` wrote it, or leave it out")


def read_stretches(run: RunState, fields: Fields) -> tuple[Stretch, ...]:
    """Read where the time of a run went; what it stood still must be what it says that it did."""
    written = fields.data.get("stretches")
    if written is None:
        return ()
    if not isinstance(written, list) or len(written) > _MOST_STRETCHES:
        raise fields.refuse("stretches", f"write a list of at most {_MOST_STRETCHES} stretches, or leave it out")
    ids = {step.id for step in run.steps}
    read = tuple(_stretch(Fields(one, f"{fields.where}.stretches[{place}]"), ids) for place, one in enumerate(written))
    for kind, length in ((PAUSED, run.paused), (WAITED, run.waiting), (ASLEEP, run.asleep)):
        told = sum((one.length for one in read if one.kind == kind), timedelta())
        if abs(told - length) > len(read) * timedelta(milliseconds=1):
            raise fields.refuse("stretches", f"let those of {kind} add up to {kind}_seconds, or leave it out")
    return read


def _stretch(fields: Fields, ids: Collection[str]) -> Stretch:
    step = fields.name("step")
    if step not in ids:
        raise fields.refuse("step", "name one of the run's steps")
    return Stretch(
        step=step,
        kind=fields.choice("kind", KINDS),
        length=timedelta(milliseconds=fields.milliseconds("seconds")),
        text=fields.optional_text("text") or "",
    )


def _is_length(change: float) -> bool:
    return not isinstance(change, bool) and -_LONGEST_CHANGE <= change <= _LONGEST_CHANGE


def _marked(step: StepState, fields: Fields) -> StepState:
    notes = fields.texts("notes") or step.notes
    if "\n".join(notes) != "\n".join(step.notes):
        raise fields.refuse("notes", "make them the lines of `note`, or leave them out")
    alternative = fields.optional_text("alternative")
    if alternative is not None and alternative not in step.systems:
        raise fields.refuse("alternative", "make it one of the step's systems, or leave it out")
    return step.replaced(
        alternative=alternative,
        optional=fields.flag("optional"),
        added=fields.flag("added"),
        off=fields.flag("off"),
        ticked=frozenset(_places(fields, "ticked", _MOST_TICKED) or ()),
        notes=notes,
    )


def _order(run: RunState, fields: Fields) -> tuple[int, ...]:
    places = _places(fields, "order", len(run.steps))
    return run.order_done if places is None else places


def _places(fields: Fields, key: str, end: int) -> tuple[int, ...] | None:
    """Read places counted from 0, each at most once; None where the key is missing."""
    written = fields.data.get(key)
    if written is None:
        return None
    if not isinstance(written, list) or any(isinstance(place, bool) or not isinstance(place, int) for place in written):
        raise fields.refuse(key, "write a list of whole numbers, or leave it out")
    if len(set(written)) < len(written) or any(not 0 <= place < end for place in written):
        raise fields.refuse(key, f"write each place from 0 to {end - 1} at most once, or leave it out")
    return tuple(written)
