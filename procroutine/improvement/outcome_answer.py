"""What came of kept changes, as JSON and as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from procroutine.improvement.outcome_of_change import worth_telling
from procroutine.run.record import optional_seconds

if TYPE_CHECKING:
    from procroutine.improvement.outcome_of_change import OutcomeOfChange


def outcome_json(one: OutcomeOfChange) -> dict[str, Any]:
    """Give a kept change as `what-if --kept --json` and `review --json` have it."""
    return {
        "routine": one.prediction.routine,
        "revision": one.revision,
        "made_at": one.prediction.made_at.isoformat(timespec="milliseconds"),
        "changes": list(one.prediction.changes),
        "now": one.prediction.now.to_json(),
        "then": one.prediction.then.to_json(),
        "runs": one.runs,
        "met": one.met,
        "total_seconds": optional_seconds(one.total),
        "lead_seconds": optional_seconds(one.lead),
        "sentences": list(one.sentences()),
    }


def kept_answer(kept: Mapping[str, Sequence[OutcomeOfChange]]) -> list[dict[str, Any]]:
    """Give what came of kept changes as `review --json` has it."""
    return [outcome_json(one) for own in kept.values() for one in own]


def kept_lines(kept: Mapping[str, Sequence[OutcomeOfChange]], names: Mapping[str, str]) -> Iterator[str]:
    """Say what came of the last kept change of each routine; `names` are those of the routines."""
    told = {routine: worth for routine, own in kept.items() if (worth := worth_telling(own))}
    if told:
        yield ""
        yield "What came of your changes:"
    for routine, worth in told.items():
        yield f"  {names.get(routine, routine)}"
        yield from (f"    {sentence}" for one in worth for sentence in one.sentences())
