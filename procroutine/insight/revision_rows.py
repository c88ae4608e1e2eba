"""The difference of two revisions as rows, each with what stands on either side.

Steps stand in the new order. Of one that was moved the old side stands where it was and the new
one where it is now. What is the same is drawn together into one row, but for a step or a line
next to what differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, Any

from procroutine.insight.revision_difference import Change, Line, revision_difference
from procroutine.insight.revision_words import changes_in_words, key_words, value_words
from procroutine.insight.views.revisions import DifferenceRow, DifferenceView, RowKind
from procroutine.text import Shown, counted, shown

if TYPE_CHECKING:
    from procroutine.insight.revision_difference import Meaning, RevisionDifference, StepChange, SystemChange
    from procroutine.insight.revision_runs import StepTimes

Names = Mapping[str, str]
_CONTEXT = 1
"""Lines that are the same, shown beside those that differ."""
_FEWEST_TOGETHER = 3
"""Steps or lines in a row that are the same, from which one row stands for them."""
_SIGNS = {"added": "+", "dropped": "−", "changed": "~"}


def difference_view(
    old: tuple[int, Mapping[str, Any]],
    new: tuple[int, Mapping[str, Any]],
    times: Mapping[str, StepTimes],
    verdict: str = "",
    note: str | None = None,
) -> DifferenceView:
    """Draw two revisions, each by number and snapshot, with the times of their steps."""
    difference = revision_difference(old[1], new[1])
    names = _names(old[1]), _names(new[1])
    return DifferenceView(
        old=old[0],
        new=new[0],
        changes=shown(changes_in_words(difference) or "nothing is different"),
        verdict=verdict,
        note=shown(note) if note else None,
        rows=(*_routine(difference, names), *_steps(difference, names, times), *_systems(difference, names)),
    )


def _names(snapshot: Mapping[str, Any]) -> Names:
    systems = {key: str(one.get("name") or key) for key, one in (snapshot.get("systems") or {}).items()}
    return systems | {step["id"]: step.get("title") or step["id"] for step in snapshot["steps"]}


def _routine(difference: RevisionDifference, names: tuple[Names, Names]) -> Iterator[DifferenceRow]:
    if difference.keys:
        yield DifferenceRow(kind=RowKind.HEADING, label=Shown("Routine"))
        yield from _changes(difference.keys, names)


def _systems(difference: RevisionDifference, names: tuple[Names, Names]) -> Iterator[DifferenceRow]:
    if difference.systems:
        yield DifferenceRow(kind=RowKind.HEADING, label=Shown("Systems"))
    for system in difference.systems:
        yield _system(system)
        yield from _changes(system.changes, names)


def _system(system: SystemChange) -> DifferenceRow:
    what = "added" if system.old is None else "dropped" if system.new is None else "changed"
    old, new = (None if one is None else shown(str(one.get("name") or system.id)) for one in (system.old, system.new))
    return DifferenceRow(kind=RowKind.STEP, label=Shown(what), old=old, new=new, sign=_SIGNS[what])


def _steps(
    difference: RevisionDifference, names: tuple[Names, Names], times: Mapping[str, StepTimes]
) -> Iterator[DifferenceRow]:
    if not difference.changed_steps:
        return
    yield DifferenceRow(kind=RowKind.HEADING, label=Shown("Steps"))
    for same, group in groupby(_in_order(difference.steps), lambda entry: not entry[0].what):
        entries = list(group)
        if same and len(entries) >= _FEWEST_TOGETHER:
            yield DifferenceRow(kind=RowKind.SAME, label=Shown(f"{counted(len(entries), 'step')} as before"))
            continue
        for step, side in entries:
            yield _step(step, side, times.get(step.id))
            yield from _changes(step.changes if side != "old" else (), names)


def _in_order(steps: Sequence[StepChange]) -> Iterator[tuple[StepChange, str]]:
    """Give each step with the side it stands on: `both`, or for one that was moved first `old` or `new`."""
    left = sorted((step for step in steps if step.what == "moved"), key=lambda step: step.old_place or 0, reverse=True)
    for step in steps:
        if step.what == "moved":
            yield step, "new"
            continue
        while left and step.old_place is not None and (left[-1].old_place or 0) < step.old_place:
            yield left.pop(), "old"
        yield step, "both"
    yield from ((step, "old") for step in reversed(left))


def _step(step: StepChange, side: str, times: StepTimes | None) -> DifferenceRow:
    old, new = _title(step.old, step.old_place), _title(step.new, step.new_place)
    label, sign = step.what, _SIGNS.get(step.what, "")
    if step.moved and step.old_place is not None and step.new_place is not None:
        sign = "↑" if step.new_place < step.old_place else "↓"
        label = f"moved to {step.new_place + 1}" if side == "old" else f"moved from {step.old_place + 1}"
    return DifferenceRow(
        kind=RowKind.STEP,
        label=Shown(label),
        old=None if side == "new" else old,
        new=None if side == "old" else new,
        sign=sign,
        before=None if times is None or step.old is None or side == "new" else times.before,
        after=None if times is None or step.new is None or side == "old" else times.after,
    )


def _title(step: Meaning | None, place: int | None) -> Shown | None:
    return None if step is None or place is None else shown(f"{place + 1:>2}  {step.get('title') or step['id']}")


def _changes(changes: Iterable[Change], names: tuple[Names, Names]) -> Iterator[DifferenceRow]:
    for change in changes:
        label = shown(key_words(change.key))
        if _has_lines(change):
            yield DifferenceRow(kind=RowKind.TEXT, label=label)
            yield from _lines(change.lines)
        else:
            old, new = (
                shown(value_words(change.key, value, known))
                for value, known in zip((change.old, change.new), names, strict=True)
            )
            yield DifferenceRow(kind=RowKind.VALUE, label=label, old=old or None, new=new or None, sign="~")


def _has_lines(change: Change) -> bool:
    """Say whether a text has several lines, so that each stands in a row of its own."""
    return max(sum(line.sign != sign for line in change.lines) for sign in "+-") > 1


def _lines(lines: Sequence[Line]) -> Iterator[DifferenceRow]:
    """Put lines that gave way beside those that came, and draw together those far from both."""
    stretches = [(same, list(group)) for same, group in groupby(lines, lambda line: line.sign == " ")]
    for place, (same, stretch) in enumerate(stretches):
        if same:
            yield from _same_lines(stretch, place > 0, place < len(stretches) - 1)
            continue
        yield from _other_lines(stretch)


def _other_lines(lines: Sequence[Line]) -> Iterable[DifferenceRow]:
    """Pair lines that gave way with lines that came; empty ones are left out where there are others."""
    old, new = ([shown(line.text) for line in lines if line.sign == sign] for sign in "-+")
    pairs = list(zip_longest(old, new))
    return (
        DifferenceRow(kind=RowKind.LINE, old=one, new=other, sign="~")
        for one, other in [pair for pair in pairs if any(pair)] or pairs
    )


def _same_lines(lines: Sequence[Line], after: bool, before: bool) -> Iterator[DifferenceRow]:
    first, last = _CONTEXT if after else 0, _CONTEXT if before else 0
    if len(lines) < first + last + _FEWEST_TOGETHER:
        first, last = len(lines), 0
    hidden = len(lines) - first - last
    for line in lines[:first]:
        yield _same_line(line)
    if hidden:
        yield DifferenceRow(kind=RowKind.SAME, label=Shown(f"{counted(hidden, 'line')} as before"))
    for line in lines[len(lines) - last :]:
        yield _same_line(line)


def _same_line(line: Line) -> DifferenceRow:
    text = shown(line.text)
    return DifferenceRow(kind=RowKind.LINE, old=text, new=text)
