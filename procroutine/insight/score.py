"""How well a routine keeps its goal, as one number from 0 to 1 that old weeks fade out of (FORMULAS 8).

The fading is that of Loop Habit Tracker's score: a routine that is done seldom remembers longer. A
period that is declared off moves nothing, one that was missed counts 0.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from procroutine.insight.routine_week import since
from procroutine.insight.routine_weeks import in_force_from
from procroutine.routine.due import Kept, kept_periods
from procroutine.routine.model import GoalPer
from procroutine.weeks import Week

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.insight.routine_week import RoutineWeek
    from procroutine.routine.periods import Period

_HALVED_IN = 13
"""Days in which half is forgotten of what is done every day (FORMULAS 8)."""
_FORGOTTEN = 14
"""Halvings after which less is left than is ever shown."""
_ZERO = timedelta()


class ScoredPeriod(NamedTuple):
    """One due period, for the smoothing."""

    days: int
    """Its length."""
    score: float | None
    """0 to 1; None where it moves nothing."""


def soft_score(value: timedelta, goal: timedelta) -> float:
    """Give the score of one week: 1 at or under the goal, less by the share it is over, 0 from twice the goal on."""
    return min(1.0, max(0.0, 1 - (value - goal) / goal))


def kept_of(days: float, runs_per_day: float) -> float:
    """Give the share of a score that is left after some days: m to their power, m = 0.5^(√f / 13)."""
    return float(0.5 ** (runs_per_day**0.5 / _HALVED_IN * days))


def smoothed(periods: Iterable[ScoredPeriod], runs_per_day: float) -> float:
    """Give the score after some periods, oldest first, beginning from 0: s = s·m + v·(1 − m) in each that moves it."""
    score = 0.0
    for period in periods:
        if period.score is not None:
            kept = kept_of(period.days, runs_per_day)
            score = score * kept + period.score * (1 - kept)
    return score


def score_of(one: RoutineWeek) -> float | None:
    """Give a routine's score at its instant; None without a schedule or a finished run.

    Runs per day are the due periods by the days they take. The value of a period is the mean of its runs that
    count, or of the sums of their weeks where the goal is one of the week; what is done without a goal scores 1. A
    period with no run but such as are left out of the statistics moves nothing, nor does the present one until
    it is done.
    """
    schedule = None if one.routine is None else one.routine.schedule
    if schedule is None or not one.runs.days:
        return None
    changed = not one.runs.schedules <= {schedule.text}
    known_from = in_force_from(schedule.text, one.heads, None) if changed else None
    newest_first = _remembered(
        kept_periods(schedule, one.runs.days, one.now, off_weeks=one.off_weeks, known_from=known_from)
    )
    if not newest_first:
        return 0.0
    runs = since(one.counted, Week.of(newest_first[-1][0].start))
    values = _Values([head for head in runs if head.week not in one.off_weeks], one.goal_per)
    scored = [
        ScoredPeriod(_length(period), _score(values, period, one.goal, kept)) for period, kept in reversed(newest_first)
    ]
    return smoothed(scored, len(scored) / sum(period.days for period in scored))


def _remembered(newest_first: Iterable[tuple[Period, Kept]]) -> list[tuple[Period, Kept]]:
    """Give the periods of which something is left."""
    found: list[tuple[Period, Kept]] = []
    halvings = 0.0
    for period, kept in newest_first:
        found.append((period, kept))
        if kept is not Kept.OFF:
            halvings += float(_length(period) ** 0.5) / _HALVED_IN
        if halvings > _FORGOTTEN:
            break
    return found


def _length(period: Period) -> int:
    return (period.end - period.start).days + 1


def _score(values: _Values, period: Period, goal: timedelta | None, kept: Kept) -> float | None:
    if kept is not Kept.DONE:
        return 0.0 if kept is Kept.MISSED else None
    value = values.of(period.start, period.end)
    if value is None:
        return None
    return 1.0 if goal is None else soft_score(value, goal)


class _Values:
    """What the runs of a routine took."""

    __slots__ = ("_days", "_heads", "_per_week")

    def __init__(self, heads: Sequence[RunHead], goal_per: GoalPer) -> None:
        self._heads = sorted(heads, key=lambda head: head.day)
        self._days: list[date] = [head.day for head in self._heads]
        self._per_week = goal_per is GoalPer.WEEK

    def of(self, start: date, end: date) -> timedelta | None:
        """Give the value of a stretch of days, both included; None where no run counts."""
        lengths = [head.active for head in self._between(start, end)]
        if not lengths:
            return None
        if self._per_week:
            weeks = dict.fromkeys(head.week for head in self._between(start, end))
            lengths = [self._sum(week) for week in weeks]
        return sum(lengths, _ZERO) / len(lengths)

    def _sum(self, week: Week) -> timedelta:
        return sum((head.active for head in self._between(week.monday, week.sunday)), _ZERO)

    def _between(self, start: date, end: date) -> Sequence[RunHead]:
        return self._heads[bisect_left(self._days, start) : bisect_right(self._days, end)]
