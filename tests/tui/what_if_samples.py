"""Grounds of what-if for tests and pictures."""

from __future__ import annotations

from datetime import timedelta

from procroutine.history.predictions import Foretold, KeptPrediction
from procroutine.improvement.basis import Basis
from procroutine.improvement.fewest_switches import fewest_switches
from procroutine.improvement.lead import Beside
from procroutine.improvement.outcome_of_change import OutcomeOfChange
from procroutine.improvement.prediction import Predictor
from procroutine.improvement.what_if import WhatIfGround
from procroutine.insight.run_odds import NoOdds
from procroutine.routine.model import Routine, Step, System
from tests.tui.conftest import NOW

MINUTE = timedelta(minutes=1)
STEPS = (
    ("gather", "Gather seven things worth saying in the week", "web", "Ana", 7),
    ("write", "Write the posts", "docs", "Ana", 21),
    ("approve", "Let the owner approve them", "mail", "Bo", 9),
    ("shorten", "Shorten the links", "links", "Ana", 6),
    ("enter", "Enter the posts", "scheduler", "Ana", 14),
    ("note", "Write down what was posted", "docs", "Ana", 4),
)
ROUTINE = Routine(
    id="posts",
    name="Weekly social posts",
    steps=tuple(
        Step(
            id=name,
            title=title,
            systems=(system,),
            person=person,
            planned=minutes * MINUTE,
            after=("write",) if name in ("approve", "enter") else (),
        )
        for name, title, system, person, minutes in STEPS
    ),
    systems={
        name: System(id=name, name=title)
        for name, title in (
            ("web", "Website"),
            ("docs", "Week's document"),
            ("mail", "Mail"),
            ("links", "Link shortener"),
            ("scheduler", "Picture scheduler"),
        )
    },
    goal=60 * MINUTE,
)
TIMES = {
    name: tuple(minutes * MINUTE + (run * 7 % 5 - 2) * MINUTE / 4 for run in range(12)) for name, *_, minutes in STEPS
}
BASIS = Basis(TIMES, ROUTINE.goal, None, tuple(Beside(180 * MINUTE, {"approve": 150 * MINUTE}) for _ in range(12)))
KEPT = OutcomeOfChange(
    revision=4,
    prediction=KeptPrediction(
        routine="posts",
        content="x",
        made_at=NOW - timedelta(weeks=4),
        changes=("merge enter and check",),
        now=Foretold(70 * MINUTE, 0.1, 5, 2, None),
        then=Foretold(61 * MINUTE, 0.47, 4, 2, None),
    ),
    goal=ROUTINE.goal,
    runs=4,
    total=62 * MINUTE,
    met=1,
    lead=None,
)


def known(kept: tuple[OutcomeOfChange, ...] = ()) -> WhatIfGround:
    """A routine with a past."""
    return WhatIfGround(ROUTINE, Predictor(BASIS), fewest_switches(ROUTINE.steps), kept)


def never_run() -> WhatIfGround:
    """The same before its first run."""
    basis = Basis({}, ROUTINE.goal, NoOdds("no odds yet: 0 of 5 runs"))
    return WhatIfGround(ROUTINE, Predictor(basis), fewest_switches(ROUTINE.steps), ())
