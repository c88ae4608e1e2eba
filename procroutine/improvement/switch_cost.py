"""What it costs to change the system, or the person, from one step to the next (FORMULAS 6).

Only the person's own records tell: the same step, done after a step of the same system and after
one of another. Published figures put a toggle at a few seconds; nothing is promised from counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.improvement.exact import Interval, Stratum, shift_interval
from procroutine.values import Value

if TYPE_CHECKING:
    from procroutine.improvement.ground import GroundRun, StepPart

FEWEST = 3
"""Times of a step after either that it needs."""
AtHand = Callable[["StepPart"], frozenset[str]]


class ChangeCost(Value):
    """The same steps after a change and without one."""

    strata: tuple[Stratum, ...]
    """Of each step that has enough of both: its times after a change, and its other times."""
    after_change: int
    """Times of all steps after a change, also of those that have too few of either."""
    after_same: int

    @property
    def is_known(self) -> bool:
        """Whether any step was done often enough after either."""
        return bool(self.strata)

    def interval(self, tail: float = 0.025) -> Interval | None:
        """Give what one change costs, and between what that lies; None where it is not known for that tail."""
        return shift_interval(self.strata, tail)


def switch_cost(runs: Iterable[GroundRun]) -> ChangeCost:
    """Look for what a change of system costs; a step without a system leaves the one before it at hand."""
    return _cost(runs, lambda part: frozenset(part.systems))


def hand_off_cost(runs: Iterable[GroundRun]) -> ChangeCost:
    """Look for what a change of person costs."""
    return _cost(runs, lambda part: frozenset((part.person,)) if part.person else frozenset())


def _cost(runs: Iterable[GroundRun], at_hand: AtHand) -> ChangeCost:
    changed: dict[str, list[timedelta]] = defaultdict(list)
    same: dict[str, list[timedelta]] = defaultdict(list)
    for run in runs:
        before: frozenset[str] = frozenset()
        for step in run.order:
            part = run.steps[step]
            uses = at_hand(part)
            if before and uses and part.active is not None and part.same:
                (same if before & uses else changed)[step].append(part.active)
            before = uses or before
    strata = tuple(
        (tuple(times), tuple(same[step]))
        for step, times in changed.items()
        if len(times) >= FEWEST and len(same.get(step, ())) >= FEWEST
    )
    return ChangeCost(
        strata=strata,
        after_change=sum(map(len, changed.values())),
        after_same=sum(map(len, same.values())),
    )
