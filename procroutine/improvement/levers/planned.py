"""Steps that surely take far longer than they were planned to.

Nothing is promised of them: that a step was ever done in its planned time no record shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.durations import step_time
from procroutine.improvement.change import plan
from procroutine.improvement.exact import median_interval
from procroutine.improvement.ground import RoutineGround
from procroutine.improvement.levers.chance import Chance, sureness
from procroutine.improvement.levers.lever import Figure, Lever, Missing

if TYPE_CHECKING:
    from procroutine.routine.model import Step

KIND = "planned"
_FAR = 1.25
"""Times the plan; what lies under it is no more than a plan that was a little too good."""
_FEWEST = 8
"""Times that a step needs."""


def levers(ground: RoutineGround, chance: Chance) -> Iterator[Lever | Missing]:
    """Find steps whose middle time surely lies far over the plan."""
    asked = [
        (step, times, step.planned)
        for step in ground.steps
        if step.planned is not None and not step.prepare and len(times := ground.times(step.id)) >= _FEWEST
    ]
    tail = chance.tail(KIND, len(asked))
    for step, times, planned in asked:
        lasted = median_interval(times, tail)
        if lasted is not None and lasted.low > planned * _FAR:
            yield _lever(ground, step, times, planned, tail)


def share_done(ground: RoutineGround, step: str) -> float:
    """Give in what part of the present runs a step was done."""
    newest = ground.present.runs
    return sum(run.done(step) for run in newest) / max(1, len(newest))


def _lever(ground: RoutineGround, step: Step, times: tuple[timedelta, ...], planned: timedelta, tail: float) -> Lever:
    middle, a_week = ground.middle(step.id) or planned, ground.a_week * share_done(ground, step.id)
    over = sum(time > planned for time in times)
    return Lever(
        kind=KIND,
        routine=ground.routine.id,
        steps=(step.id,),
        person=step.person,
        at_stake=(middle - planned) * a_week,
        sentence=f'"{step.title}" takes {step_time(middle)} and was planned to take {step_time(planned)}: make it'
        " smaller, part it, or plan what it takes.",
        how=f"A week's worth is the middle of the last {len(times)} times less the plan, times {a_week:.2f}; whether"
        f" the step can be done in that no record shows. That the middle is over {_FAR} times the plan is sure at"
        f" {sureness(tail)}, by order statistics.",
        evidence=(
            Figure(what="middle time", length=middle),
            Figure(what="planned", length=planned),
            Figure(what="over the plan", length=middle - planned),
            Figure(what="times over the plan", count=over, of=len(times)),
            Figure(what="times a week", count=a_week),
        ),
        tries=(plan(step.id, planned),),
    )
