"""Reading what predictions about a routine rest on, in what-if and in the flow map alike."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.improvement.ground import DONE, RECENT, ZERO
from procroutine.improvement.ground_reading import ground_from
from procroutine.improvement.lead import Beside, beside_of
from procroutine.improvement.prediction import Basis, Done
from procroutine.improvement.present import present_heads
from procroutine.improvement.switch_cost import switch_cost
from procroutine.insight.comparisons import counted_runs
from procroutine.insight.inside import times_inside
from procroutine.routine.snapshots import snapshot_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from procroutine.history.heads import RunHead
    from procroutine.history.home import Home
    from procroutine.improvement.ground import RoutineGround
    from procroutine.insight.past_viewer import PastViewer


def present_basis(past: PastViewer, routine_id: str) -> Basis:
    """Read what the figures of a routine as it is rest on, from the heads of its runs.

    NotFound where nobody knows it.
    """
    routine = past.routine(routine_id)
    runs = counted_runs(past.heads_of(routine_id))
    finished = present_heads(runs)[-RECENT:]
    times, why_not = (
        times_inside(snapshot_of(routine), runs, past.snapshots_of(routine_id)),
        past.why_not_as_filed(routine_id),
    )
    return Basis(
        times={step_id: tuple(found) for step_id, found in times.items()},
        goal=routine.goal_of_run,
        no_odds=past.why_no_odds(routine_id, runs, routine.goal_per),
        no_goal=f"no odds: there is no goal{'' if routine.goal is None else ' of one run, but one of the week'}",
        beside=tuple(Beside(head.paused + head.waiting + head.asleep, {}) for head in finished),
        remarks=(f"{why_not}: these are the steps of its newest run, and no change can be kept",) if why_not else (),
    )


def read_basis(home: Home, past: PastViewer, routine_id: str) -> Basis:
    """Read what predictions about changes of a routine rest on; NotFound where nobody knows it."""
    found, ground = present_basis(past, routine_id), _ground(home, routine_id, past.heads_of(routine_id))
    if ground is None:
        return found
    return replace(found, beside=beside_of(ground), switch_cost=_cost_of_a_switch(ground), done=_done(ground))


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
