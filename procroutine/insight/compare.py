"""Two runs held against one another, step by step; or a run and the usual times of its steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.values import Value

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.run.states import RunState, StepState

_NOTHING = timedelta()
BOTH, SKIPPED, NEW, DROPPED = "both", "skipped", "new", "dropped"
"""Where a step stands: done in both, not done in one of them, in the later one alone, in the earlier one alone."""


class SideStep(Value):
    """A step as one side has it."""

    title: str
    state: str
    """`done`, `skipped`, `off`, `pending` in an abandoned run, `combined` where it may hold another step's time."""
    time: timedelta | None
    """Active time, also of one skipped half-way; None where it was never begun."""


class Side(Value):
    """One of the two."""

    run: RunState | None
    """None: the usual times."""
    total: timedelta
    steps: Mapping[str, SideStep]
    """By id, in their order."""


class ComparedStep(Value):
    """A step on both sides."""

    id: str
    earlier: SideStep | None
    """None where it has no such step."""
    later: SideStep | None
    kind: str
    """`both`, `skipped`, `new` or `dropped`."""

    @property
    def title(self) -> str:
        """What it is called, in the later one where that has it."""
        side = self.later or self.earlier
        return self.id if side is None else side.title

    @property
    def change(self) -> timedelta:
        """By how much it made the later one longer."""
        earlier, later = (_NOTHING if one is None else one.time or _NOTHING for one in (self.earlier, self.later))
        return later - earlier

    @property
    def difference(self) -> timedelta | None:
        """By how much it took longer; None where it was not done in both, or before a run."""
        if self.kind != BOTH or self.earlier is None or self.later is None:
            return None
        if self.earlier.time is None or self.later.time is None:
            return None
        return self.later.time - self.earlier.time


class TwoSides(Value):
    """Both, step by step."""

    earlier: Side
    later: Side
    steps: tuple[ComparedStep, ...]
    """In the order of the later one; those that it has not, last."""

    @property
    def difference(self) -> timedelta:
        """By how much the later one took longer."""
        return self.later.total - self.earlier.total

    def change_of(self, kind: str) -> timedelta:
        """Give what the steps of a kind have in the difference; all kinds together make it up."""
        return sum((step.change for step in self.steps if step.kind == kind), _NOTHING)


def side_of(run: RunState) -> Side:
    """Give a run as a side."""
    return Side(run=run, total=run.active, steps={step.id: _side_step(step) for step in run.steps})


def _side_step(step: StepState) -> SideStep:
    state = "off" if step.off else "combined" if step.combined and step.state == "done" else step.state
    return SideStep(title=step.title, state=state, time=step.active)


def usual_side(run: RunState, usual: Mapping[str, timedelta]) -> Side:
    """Give the usual times of a run's steps as a side; steps that were never done before stand in the run alone."""
    steps = {
        step.id: SideStep(title=step.title, state="done", time=usual[step.id])
        for step in run.steps
        if step.id in usual and not run.is_outside(step)
    }
    return Side(run=None, total=sum((usual[step_id] for step_id in steps), _NOTHING), steps=steps)


def compared(one: Side, other: Side) -> TwoSides:
    """Hold two sides against one another; usual times are the earlier one."""
    earlier, later = (one, other) if _begin(one) <= _begin(other) else (other, one)
    ids = [*later.steps, *(step_id for step_id in earlier.steps if step_id not in later.steps)]
    steps = tuple(_compared(step_id, earlier.steps.get(step_id), later.steps.get(step_id)) for step_id in ids)
    return TwoSides(earlier=earlier, later=later, steps=steps)


def _begin(side: Side) -> tuple[float, str]:
    return (0.0, "") if side.run is None else (side.run.started_at.timestamp(), side.run.id)


def _compared(step_id: str, earlier: SideStep | None, later: SideStep | None) -> ComparedStep:
    if earlier is None or later is None:
        kind = NEW if earlier is None else DROPPED
    else:
        kind = BOTH if earlier.state == later.state == "done" else SKIPPED
    return ComparedStep(id=step_id, earlier=earlier, later=later, kind=kind)


def one_before(run: RunState, heads: Iterable[RunHead]) -> RunHead | None:
    """Give the finished run of the same routine that began last before a run; None where there is none."""
    return max(
        (head for head in _others(run, heads) if head.started_at < run.started_at),
        key=lambda head: (head.started_at, head.id),
        default=None,
    )


def best_other(run: RunState, heads: Iterable[RunHead]) -> RunHead | None:
    """Give the quickest other run in which every step was done that is not optional; of equal ones the newest."""
    whole: Sequence[RunHead] = [head for head in _others(run, heads) if head.complete]
    return min(whole, key=lambda head: (head.active, -head.started_at.timestamp()), default=None)


def _others(run: RunState, heads: Iterable[RunHead]) -> Iterable[RunHead]:
    return (
        head
        for head in heads
        if head.id != run.id and head.state == "finished" and not head.deleted and not head.left_out
    )
