"""Practice: whether going on as now leads to the goal, and when (FORMULAS 5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from procroutine.durations import total_time
from procroutine.improvement.corner import NEWEST
from procroutine.improvement.exact import Interval, chance_of_fall, theil_sen
from procroutine.improvement.gains import gain_without_revision
from procroutine.improvement.ground import FEWEST, RECENT, RoutineGround, middle_of
from procroutine.improvement.level_shift import is_practice
from procroutine.improvement.levers.chance import Chance
from procroutine.improvement.levers.lever import ZERO, Figure, Lever, Missing
from procroutine.improvement.practice import learning_curve
from procroutine.insight.before_after import TAIL
from procroutine.routine.model import GoalPer
from procroutine.text import counted

if TYPE_CHECKING:
    from procroutine.improvement.practice import Curve
    from procroutine.improvement.present import Present

KIND = "practice"
_DRAWS = 200
_SEED = 5
_STILL = 0.1
"""Chance up to which the newest runs still get shorter: a curve goes on falling where they have long stopped."""
_STOPPED = f"got shorter little by little, the newest {NEWEST} of them by no more than chance"
_EACH_SIDE = 8
"""Runs at either end of which the middle is told; of fewer than twice as many, half of them."""
_NEXT = 8
"""Runs to come of which it is said what practice brings: a curve says little of those far beyond the runs it is of."""


def levers(ground: RoutineGround, chance: Chance) -> Iterator[Lever | Missing]:
    """Say whether the runs of the revision in force get shorter by more than chance, and where that leads."""
    runs = [run for run in ground.finished if run.revision == ground.revision][-RECENT:]
    times, goal = [run.active for run in runs], ground.routine.goal
    if len(times) < FEWEST:
        yield Missing(
            routine=ground.routine.id,
            kind=KIND,
            sentence=f"The present revision has {len(times)} of {FEWEST} runs: too few for a learning curve.",
        )
        return
    falls = chance_of_fall(times) <= chance.tail(KIND, 1)
    still, little_by_little = chance_of_fall(times[-NEWEST:]) <= _STILL, falls and is_practice(times)
    curve = learning_curve(times) if still and little_by_little else None
    if curve is not None and gain_without_revision(ground, chance.tail("shift", 1)) is None:
        yield _falling(ground, times, curve)
    elif goal is not None and ground.routine.goal_per is GoalPer.RUN:
        lately = ground.present.newest(NEWEST)
        if (newest := middle_of(run.active for run in lately.runs)) > goal:
            stopped = little_by_little and not still
            level = _level(ground, times, lately, goal, _STOPPED if stopped else _how_they_go(times, falls=falls))
            # Where practice has brought nothing either, nothing is named that could be changed.
            yield level.replaced(at_stake=ground.weekly(newest - goal)) if stopped else level


_SLOPE = "The change from run to run is the middle one of all pairs of runs (Theil–Sen)."


def _falling(ground: RoutineGround, times: Sequence[timedelta], curve: Curve) -> Lever:
    """Say where a curve leads that falls by more than chance."""
    to_come = gain_to_come(times, curve)
    lever = Lever(
        kind=KIND,
        routine=ground.routine.id,
        at_stake=ground.weekly(to_come.estimate),
        sentence=_outlook(ground, curve),
        how=f"A learning curve (A + B·e^(−αn)) through the last {len(times)} runs of this revision, which fall by more"
        f" than chance: what it falls in the next {_NEXT}, times {ground.a_week:.2f} a week. Interval of 95 % by"
        f" drawing what lies beside the curve anew. {_SLOPE}",
        evidence=(
            *_figures(times),
            *((Figure(what="where it settles (A)", length=curve.settles),) if curve.shows_its_end else ()),
            Figure(what="the curve now", length=curve.at(curve.runs)),
            Figure(what=f"the curve in {_NEXT} runs", length=curve.at(curve.runs + _NEXT)),
            Figure(what="rate of practice (α)", count=curve.rate),
        ),
    )
    return lever if to_come.low <= ZERO or _stays_over(ground, curve) else lever.saving(to_come.times(ground.a_week))


def _stays_over(ground: RoutineGround, curve: Curve) -> bool:
    """Say whether practice will not get to the goal: what helps is another change, so nothing is promised of it."""
    goal = ground.routine.goal if ground.routine.goal_per is GoalPer.RUN else None
    return goal is not None and curve.shows_its_end and curve.runs_to(goal) is None


def _outlook(ground: RoutineGround, curve: Curve) -> str:
    goal = ground.routine.goal
    falls = "The runs get shorter with practice"
    if goal is None or ground.routine.goal_per is not GoalPer.RUN:
        return f"{falls}: {_end_of(curve)}."
    more = curve.runs_to(goal)
    if more is None and not curve.shows_its_end:
        return f"{falls}; whether that alone leads to {total_time(goal)} cannot be seen yet."
    if more is None:
        settles = total_time(curve.settles)
        alone = f"practice alone will not get to {total_time(goal)}: it settles at {settles}"
        return f"{falls}, but {alone}. Change the process."
    if more < 1:
        return f"{falls}, and the goal of {total_time(goal)} is reached."
    return f"{falls}: at this rate they reach {total_time(goal)} in about {_in_weeks(more, ground.a_week)}."


def _end_of(curve: Curve) -> str:
    if curve.shows_its_end:
        return f"at this rate they settle at {total_time(curve.settles)}"
    return f"at this rate they take {total_time(curve.at(curve.runs + _NEXT))} after {_NEXT} more"


def _in_weeks(runs: float, a_week: float) -> str:
    count = max(1, round(runs / a_week)) if a_week else 0
    if not count:
        return counted(round(runs), "run")
    return "a week" if count == 1 else counted(count, "week")


def _how_they_go(times: Sequence[timedelta], *, falls: bool) -> str:
    if falls:
        return "get shorter at once, not little by little"
    return "get shorter by no more than chance" if theil_sen(times) < ZERO else "do not get shorter"


def _level(
    ground: RoutineGround, times: Sequence[timedelta], lately: Present, goal: timedelta, how_they_go: str
) -> Lever:
    """Say that practice does not lead to the goal, for the runs get no shorter."""
    newest = middle_of(run.active for run in lately.runs)
    return Lever(
        kind=KIND,
        routine=ground.routine.id,
        sentence=f"Practice alone will not get to {total_time(goal)}: the last {len(times)} runs of this revision"
        f" {how_they_go}, and the middle of {lately.clause} is {total_time(newest)}. Change the process.",
        how=f"By the number of pairs of runs of which the later one is shorter (Kendall's rank test, exact). {_SLOPE}",
        evidence=(
            *_figures(times),
            Figure(what=f"middle of {lately.words}", length=newest),
            Figure(what="over the goal a week", length=ground.weekly(newest - goal)),
        ),
    )


def _figures(times: Sequence[timedelta]) -> tuple[Figure, ...]:
    slope, side = theil_sen(times), _side(times)
    return (
        Figure(what=f"middle of the first {side} runs", length=middle_of(times[:side])),
        Figure(what=f"middle of the newest {side} runs", length=_newest(times)),
        Figure(what="change from run to run", length=slope),
        Figure(what="runs", count=len(times)),
    )


def _side(times: Sequence[timedelta]) -> int:
    return min(_EACH_SIDE, len(times) // 2)


def _newest(times: Sequence[timedelta]) -> timedelta:
    return middle_of(times[-_side(times) :])


def gain_to_come(times: Sequence[timedelta], curve: Curve) -> Interval:
    """Give what a curve falls in the next eight runs; interval by a bootstrap of residuals (Efron 1979), fixed seed.

    Not what it falls until it settles: of runs that still fall evenly a curve does not show where they end.
    """
    fitted = [curve.at(number) for number in range(1, len(times) + 1)]
    beside = [time - each for time, each in zip(times, fitted, strict=True)]
    random, found = Random(_SEED), []
    for _ in range(_DRAWS):
        drawn = learning_curve([each + random.choice(beside) for each in fitted], roughly=True)
        found.append(_fall_to_come(drawn) if drawn else ZERO)
    found.sort()
    estimate = _fall_to_come(curve)
    low, high = found[int(TAIL * _DRAWS)], found[-1 - int(TAIL * _DRAWS)]
    return Interval(estimate=estimate, low=min(low, estimate), high=max(high, estimate))


def _fall_to_come(curve: Curve) -> timedelta:
    return curve.at(curve.runs) - curve.at(curve.runs + _NEXT)
