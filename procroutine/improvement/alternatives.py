"""Two systems for one step: which of them is quicker, from the runs in which each was used (FORMULAS 3).

What is compared is what a run says the step was done with. Medians and their interval are those of
two revisions; since several steps may be compared at once, a difference is called clear only where
the exact rank interval, at a chance shared among all comparisons, lies above 0 too. What is shown
is the wider of both intervals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import combinations
from typing import TYPE_CHECKING, Any

from procroutine.durations import step_time
from procroutine.improvement.exact import shift_interval
from procroutine.insight.before_after import FEWEST, TAIL, interval_of_saved
from procroutine.insight.weekly import median
from procroutine.run.record import optional_seconds
from procroutine.text import Shown, counted, shown
from procroutine.values import Value

if TYPE_CHECKING:
    from procroutine.improvement.ground import Ground, RoutineGround
    from procroutine.routine.model import Step

ZERO = timedelta()
RECENT = 39
"""Times of each system that count: its newest."""
TOO_FEW, QUICKER, NOT_CLEAR = "too few runs", "quicker", "not clear yet"


class SystemTimes(Value):
    """What a step took with one of its alternatives."""

    system: str
    name: str
    times: tuple[timedelta, ...]
    """Oldest first."""

    @property
    def middle(self) -> timedelta | None:
        """The middle time; None where it was never used."""
        return median(self.times)


class Pair(Value):
    """Two alternatives of a step."""

    quick: SystemTimes
    """The one whose middle time is shorter."""
    slow: SystemTimes
    saved: timedelta | None
    """By how much the middle times differ; None where one of them was never used."""
    low: timedelta | None
    high: timedelta | None
    verdict: str
    """`too few runs`, `quicker` (and that is clear) or `not clear yet`."""

    @property
    def sentence(self) -> str:
        """The verdict in words."""
        quick, slow = self.quick.name, self.slow.name
        runs = f"{len(self.quick.times)} and {len(self.slow.times)} runs"
        if self.verdict == TOO_FEW:
            return f"{quick} or {slow}: too few runs to tell, {runs}; {FEWEST} of each are needed"
        between = "" if self.low is None or self.high is None else f"{_signed(self.low)} to {_signed(self.high)}"
        if self.verdict == QUICKER and self.saved is not None:
            return f"{quick} is {step_time(self.saved)} quicker than {slow} ({between}), from {runs}"
        doubt = f": between {between}" if between else ""
        return f"{quick} or {slow}: not clear yet which is quicker, from {runs}{doubt}"


class StepChoice(Value):
    """A step that can be done with one of several systems."""

    routine: str
    step: str
    title: str
    systems: tuple[SystemTimes, ...]
    """In the order of the definition."""
    pairs: tuple[Pair, ...]
    """The clear ones first, then those with most runs."""


def choices_of(ground: Ground, routine_id: str | None = None) -> tuple[StepChoice, ...]:
    """Compare the alternatives of the steps of one routine, or of all, in the order of the definitions.

    What is said of a step does not depend on how many are asked for.
    """
    used = [(one, step, _times(one, step)) for one in ground.routines for step in _with_choice(one)]
    claims = sum(_can_be_told(*pair) for _, _, systems in used for pair in combinations(systems, 2))
    return tuple(
        StepChoice(
            routine=one.routine.id,
            step=step.id,
            title=step.title,
            systems=systems,
            pairs=tuple(_pairs(systems, TAIL / max(1, claims))),
        )
        for one, step, systems in used
        if routine_id in (None, one.routine.id)
    )


def _with_choice(ground: RoutineGround) -> Iterator[Step]:
    return (step for step in ground.steps if len(step.alternatives) > 1)


def _times(ground: RoutineGround, step: Step) -> tuple[SystemTimes, ...]:
    """Give the times with each system; runs in which several of them, or none, were used tell nothing."""
    found: dict[str, list[timedelta]] = {system: [] for system in step.alternatives}
    for run in ground.runs:
        part = run.steps.get(step.id)
        if part is None or not part.same or (time := run.time(step.id)) is None:
            continue
        used = [system for system in step.alternatives if system in part.systems]
        if len(used) == 1:
            found[used[0]].append(time)
    return tuple(
        SystemTimes(system=system, name=ground.system(system), times=tuple(times[-RECENT:]))
        for system, times in found.items()
    )


def _can_be_told(one: SystemTimes, other: SystemTimes) -> bool:
    return min(len(one.times), len(other.times)) >= FEWEST


def _pairs(systems: Sequence[SystemTimes], tail: float) -> Iterable[Pair]:
    found = [_pair(one, other, tail) for one, other in combinations(systems, 2)]
    order = (QUICKER, NOT_CLEAR, TOO_FEW)
    return sorted(found, key=lambda pair: (order.index(pair.verdict), -len(pair.quick.times) - len(pair.slow.times)))


def _pair(one: SystemTimes, other: SystemTimes, tail: float) -> Pair:
    first, second = one.middle, other.middle
    swapped = second is not None and (first is None or second < first)
    quick, slow = (other, one) if swapped else (one, other)
    saved = None if first is None or second is None else abs(first - second)
    if not _can_be_told(quick, slow):
        return Pair(quick=quick, slow=slow, saved=saved, low=None, high=None, verdict=TOO_FEW)
    low, high = interval_of_saved(slow.times, quick.times)
    ranks = shift_interval([(slow.times, quick.times)], tail)
    if ranks is None:  # so few cannot tell it surely, however far apart they are
        return Pair(quick=quick, slow=slow, saved=saved, low=None, high=None, verdict=NOT_CLEAR)
    low, high = min(low, ranks.low), max(high, ranks.high)
    return Pair(quick=quick, slow=slow, saved=saved, low=low, high=high, verdict=QUICKER if low > ZERO else NOT_CLEAR)


def _signed(length: timedelta) -> str:
    return f"−{step_time(-length)}" if length < ZERO else step_time(length)


def facts_of(choice: StepChoice) -> str:
    """Give what was used how often: `Scheduler 12 times, middle 4:20 · Queue 11 times, middle 7:00`."""
    return " · ".join(
        one.name + (f" {counted(len(one.times), 'time')}, middle {step_time(one.middle)}" if one.middle else " never")
        for one in choice.systems
    )


def sentences_of(choices: Iterable[StepChoice], step: str) -> tuple[Shown, ...]:
    """Give what is said of one step, to be shown."""
    return tuple(shown(f"{pair.sentence}.") for choice in choices if choice.step == step for pair in choice.pairs)


def choices_answer(choices: Iterable[StepChoice]) -> list[dict[str, Any]]:
    """Give what `review --json` has under `alternatives`."""
    return [
        {
            "routine": choice.routine,
            "step": choice.step,
            "title": choice.title,
            "systems": [
                {
                    "id": one.system,
                    "name": one.name,
                    "runs": len(one.times),
                    "median_seconds": optional_seconds(one.middle),
                }
                for one in choice.systems
            ],
            "comparisons": [
                {
                    "system": pair.quick.system,
                    "other": pair.slow.system,
                    "saved_seconds": optional_seconds(pair.saved),
                    "saved_low_seconds": optional_seconds(pair.low),
                    "saved_high_seconds": optional_seconds(pair.high),
                    "verdict": pair.verdict,
                    "sentence": pair.sentence,
                }
                for pair in choice.pairs
            ],
        }
        for choice in choices
    ]
