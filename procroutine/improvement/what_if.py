"""What-if for one routine of a home: what predictions rest on, and what `what-if --json` answers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from procroutine.history.home import Home
from procroutine.improvement.draft import Draft
from procroutine.improvement.fewest_switches import FewestSwitches, fewest_switches
from procroutine.improvement.ground import DONE, RECENT, ZERO
from procroutine.improvement.ground_reading import ground_from
from procroutine.improvement.lead import beside_of
from procroutine.improvement.outcome_of_change import OutcomeOfChange, outcomes_of_changes
from procroutine.improvement.prediction import Basis, Done, Predictor
from procroutine.improvement.switch_cost import switch_cost
from procroutine.insight.comparisons import counted_runs
from procroutine.insight.inside import times_inside
from procroutine.insight.kept import Kept
from procroutine.insight.past_viewer import PastViewer
from procroutine.insight.run_odds import why_no_odds
from procroutine.routine.snapshots import snapshot_of
from procroutine.run.record import optional_seconds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from procroutine.clock import Clock
    from procroutine.history.heads import RunHead
    from procroutine.improvement.ground import RoutineGround
    from procroutine.improvement.prediction import Figures, Prediction
    from procroutine.places import Places
    from procroutine.routine.model import Routine


@dataclass(frozen=True, slots=True)
class WhatIfGround:
    """What the what-if screen of one routine rests on."""

    routine: Routine
    predictor: Predictor
    fewest: FewestSwitches
    kept: tuple[OutcomeOfChange, ...]
    """Changes that were kept, the newest first."""


def read_what_if(places: Places, clock: Clock, routine_id: str) -> WhatIfGround:
    """Read all that the what-if screen of a routine rests on; it makes its own home, to be called beside the app.

    NotFound where nobody knows the routine, CannotRead where a file cannot be read.
    """
    home = Home(places, clock)
    past = PastViewer(home, Kept(home))
    routine = past.routine(routine_id)
    predictor = Predictor(read_basis(home, past, routine_id))
    predictor.predict(Draft.of(routine))
    kept = outcomes_of_changes(home, [routine], past.heads_of(routine_id)).get(routine.id, ())
    return WhatIfGround(routine, predictor, fewest_switches(routine.steps), kept)


def read_basis(home: Home, past: PastViewer, routine_id: str) -> Basis:
    """Read what predictions about a routine rest on; NotFound where nobody knows it."""
    routine = past.routine(routine_id)
    heads = past.heads_of(routine_id)
    runs = counted_runs(heads)
    snapshots = {one["number"]: one["snapshot"] for one in past.revisions.documents(routine_id)}
    times = times_inside(snapshot_of(routine), runs, snapshots)
    ground, why_not = _ground(home, routine_id, heads), past.why_not_as_filed(routine_id)
    return Basis(
        times={step_id: tuple(found) for step_id, found in times.items()},
        goal=routine.goal_of_run,
        no_odds=why_no_odds(runs, routine.goal_per),
        no_goal=f"no odds: there is no goal{'' if routine.goal is None else ' of one run, but one of the week'}",
        beside=() if ground is None else beside_of(ground),
        switch_cost=None if ground is None else _cost_of_a_switch(ground),
        done={} if ground is None else _done(ground),
        remarks=(f"{why_not}: these are the steps of its newest run, and no change can be kept",) if why_not else (),
    )


def _ground(home: Home, routine_id: str, heads: Sequence[RunHead]) -> RoutineGround | None:
    """Read the newest runs of one routine step by step; None where its file is gone or cannot be read."""
    library = home.library()
    entry = library.entries.get(routine_id)
    if entry is None or entry.routine is None:
        return None
    alone = library.replaced(entries={entry.id: entry})
    return ground_from(home, alone, heads).of(routine_id)


def _cost_of_a_switch(ground: RoutineGround) -> timedelta | None:
    """Give what a switch is shown to cost; nothing where it is not more than chance, None where nothing can be told."""
    found = switch_cost(ground.runs[-RECENT:]).interval()
    return None if found is None else found.estimate if found.low > ZERO else ZERO


def _done(ground: RoutineGround) -> dict[str, tuple[Done, ...]]:
    found: dict[str, list[Done]] = defaultdict(list)
    for run in ground.runs:
        for part in run.steps.values():
            if part.state == DONE and part.same and part.active is not None:
                found[part.id].append(Done(part.active, frozenset(part.systems), part.person))
    return {step_id: tuple(times) for step_id, times in found.items()}


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
