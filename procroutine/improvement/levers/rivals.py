"""Two systems for one step: what it takes with the one and with the other.

Where a step has alternatives, a time belongs to the one of them that it was done with, whatever else
it was done with besides; else to all its systems together.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from procroutine.durations import step_time
from procroutine.improvement.change import with_systems
from procroutine.improvement.exact import shift_interval
from procroutine.improvement.ground import RECENT, RoutineGround, middle_of
from procroutine.improvement.levers.chance import sureness
from procroutine.improvement.levers.lever import ZERO, Figure, Lever
from procroutine.improvement.levers.naming import listed
from procroutine.improvement.tempo import tempos
from procroutine.values import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from procroutine.improvement.exact import Interval
    from procroutine.routine.model import Step

NOW = 8
"""Newest runs that say how it is done now."""
FEWEST_EACH = 3
"""Times of a step that each of two systems needs."""


class Rivals(Value):
    """One step, done with one set of systems and with another."""

    step: str
    first: tuple[str, ...]
    """What it was done with last."""
    second: tuple[str, ...]
    times_of_first: tuple[timedelta, ...]
    """Its newest times, at the usual tempo of the runs."""
    times_of_second: tuple[timedelta, ...]

    def saved(self, tail: float) -> Interval | None:
        """Give how much longer the first takes than the second; None where that cannot be told for that tail."""
        return shift_interval(self.times_of_first, self.times_of_second, tail)

    def turned(self) -> Rivals:
        """Give it with the second as the first."""
        return Rivals(
            step=self.step,
            first=self.second,
            second=self.first,
            times_of_first=self.times_of_second,
            times_of_second=self.times_of_first,
        )


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
    found: list[Rivals] = []
    for step in ground.steps:
        times = _times_by_systems(ground, step)
        enough = [systems for systems, each in times.items() if len(each) >= FEWEST_EACH]
        for other, one in combinations(enough, 2):
            found.append(
                Rivals(
                    step=step.id,
                    first=one,
                    second=other,
                    times_of_first=tuple(times[one][-RECENT:]),
                    times_of_second=tuple(times[other][-RECENT:]),
                )
            )
    return tuple(found)


def _times_by_systems(ground: RoutineGround, step: Step) -> dict[tuple[str, ...], list[timedelta]]:
    """Give the times of a step by what it was done with, that which was used last at the end."""
    times: dict[tuple[str, ...], list[timedelta]] = {}
    used = {_done_with(step, part.systems) for run in ground.runs if (part := run.steps.get(step.id)) is not None}
    tempo = tempos(ground.runs, [other.id for other in ground.steps if other.id != step.id]) if len(used) > 1 else {}
    for run in ground.runs if tempo else ():
        part = run.steps.get(step.id)
        if part is not None and part.same and part.systems and (time := run.time(step.id)) is not None:
            systems = _done_with(step, part.systems)
            times[systems] = [*times.pop(systems, ()), time / tempo[run.id]]
    return times


def slower_than_other(ground: RoutineGround, pair: Rivals, tail: float) -> Lever | None:
    """Give the lever where what a step is done with takes longer than what it was done with otherwise."""
    saved = pair.saved(tail)
    if saved is not None and saved.high < ZERO:
        pair = pair.turned()
        saved = pair.saved(tail)
    step = next(one for one in ground.steps if one.id == pair.step)
    share = _share_with(ground, step, pair.first)
    if saved is None or saved.low <= ZERO or not share:
        return None
    a_week, (slow, quick) = ground.a_week * share, (pair.first, pair.second)
    instead = _all_systems(step, quick)
    better, worse = (listed(f'"{ground.system(one)}"' for one in systems) for systems in (quick, slow))
    middle_quick, middle_slow = middle_of(pair.times_of_second), middle_of(pair.times_of_first)
    return Lever(
        kind="system",
        routine=ground.routine.id,
        steps=(pair.step,),
        system=slow[0],
        at_stake=middle_slow * a_week,
        sentence=f'Do "{step.title}" with {better}: the middle time is {step_time(middle_quick)}, and'
        f" {step_time(middle_slow)} with {worse}.",
        how=f"The middle difference of {len(pair.times_of_second)} times with the one and {len(pair.times_of_first)}"
        f" with the other, each at the usual tempo of its run, times {a_week:.2f} a week; interval by exact ranks at"
        f" {sureness(tail)}.",
        evidence=(
            Figure(what=f"with {better}", length=middle_quick),
            Figure(what=f"with {worse}", length=middle_slow),
            Figure(what="middle difference of all pairs", length=saved.estimate),
            Figure(what="times compared", count=len(pair.times_of_first) + len(pair.times_of_second)),
            Figure(what="times a week", count=a_week),
        ),
        tries=(with_systems(pair.step, *instead),) if step.alternatives or instead != step.systems else (),
    ).saving(saved.times(a_week))


def _share_with(ground: RoutineGround, step: Step, systems: tuple[str, ...]) -> float:
    """Give in what part of the newest runs a step was done with some systems: nothing of what was given up since."""
    parts = [run.steps.get(step.id) for run in ground.present.newest(NOW).runs]
    return sum(part is not None and _done_with(step, part.systems) == systems for part in parts) / max(1, len(parts))
