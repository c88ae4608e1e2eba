"""What-if for one routine of a home: what predictions rest on, and what `what-if --json` answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from procroutine.improvement.prediction import Basis, Beside
from procroutine.insight.comparisons import counted_runs
from procroutine.insight.odds import times_of_same_content
from procroutine.insight.run_odds import why_no_odds
from procroutine.insight.weekly import counts
from procroutine.routine.snapshots import snapshot_of
from procroutine.run.record import optional_seconds

if TYPE_CHECKING:
    from procroutine.improvement.draft import Draft
    from procroutine.improvement.prediction import Figures, Prediction
    from procroutine.insight.past_viewer import PastViewer

_LOOKED_BACK = 64
"""Runs whose pauses and waits are looked at; older ones would weigh nothing."""


def read_basis(past: PastViewer, routine_id: str) -> Basis:
    """Read what predictions about a routine rest on; NotFound where nobody knows it."""
    routine = past.routine(routine_id)
    runs = counted_runs(past.heads_of(routine_id))
    snapshots = {one["number"]: one["snapshot"] for one in past.revisions.documents(routine_id)}
    times = times_of_same_content(snapshot_of(routine), runs, snapshots)
    finished = [head for head in runs if counts(head)][-_LOOKED_BACK:]
    return Basis(
        times={step_id: tuple(found) for step_id, found in times.items()},
        goal=routine.goal,
        no_odds=why_no_odds(runs, routine.goal_per),
        beside=tuple(Beside(head.paused + head.waiting + head.asleep, {}) for head in finished),
    )


def what_if_answer(draft: Draft, prediction: Prediction) -> dict[str, Any]:
    """Give what `what-if --json` answers."""
    return {
        "format": 1,
        "routine": draft.routine.id,
        "goal_seconds": optional_seconds(draft.routine.goal),
        "now": figures_json(prediction.now),
        "then": figures_json(prediction.then),
        "changes": [change.in_words() for change in draft.changes],
        "remarks": list(prediction.remarks),
    }


def figures_json(figures: Figures) -> dict[str, Any]:
    """Give the figures of one state of a checklist."""
    return {
        "total_seconds": optional_seconds(figures.total),
        "total_from": figures.total_from,
        "odds": figures.chance,
        "odds_reason": figures.no_odds,
        "switches": figures.switches,
        "hand_offs": figures.hand_offs,
        "lead_seconds": optional_seconds(figures.lead),
        "order": list(figures.order),
        "only_planned": list(figures.only_planned),
    }
