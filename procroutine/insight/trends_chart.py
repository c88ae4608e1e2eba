"""The chart of Trends: a routine's weeks or days, their usual ranges, and what lies outside of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.insight.views.common import Band, ChartData, ChartPoint, Mark
from procroutine.insight.views.trends import TrendPoint
from procroutine.insight.weekly import is_gap, point_fields, revision_starts
from procroutine.weeks import Week

if TYPE_CHECKING:
    from procroutine.insight.behaviour import Limits
    from procroutine.insight.trends_plot import Plot
    from procroutine.insight.weekly import WeeklyValue


def trends_chart(plot: Plot) -> ChartData:
    """Draw points, usual ranges, revisions, and the present week, also where it has no run yet."""
    kept = [value for value in plot.values if value.value is not None or _is_drawn(plot, value.week)]
    points = list(_points(plot, kept))
    places, earlier = places_with_runs(points), plot.earlier
    for signal in plot.behaviour.signals:
        if signal.rule == "outside" and signal.place >= earlier:
            index = places[signal.place - earlier]
            points[index] = points[index].replaced(mark=Mark.OUTSIDE)
    return ChartData(
        points=tuple(points),
        goal=plot.goal,
        revisions=revision_starts(kept),
        bands=tuple(_bands(plot, places, len(points))),
    )


def _is_drawn(plot: Plot, week: Week) -> bool:
    """Say whether a week without a run is drawn: one that was missed or off, and the present one."""
    return week == plot.this_week or is_gap(week, plot.this_week, plot.off, plot.missed)


def places_with_runs(points: Sequence[ChartPoint]) -> list[int]:
    """Give the indexes of the points that have a value: those that the behaviour knows."""
    return [index for index, point in enumerate(points) if point.value is not None]


def _points(plot: Plot, values: Sequence[WeeklyValue]) -> Iterator[TrendPoint]:
    before: timedelta | None = None
    for value in values:
        fields = point_fields(value, plot.goal, plot.this_week, plot.off, before)
        if plot.by_day:
            fields["unfinished"] = False
        day = value.runs[-1].day if plot.by_day else value.week.monday
        yield TrendPoint(**fields, ordinal=day.toordinal(), corrected=any(run.corrected for run in value.runs))
        before = before if value.value is None else value.value


def _bands(plot: Plot, places: Sequence[int], count: int) -> Iterator[Band]:
    """Give the usual ranges of the points that are shown, each up to the first point of the next."""
    earlier = plot.earlier
    for part in plot.behaviour.parts:
        start, end = max(part.start - earlier, 0), part.end - earlier
        if part.limits is not None and end > 0:
            yield band_of(part.limits, places[start] if start else 0, places[end] if end < len(places) else count)


def band_of(limits: Limits, start: int, end: int) -> Band:
    """Draw limits from one point to another (the second not included)."""
    return Band(start=start, end=end, centre=limits.centre, low=limits.lower_shown, high=limits.upper, soft=limits.soft)
