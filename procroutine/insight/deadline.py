"""Whether a run fits before the person's deadline, and what to leave out where it does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from procroutine.insight.pace import goes_on_at

if TYPE_CHECKING:
    from procroutine.insight.comparisons import Comparisons
    from procroutine.insight.pace import Pace
    from procroutine.run.states import RunState, StepState

ZERO = timedelta()


@dataclass(frozen=True, slots=True)
class Fit:
    """How a run stands against its deadline."""

    deadline: datetime
    spare: timedelta
    """What is left over at the deadline; below zero where it does not fit."""
    time_left: timedelta
    """What there is for work before it, from the end of what the run waits for."""
    leave_out: tuple[StepState, ...]
    """Optional steps to leave out so that it fits, longest first; all of them where even that is too little."""
    fits_then: bool
    """Whether it fits with those left out."""

    @property
    def fits(self) -> bool:
        """Whether it fits as it is."""
        return self.spare >= ZERO


def fit_of(run: RunState, pace: Pace, comparisons: Comparisons, now: datetime) -> Fit | None:
    """Say whether a run that goes on as it is compared fits before its deadline; None without one.

    Of the optional steps still to come that with the most left is left out first, until the rest fits.
    """
    if run.deadline is None:
        return None
    time_left = run.deadline.astimezone(UTC) - goes_on_at(run, now).astimezone(UTC)
    spare = time_left - pace.to_go
    optional = [
        ((comparisons.target(step.id, step.planned)[0] or ZERO) - (step.active or ZERO), step)
        for place, step in enumerate(run.steps)
        if step.optional and step.state == "pending" and place != run.current and not run.is_outside(step)
    ]
    left_out: list[StepState] = []
    missing = -spare
    for saved, step in sorted(optional, key=lambda pair: pair[0], reverse=True):
        if missing <= ZERO or saved <= ZERO:
            break
        left_out.append(step)
        missing -= saved
    return Fit(
        deadline=run.deadline,
        spare=spare,
        time_left=time_left,
        leave_out=tuple(left_out),
        fits_then=missing <= ZERO,
    )
