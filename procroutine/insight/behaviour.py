"""What is usual for a routine and what is more than chance: XmR charts.

After Shewhart 1931 and Wheeler, *Understanding Variation* (FORMULAS 2). Points are weeks with a
run, oldest first; weeks without one are bridged.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from procroutine.insight.weekly import median
from procroutine.weeks import Week

if TYPE_CHECKING:
    from procroutine.insight.weekly import WeeklyValue

ZERO = timedelta()
LIMIT = 2.66
"""3 / 1.128: from mean moving range to three sigma."""
MEDIAN_LIMIT = 3.145
"""The same from the median of the moving ranges."""
RANGE_LIMIT = 3.268
"""From mean moving range to the limit of a single one."""
FEWEST = 5
"""Points that limits need."""
FIRM = 12
"""Points from which limits are no longer soft."""
RUN = 8
"""Points in a row on one side of the centre that are a signal."""


@dataclass(frozen=True, slots=True)
class Point:
    """One week's value."""

    week: Week
    value: timedelta
    revision: int | None
    """The newest revision run in that week; None where it is not known."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Centre and limits, by means or by medians."""

    centre: timedelta
    moving_range: timedelta
    """Mean or median of the differences between neighbouring points."""
    count: int
    by_medians: bool = False

    @property
    def reach(self) -> timedelta:
        """From the centre to either limit: 2.66 · mean moving range, or 3.145 · median moving range."""
        return (MEDIAN_LIMIT if self.by_medians else LIMIT) * self.moving_range

    @property
    def upper(self) -> timedelta:
        """The limit above the centre."""
        return self.centre + self.reach

    @property
    def lower(self) -> timedelta:
        """The limit below the centre, as the rules use it: it may be below 0."""
        return self.centre - self.reach

    @property
    def range_limit(self) -> timedelta:
        """How far two neighbouring points may be apart by chance: 3.268 · mean moving range."""
        return RANGE_LIMIT * self.moving_range

    @property
    def lower_shown(self) -> timedelta:
        """The lower limit, not below 0."""
        return max(self.lower, ZERO)

    @property
    def soft(self) -> bool:
        """Whether they rest on so few points that they may still move."""
        return self.count < FIRM

    def side(self, value: timedelta) -> int:
        """Say on which side of the centre a value lies: 1 above, -1 below, 0 on it."""
        return (value > self.centre) - (value < self.centre)

    def near_limit(self, value: timedelta) -> int:
        """Say which limit a value is nearer to than to the centre: 1 the upper, -1 the lower, 0 neither."""
        return self.nearnesses((value,))[0]

    def nearnesses(self, values: Sequence[timedelta]) -> list[int]:
        """Give what `near_limit` says of each value."""
        centre, reach = self.centre, self.reach
        return [self.side(value) if abs(value - centre) * 2 > reach else 0 for value in values]


def points_of(values: Sequence[WeeklyValue]) -> list[Point]:
    """Give the points of the weeks that have a run; those without are bridged."""
    return [
        Point(
            week=value.week,
            value=value.value,
            revision=max((run.revision for run in value.runs if run.revision is not None), default=None),
        )
        for value in values
        if value.value is not None
    ]


def limits_of(values: Sequence[timedelta], *, by_medians: bool = False) -> Limits:
    """Compute the limits of at least two values: by means, or where the person chose so by medians."""
    ranges = [abs(after - before) for before, after in pairwise(values)]
    middle = _median if by_medians else _mean
    return Limits(centre=middle(values), moving_range=middle(ranges), count=len(values), by_medians=by_medians)


def _mean(values: Sequence[timedelta]) -> timedelta:
    return sum(values, ZERO) / len(values)


def _median(values: Sequence[timedelta]) -> timedelta:
    return median(values) or ZERO


@dataclass(frozen=True, slots=True)
class Stretch:
    """Points, the second place not included, and the limits in force over them."""

    start: int
    end: int
    limits: Limits | None
    """None while there are too few points for any."""
    revision: int | None
    """The one that the limits began with."""


@dataclass(frozen=True, slots=True)
class Signal:
    """A pattern that is more than chance, at the point that completes it."""

    place: int
    rule: str
    """`outside`, `eight_on_one_side` or `three_of_four_near_a_limit`."""


@dataclass(frozen=True, slots=True)
class Behaviour:
    """Points with all that is known of how they behave."""

    points: tuple[Point, ...]
    parts: tuple[Stretch, ...]
    signals: tuple[Signal, ...]

    @property
    def in_force(self) -> Limits | None:
        """The limits that hold now; None where there are too few points for any."""
        return self.parts[-1].limits if self.parts else None

    @property
    def standing(self) -> Signal | None:
        """The newest signal whose pattern still holds at the newest point."""
        return next((signal for signal in reversed(self.signals) if self._still_holds(signal)), None)

    def _still_holds(self, signal: Signal) -> bool:
        last, limits = len(self.points) - 1, self.in_force
        if limits is None or signal.place < self.parts[-1].start:
            return False
        if signal.rule == "outside":
            return signal.place == last
        if signal.rule == "eight_on_one_side":
            return len({limits.side(point.value) for point in self.points[signal.place :]}) == 1
        near = [limits.near_limit(point.value) for point in self.points[max(self.parts[-1].start, last - 3) :]]
        return max(near.count(1), near.count(-1)) >= 3


def behaviour_of(points: Iterable[Point], real_changes: Collection[int] = (), *, by_medians: bool = False) -> Behaviour:
    """Find limits and signals of points, oldest first."""
    kept = tuple(points)
    parts = stretches(kept, real_changes, by_medians=by_medians)
    return Behaviour(points=kept, parts=parts, signals=signals(kept, parts))


def stretches(
    points: Sequence[Point], real_changes: Collection[int] = (), *, by_medians: bool = False
) -> tuple[Stretch, ...]:
    """Part the points where a revision really changed something, and give the limits of each part.

    A new part starts at a revision whose points, up to the next one, show rule 2 or 3 against the
    limits in force before it, or that the person marked as a real change. A part of fewer than
    five points goes on with the limits before it.
    """
    made: list[Stretch] = []
    for start, end in pairwise((*_segment_starts(points, real_changes, by_medians), len(points))):
        if end - start >= FEWEST or not made:
            values = [point.value for point in points[start:end]]
            limits = limits_of(values, by_medians=by_medians) if len(values) >= FEWEST else None
            made.append(Stretch(start=start, end=end, limits=limits, revision=points[start].revision))
        else:
            before = made.pop()
            made.append(Stretch(start=before.start, end=end, limits=before.limits, revision=before.revision))
    return tuple(made)


def _segment_starts(points: Sequence[Point], real_changes: Collection[int], by_medians: bool) -> list[int]:
    """Give the places where segments start, the first point's included."""
    if not points:
        return []
    starts = [0]
    in_force: Limits | None = None
    changes = revision_places(points)
    for place, after in pairwise((*changes, len(points))):
        so_far = [point.value for point in points[starts[-1] : place]]
        in_force = limits_of(so_far, by_medians=by_medians) if len(so_far) >= FEWEST else in_force
        values = [point.value for point in points[place:after]]
        shifted = in_force is not None and any(_patterns(values, in_force))
        if shifted or points[place].revision in real_changes:
            starts.append(place)
    return starts


def revision_places(points: Sequence[Point]) -> list[int]:
    """Give the places at which a newer revision than any before was first run, that of the first point left out."""
    places: list[int] = []
    newest: int | None = None
    for place, point in enumerate(points):
        if point.revision is None or (newest is not None and point.revision <= newest):
            continue
        if newest is not None:
            places.append(place)
        newest = point.revision
    return places


def signals(points: Sequence[Point], parts: Iterable[Stretch]) -> tuple[Signal, ...]:
    """Give every signal once: each point outside, and each pattern at the point that completes it."""
    found: list[Signal] = []
    for part in parts:
        if part.limits is None:
            continue
        values = [point.value for point in points[part.start : part.end]]
        lower, upper = part.limits.lower, part.limits.upper
        found += [
            Signal(place=part.start + place, rule="outside")
            for place, value in enumerate(values)
            if not lower <= value <= upper
        ]
        found += [Signal(place=part.start + one.place, rule=one.rule) for one in _patterns(values, part.limits)]
    return tuple(sorted(found, key=lambda signal: signal.place))


def _patterns(values: Sequence[timedelta], limits: Limits) -> Iterable[Signal]:
    for place in _eight_on_one_side([limits.side(value) for value in values]):
        yield Signal(place=place, rule="eight_on_one_side")
    for place in _three_of_four(limits.nearnesses(values)):
        yield Signal(place=place, rule="three_of_four_near_a_limit")


def _eight_on_one_side(sides: Sequence[int]) -> Iterable[int]:
    length = 0
    for place, side in enumerate(sides):
        length = length + 1 if place and side == sides[place - 1] else 1
        if side and length == RUN:
            yield place


def _three_of_four(sides: Sequence[int]) -> Iterable[int]:
    """Give the place that completes each pattern; it lasts while three of the last four still hold it."""
    for side in (1, -1):
        holds = False
        for place in range(len(sides)):
            held = holds
            holds = sides[max(place - 3, 0) : place + 1].count(side) >= 3
            if holds and not held:
                yield place
