"""The signals that a week completes, from all runs of a routine as Trends knows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.history.columns import column
from procroutine.insight.behaviour import Point, behaviour_of
from procroutine.insight.signal_words import signal_words
from procroutine.insight.weekly import counts
from procroutine.routine.model import GoalPer
from procroutine.weeks import Week

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead

ZERO = timedelta()


def signals_in(
    week: Week,
    heads: Iterable[RunHead],
    goal_per: GoalPer,
    real_changes: Collection[int] = (),
    *,
    by_medians: bool = False,
) -> Iterator[tuple[str, str]]:
    """Give rule and sentence of each signal of the whole history that stands in a week."""
    behaviour = behaviour_of(points_of_runs(heads, goal_per), real_changes, by_medians=by_medians)
    for signal in behaviour.signals:
        if behaviour.points[signal.place].week == week:
            yield signal.rule, signal_words(signal, behaviour.points, behaviour.parts)


def points_of_runs(heads: Iterable[RunHead], goal_per: GoalPer) -> list[Point]:
    """Give the points that `behaviour.points_of` gives of the weeks of some runs, in any order.

    There may be thousands of runs, so that no week is made whole.
    """
    lengths: dict[Week, list[timedelta]] = defaultdict(list)
    revisions: dict[Week, int] = {}
    counted = [head for head in heads if counts(head)]
    for head, length in zip(counted, column(counted, "active"), strict=True):
        week = Week.of(head.day)
        lengths[week].append(length)
        if head.revision is not None:
            revisions[week] = max(revisions.get(week, head.revision), head.revision)
    return [
        Point(
            week=week,
            value=sum(own, ZERO) / (1 if goal_per is GoalPer.WEEK else len(own)),
            revision=revisions.get(week),
        )
        for week, own in sorted(lengths.items(), key=lambda item: item[0])
    ]
