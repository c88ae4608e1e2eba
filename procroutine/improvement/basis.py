"""What predictions about one routine rest on: what its steps took in the runs, and what these took besides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from procroutine.improvement.lead import Beside
    from procroutine.improvement.work import Part
    from procroutine.insight.run_odds import NoOdds

FEWEST_TIMED = 3
"""Times that a step must have been done otherwise before these are taken for it."""


@dataclass(frozen=True, slots=True)
class Done:
    """One time a step was done, whatever it was done with and whoever did it."""

    time: timedelta
    systems: frozenset[str]
    person: str | None
    waits: Mapping[str, timedelta] | None = None
    """How much its run waited in and behind each step; None where that was not read."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What predictions about one routine rest on."""

    times: Mapping[str, tuple[timedelta, ...]]
    """What its steps as they are now took within runs, oldest first: nothing where one was prepared before the run."""
    goal: timedelta | None
    """Of one run; None where there is none, or one of the week."""
    no_odds: NoOdds | None
    """Why no odds are given, where none are."""
    beside: tuple[Beside, ...] = ()
    """Of its finished runs, oldest first."""
    switch_cost: timedelta | None = None
    """What one switch takes; None where that is not known, nothing where the runs show no cost."""
    done: Mapping[str, tuple[Done, ...]] = field(default_factory=dict)
    """All times its steps were done, oldest first."""
    remarks: tuple[str, ...] = ()
    """What is to be known of all predictions, one sentence each."""
    no_goal: str = "no odds: there is no goal"
    """Why no odds are given where there is no goal of one run."""

    def times_of(self, part: Part) -> tuple[timedelta, ...]:
        """Give the times that a part is drawn from: of the step as it would be done where it was done so before."""
        if not part.share:
            return ()
        found = self.otherwise(part)
        if len(found) >= FEWEST_TIMED:
            return tuple(one.time for one in found)
        return self.times.get(part.step.id, ())

    def otherwise(self, part: Part) -> tuple[Done, ...]:
        """Give when a step that would be done with other systems or by another person was done so, oldest first."""
        if part.systems is None and part.person is None:
            return ()
        systems = frozenset(part.step.systems if part.systems is None else part.systems)
        return tuple(
            one
            for one in self.done.get(part.step.id, ())
            if one.systems == systems and one.person == (part.person or part.step.person)
        )
