"""Two systems for one step: what it takes with the one and with the other."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations

from procroutine.durations import step_time
from procroutine.improvement.change import with_systems
from procroutine.improvement.exact import shift_interval
from procroutine.improvement.ground import RECENT, RoutineGround, middle_of
from procroutine.improvement.levers.chance import sureness
from procroutine.improvement.levers.lever import ZERO, Figure, Lever
from procroutine.improvement.levers.naming import listed
from procroutine.improvement.tempo import tempos
from procroutine.values import Value

_FEWEST_EACH = 3
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


def rivals_of(ground: RoutineGround) -> tuple[Rivals, ...]:
    """Give the steps that were done with one system and with another, each often enough to compare."""
    found: list[Rivals] = []
    for step in ground.steps:
        times = _times_by_systems(ground, step.id)
        enough = [systems for systems, each in times.items() if len(each) >= _FEWEST_EACH]
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


def _times_by_systems(ground: RoutineGround, step: str) -> dict[tuple[str, ...], list[timedelta]]:
    """Give the times of a step by what it was done with, that which was used last at the end."""
    times: dict[tuple[str, ...], list[timedelta]] = {}
    used = {tuple(sorted(part.systems)) for run in ground.runs if (part := run.steps.get(step)) is not None}
    tempo = tempos(ground.runs, [other.id for other in ground.steps if other.id != step]) if len(used) > 1 else {}
    for run in ground.runs if tempo else ():
        part = run.steps.get(step)
        if part is not None and part.same and part.systems and (time := run.time(step)) is not None:
            systems = tuple(sorted(part.systems))
            times[systems] = [*times.pop(systems, ()), time / tempo[run.id]]
    return times


def slower_than_other(ground: RoutineGround, pair: Rivals, tail: float) -> Lever | None:
    """Give the lever where what a step is done with takes longer than what it was done with otherwise."""
    saved = shift_interval([(pair.times_of_first, pair.times_of_second)], tail)
    slow, quick = pair.first, pair.second
    times_slow, times_quick = pair.times_of_first, pair.times_of_second
    if saved is not None and saved.high < ZERO:
        slow, quick, times_slow, times_quick = quick, slow, times_quick, times_slow
        saved = shift_interval([(times_slow, times_quick)], tail)
    share = _share_with(ground, pair.step, slow)
    if saved is None or saved.low <= ZERO or not share:
        return None
    a_week = ground.a_week * share
    better, worse = (listed(f'"{ground.system(one)}"' for one in systems) for systems in (quick, slow))
    middle_quick, middle_slow = step_time(middle_of(times_quick)), step_time(middle_of(times_slow))
    return Lever(
        kind="system",
        routine=ground.routine.id,
        steps=(pair.step,),
        system=slow[0],
        at_stake=middle_of(times_slow) * a_week,
        sentence=f'Do "{ground.title(pair.step)}" with {better}: the middle time is {middle_quick}, and {middle_slow}'
        f" with {worse}.",
        how=f"{len(times_quick)} times with the one against {len(times_slow)} with the other, each at the usual tempo"
        f" of its run, times {a_week:.2f} a week; interval by exact ranks at {sureness(tail)}.",
        evidence=(
            Figure(what=f"with {' and '.join(quick)}", length=middle_of(times_quick)),
            Figure(what=f"with {' and '.join(slow)}", length=middle_of(times_slow)),
            Figure(what="times compared", count=len(times_quick) + len(times_slow)),
            Figure(what="times a week", count=a_week),
        ),
        tries=(with_systems(pair.step, *quick),),
    ).saving(saved.times(a_week))


def _share_with(ground: RoutineGround, step: str, systems: tuple[str, ...]) -> float:
    """Give in what part of the newest runs a step was done with some systems."""
    parts = [run.steps.get(step) for run in ground.finished[-RECENT:]]
    return sum(part is not None and tuple(sorted(part.systems)) == systems for part in parts) / max(1, len(parts))
