"""The chart of Trends: a routine's weeks or days, their usual ranges, and what lies outside of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from procroutine.insight.dates import month_name, short_date
from procroutine.insight.views.common import Band, ChartData, ChartPoint, Mark
from procroutine.insight.views.trends import TrendPoint
from procroutine.insight.weekly import chart_of
from procroutine.values import Value
from procroutine.weeks import Week

if TYPE_CHECKING:
    from procroutine.insight.behaviour import Behaviour, Limits
    from procroutine.insight.weekly import WeeklyValue


class Plot(Value):
    """What a chart is made from."""

    values: tuple[WeeklyValue, ...]
    """Weeks or days that are shown, oldest first; of the whole history the last ones."""
    behaviour: Behaviour
    """Of the whole history; of no points where none can be told."""
    goal: timedelta | None
    this_week: Week
    by_day: bool
    is_sum: bool
    """Whether a point is the sum of its runs, not their mean."""
    off: Mapping[Week, str]
    """Weeks declared off, and why."""
    missed: Collection[Week]

    @property
    def unit(self) -> str:
        """What a point stands for."""
        return "day" if self.by_day else "week"

    @property
    def earlier(self) -> int:
        """How many points of the behaviour lie before those that are shown."""
        return max(0, len(self.behaviour.points) - sum(value.value is not None for value in self.values))


def trends_chart(plot: Plot) -> ChartData:
    """Draw points, usual ranges, revisions, and the present week, also where it has no run yet."""
    plain = chart_of(plot.values, plot.goal, plot.this_week, plot.off, plot.missed, has_begun=True)
    points = _points(plot, plain.points)
    places, earlier = places_with_runs(points), plot.earlier
    for signal in plot.behaviour.signals:
        if signal.rule == "outside" and signal.place >= earlier:
            index = places[signal.place - earlier]
            points[index] = points[index].replaced(mark=Mark.OUTSIDE)
    return plain.replaced(points=tuple(points), bands=tuple(_bands(plot, places, len(points))))


def places_with_runs(points: Sequence[ChartPoint]) -> list[int]:
    """Give the indexes of the points that have a value: those that the behaviour knows."""
    return [index for index, point in enumerate(points) if point.value is not None]


def _points(plot: Plot, plain: Sequence[ChartPoint]) -> list[TrendPoint]:
    corrected = {run.id for value in plot.values for run in value.runs if run.corrected}
    changes: dict[str, Any] = {"unfinished": False} if plot.by_day else {}
    ordinals = (
        [value.runs[-1].day.toordinal() for value in plot.values]
        if plot.by_day
        else [point.week.monday.toordinal() for point in plain]
    )
    fields = ChartPoint._fields
    points = [
        TrendPoint(
            **{field: getattr(point, field) for field in fields} | changes,
            ordinal=ordinal,
            corrected=bool(corrected) and not corrected.isdisjoint(point.run_ids),
        )
        for point, ordinal in zip(plain, ordinals, strict=True)
    ]
    if plot.values and plot.values[-1].value is None and plot.values[-1].week == plot.this_week:
        points.append(_still_to_come(plot.this_week, plot.off))
    return points


def _still_to_come(week: Week, off: Collection[Week]) -> TrendPoint:
    """Give the present week, so that the chart ends with it also where it has no run yet."""
    return TrendPoint(
        week=week,
        day=short_date(week.monday),
        month=month_name(week.monday),
        value=None,
        mark=Mark.MISSED,
        unfinished=True,
        off=week in off,
        ordinal=week.monday.toordinal(),
        corrected=False,
    )


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
