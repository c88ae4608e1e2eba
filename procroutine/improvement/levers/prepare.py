"""Steps that could be done before the run, outside its time (SMED: from internal to external; FORMULAS 7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.durations import step_time
from procroutine.improvement.change import prepare
from procroutine.improvement.exact import Interval, shift_interval
from procroutine.improvement.ground import RECENT, GroundRun, RoutineGround
from procroutine.improvement.levers.chance import Chance, sureness
from procroutine.improvement.levers.lever import ZERO, Figure, Lever, Missing
from procroutine.improvement.levers.planned import share_done
from procroutine.improvement.levers.rivals import NOW

if TYPE_CHECKING:
    from procroutine.routine.model import Step

KIND = "prepare"
_EACH_SIDE = 3
"""Runs that each side needs, with the step prepared and without."""
_MOST = 0.75
"""Of what a step takes; where all else may have taken so much longer without it, it came back there."""
_SMALL = 1 / 10
"""Of a run; a step that takes less is not worth the trouble."""


def levers(ground: RoutineGround, chance: Chance) -> Iterator[Lever | Missing]:
    """Name the largest step that needs nothing of the run, and those that are shown to shorten it where prepared.

    The latter are most often steps that may be prepared, and now and then are not.
    """
    tried = {step.id: sides for step in ground.steps if min(map(len, sides := _sides(ground, step.id))) >= _EACH_SIDE}
    tail = chance.tail(KIND, len(tried))
    if not any(step.after for step in ground.steps):
        yield Missing(
            routine=ground.routine.id,
            kind=KIND,
            sentence="No step says what must come before it (after), so which steps could be done before the run"
            " is not known.",
        )
    for step in ground.steps:
        if step.id in tried:
            yield from _tried(ground, step, tried[step.id], tail)
    alone = [step for step in ground.steps if step.id not in tried and _stands_alone(ground, step)]
    if alone:
        yield _lever(ground, max(alone, key=lambda step: ground.middle(step.id) or ZERO))


def _sides(ground: RoutineGround, step: str) -> tuple[list[GroundRun], list[GroundRun]]:
    runs = [run for run in ground.finished if (part := run.steps.get(step)) is not None and part.state == "done"]
    prepared = [run for run in runs if run.steps[step].prepared is not None]
    others = [run for run in runs if run.steps[step].prepared is None and run.time(step) is not None]
    return prepared[-RECENT:], others[-RECENT:]


def _tried(
    ground: RoutineGround, step: Step, sides: tuple[list[GroundRun], list[GroundRun]], tail: float
) -> Iterator[Lever]:
    """Say what a step takes out of the runs in which it is not prepared, where it does not come back in other steps."""
    prepared, others = sides
    saved = shift_interval(_times(step.id, others), _times(step.id, prepared), tail)
    newest, unprepared = ground.present.newest(NOW).runs, {run.id for run in others}
    a_week = ground.a_week * sum(run.id in unprepared for run in newest) / max(1, len(newest))
    if saved is None or saved.low <= ZERO or not a_week or _comes_back(step.id, sides, saved, tail):
        return
    yield (
        _lever(ground, step)
        .replaced(
            sentence=f'Always prepare "{step.title}": where it is not, it takes {step_time(saved.estimate)} of the run,'
            f" and in the {len(prepared)} runs in which it was prepared nothing else took that instead. The work stays,"
            " before the run.",
            how=f"What it took within the last {len(others)} other runs against those, times {a_week:.2f} a week, as"
            f" often as in the newest {len(newest)} runs; interval by exact ranks at {sureness(tail)}.",
        )
        .saving(saved.times(a_week))
    )


def _times(step: str, runs: Sequence[GroundRun]) -> list[timedelta]:
    """Give what a step took within each run, nothing where it was all done before."""
    return [run.time(step) or ZERO for run in runs]


def _comes_back(step: str, sides: Iterable[Sequence[GroundRun]], saved: Interval, tail: float) -> bool:
    """Say whether all else may have taken longer where the step was prepared, by most of what it takes."""
    without, with_it = (
        [run.active - time for run, time in zip(runs, _times(step, runs), strict=True)] for runs in sides
    )
    longer = shift_interval(without, with_it, tail)
    return longer is None or longer.high >= _MOST * saved.estimate


def _stands_alone(ground: RoutineGround, step: Step) -> bool:
    """Say whether others wait for a step that waits for none, so that it may well be done before.

    A routine without a schedule begins when something comes in: what is done with that first has no before.
    """
    if step.prepare or step.after or not any(step.id in other.after for other in ground.steps):
        return False
    if ground.routine.schedule is None and step is ground.steps[0]:
        return False
    whole = sum((ground.middle(other.id) or ZERO for other in ground.steps if not other.prepare), ZERO)
    middle = ground.middle(step.id)
    return middle is not None and middle >= whole * _SMALL and not step.alternatives


def _lever(ground: RoutineGround, step: Step) -> Lever:
    middle = ground.middle(step.id) or ZERO
    prepared, others = _sides(ground, step.id)
    return Lever(
        kind=KIND,
        routine=ground.routine.id,
        steps=(step.id,),
        at_stake=ground.weekly(middle) * share_done(ground, step.id),
        sentence=f'"{step.title}" comes after no other step: done before the run it takes {step_time(middle)} out of'
        " it. The work stays.",
        how=f"Middle time; whether a run gets shorter by that is known once it was prepared in {_EACH_SIDE} runs.",
        evidence=(
            Figure(what="middle time", length=middle),
            Figure(what="runs with it prepared", count=len(prepared)),
            Figure(what="runs without", count=len(others)),
        ),
        tries=(prepare(step.id),),
    )
