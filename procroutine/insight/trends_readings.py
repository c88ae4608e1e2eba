"""The points of Trends in words: what each stands for, its signals, and the usual range around it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from procroutine.durations import total_time
from procroutine.insight.behaviour import FEWEST
from procroutine.insight.signal_words import signal_words
from procroutine.insight.trends_chart import places_with_runs
from procroutine.insight.views.trends import Reading
from procroutine.text import Shown, counted, shown

if TYPE_CHECKING:
    from procroutine.insight.behaviour import Limits
    from procroutine.insight.trends_plot import Plot
    from procroutine.insight.views.common import ChartPoint


def readings(plot: Plot, points: Sequence[ChartPoint]) -> tuple[Reading, ...]:
    """Put every point of a plot's chart into words."""
    signals, ranges = _signals(plot, points), _ranges(plot, points)
    corrected = {run.id for value in plot.values for run in value.runs if run.corrected}
    return tuple(
        Reading(
            label=_label(plot, point),
            name=date.fromordinal(point.ordinal).isoformat() if plot.by_day else str(point.week),
            remarks=tuple(_remarks(plot, point, sum(run_id in corrected for run_id in point.run_ids))),
            signals=tuple(signals.get(index, ())),
            usual=ranges.get(index, ""),
        )
        for index, point in enumerate(points)
    )


def standing_signal(plot: Plot, points: Sequence[ChartPoint]) -> str:
    """Give the newest signal that still stands, after its week or day; empty where none does."""
    signal = plot.behaviour.standing
    if signal is None:
        return ""
    words = signal_words(signal, plot.behaviour.points, plot.behaviour.parts, plot.unit)
    if signal.place < plot.earlier:
        return words
    point = points[places_with_runs(points)[signal.place - plot.earlier]]
    if point.unfinished and plot.is_sum:
        words += "; the week is not over"
    return f"{point.day if plot.by_day else f'week {point.week.number}'}: {words}"


def charted(plot: Plot) -> str:
    """Give what a point is: a mean or sum is called so where one of several runs is shown."""
    if any(len(value.runs) > 1 for value in plot.values):
        return f"Sum of each {plot.unit}'s runs" if plot.is_sum else f"Mean per run of each {plot.unit}"
    return f"Total time per {plot.unit}"


def usual(plot: Plot) -> str:
    """Give the usual range in force, or why there is none."""
    if plot.behaviour.in_force is not None:
        return range_in_words(plot.behaviour.in_force, plot.unit)
    if plot.by_day and plot.is_sum:
        return "no usual range: a day is a part of the week's sum"
    count = len(plot.behaviour.points)
    return f"no usual range yet: {count} of {FEWEST} {plot.unit}s" if count < FEWEST else "no usual range yet"


def range_in_words(limits: Limits, unit: str) -> str:
    """Give `usual 52m to 1h04, middle 58m`, and on how many points it rests where that is few."""
    soft = f" (soft: {counted(limits.count, unit)})" if limits.soft else ""
    by = " by medians" if limits.by_medians else ""
    low, high, middle = (total_time(length) for length in (limits.lower_shown, limits.upper, limits.centre))
    return f"usual {low} to {high}{soft}, middle {middle}{by}"


def _signals(plot: Plot, points: Sequence[ChartPoint]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    places, earlier = places_with_runs(points), plot.earlier
    for signal in plot.behaviour.signals:
        if signal.place >= earlier:
            words = signal_words(signal, plot.behaviour.points, plot.behaviour.parts, plot.unit)
            found[places[signal.place - earlier]].append(words)
    return found


def _ranges(plot: Plot, points: Sequence[ChartPoint]) -> dict[int, str]:
    places, earlier = places_with_runs(points), plot.earlier
    found: dict[int, str] = {}
    for part in plot.behaviour.parts:
        if part.limits is not None:
            words = range_in_words(part.limits, plot.unit)
            shown_places = places[max(part.start - earlier, 0) : max(part.end - earlier, 0)]
            found.update(dict.fromkeys(shown_places, words))
    return found


def _label(plot: Plot, point: ChartPoint) -> str:
    single = plot.by_day or len(point.run_ids) == 1
    year = "" if point.week.year == plot.this_week.year else f" {point.week.year}"
    return f"{point.day}{year}" if single else f"week {point.week.number}{' of' if year else ''}{year}"


def _remarks(plot: Plot, point: ChartPoint, corrected: int) -> Iterator[Shown]:
    count = len(point.run_ids)
    if point.value is None:
        yield _without_run(plot, point)
        return
    if count > 1:
        yield Shown(f"{'sum' if plot.is_sum else 'mean'} of {count} runs")
    if corrected:
        yield Shown("corrected" if count == 1 else f"{corrected} corrected")
    if point.week in plot.off:
        yield Shown(f"{_off(plot, point)}; it counts all the same")
    if point.unfinished:
        yield Shown("this week, not over yet")


def _without_run(plot: Plot, point: ChartPoint) -> Shown:
    if point.off:
        return _off(plot, point)
    return Shown("this week, no run yet" if point.unfinished else "missed")


def _off(plot: Plot, point: ChartPoint) -> Shown:
    reason = plot.off[point.week]
    return shown(f"declared off: {reason}" if reason else "declared off")
