"""A routine's weeks in numbers: what This week, Trends and the reports all chart.

Out of every figure here stay deleted and abandoned runs, and those the person left out
(FORMULAS, introduction).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from procroutine.insight.dates import month_name, short_date
from procroutine.insight.views.common import ChartData, ChartPoint, Mark, Standing
from procroutine.routine.model import GoalPer
from procroutine.values import Value
from procroutine.weeks import Week

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead


class WeeklyValue(Value):
    """One ISO week of one routine."""

    week: Week
    runs: tuple[RunHead, ...]
    """Those that count, oldest first."""
    total: timedelta
    """Their active times together."""
    mean: timedelta | None
    value: timedelta | None
    """What is charted: the mean per run, or the total where the goal is one of the week; None without a run."""
    met: bool | None
    """Whether the value is at or under the goal; None without a run or a goal."""


def counts(head: RunHead) -> bool:
    """Say whether a run counts in the statistics of runs."""
    return head.state == "finished" and not head.deleted and not head.left_out


def median(lengths: Iterable[timedelta]) -> timedelta | None:
    """Give the middle length, of an even number the mean of the two in the middle; None of nothing."""
    ordered = sorted(lengths)
    if not ordered:
        return None
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def standing_of(value: timedelta | None, goal: timedelta | None) -> Standing:
    """Say how a time stands against its goal: a tenth over is the border to far over."""
    if value is None or goal is None:
        return Standing.NONE
    if value <= goal:
        return Standing.MET
    return Standing.FAR_OVER if value * 10 > goal * 11 else Standing.OVER


def weekly_values(
    heads: Iterable[RunHead], goal: timedelta | None, goal_per: GoalPer, first: Week, last: Week
) -> tuple[WeeklyValue, ...]:
    """Give every week from `first` to `last` (both included) of one routine's runs, oldest first.

    A run belongs to the week in which it began, in the zone where it began.
    """
    by_week: dict[tuple[int, int], list[RunHead]] = defaultdict(list)
    for head in heads:
        if counts(head):
            by_week[head.week.year, head.week.number].append(head)
    return tuple(
        value_of_runs(week, by_week.get((week.year, week.number), []), goal, goal_per)
        for week in _weeks_between(first, last)
    )


@lru_cache(maxsize=8)
def _weeks_between(first: Week, last: Week) -> tuple[Week, ...]:
    return tuple(first + number for number in range(last - first + 1))


def value_of_runs(week: Week, runs: list[RunHead], goal: timedelta | None, goal_per: GoalPer) -> WeeklyValue:
    """Give what the runs of one week come to; none of them, one or several, in any order."""
    total = sum((run.active for run in runs), timedelta())
    mean = total / len(runs) if runs else None
    value = charted_value(len(runs), total, goal_per)
    return WeeklyValue(
        week=week,
        runs=tuple(runs if len(runs) < 2 else sorted(runs, key=lambda run: (run.started_at, run.id))),
        total=total,
        mean=mean,
        value=value,
        met=None if value is None or goal is None else value <= goal,
    )


def charted_value(runs: int, total: timedelta, goal_per: GoalPer) -> timedelta | None:
    """Give what a week is charted with, by the number of its runs and how long they are together."""
    if not runs:
        return None
    return total if goal_per is GoalPer.WEEK else total / runs


def first_week(heads: Iterable[RunHead]) -> Week | None:
    """Give the week of the earliest run that counts; None without one."""
    earliest: Week | None = None
    for head in heads:
        if counts(head) and (earliest is None or head.week < earliest):
            earliest = head.week
    return earliest


def chart_of(
    values: Sequence[WeeklyValue],
    goal: timedelta | None,
    this_week: Week,
    off: Collection[Week] = (),
    missed: Collection[Week] | None = None,
) -> ChartData:
    """Make the chart of some weeks, without usual-range bands.

    A week without a run is drawn as missed where it stands in `missed` (None: always) or was
    declared `off`; else it was not due and has no point. The weeks before the first run are left
    out, and so is the present week until it has a run: neither has been missed.
    """
    points: list[ChartPoint] = []
    kept: list[WeeklyValue] = []
    before: timedelta | None = None
    for value in values:
        if value.value is None and not (kept and is_gap(value.week, this_week, off, missed)):
            continue
        points.append(_point(value, goal, this_week, off, before))
        kept.append(value)
        before = value.value if value.value is not None else before
    return ChartData(points=tuple(points), goal=goal, revisions=revision_starts(kept))


def is_gap(week: Week, this_week: Week, off: Collection[Week], missed: Collection[Week] | None) -> bool:
    """Say whether a week without a run is drawn all the same: it was missed (None: always), or declared off."""
    return week < this_week and (missed is None or week in missed or week in off)


def _point(
    value: WeeklyValue, goal: timedelta | None, this_week: Week, off: Collection[Week], before: timedelta | None
) -> ChartPoint:
    return ChartPoint(**point_fields(value, goal, this_week, off, before))


def point_fields(
    value: WeeklyValue, goal: timedelta | None, this_week: Week, off: Collection[Week], before: timedelta | None
) -> dict[str, Any]:
    """Give the fields of a week's point; `before` is the value of the last week with a run."""
    day = value.runs[-1].day if value.runs else value.week.monday
    charted = value.value
    return {
        "week": value.week,
        "day": short_date(day),
        "month": month_name(day),
        "value": charted,
        "mark": _mark(value),
        "unfinished": value.week == this_week,
        "off": value.week in off,
        "run_ids": tuple(run.id for run in value.runs),
        "vs_goal": None if charted is None or goal is None else charted - goal,
        "vs_before": None if charted is None or before is None else charted - before,
    }


def _mark(value: WeeklyValue) -> Mark:
    if value.value is None:
        return Mark.MISSED
    # Without a goal a week has the plain mark, for there is nothing that it met.
    return Mark.MET if value.met else Mark.OVER


def revision_starts(values: Sequence[WeeklyValue]) -> tuple[tuple[int, str], ...]:
    """Give the index of the first week of each new revision, with its label such as `v3`.

    The revision that the first week with a run already has is no start; runs without a revision
    (imported ones) say nothing.
    """
    starts: list[tuple[int, str]] = []
    newest: int | None = None
    for index, value in enumerate(values):
        number = max((run.revision for run in value.runs if run.revision is not None), default=None)
        if number is None or (newest is not None and number <= newest):
            continue
        if newest is not None:
            starts.append((index, f"v{number}"))
        newest = number
    return tuple(starts)
