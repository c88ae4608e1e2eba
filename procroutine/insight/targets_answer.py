"""The answer of `targets --json`: what each step is held against in every comparison (CONTRACT, JSON)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from procroutine.history.targets import best, last, usual
from procroutine.insight.comparisons import split_of_goal, times_of_best_run, times_of_runs, weighted_average
from procroutine.insight.done_with import IN_ANY_WAY
from procroutine.insight.inside import is_inside, is_mostly_inside, times_inside
from procroutine.insight.odds import StepTimes, odds
from procroutine.insight.run_odds import NoOdds
from procroutine.routine.snapshots import snapshot_of
from procroutine.run.record import optional_seconds, seconds

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.insight.done_with import DoneWith
    from procroutine.insight.inside import Times
    from procroutine.routine.model import Routine

T = TypeVar("T")
_BY_TIMES: dict[str, Callable[[Sequence[timedelta]], timedelta | None]] = {
    "usual": usual,
    "best": best,
    "last": last,
    "average": weighted_average,
}


def targets_answer(
    routine: Routine,
    heads: Sequence[RunHead],
    goal: timedelta | None,
    snapshots: Mapping[int, Mapping[str, Any]],
    no_odds: NoOdds | None = None,
    ways: DoneWith = IN_ANY_WAY,
) -> dict[str, Any]:
    """Give the targets of a routine's steps for a goal, from the runs that count, oldest to newest.

    `snapshots` are the routine's revisions: odds come only from steps that were as they are now. There are none for
    a reason that is known already, as `why_no_odds` gives it.
    What is done before the run has its times, but no part in the goal, the odds and the totals. `ways` are those in
    which a run begun now does its steps that have alternatives.
    """
    snapshot = snapshot_of(routine)
    within = ways.times(heads, lambda runs: times_inside(snapshot, runs, snapshots))
    gathered = ways.times(heads, times_of_runs)
    times = {step.id: gathered[step.id] for step in routine.steps if step.id in gathered}
    planned = {step.id: step.planned for step in routine.steps if step.planned is not None}
    inside = [step.id for step in routine.steps if is_mostly_inside(step, within)]
    how_hard, split = split_of_goal(_only(inside, times), _only(inside, planned), goal)
    columns: dict[str, Mapping[str, timedelta | None]] = {
        name: {step_id: of(each) for step_id, each in times.items()} for name, of in _BY_TIMES.items()
    }
    columns["planned"] = planned
    columns["goal_split"] = {step_id: split.get(step_id, planned.get(step_id)) for step_id in inside} if split else {}
    columns["best_run"] = times_of_best_run(times, heads, snapshot, ways)
    return {
        "format": 1,
        "routine": routine.id,
        "goal_seconds": optional_seconds(goal),
        "how_hard": how_hard,
        **_odds(routine, goal, within, no_odds),
        "steps": [
            {"id": step.id, "title": step.title, "alternative": ways.systems.get(step.id)}
            | {f"{name}_seconds": optional_seconds(column.get(step.id)) for name, column in columns.items()}
            for step in routine.steps
        ],
        "totals": {f"{name}_seconds": _total(_only(inside, column)) for name, column in columns.items()},
    }


def _only(step_ids: Sequence[str], of: Mapping[str, T]) -> dict[str, T]:
    return {step_id: of[step_id] for step_id in step_ids if step_id in of}


def _odds(
    routine: Routine,
    goal: timedelta | None,
    times: Times,
    none: NoOdds | None,
) -> dict[str, Any]:
    """Give the odds of a run begun now, or why there are none."""
    if none is None:
        steps = [
            StepTimes(id=step.id, times=tuple(times.get(step.id, ())), planned=step.planned)
            for step in routine.steps
            if is_inside(step, times)
        ]
        if any(step.times for step in steps):
            found = odds(timedelta(), steps, goal)
            return {
                "odds": found.chance,
                "odds_reason": None if goal is not None else "no odds: there is no goal",
                "half_within_seconds": seconds(found.middle),
                "likely_within_seconds": seconds(found.likely),
                "late_within_seconds": seconds(found.late),
                "only_planned": list(found.only_planned),
            }
        none = NoOdds("no odds: none of the steps was ever done in this form")
    known = dict.fromkeys(("half_within_seconds", "likely_within_seconds", "late_within_seconds"))
    return {"odds": None, "odds_reason": none.reason, **known, "only_planned": []}


def _total(column: Mapping[str, timedelta | None]) -> float | None:
    known = [time for time in column.values() if time is not None]
    return seconds(sum(known, timedelta())) if known else None
