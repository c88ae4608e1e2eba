"""What it costs to change the system, or the person, from one step to the next (FORMULAS 6).

Only the person's own records tell: the same step, done in the same way (with the same systems, by
the same person), after a step of the same system and after one of another. Published figures put a
toggle at a few seconds; nothing is promised from counts.

The step with most such times speaks for all: several steps of one run have its good or bad day in
common, so that together they say little more than one of them, and seem to say much. Its times are
set to the usual tempo (`tempo`), so that practice between one order and another is no cost of a switch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import timedelta
from math import inf
from statistics import pvariance
from typing import TYPE_CHECKING

from procroutine.improvement.exact import Interval, shift_interval
from procroutine.improvement.tempo import Way, tempos, way_of
from procroutine.insight.flow import switched
from procroutine.values import Value

if TYPE_CHECKING:
    from procroutine.improvement.ground import GroundRun, StepPart

FEWEST = 3
"""Times of a step after either that it needs."""
AtHand = Callable[["StepPart"], frozenset[str]]


class ChangeCost(Value):
    """The same step after a change and without one."""

    step: str | None
    """The step that tells it most closely; None where no step was done often enough after either."""
    changed: tuple[timedelta, ...] = ()
    """Its times after a change, at the usual tempo."""
    same: tuple[timedelta, ...] = ()
    """Its times without one, at the usual tempo."""

    @property
    def is_known(self) -> bool:
        """Whether any step was done often enough after either."""
        return self.step is not None

    def interval(self, tail: float = 0.025) -> Interval | None:
        """Give what one change costs, and between what that lies; None where it is not known for that tail."""
        return shift_interval(self.changed, self.same, tail)


def switch_cost(runs: Iterable[GroundRun]) -> ChangeCost:
    """Look for what a change of system costs; a step without a system leaves the one before it at hand."""
    return _cost(runs, lambda part: frozenset(part.systems))


def switched_in(run: GroundRun) -> frozenset[str]:
    """Give the steps of a run that were begun after one of another system."""
    return frozenset(switched((step, run.steps[step].systems) for step in run.order))


def hand_off_cost(runs: Iterable[GroundRun]) -> ChangeCost:
    """Look for what a change of person costs."""
    return _cost(runs, lambda part: frozenset((part.person,)) if part.person else frozenset())


def _cost(runs: Iterable[GroundRun], at_hand: AtHand) -> ChangeCost:
    runs = tuple(runs)
    changed: dict[Way, dict[str, timedelta]] = defaultdict(dict)
    same: dict[Way, dict[str, timedelta]] = defaultdict(dict)
    for run in runs:
        for way, time, is_change in _followed(run, at_hand):
            (changed if is_change else same)[way][run.id] = time
    enough = [way for way, times in changed.items() if min(len(times), len(same.get(way, ()))) >= FEWEST]
    if not enough:
        return ChangeCost(step=None)
    found = min(enough, key=lambda way: _doubt(changed[way].values(), same[way].values()))
    # Steps that always came after a change, or never, tell how quick the runs were apart from their order.
    tempo = tempos(runs, {step for step, *_ in changed} ^ {step for step, *_ in same})
    return ChangeCost(
        step=found[0],
        changed=tuple(time / tempo[run] for run, time in changed[found].items()),
        same=tuple(time / tempo[run] for run, time in same[found].items()),
    )


def _doubt(changed: Collection[timedelta], same: Collection[timedelta]) -> float:
    """Give the variance of the difference of two means, in square seconds, were all times of one kind.

    A step whose times are all the same was typed rather than timed, and tells nothing: infinite.
    """
    variance = pvariance(time.total_seconds() for time in (*changed, *same))
    return variance * (1 / len(changed) + 1 / len(same)) or inf


def _followed(run: GroundRun, at_hand: AtHand) -> Iterator[tuple[Way, timedelta, bool]]:
    """Give how each step of a run that came after another was done, its time, and whether what was at hand changed."""
    before: frozenset[str] = frozenset()
    for step in run.order:
        part = run.steps[step]
        uses = at_hand(part)
        if before and uses and part.active is not None and part.same:
            yield way_of(part), part.active, not before & uses
        before = uses or before
