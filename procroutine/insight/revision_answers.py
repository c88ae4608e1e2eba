"""The answers of `revisions --json`: the list, and the difference of two revisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from procroutine.insight.revision_difference import Change, revision_difference
from procroutine.insight.revision_runs import Documents, by_number, revision_runs, verdict_answer
from procroutine.insight.revision_words import verdict_words
from procroutine.run.record import optional_seconds

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.insight.revision_difference import StepChange, SystemChange
    from procroutine.insight.revision_runs import StepTimes
    from procroutine.routine.model import Routine


def revisions_answer(
    routine: Routine, heads: Sequence[RunHead], documents: Documents, present: int | None
) -> dict[str, Any]:
    """Give all revisions of a routine, oldest first, each with its verdict."""
    known = by_number(documents)
    answers = []
    for runs in revision_runs(heads, known):
        document, verdict = known.get(runs.number, {}), runs.verdict
        answers.append(
            {
                "number": runs.number,
                "first_week": str(runs.after[0].week) if runs.after else None,
                "first_seen_at": document.get("date"),
                "note": document.get("note"),
                "real_change": bool(document.get("real_change")),
                "present": runs.number == present,
                "runs": len(runs.after),
                "against": runs.against,
                **verdict_answer(verdict),
                "sentence": verdict_words(runs, verdict, routine),
            }
        )
    return {"format": 1, "routine": routine.id, "routine_name": routine.name, "revisions": answers}


def difference_answer(
    routine: Routine,
    old: tuple[int, Mapping[str, Any]],
    new: tuple[int, Mapping[str, Any]],
    times: Mapping[str, StepTimes],
) -> dict[str, Any]:
    """Give in what two revisions differ, each by number and snapshot; values as a snapshot holds them."""
    difference = revision_difference(old[1], new[1])
    return {
        "format": 1,
        "routine": routine.id,
        "routine_name": routine.name,
        "old": old[0],
        "new": new[0],
        "keys": _changes(difference.keys),
        "systems": [_system(system) for system in difference.systems],
        "steps": [_step(step, times.get(step.id)) for step in difference.changed_steps],
    }


def _changes(changes: Iterable[Change]) -> list[dict[str, Any]]:
    return [{"key": change.key, "old": change.old, "new": change.new} for change in changes]


def _system(system: SystemChange) -> dict[str, Any]:
    what = "added" if system.old is None else "dropped" if system.new is None else "changed"
    name = (system.new or system.old or {}).get("name")
    return {"id": system.id, "name": name, "change": what, "keys": _changes(system.changes)}


def _step(step: StepChange, times: StepTimes | None) -> dict[str, Any]:
    return {
        "id": step.id,
        "title": (step.new or step.old or {}).get("title"),
        "change": step.what,
        "old_place": None if step.old_place is None else step.old_place + 1,
        "new_place": None if step.new_place is None else step.new_place + 1,
        "keys": _changes(step.changes),
        "median_before_seconds": None if times is None else optional_seconds(times.before),
        "median_after_seconds": None if times is None else optional_seconds(times.after),
        "runs_before": 0 if times is None else times.runs_before,
        "runs_after": 0 if times is None else times.runs_after,
    }
