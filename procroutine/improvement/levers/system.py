"""Systems that cost time: slower than they were, slower than others at the same step, or simply most of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import combinations

from procroutine.durations import step_time
from procroutine.improvement.change import with_systems
from procroutine.improvement.exact import shift_interval
from procroutine.improvement.ground import RECENT, GroundRun, RoutineGround, middle_of
from procroutine.improvement.levers.chance import Chance, sureness
from procroutine.improvement.levers.lever import ZERO, Figure, Lever, Missing
from procroutine.improvement.levers.naming import listed
from procroutine.improvement.tempo import tempos
from procroutine.values import Value

KIND = "system"
_FEWEST = 12
"""Runs that the own past of a system needs: two thirds of them are compared."""
_LEAST_THIRD = 6
"""Runs on either side; with fewer no difference is large enough."""
_MOSTLY = 0.8
"""Steps count that were done in so many of the runs; else each week has another sum."""
_LARGE = 1 / 3
"""Of all time; a system that takes so much is named even where nothing shows that it could take less."""
_WHOLE = timedelta(hours=1)
_FEWEST_EACH = 3
"""Times of a step that each of two systems needs."""


class SystemPast(Value):
    """What the steps of one system took together, in the runs in which all of them were done."""

    system: str
    steps: tuple[str, ...]
    times: tuple[timedelta, ...]
    """Oldest first."""
    others: tuple[timedelta, ...]
    """What all else took in the same runs."""

    @property
    def third(self) -> int:
        """How many runs a third of them is, where there are few up to half of them."""
        return max(len(self.times) // 3, min(_LEAST_THIRD, len(self.times) // 2))


class Rivals(Value):
    """One step, done with one set of systems and with another."""

    step: str
    first: tuple[str, ...]
    """What it was done with last."""
    second: tuple[str, ...]
    times_of_first: tuple[timedelta, ...]
    """Its newest times, at the usual tempo of the runs."""
    times_of_second: tuple[timedelta, ...]


def levers(ground: RoutineGround, chance: Chance) -> Iterator[Lever | Missing]:
    """Hold systems against their own past and against each other; all of it takes its part of `system`."""
    pasts, rivals = pasts_of(ground), rivals_of(ground)
    # Of rivals either may be the slower one, so each pair is two candidates.
    tail = chance.tail(KIND, sum(len(one.times) >= _FEWEST for one in pasts) + 2 * len(rivals))
    shown = [lever for one in pasts if (lever := _slower_than_before(ground, one, tail)) is not None]
    shown += [lever for pair in rivals if (lever := _slower_than_other(ground, pair, tail)) is not None]
    yield from shown
    yield from _largest(ground, {lever.system for lever in shown})


def pasts_of(ground: RoutineGround) -> tuple[SystemPast, ...]:
    """Give what each system took in the newest runs; a step with several systems counts in equal parts for each."""
    runs = ground.finished[-RECENT:]
    used = dict.fromkeys(system for step in ground.steps for system in step.systems)
    return tuple(past for system in used if (past := _past(ground, runs, system)) is not None)


def _past(ground: RoutineGround, runs: Sequence[GroundRun], system: str) -> SystemPast | None:
    steps = [step for step in ground.steps if system in step.systems and not step.prepare]
    with_it = {step.id: [run for run in runs if _time_with(run, step.id, system) is not None] for step in steps}
    core = [step for step in steps if len(with_it[step.id]) >= max(1, _MOSTLY * len(runs))]
    if not core:
        return None
    times, others = [], []
    for run in runs:
        each = [_time_with(run, step.id, system) for step in core]
        if None not in each:
            whole = [time for time in each if time is not None]
            times.append(sum((time / len(step.systems) for time, step in zip(whole, core, strict=True)), ZERO))
            others.append(run.active - sum(whole, ZERO))
    return SystemPast(system=system, steps=tuple(step.id for step in core), times=tuple(times), others=tuple(others))


def _time_with(run: GroundRun, step: str, system: str) -> timedelta | None:
    """Give the time of a step that did in a run what it does now, and was done with the system."""
    part = run.steps.get(step)
    return run.time(step) if part is not None and part.same and system in part.systems else None


def _slower_than_before(ground: RoutineGround, past: SystemPast, tail: float) -> Lever | None:
    if len(past.times) < _FEWEST:
        return None
    newest, oldest = past.times[-past.third :], past.times[: past.third]
    grown = shift_interval([(newest, oldest)], tail)
    if grown is None or grown.low <= ZERO or not _more_than_others(past, tail):
        return None
    name = ground.system(past.system)
    before, now = middle_of(oldest), middle_of(newest)
    return Lever(
        kind=KIND,
        routine=ground.routine.id,
        steps=past.steps,
        system=past.system,
        at_stake=ground.weekly(now),
        sentence=f'"{name}" takes {step_time(now)} a run now, and took {step_time(before)} in the runs before:'
        " find out what made it slower, or try another.",
        how=f"The newest {past.third} runs against the oldest {past.third} of {len(past.times)}, times"
        f" {ground.a_week:.2f} a week; interval by exact ranks at {sureness(tail)}.",
        evidence=(
            Figure(what="a run before", length=before),
            Figure(what="a run now", length=now),
            Figure(what="all else before", length=middle_of(past.others[: past.third])),
            Figure(what="all else now", length=middle_of(past.others[-past.third :])),
            Figure(what="runs compared", count=2 * past.third, of=len(past.times)),
            Figure(what="runs a week", count=ground.a_week),
        ),
    ).saving(grown.times(ground.a_week))


def _more_than_others(past: SystemPast, tail: float) -> bool:
    """Say whether a system surely got slower than all else did, where there is anything else."""
    if not all(past.others):
        return True
    # As parts of a run's other time, written as lengths so that they can be compared.
    parts = [time / other * _WHOLE for time, other in zip(past.times, past.others, strict=True)]
    grown = shift_interval([(parts[-past.third :], parts[: past.third])], tail)
    return grown is not None and grown.low > ZERO


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


def _slower_than_other(ground: RoutineGround, pair: Rivals, tail: float) -> Lever | None:
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
        kind=KIND,
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


def _largest(ground: RoutineGround, named: set[str | None]) -> Iterator[Lever]:
    """Name the system that takes most of the time, where it takes much and nothing else was said about it."""
    middles = {step.id: ground.middle(step.id) or ZERO for step in ground.steps if not step.prepare}
    whole = sum(middles.values(), ZERO)
    shares: dict[str, timedelta] = {}
    for step in ground.steps:
        for system in step.systems:
            shares[system] = shares.get(system, ZERO) + middles.get(step.id, ZERO) / len(step.systems)
    if len(shares) < 2 or not whole:
        return
    system = max(shares, key=lambda one: shares[one])
    if shares[system] < _LARGE * whole or system in named:
        return
    steps = tuple(step.id for step in ground.steps if system in step.systems and not step.prepare)
    yield Lever(
        kind=KIND,
        routine=ground.routine.id,
        steps=steps,
        system=system,
        at_stake=ground.weekly(shares[system]),
        sentence=f'"{ground.system(system)}" takes {step_time(shares[system])} of {step_time(whole)}, the most of all'
        " systems: the first to look for a quicker way in.",
        how="Middle times of its steps; whether another would be quicker is not known, for its steps were done with"
        " no other.",
        evidence=(
            Figure(what="a run", length=shares[system]),
            Figure(what="all systems and steps", length=whole),
            *(
                Figure(what=f"with {ground.system(one)}", length=time)
                for one, time in sorted(shares.items(), key=lambda item: -item[1])
                if one != system
            ),
        ),
    )
