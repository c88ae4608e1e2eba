"""Systems that cost time: slower than they were, slower than others at the same step, or simply most of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.durations import step_time
from procroutine.improvement.exact import Interval, shift_interval
from procroutine.improvement.ground import RECENT, GroundRun, RoutineGround, middle_of
from procroutine.improvement.levers.chance import Chance, sureness
from procroutine.improvement.levers.lever import ZERO, Figure, Lever, Missing
from procroutine.improvement.levers.naming import names_of
from procroutine.improvement.levers.rivals import NOW, Rivals, rivals_of, slower_than_others
from procroutine.improvement.more_runs import LIKELY, NOT_PROMISED
from procroutine.insight.before_after import TAIL
from procroutine.values import Value

if TYPE_CHECKING:
    from procroutine.routine.model import Step

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


def levers(ground: RoutineGround, chance: Chance) -> Iterator[Lever | Missing]:
    """Hold systems against their own past and against each other; all of it takes its part of `system`."""
    pasts, rivals = pasts_of(ground), rivals_of(ground)
    tail = tail_of(chance, pasts, rivals)
    found = [lever for one in pasts if (lever := _slower_than_before(ground, one, tail, LIKELY / 2 / len(pasts)))]
    found += slower_than_others(ground, rivals, tail)
    yield from found
    yield from _largest(ground, {lever.system for lever in found}, {pair.step for pair in rivals})


def tail_of(chance: Chance, pasts: Sequence[SystemPast], rivals: Sequence[Rivals]) -> float:
    """Give each claim its part of the chance; of rivals either may be the slower one, so each pair is two claims."""
    return chance.tail(KIND, sum(len(one.times) >= _FEWEST for one in pasts) + 2 * len(rivals))


def pasts_of(ground: RoutineGround) -> tuple[SystemPast, ...]:
    """Give what each system took in the newest runs; a step with several systems counts in equal parts for each."""
    runs = ground.finished[-RECENT:]
    used = dict.fromkeys(system for step in ground.steps for system in step.systems)
    return tuple(past for system in used if (past := _past(ground, runs, system)) is not None)


def _past(ground: RoutineGround, runs: Sequence[GroundRun], system: str) -> SystemPast | None:
    steps = [step for step in _inside(ground) if system in step.systems]
    taken = {step.id: [_time_with(run, step.id, system) for run in runs] for step in steps}
    fewest = max(1, _MOSTLY * len(runs))
    core = [step for step in steps if sum(time is not None for time in taken[step.id]) >= fewest]
    if not core:
        return None
    times, others = [], []
    for run, *each in zip(runs, *(taken[step.id] for step in core), strict=True):
        if None not in each:
            whole = [time for time in each if time is not None]
            times.append(sum((time / len(step.systems) for time, step in zip(whole, core, strict=True)), ZERO))
            others.append(run.active - sum(whole, ZERO))
    return SystemPast(system=system, steps=tuple(step.id for step in core), times=tuple(times), others=tuple(others))


def _inside(ground: RoutineGround) -> list[Step]:
    """Give the steps that are not done before the run; of one that may be, most of the newest runs tell that."""
    parts = [run.steps for run in ground.present.newest(NOW).runs]
    held = Counter(part.id for each in parts for part in each.values() if part.timed is not None)
    return [step for step in ground.steps if not step.prepare or 2 * held[step.id] > len(parts)]


def _time_with(run: GroundRun, step: str, system: str) -> timedelta | None:
    """Give the time of a step that did in a run what it does now, and was done with the system."""
    part = run.steps.get(step)
    return part.taken if part is not None and part.same and system in part.systems else None


def _slower_than_before(ground: RoutineGround, past: SystemPast, tail: float, likely: float) -> Lever | None:
    """Give the lever of a system that surely got slower, or without a promise of one that likely did."""
    surely = _grown(past, tail)
    found = surely or _grown(past, likely)
    if found is None:
        return None
    longer, grown = found
    newest, oldest = past.times[-past.third :], past.times[: past.third]
    moved = longer.estimate - grown.estimate
    name, where, left = ground.system(past.system), "", _beside_core(ground, past)
    if left:
        where = f" in {names_of(ground, past.steps)}"
    before, now = middle_of(oldest), middle_of(newest)
    lever = Lever(
        kind=KIND,
        routine=ground.routine.id,
        steps=past.steps,
        system=past.system,
        is_likely=surely is None,
        at_stake=ground.weekly(grown.estimate),
        sentence=f'"{name}" takes {step_time(now)} a run now{where}, and took {step_time(before)} in the runs before:'
        " find out what made it slower, or try another.",
        how=f"The middle difference of the newest {past.third} runs and the oldest {past.third} of {len(past.times)},"
        f" times {ground.a_week:.2f} a week; interval by exact ranks at {sureness(tail)}."
        f"{' What all else surely takes less is taken off.' * bool(moved)}{left}{'' if surely else f' {NOT_PROMISED}'}",
        evidence=(
            Figure(what="a run before", length=before),
            Figure(what="a run now", length=now),
            Figure(what="middle difference of all pairs", length=longer.estimate),
            *((Figure(what="all else takes less", length=moved),) if moved else ()),
            Figure(what="all else before", length=middle_of(past.others[: past.third])),
            Figure(what="all else now", length=middle_of(past.others[-past.third :])),
            Figure(what="runs compared", count=2 * past.third, of=len(past.times)),
            Figure(what="runs a week", count=ground.a_week),
        ),
    )
    return lever.saving(grown.times(ground.a_week)) if surely else lever


def _grown(past: SystemPast, tail: float) -> tuple[Interval, Interval] | None:
    """Give by how much longer a system takes than before, all of it and less what all else takes less; None of none."""
    if len(past.times) < _FEWEST:
        return None
    longer = shift_interval(past.times[-past.third :], past.times[: past.third], tail)
    if longer is None or longer.low <= ZERO or not _more_than_others(past, tail):
        return None
    grown = _less_what_others_save(past, longer)
    return None if grown is None else (longer, grown)


def _less_what_others_save(past: SystemPast, grown: Interval) -> Interval | None:
    """Take off what all else surely takes less, which may be done with the system since; None where it may be all."""
    shorter = shift_interval(past.others[: past.third], past.others[-past.third :], TAIL)
    return grown if shorter is None or shorter.low <= ZERO else grown.less(shorter)


def _beside_core(ground: RoutineGround, past: SystemPast) -> str:
    """Say which steps with a system are not in its past, since they were left out too often; empty where none is."""
    out = [step.id for step in _inside(ground) if past.system in step.systems and step.id not in past.steps]
    return (
        f" {names_of(ground, out)}, not done in every run, stand{'s' * (len(out) == 1)} under all else." if out else ""
    )


def _more_than_others(past: SystemPast, tail: float) -> bool:
    """Say whether a system surely got slower than all else did, where there is anything else."""
    if not any(past.others):
        return True
    # As parts of a run's other time, written as lengths so that they can be compared.
    parts = [time / other * _WHOLE if other else None for time, other in zip(past.times, past.others, strict=True)]
    newest, oldest = parts[-past.third :], parts[: past.third]
    grown = shift_interval([one for one in newest if one], [one for one in oldest if one], tail)
    return grown is not None and grown.low > ZERO


def _largest(ground: RoutineGround, named: set[str | None], compared: set[str]) -> Iterator[Lever]:
    """Name the system that takes most of the time, where it takes much and nothing else was said about it.

    What of that may be saved nothing tells, so that it is about no work a week as others are.
    Steps that were done with others too are `compared`.
    """
    inside = _inside(ground)
    middles = {step.id: ground.middle(step.id) or ZERO for step in inside}
    whole = sum(middles.values(), ZERO)
    shares: dict[str, timedelta] = {}
    for step in inside:
        for system in step.systems:
            shares[system] = shares.get(system, ZERO) + middles.get(step.id, ZERO) / len(step.systems)
    if len(shares) < 2 or not whole:
        return
    system = max(shares, key=lambda one: shares[one])
    if shares[system] < _LARGE * whole or system in named:
        return
    steps = tuple(step.id for step in inside if system in step.systems)
    yield Lever(
        kind=KIND,
        routine=ground.routine.id,
        steps=steps,
        system=system,
        sentence=f'"{ground.system(system)}" takes {step_time(shares[system])} of {step_time(whole)}, the most of all'
        " systems: the first to look for a quicker way in.",
        how="Middle times of its steps; whether another would be quicker is not known, for its steps were done with no"
        f" other{' often enough, or with no difference that is more than chance' * bool(compared & set(steps))}.",
        evidence=(
            Figure(what="a run", length=shares[system]),
            Figure(what="a week", length=ground.weekly(shares[system])),
            Figure(what="all systems and steps", length=whole),
            *(
                Figure(what=f"with {ground.system(one)}", length=time)
                for one, time in sorted(shares.items(), key=lambda item: -item[1])
                if one != system
            ),
        ),
    )
