"""Two systems for one step: what it takes with the one and with the other.

Where a step has alternatives, a time belongs to the one of them that it was done with, whatever else
it was done with besides; else to all its systems together.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from procroutine.durations import step_time
from procroutine.improvement.change import with_systems
from procroutine.improvement.exact import Interval, chance_of_fall, shift_interval
from procroutine.improvement.ground import RECENT, RoutineGround, middle_of
from procroutine.improvement.levers.chance import sureness
from procroutine.improvement.levers.lever import ZERO, Figure, Lever
from procroutine.improvement.levers.naming import listed
from procroutine.improvement.levers.over_time import Placed, takes_longer_at_all_times
from procroutine.improvement.outcomes import Outcomes, is_surely_worse, outcomes_of
from procroutine.improvement.tempo import tempos
from procroutine.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from procroutine.improvement.ground import GroundRun
    from procroutine.routine.model import Step

NOW = 8
"""Newest runs that say how it is done now, and how long it takes where it surely took longer or less before."""
_DRIFTS = 0.001
"""Chance of such a trend in times without one; so small that no comparison gets surer by looking for it first."""
FEWEST_EACH = 3
"""Times of a step that each of two systems needs."""


_Timed = tuple[int, "GroundRun", timedelta]
"""The place of a run among all, the run, and what a step took in it."""


class Times(Value):
    """What a step took with one set of systems, and what came of the runs."""

    systems: tuple[str, ...]
    times: tuple[timedelta, ...]
    """The newest, at the usual tempo of the runs, oldest first."""
    runs: tuple[int, ...]
    """The places of their runs among all of the routine, the oldest 0."""
    outcomes: Outcomes
    """Of the same runs."""

    @property
    def placed(self) -> Placed:
        """The times, each with the place of its run."""
        return tuple(zip(self.runs, self.times, strict=True))


class Rivals(Value):
    """One step, done with one set of systems and with another."""

    step: str
    first: Times
    """With what it was done last."""
    second: Times

    def saved(self, tail: float) -> Interval | None:
        """Give how much longer the first takes than the second; None where that cannot be told for that tail."""
        return shift_interval(self.first.times, self.second.times, tail)

    @property
    def takes_longer_at_all_times(self) -> bool:
        """Say whether the first takes longer also before and since the use of the two changed most."""
        return takes_longer_at_all_times(self.first.placed, self.second.placed)

    @property
    def is_second_worse(self) -> bool:
        """Say whether the output was surely right less often with the second."""
        return is_surely_worse(self.second.outcomes, self.first.outcomes)

    def turned(self) -> Rivals:
        """Give it with the second as the first."""
        return Rivals(step=self.step, first=self.second, second=self.first)


def alternative_of(step: Step, systems: Sequence[str]) -> str | None:
    """Give the one alternative of a step that is among some systems; None where it is not just one."""
    used = [one for one in step.alternatives if one in systems]
    return used[0] if len(step.alternatives) > 1 and len(used) == 1 else None


def _done_with(step: Step, systems: Sequence[str]) -> tuple[str, ...]:
    alternative = alternative_of(step, systems)
    return tuple(sorted(systems)) if alternative is None else (alternative,)


def _all_systems(step: Step, systems: tuple[str, ...]) -> tuple[str, ...]:
    """Give what a step is done with where it is done with some systems: with an alternative its others go."""
    if alternative_of(step, systems) is None:
        return systems
    return (*(one for one in step.systems if one not in step.alternatives), *systems)


def rivals_of(ground: RoutineGround) -> tuple[Rivals, ...]:
    """Give the steps that were done with one system and with another, each often enough to compare."""
    return tuple(
        Rivals(step=step.id, first=one, second=other)
        for step in ground.steps
        for other, one in combinations(_times_by_systems(ground, step), 2)
    )


def _times_by_systems(ground: RoutineGround, step: Step) -> list[Times]:
    """Give the times of a step by what it was done with often enough, that which was used last at the end."""
    timed: dict[tuple[str, ...], list[_Timed]] = {}
    used = {_done_with(step, part.systems) for run in ground.runs if (part := run.steps.get(step.id)) is not None}
    tempo = tempos(ground.runs, [other.id for other in ground.steps if other.id != step.id]) if len(used) > 1 else {}
    for place, run in enumerate(ground.runs if tempo else ()):
        part = run.steps.get(step.id)
        if part is not None and part.same and part.systems and (time := run.time(step.id)) is not None:
            systems = _done_with(step, part.systems)
            timed[systems] = [*timed.pop(systems, ()), (place, run, time / tempo[run.id])]
    return [_as_now(systems, each[-RECENT:]) for systems, each in timed.items() if len(each) >= FEWEST_EACH]


def _as_now(systems: tuple[str, ...], timed: Sequence[_Timed]) -> Times:
    """Give the times with some systems; only the newest where they surely got longer or shorter meanwhile."""
    times = [time for *_, time in timed]
    if min(chance_of_fall(times), chance_of_fall(times[::-1])) <= _DRIFTS:
        timed = timed[-NOW:]
    return Times(
        systems=systems,
        times=tuple(time for *_, time in timed),
        runs=tuple(place for place, *_ in timed),
        outcomes=outcomes_of(run for _, run, _ in timed),
    )


def slower_than_others(ground: RoutineGround, rivals: Iterable[Rivals], tail: float) -> Iterator[Lever]:
    """Give for each step and what it may be done with a lever, where that is surely quicker than what is used now.

    Done with it in every run, the step is done with it instead of all that is slower.
    """
    shares = {step.id: _shares(ground, step) for step in ground.steps}
    found: dict[tuple[str, tuple[str, ...]], list[tuple[Rivals, Interval]]] = {}
    for one in rivals:
        pair, saved = one, one.saved(tail)
        if saved is not None and saved.high < ZERO:
            pair = one.turned()
            saved = pair.saved(tail)
        if saved is None or saved.low <= ZERO or not pair.takes_longer_at_all_times:
            continue
        if pair.first.systems in shares[pair.step]:
            found.setdefault((pair.step, pair.second.systems), []).append((pair, saved))
    steps = {step.id: step for step in ground.steps}
    for (step_id, _), slower in found.items():
        yield _lever(ground, steps[step_id], slower, shares[step_id], tail)


def _lever(
    ground: RoutineGround,
    step: Step,
    slower: Sequence[tuple[Rivals, Interval]],
    shares: Mapping[tuple[str, ...], float],
    tail: float,
) -> Lever:
    """Give the lever of doing a step with what is surely quicker than all of these.

    Where the output was surely right less often with it, nothing is promised.
    """
    slower = sorted(slower, key=lambda one: -shares[one[0].first.systems])
    quick, slow = slower[0][0].second, [pair.first for pair, _ in slower]
    weekly = [ground.a_week * shares[one.systems] for one in slow]
    better, *worse = (listed(f'"{ground.system(one)}"' for one in times.systems) for times in (quick, *slow))
    others = Outcomes(right=sum(one.outcomes.right for one in slow), known=sum(one.outcomes.known for one in slow))
    instead = _all_systems(step, quick.systems)
    middles = listed(f"{step_time(middle_of(one.times))} with {name}" for one, name in zip(slow, worse, strict=True))
    sentence = f'Do "{step.title}" with {better}: the middle time is {step_time(middle_of(quick.times))}, and {middles}'
    is_worse = is_surely_worse(quick.outcomes, others)
    if is_worse:
        sentence = (
            f'"{step.title}" takes {step_time(middle_of(quick.times))} with {better}, and {middles}, but the output was'
            f" right in {quick.outcomes.words} with {better} and in {others.right} of {others.known} else, hardly"
            " chance: find out why before you choose"
        )
    rows = list(zip((better, *worse), (quick, *slow), strict=True))
    lever = Lever(
        kind="system",
        routine=ground.routine.id,
        steps=(step.id,),
        system=slow[0].systems[0],
        at_stake=sum((middle_of(one.times) * times for one, times in zip(slow, weekly, strict=True)), ZERO),
        sentence=f"{sentence}.",
        how=f"The middle difference of the newest {len(quick.times)} times with the one and"
        f" {listed(str(len(one.times)) for one in slow)} with the other, each at the usual tempo of its run, times"
        f" {listed(f'{times:.2f}' for times in weekly)} a week; interval by exact ranks at {sureness(tail)}.",
        evidence=(
            *(Figure(what=f"with {name}", length=middle_of(one.times)) for name, one in rows),
            *(
                Figure(what=f"middle difference of all pairs{_which(name, slow)}", length=saved.estimate)
                for name, (_, saved) in zip(worse, slower, strict=True)
            ),
            *(
                Figure(what=f"right with {name}", count=one.outcomes.right, of=one.outcomes.known)
                for name, one in rows
                if one.outcomes.known
            ),
            Figure(what="times compared", count=sum(len(one.times) for _, one in rows)),
            Figure(what="times a week", count=sum(weekly)),
        ),
        tries=(with_systems(step.id, *instead),) if step.alternatives or instead != step.systems else (),
    )
    return lever if is_worse else lever.saving(_a_week([one for _, one in slower], weekly))


def _which(name: str, slow: Sequence[Times]) -> str:
    """Say which of several is meant; nothing of one alone."""
    return f", {name}" if len(slow) > 1 else ""


def _a_week(saved: Sequence[Interval], weekly: Sequence[float]) -> Interval:
    """Give what is saved on all together: each of the intervals holds but for its tail."""
    each = [one.times(times) for one, times in zip(saved, weekly, strict=True)]
    return Interval(
        estimate=sum((one.estimate for one in each), ZERO),
        low=sum((one.low for one in each), ZERO),
        high=sum((one.high for one in each), ZERO),
    )


def _shares(ground: RoutineGround, step: Step) -> dict[tuple[str, ...], float]:
    """Give in what part of the newest runs a step was done with what: what was given up since is not among them."""
    newest = ground.present.newest(NOW).runs
    used = Counter(_done_with(step, part.systems) for run in newest if (part := run.steps.get(step.id)) is not None)
    return {systems: count / len(newest) for systems, count in used.items()}
