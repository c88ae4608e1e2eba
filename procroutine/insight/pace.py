"""When a run will be finished if it goes on as usual (FORMULAS 1, Pace)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from procroutine.insight.dates import later

if TYPE_CHECKING:
    from procroutine.insight.comparisons import Comparisons
    from procroutine.run.live import RunState, StepState

ZERO = timedelta()


def live_difference(elapsed: timedelta, compared: timedelta | None, best: timedelta | None) -> timedelta | None:
    """Give how far the running step is off its comparison; None while that is to stay hidden.

    It shows once the step is behind its comparison or past its best, so that the display is calm.
    """
    if compared is None or (elapsed <= compared and (best is None or elapsed <= best)):
        return None
    return elapsed - compared


@dataclass(frozen=True, slots=True)
class Pace:
    """Where a run stands, and where it leads."""

    done: tuple[timedelta, ...]
    """Times of the steps left behind, in the order they were left."""
    current: timedelta
    """Time on the running step so far."""
    current_expected: timedelta
    """What it will have taken: its comparison, or more once that is over."""
    left: tuple[timedelta, ...]
    """What the steps to come will have taken, in the order of the list."""
    spent: timedelta = ZERO
    """What of that they have taken already: steps that were begun and left open."""

    @property
    def projected(self) -> timedelta:
        """The total it leads to."""
        return sum(self.done, ZERO) + self.current_expected + sum(self.left, ZERO)

    @property
    def to_go(self) -> timedelta:
        """What is left of it from now on."""
        return self.current_expected - self.current + sum(self.left, ZERO) - self.spent

    def finish(self, start: datetime) -> datetime:
        """Give the instant of the finish if the clock runs from `start` on without a pause."""
        return later(start, self.to_go)


def goes_on_at(run: RunState, now: datetime) -> datetime:
    """Give the instant from which the clock of a run can run: the end of what it waits for, if it has one, else now."""
    end = run.waiting_until
    return now if end is None or end <= now else end.astimezone(now.tzinfo)


def pace_of(run: RunState, comparisons: Comparisons) -> Pace:
    """Work out the pace of a run as of its instant.

    A step that was begun and left open keeps its time, and takes at least that. Steps that are
    prepared before the run do not count.
    """
    current = None if run.current is None or run.preparing else run.steps[run.current]
    elapsed = ZERO if current is None else run.step_elapsed
    to_come = [
        step
        for step in run.steps
        if step.state in ("pending", "current") and step is not current and not run.is_outside(step)
    ]
    return Pace(
        done=tuple(_spent(run.steps, run.order_done)),
        current=elapsed,
        current_expected=ZERO if current is None else _expected(current, elapsed, comparisons),
        left=tuple(_expected(step, step.active or ZERO, comparisons) for step in to_come),
        spent=sum((step.active or ZERO for step in to_come), ZERO),
    )


def _spent(steps: tuple[StepState, ...], order: Iterable[int]) -> Iterable[timedelta]:
    for place in order:
        active = steps[place].active
        if active:
            yield active


def _expected(step: StepState, spent: timedelta, comparisons: Comparisons) -> timedelta:
    return max(spent, comparisons.target(step.id, step.planned)[0] or ZERO)
