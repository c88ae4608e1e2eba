"""Two systems for one step: which of them is quicker, from the runs in which each was used.

What is compared is what a run says the step was done with. A difference is called clear by the very
test that lets the review claim one (`levers.rivals`), at the same part of the chance of a false
claim, so that both say the same: times at the usual tempo of their runs, and their exact rank interval.
Of a system that was only ever used after the other it is not said that it is quicker: practice in the
step would look the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import combinations
from typing import TYPE_CHECKING, Any

from procroutine.durations import step_time
from procroutine.improvement.ground import FEWEST, RECENT, Ground, RoutineGround
from procroutine.improvement.levers.chance import Chance
from procroutine.improvement.levers.rivals import FEWEST_EACH, Rivals, alternative_of, rivals_of
from procroutine.improvement.levers.system import pasts_of, tail_of
from procroutine.insight.weekly import median
from procroutine.run.record import optional_seconds
from procroutine.text import Shown, counted, shown
from procroutine.values import Value

if TYPE_CHECKING:
    from procroutine.improvement.outcomes import Outcomes
    from procroutine.routine.model import Step

ZERO = timedelta()
TOO_FEW, QUICKER, NOT_CLEAR = "too few runs", "quicker", "not clear yet"


class SystemTimes(Value):
    """What a step took with one of its alternatives."""

    system: str
    name: str
    times: tuple[timedelta, ...]
    """Oldest first."""
    runs: tuple[int, ...]
    """The places of their runs among all of the routine, the oldest 0."""

    def came_after(self, other: SystemTimes) -> bool:
        """Say whether it was used only after the other was given up."""
        return bool(self.runs and other.runs) and self.runs[0] > other.runs[-1]

    @property
    def middle(self) -> timedelta | None:
        """The middle time; None where it was never used."""
        return median(self.times)


class Pair(Value):
    """Two alternatives of a step."""

    quick: SystemTimes
    """The one that takes less, sure or not."""
    slow: SystemTimes
    saved: timedelta | None
    """By how much they differ; None where one of them was never used."""
    low: timedelta | None
    high: timedelta | None
    right: tuple[Outcomes, Outcomes] | None
    """What came of the runs with the one and with the other, where the output was surely right less often with the
    quicker one."""
    verdict: str
    """`too few runs`, `quicker` (and that is clear) or `not clear yet`."""

    @property
    def sentence(self) -> str:
        """The verdict in words."""
        quick, slow = self.quick.name, self.slow.name
        runs = f"{len(self.quick.times)} and {len(self.slow.times)} runs"
        if self.verdict == TOO_FEW:
            return f"{quick} or {slow}: too few runs to tell, {runs}; {FEWEST_EACH} of each are needed"
        between = "" if self.low is None or self.high is None else f"{_signed(self.low)} and {_signed(self.high)}"
        if self.verdict == QUICKER and self.saved is not None:
            return (
                f"{quick} is {step_time(self.saved)} quicker than {slow}, between {between}, from {runs},"
                f" each at the usual tempo of its run{self._but}"
            )
        if self.verdict == NOT_CLEAR and self.quick.came_after(self.slow):
            return (
                f"{quick} or {slow}: {quick} was used only after {slow}, from {runs}, so that practice may be all of"
                " the difference; let them take turns"
            )
        if self.low is not None and self.low > ZERO:
            return (
                f"{quick} or {slow}: not clear yet which is quicker, from {runs}: {quick} was mostly used when the step"
                " took less with either; let them take turns"
            )
        doubt = f": between {between}" if between else ""
        return f"{quick} or {slow}: not clear yet which is quicker, from {runs}{doubt}"

    @property
    def _but(self) -> str:
        if self.right is None:
            return ""
        quick, slow = self.right
        return f"; but the output was right in {quick.words} with it and in {slow.words} with {self.slow.name}"


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
    chance = Chance(routines=ground.families)
    chosen = [one for one in ground.routines if routine_id in (None, one.routine.id)]
    return tuple(choice for one in chosen for choice in _choices(one, chance))


def _choices(ground: RoutineGround, chance: Chance) -> Iterator[StepChoice]:
    steps = [step for step in ground.steps if len(step.alternatives) > 1]
    if not steps:
        return
    rivals = rivals_of(ground)
    # A routine with fewer runs has no part of the chance, so nothing is clear.
    tail = tail_of(chance, pasts_of(ground), rivals) if len(ground.finished) >= FEWEST else 0.0
    by_systems = {(one.step, frozenset((one.first.systems, one.second.systems))): one for one in rivals}
    for step in steps:
        systems = _times(ground, step)
        pairs = [
            _pair(one, other, by_systems.get((step.id, frozenset(((one.system,), (other.system,))))), tail)
            for one, other in combinations(systems, 2)
        ]
        yield StepChoice(
            routine=ground.routine.id, step=step.id, title=step.title, systems=systems, pairs=tuple(_sorted(pairs))
        )


def _times(ground: RoutineGround, step: Step) -> tuple[SystemTimes, ...]:
    """Give the times with each system; runs in which several of them, or none, were used tell nothing."""
    found: dict[str, list[tuple[int, timedelta]]] = {system: [] for system in step.alternatives}
    for number, run in enumerate(ground.runs):
        part = run.steps.get(step.id)
        if part is None or not part.same or (time := run.time(step.id)) is None:
            continue
        used = alternative_of(step, part.systems)
        if used is not None:
            found[used].append((number, time))
    return tuple(
        SystemTimes(
            system=system,
            name=ground.system(system),
            times=tuple(time for _, time in newest),
            runs=tuple(number for number, _ in newest),
        )
        for system, newest in ((system, times[-RECENT:]) for system, times in found.items())
    )


def _sorted(pairs: Iterable[Pair]) -> list[Pair]:
    order = (QUICKER, NOT_CLEAR, TOO_FEW)
    return sorted(pairs, key=lambda pair: (order.index(pair.verdict), -len(pair.quick.times) - len(pair.slow.times)))


def _pair(one: SystemTimes, other: SystemTimes, rivals: Rivals | None, tail: float) -> Pair:
    first, second = one.middle, other.middle
    saved = None if first is None or second is None else first - second
    between = None
    if rivals is not None:
        rivals = rivals if rivals.first.systems == (one.system,) else rivals.turned()
        one, other = (
            each.replaced(times=each.times[-len(own.times) :])
            for each, own in ((one, rivals.first), (other, rivals.second))
        )
        between = rivals.saved(tail)
        saved = saved if between is None else between.estimate
    low, high = (None, None) if between is None else (between.low, between.high)
    if second is None or (saved is not None and saved <= ZERO):
        one, other = other, one
        rivals = None if rivals is None else rivals.turned()
        low, high = (None if high is None else -high), (None if low is None else -low)
    is_clear = low is not None and low > ZERO and not other.came_after(one)
    is_clear = is_clear and rivals is not None and rivals.takes_longer_at_all_times
    verdict = TOO_FEW if rivals is None else QUICKER if is_clear else NOT_CLEAR
    right = (rivals.second.outcomes, rivals.first.outcomes) if rivals is not None and rivals.is_second_worse else None
    return Pair(
        quick=other,
        slow=one,
        saved=None if saved is None else abs(saved),
        low=low,
        high=high,
        right=right,
        verdict=verdict,
    )


def _signed(length: timedelta) -> str:
    return f"−{step_time(-length)}" if length < ZERO else step_time(length)


def facts_of(choice: StepChoice) -> str:
    """Give what was used how often: `Scheduler 12 times, middle 4:20 · Queue newest 39 times, middle 7:00`."""
    return " · ".join(map(_fact, choice.systems))


def _fact(one: SystemTimes) -> str:
    if one.middle is None:
        return f"{one.name} never"
    newest = "newest " if len(one.times) == RECENT else ""
    return f"{one.name} {newest}{counted(len(one.times), 'time')}, middle {step_time(one.middle)}"


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
