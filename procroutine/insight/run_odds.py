"""The odds of a run in progress: what is finished stays as it was, the rest is drawn (FORMULAS 4)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from procroutine.insight.behaviour import points_of, signals, stretches
from procroutine.insight.done_with import IN_ANY_WAY
from procroutine.insight.odds import FEWEST, StepTimes, times_of_same_content
from procroutine.insight.weekly import counts, first_week, weekly_values
from procroutine.routine.model import GoalPer

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.insight.done_with import DoneWith
    from procroutine.run.states import RunState

ZERO = timedelta()


@dataclass(frozen=True, slots=True)
class NoOdds:
    """Why there are none."""

    reason: str


def parts_of(run: RunState, times: Mapping[str, Sequence[timedelta]]) -> tuple[timedelta, list[StepTimes]]:
    """Give what the steps left behind took, and what the others are drawn from; prepared ones are neither."""
    current = None if run.current is None else run.steps[run.current]
    fixed = ZERO
    to_do = []
    for step in run.steps:
        if run.is_outside(step):
            continue
        if step is current or step.state == "pending":
            elapsed = step.active or ZERO
            past = tuple(times.get(step.id, ()))
            to_do.append(StepTimes(id=step.id, times=past, planned=step.planned, elapsed=elapsed))
        else:
            fixed += step.active or ZERO
    return fixed, to_do


def why_no_odds(
    before: Sequence[RunHead],
    goal_per: GoalPer = GoalPer.RUN,
    real_changes: Collection[int] = (),
    *,
    by_medians: bool = False,
) -> NoOdds | None:
    """Say why no odds are given from runs (oldest first): too few of them, or a process that has just changed.

    It has just changed where a pattern that is more than chance is complete in its newest week, by the limits that
    Trends has: `real_changes` are the revisions that the person marked as such; `by_medians` where they chose so.
    """
    counted = [head for head in before if counts(head)]
    if len(counted) < FEWEST:
        return NoOdds(f"no odds yet: {len(counted)} of {FEWEST} runs")
    first = first_week(counted)
    if first is None:
        return None
    values = weekly_values(counted, None, goal_per, first, max(head.week for head in counted))
    points = points_of(values)
    found = signals(points, stretches(points, real_changes, by_medians=by_medians))
    if any(signal.place == len(points) - 1 for signal in found):
        return NoOdds("no odds: the process changed with the last runs")
    return None


def times_for(
    run: RunState,
    before: Sequence[RunHead],
    snapshots: Mapping[int, Mapping[str, Any]],
    ways: DoneWith = IN_ANY_WAY,
) -> dict[str, list[timedelta]]:
    """Give the times that the steps of a run may be drawn from; `snapshots` are its routine's revisions.

    `ways` are those in which it does its steps that have alternatives.
    """
    return ways.times(before, lambda runs: times_of_same_content(run.definition, runs, snapshots))
