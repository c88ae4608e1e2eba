"""How likely a run is to keep its goal, drawn from the person's own history (FORMULAS 4).

Each draw takes for every step one of its past times, the newer ones more often, and adds them up.
Steps are drawn one by one, as if a slow one said nothing about the next.

A handful of past times lie closer together than the times they come from, so bare draws promise too
much: of runs given 80 to 90 %, fewer than 80 % kept the goal. Each draw is therefore set further
from the step's mean by √((n+1)/(n−1)), which is what the next value of a sample of n is expected to
spread (the prediction interval of any textbook); n is the effective number of times under the
weights (Kish 1965), about seven at most.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import repeat
from math import sqrt
from operator import add
from random import Random
from typing import TYPE_CHECKING, Any

from procroutine.history.targets import weights
from procroutine.insight.weekly import median

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead

DRAWS = 10_000
FEWEST = 5
"""Runs that odds need."""
LOOKED_BACK = 64
"""Times of a step that are looked at; older ones would weigh less than one in ten million."""
_SLICE = 5_000
"""Draws of a step at a time: a millisecond or two."""
SEED = 4
"""The same history gives the same odds every time; each step is drawn from a seed of its own from here on."""
_FIRST_SEED_OF_BEGUN = 1_000_000
"""Seeds of steps that were begun: apart from those of the others, however many there are."""
_WIDEST = 1.5
"""Two or three times say nothing about their spread, whatever the factor would be."""
_ROUNDING = 1e-6
"""Seconds; sums of floats that should be the goal itself are under it."""
NO_CONTENT = frozenset(("id", "planned_seconds", "bell", "section", "after"))
"""Keys of a step that say nothing about the work in it."""


@dataclass(frozen=True, slots=True)
class StepTimes:
    """What a step that is still to be finished may be drawn from."""

    id: str
    times: tuple[timedelta, ...]
    """Past active times of the same content, oldest first."""
    planned: timedelta | None = None
    elapsed: timedelta = timedelta()
    """What it has taken so far; what it will take is never less."""


@dataclass(frozen=True, slots=True)
class Odds:
    """What the draws came to, as totals of the run."""

    chance: float | None
    """Share of the draws at or under the goal, from 0 to 1; None without a goal."""
    middle: timedelta
    """Half of the draws are at or under it (P50)."""
    likely: timedelta
    """85 of 100 are (P85)."""
    late: timedelta
    """95 of 100 are (P95)."""
    only_planned: tuple[str, ...]
    """Ids of the steps for which the planned time stood in, or nothing where there is none either."""
    totals: Sequence[float] = ()
    """All draws in seconds, the smallest first."""

    def chance_within(self, total: timedelta) -> float | None:
        """Give the share of the draws at or under a total; None where the draws are not known."""
        if not self.totals:
            return None
        return bisect_right(self.totals, total.total_seconds() + _ROUNDING) / len(self.totals)


def odds(fixed: timedelta, to_do: Iterable[StepTimes], goal: timedelta | None = None, draws: int = DRAWS) -> Odds:
    """Draw the total of a run: `fixed` is what its finished steps took, `to_do` are the others, the running one too.

    A step that was begun is drawn among the times longer than it has taken; where there are none
    its usual overshoot is added to what it has taken. A step without a past takes its planned time.
    """
    return all_drawn(drawn_in_slices(fixed, to_do, goal, draws))


def all_drawn(work: Generator[None, None, Odds]) -> Odds:
    """Draw all slices at once."""
    while True:
        try:
            next(work)
        except StopIteration as ended:
            found: Odds = ended.value
            return found


def drawn_in_slices(
    fixed: timedelta,
    to_do: Iterable[StepTimes],
    goal: timedelta | None = None,
    draws: int = DRAWS,
    drawn: DrawnSteps | None = None,
) -> Generator[None, None, Odds]:
    """Draw what `odds` draws, a few milliseconds at a time, so that keys can be answered in between.

    `drawn` keeps the steps not begun yet from one time to the next: as long as they are the same, only
    those begun are drawn anew.
    """
    steps = tuple(to_do)
    ahead = [step for step in reversed(steps) if not step.elapsed]
    totals = yield from (drawn or DrawnSteps()).sums(ahead, draws)
    begun = [step for step in steps if step.elapsed]
    for place, step in enumerate(begun):
        totals = yield from _added(totals, step, Random(_FIRST_SEED_OF_BEGUN + place))
    start = fixed.total_seconds()
    totals = sorted([start + total for total in totals])
    yield
    return Odds(
        chance=None if goal is None else bisect_right(totals, goal.total_seconds() + _ROUNDING) / draws,
        middle=_at(totals, 0.50),
        likely=_at(totals, 0.85),
        late=_at(totals, 0.95),
        only_planned=tuple(step.id for step in steps if not step.times),
        totals=totals,
    )


class DrawnSteps:
    """The sums of draws of steps not begun yet, the last of the list first: with each step begun one less is needed."""

    def __init__(self) -> None:
        """Begin with nothing drawn."""
        self._sums: list[tuple[StepTimes, Sequence[float]]] = []

    def sums(self, steps: Sequence[StepTimes], draws: int) -> Generator[None, None, Sequence[float]]:
        """Draw what is not drawn yet of these steps, and give what all of them come to, draw by draw."""
        kept = 0
        while kept < min(len(steps), len(self._sums)) and self._is_kept(steps[kept], kept, draws):
            kept += 1
        del self._sums[kept:]
        totals: Sequence[float] = self._sums[-1][1] if self._sums else [0.0] * draws
        for place in range(kept, len(steps)):
            totals = yield from _added(totals, steps[place], Random(SEED + place))
            self._sums.append((steps[place], totals))
        return totals

    def _is_kept(self, step: StepTimes, place: int, draws: int) -> bool:
        found, totals = self._sums[place]
        return found == step and len(totals) == draws


class EachDrawn(DrawnSteps):
    """The draws of each step by itself: of a list in which a few steps are others, only these are drawn anew."""

    def __init__(self) -> None:
        """Begin with nothing drawn."""
        super().__init__()
        self._draws: dict[tuple[StepTimes, int, int], Sequence[float]] = {}

    def sums(self, steps: Sequence[StepTimes], draws: int) -> Generator[None, None, Sequence[float]]:
        """Give what all of these steps come to, draw by draw: the same as `DrawnSteps` gives."""
        totals: Sequence[float] = [0.0] * draws
        for place, step in enumerate(steps):
            key = step, place, draws
            if key not in self._draws:
                self._draws[key] = yield from _added([0.0] * draws, step, Random(SEED + place))
            totals = array("d", map(add, totals, self._draws[key]))
        return totals


def _added(totals: Sequence[float], step: StepTimes, random: Random) -> Generator[None, None, Sequence[float]]:
    """Draw a step, and give the totals with it."""
    longer = array("d")
    for start in range(0, len(totals), _SLICE):
        part = totals[start : start + _SLICE]
        longer.extend(map(add, part, _drawn(step, len(part), random)))
        yield
    return longer


def _at(totals: Sequence[float], share: float) -> timedelta:
    """Give the smallest total that at least such a share of the draws is at or under."""
    place = max(0, -int(-share * len(totals) // 1) - 1)
    return timedelta(seconds=round(totals[place], 3))


def _drawn(step: StepTimes, draws: int, random: Random) -> Iterable[float]:
    elapsed = step.elapsed.total_seconds()
    if not step.times:
        planned = step.planned.total_seconds() if step.planned else 0.0
        return repeat(max(elapsed, planned), draws)
    seconds = [time.total_seconds() for time in step.times[-LOOKED_BACK:]]
    if not elapsed:
        return random.choices(_spread(seconds), weights(len(seconds)), k=draws)
    pairs = [pair for pair in zip(seconds, weights(len(seconds)), strict=True) if pair[0] > elapsed]
    if not pairs:
        return repeat(elapsed + overshoot(step.times).total_seconds(), draws)
    return random.choices([time for time, _ in pairs], [weight for _, weight in pairs], k=draws)


def _spread(seconds: Sequence[float]) -> list[float]:
    """Set times as far from their mean as the next one is expected to lie; never below 0."""
    each = weights(len(seconds))
    count = sum(each) ** 2 / sum(weight * weight for weight in each)
    if count <= 1:
        return list(seconds)
    mean = sum(time * weight for time, weight in zip(seconds, each, strict=True)) / sum(each)
    wider = min(sqrt((count + 1) / (count - 1)), _WIDEST)
    return [max(0.0, mean + (time - mean) * wider) for time in seconds]


def overshoot(times: Sequence[timedelta]) -> timedelta:
    """Give how far a step usually goes over its middle when it does: the median of what was over; 0 where none was."""
    middle = median(times)
    over = [] if middle is None else [time - middle for time in times if time > middle]
    return median(over) or timedelta()


def step_content(step: Mapping[str, Any]) -> dict[str, Any]:
    """Give what of a step of a snapshot makes the work in it: neither guesses about its time nor its place."""
    return {key: value for key, value in step.items() if key not in NO_CONTENT}


def contents_of(snapshot: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Give the content of every step of a snapshot, by step id."""
    return {step["id"]: step_content(step) for step in snapshot.get("steps", ())}


def times_of_same_content(
    snapshot: Mapping[str, Any],
    runs: Iterable[RunHead],
    snapshots: Mapping[int, Mapping[str, Any]],
    early: Iterable[str] = (),
) -> dict[str, list[timedelta]]:
    """Gather the times of each step of a snapshot out of runs (oldest first) that did the same work in it.

    `snapshots` are the routine's revisions by number. A run whose definition is not recorded counts
    as one of the present revision. Of the steps that are `early` a finished run that holds no time
    counts as one in which they took nothing.
    """
    times: dict[str, list[timedelta]] = {}
    for _, step_id, time in done_as_now(snapshot, runs, snapshots, early):
        times.setdefault(step_id, []).append(time)
    return times


def done_as_now(
    snapshot: Mapping[str, Any],
    runs: Iterable[RunHead],
    snapshots: Mapping[int, Mapping[str, Any]],
    early: Iterable[str] = (),
) -> Iterator[tuple[RunHead, str, timedelta]]:
    """Give what `times_of_same_content` gathers, one by one with the run it is of."""
    wanted, nothing = contents_of(snapshot), dict.fromkeys(early, timedelta())
    same: dict[int | None, Collection[str]] = {None: wanted.keys()}
    for run in runs:
        if run.revision not in same:
            there = None if run.revision is None else snapshots.get(run.revision)
            contents = wanted if there is None else contents_of(there)
            same[run.revision] = {step_id for step_id, content in wanted.items() if contents.get(step_id) == content}
        taken = {**nothing, **run.step_times} if nothing and run.state == "finished" else run.step_times
        for step_id, time in taken.items():
            if step_id in same[run.revision]:
                yield run, step_id, time
