"""Reading what predictions about a routine rest on, in what-if and in the flow map alike."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.improvement.basis import Basis, Done
from procroutine.improvement.ground import DONE, RECENT, ZERO
from procroutine.improvement.ground_reading import routine_ground
from procroutine.improvement.lead import beside_of
from procroutine.improvement.switch_cost import switch_cost, switched_in
from procroutine.improvement.turns import turns_of
from procroutine.improvement.waits import waited_by_step
from procroutine.insight.comparisons import counted_runs
from procroutine.insight.inside import done_inside
from procroutine.routine.snapshots import snapshot_of

if TYPE_CHECKING:
    from procroutine.history.home import Home
    from procroutine.improvement.ground import RoutineGround
    from procroutine.insight.past_viewer import PastViewer


def read_basis(home: Home, past: PastViewer, routine_id: str) -> Basis:
    """Read what predictions about a routine rest on; NotFound where nobody knows it, CannotRead as `read_ground`."""
    routine, heads = past.routine(routine_id), past.heads_of(routine_id)
    why_not = past.why_not_as_filed(routine_id)
    runs, snapshots = past.by_definition(routine_id, counted_runs(heads))
    ground = routine_ground(home, routine, heads)
    after_switch = {run.id: switched_in(run) for run in ground.runs}
    times, were_switched = defaultdict[str, list[timedelta]](list), defaultdict[str, list[bool | None]](list)
    for run, step_id, time in done_inside(snapshot_of(routine), runs, snapshots):
        times[step_id].append(time)
        were_switched[step_id].append(step_id in after_switch[run.id] if run.id in after_switch else None)
    return Basis(
        times={step_id: tuple(found) for step_id, found in times.items()},
        switched={step_id: tuple(found) for step_id, found in were_switched.items()},
        turns=turns_of(ground),
        goal=routine.goal_of_run,
        no_odds=past.why_no_odds(routine_id, runs, routine.goal_per),
        no_goal=f"no odds: there is no goal{'' if routine.goal is None else ' of one run, but one of the week'}",
        beside=beside_of(ground),
        switch_cost=_cost_of_a_switch(ground),
        done=_done(ground),
        remarks=(f"{why_not}: these are the steps of its newest run, and no change can be kept",) if why_not else (),
    )


def _cost_of_a_switch(ground: RoutineGround) -> timedelta | None:
    """Give what a switch is shown to cost; nothing where it is not more than chance, None where nothing can be told."""
    found = switch_cost(ground.runs[-RECENT:]).interval()
    return None if found is None else found.estimate if found.low > ZERO else ZERO


def _done(ground: RoutineGround) -> dict[str, tuple[Done, ...]]:
    found: dict[str, list[Done]] = defaultdict(list)
    for run in ground.runs:
        after_switch = switched_in(run)
        waits = None if run.waiting and not run.waits else waited_by_step(run.waits)
        for part in run.steps.values():
            if part.state == DONE and part.same and part.active is not None:
                found[part.id].append(
                    Done(part.active, frozenset(part.systems), part.person, waits, part.id in after_switch)
                )
    return {step_id: tuple(times) for step_id, times in found.items()}
