"""What predictions about one routine rest on: what its steps took in the runs, and what these took besides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.improvement.turns import Turn, used_of
from procroutine.insight.inside import usual_inside

if TYPE_CHECKING:
    from procroutine.improvement.lead import Beside
    from procroutine.improvement.work import Part
    from procroutine.insight.run_odds import NoOdds

ZERO = timedelta()
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
    switched: bool | None = None
    """Whether it was begun after a step of another system; None where that is not known."""


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
    switched: Mapping[str, tuple[bool | None, ...]] = field(default_factory=dict)
    """Of each of the `times` whether the step was begun after one of another system; None where that is not known."""
    turns: Mapping[str, tuple[Turn, ...]] = field(default_factory=dict)
    """How steps with alternatives are done now, the most frequent first."""
    done: Mapping[str, tuple[Done, ...]] = field(default_factory=dict)
    """All times its steps were done, oldest first."""
    remarks: tuple[str, ...] = ()
    """What is to be known of all predictions, one sentence each."""
    no_goal: str = "no odds: there is no goal"
    """Why no odds are given where there is no goal of one run."""

    def times_of(self, part: Part) -> tuple[timedelta, ...]:
        """Give the times that a part is drawn from: of the step as it would be done where it was done so before.

        One that was begun after a switch and would not be takes as much less as a switch costs, and the other way.
        """
        if not part.share:
            return ()
        found = self.otherwise(part)
        if len(found) >= FEWEST_TIMED:
            return tuple(self._set_to(part, one.time, one.switched) for one in found)
        times = self.times.get(part.step.id, ())
        if not self.switch_cost:
            return times
        had = self.switched.get(part.step.id) or (None,) * len(times)
        return tuple(self._set_to(part, time, one) for time, one in zip(times, had, strict=True))

    def _set_to(self, part: Part, time: timedelta, had: bool | None) -> timedelta:
        had = part.switched_now if had is None else had
        more = (part.switched - had) * (self.switch_cost or ZERO)
        return max(ZERO, time + more) if time and more else time

    def usual_of(self, part: Part) -> timedelta | None:
        """Give what a part usually takes of the run, all of its step; None where it never took anything."""
        turns = self.turns_of(part)
        each = [(turn.share, usual_inside(part.step, self.times_of(one))) for turn, one in turns]
        return sum((share * time for share, time in each if time), ZERO) if each else self._usual(part)

    def _usual(self, part: Part) -> timedelta | None:
        return usual_inside(part.step, self.times_of(part))

    def turns_of(self, part: Part) -> list[tuple[Turn, Part]]:
        """Give the ways in which a part is done in turns, each timed often enough; none where it is done in one way."""
        turns = self.turns.get(part.step.id, ()) if part.share and part.systems is None else ()
        ways = [(turn, replace(part, systems=turn.systems)) for turn in turns]
        return ways if len(ways) > 1 and all(len(self.otherwise(one)) >= FEWEST_TIMED for _, one in ways) else []

    @property
    def used(self) -> dict[str, tuple[str, ...]]:
        """What steps with alternatives are done with most often."""
        return used_of(self.turns)

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
