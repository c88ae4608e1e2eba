"""What-if for one routine of a home: what the screen rests on, and what `what-if --json` answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from procroutine.history.home import Home
from procroutine.improvement.basis_reading import read_basis
from procroutine.improvement.draft import Draft
from procroutine.improvement.fewest_switches import FewestSwitches, fewest_switches
from procroutine.improvement.outcome_of_change import OutcomeOfChange, outcomes_of_changes
from procroutine.improvement.prediction import Predictor
from procroutine.insight.flow import settled
from procroutine.insight.kept import Kept
from procroutine.insight.past_viewer import PastViewer
from procroutine.run.record import optional_seconds

if TYPE_CHECKING:
    from procroutine.clock import Clock
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
    basis = read_basis(home, past, routine_id)
    predictor = Predictor(basis)
    predictor.predict(Draft.of(routine))
    kept = outcomes_of_changes(home, [routine], past.heads_of(routine_id)).get(routine.id, ())
    return WhatIfGround(routine, predictor, fewest_switches(settled(routine.steps, basis.used)), kept)


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
