"""The finish: the total against the goal and the run before, and the steps worth a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from procroutine.insight.dates import clock_time
from procroutine.insight.goal_words import goal_words
from procroutine.insight.views.run import FinishView, NotableStep
from procroutine.insight.weekly import counts, standing_of
from procroutine.text import shown

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.insight.comparisons import Comparisons
    from procroutine.run.live import RunState, StepState

MOST_EACH_WAY = 3
"""Notable steps at most that were quicker, and that were slower."""
NOTABLE_SHARE = 10
"""A step is notable from one part in so many off what it is held against."""


def finish_view(
    run: RunState,
    comparisons: Comparisons,
    before: Sequence[RunHead],
    now: datetime,
    goal: timedelta | None = None,
) -> FinishView:
    """Draw the finish of a run; `before` are the routine's runs that began earlier, oldest to newest.

    `goal` is what this run might take (of a goal per week, what was left of it).
    """
    ended = (run.ended_at or run.as_of).astimezone(now.tzinfo)
    last = next((head for head in reversed(before) if counts(head)), None)
    return FinishView(
        run_id=run.id,
        routine_id=run.routine,
        name=shown(run.routine_name),
        place=f"week {run.week.number} · {run.state} {clock_time(ended)}",
        total=run.active,
        goal=goal,
        slack=None if goal is None else goal - run.active,
        vs_last=None if last is None else run.active - last.active,
        best_so_far=is_best(run, before),
        skipped=sum(step.state == "skipped" and not step.off for step in run.steps),
        off=sum(step.off for step in run.steps),
        goal_words="" if goal is None else goal_words(goal, run.is_goal_of_week),
        notable=tuple(notable_steps(run, comparisons)),
        output=shown(run.definition["output"].strip()) if run.definition.get("output") else None,
    )


def is_complete(run: RunState) -> bool:
    """Say whether every step that is not optional was done (FORMULAS 8)."""
    return all(step.state == "done" for step in run.steps if not step.optional)


def is_best(run: RunState, before: Iterable[RunHead]) -> bool:
    """Say whether a complete run was quicker than every complete one before, of which there must be one."""
    earlier = [head.active for head in before if counts(head) and head.complete]
    return run.state == "finished" and bool(earlier) and is_complete(run) and run.active < min(earlier)


@dataclass(frozen=True, slots=True)
class _Off:
    """A done step and how far it is off what it is held against."""

    step: StepState
    time: timedelta
    target: timedelta
    from_plan: bool
    new_best: bool

    @property
    def difference(self) -> timedelta:
        return self.time - self.target

    @property
    def notable(self) -> bool:
        return self.new_best or abs(self.difference) * NOTABLE_SHARE > self.target


def notable_steps(run: RunState, comparisons: Comparisons) -> Iterable[NotableStep]:
    """Give the steps that were a new best or more than a tenth off, the most saved first, the slowest last."""
    off = sorted((one for one in _measured(run, comparisons) if one.notable), key=lambda one: one.difference)
    slower = [one for one in off if one.difference > timedelta()][-MOST_EACH_WAY:]
    quicker = [one for one in off if one.difference <= timedelta()][:MOST_EACH_WAY]
    for one in quicker + slower:
        slowest = bool(slower) and one is slower[-1]
        yield NotableStep(
            title=shown(one.step.title),
            time=one.time,
            difference=one.difference,
            standing=standing_of(one.time, one.target),
            remark=_remark(one, slowest),
        )


def _remark(one: _Off, slowest: bool) -> str:
    if one.new_best:
        return "new best"
    if slowest:
        return "slowest against plan" if one.from_plan else "slowest against usual"
    return ""


def _measured(run: RunState, comparisons: Comparisons) -> Iterable[_Off]:
    for step in run.steps:
        target = comparisons.usual(step.id, step.planned)
        if step.state != "done" or step.active is None or target is None:
            continue
        best = comparisons.best(step.id)
        yield _Off(
            step=step,
            time=step.active,
            target=target,
            from_plan=best is None,
            new_best=best is not None and step.active < best,
        )
