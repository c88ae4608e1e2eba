"""XmR charts once more: worked out afresh from FORMULAS 2 with plain loops and exact fractions, then compared."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from fractions import Fraction
from random import Random

import pytest

from procroutine.insight.behaviour import Behaviour, Point, behaviour_of
from procroutine.weeks import Week

FIRST = Week(year=2016, number=1)
Limits = tuple[Fraction, Fraction]
"""Centre, and how far the limits are from it."""
Part = tuple[int, int, "Limits | None", int]
"""First point, one after the last, limits, how many points these were worked out from."""


def random_series(random: Random) -> tuple[list[int], list[int], set[int]]:
    """Give seconds, revisions, and the revisions marked as a real change: steady, shifting, with outliers and ties."""
    level, spread = random.choice((60, 600, 3600)), random.choice((1, 3, 20))
    seconds, revisions, revision = [], [], 1
    for _ in range(random.randint(0, 60)):
        if random.random() < 0.06:
            revision += random.choice((1, 1, 2))
            level = max(10, level + random.choice((0, 0, -1, 1, -3, 4)) * spread * 4)
        if random.random() < 0.04:
            level = max(10, level + random.choice((-2, 2)) * spread)
        value = level + random.randint(-spread, spread) * random.choice((1, 1, 1, 2))
        seconds.append(max(1, value * 10 if random.random() < 0.02 else value))
        revisions.append(revision if random.random() > 0.03 else max(1, revision - 1))
    return seconds, revisions, {number for number in range(2, revision + 1) if random.random() < 0.1}


def middle(values: list[Fraction], medians: bool) -> Fraction:
    if not medians:
        total = Fraction(0)
        for value in values:
            total += value
        return total / len(values)
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 == 1 else (ordered[half - 1] + ordered[half]) / 2


def natural_limits(values: list[int], medians: bool) -> Limits:
    ranges = []
    for place in range(1, len(values)):
        ranges.append(Fraction(abs(values[place] - values[place - 1])))
    factor = Fraction("3.145") if medians else Fraction("2.66")
    return middle([Fraction(value) for value in values], medians), factor * middle(ranges, medians)


def row_of_eight(values: list[int], limits: Limits) -> list[int]:
    centre, found = limits[0], []
    above = below = 0
    for place, value in enumerate(values):
        above = above + 1 if value > centre else 0
        below = below + 1 if value < centre else 0
        if above == 8 or below == 8:
            found.append(place)
    return found


def three_of_four(values: list[int], limits: Limits) -> list[int]:
    centre, reach = limits
    upper, lower = centre + reach, centre - reach
    nearer = []
    for value in values:
        if value > centre:
            nearer.append(1 if value >= upper or upper - value < value - centre else 0)
        else:
            nearer.append(-1 if value < centre and (value <= lower or value - lower < centre - value) else 0)
    found = []
    for side in (1, -1):
        before = False
        for place in range(len(values)):
            near = 0
            for back in range(max(0, place - 3), place + 1):
                near += nearer[back] == side
            if near >= 3 and not before:
                found.append(place)
            before = near >= 3
    return found


def parts_of(seconds: list[int], revisions: list[int], real: set[int], medians: bool) -> list[Part]:
    begins = []
    newest = None
    for place, revision in enumerate(revisions):
        if newest is None or revision > newest:
            begins.append(place)
            newest = revision
    cuts: list[int] = []
    in_force: Limits | None = None
    for number, place in enumerate(begins):
        if not cuts:
            cuts.append(place)
            continue
        until = begins[number + 1] if number + 1 < len(begins) else len(seconds)
        if place - cuts[-1] >= 5:
            in_force = natural_limits(seconds[cuts[-1] : place], medians)
        new = seconds[place:until]
        shows = in_force is not None and (row_of_eight(new, in_force) or three_of_four(new, in_force))
        if shows or revisions[place] in real:
            cuts.append(place)
    parts: list[Part] = []
    for number, place in enumerate(cuts):
        until = cuts[number + 1] if number + 1 < len(cuts) else len(seconds)
        if until - place >= 5:
            parts.append((place, until, natural_limits(seconds[place:until], medians), until - place))
        elif parts:
            parts[-1] = (parts[-1][0], until, *parts[-1][2:])
        else:
            parts.append((place, until, None, 0))
    return parts


def signals_of(seconds: list[int], parts: list[Part]) -> list[tuple[int, str]]:
    found = []
    for start, end, limits, _ in parts:
        if limits is None:
            continue
        values = seconds[start:end]
        for place, value in enumerate(values):
            if abs(value - limits[0]) > limits[1]:
                found.append((start + place, "outside"))
        found += [(start + place, "eight_on_one_side") for place in row_of_eight(values, limits)]
        found += [(start + place, "three_of_four_near_a_limit") for place in three_of_four(values, limits)]
    return sorted(found)


def ours(seconds: list[int], revisions: list[int], real: set[int], medians: bool) -> Behaviour:
    points = [
        Point(week=FIRST + place, value=timedelta(seconds=value), revision=revision)
        for place, (value, revision) in enumerate(zip(seconds, revisions, strict=True))
    ]
    return behaviour_of(points, real, by_medians=medians)


@pytest.mark.parametrize(("medians", "series"), [(False, 1000), (True, 200)], ids=["means", "medians"])
def test_limits_segments_and_signals_agree_on_a_thousand_random_series(medians: bool, series: int) -> None:
    random = Random(20261122)
    seen: Counter[str] = Counter()
    for _ in range(series):
        seconds, revisions, real = random_series(random)
        parts = parts_of(seconds, revisions, real, medians)
        found = ours(seconds, revisions, real, medians)
        assert [(part.start, part.end) for part in found.parts] == [part[:2] for part in parts]
        for part, (_, _, limits, count) in zip(found.parts, parts, strict=True):
            assert (part.limits is None) == (limits is None)
            if part.limits is not None and limits is not None:
                centre, reach = limits
                assert part.limits.centre.total_seconds() == pytest.approx(float(centre), abs=1e-5)
                assert part.limits.upper.total_seconds() == pytest.approx(float(centre + reach), abs=1e-5)
                assert part.limits.lower.total_seconds() == pytest.approx(float(centre - reach), abs=1e-5)
                assert part.limits.lower_shown.total_seconds() == pytest.approx(
                    max(0.0, float(centre - reach)), abs=1e-5
                )
                assert part.limits.soft == (count < 12)
        expected = signals_of(seconds, parts)
        assert sorted((signal.place, signal.rule) for signal in found.signals) == expected
        seen.update(rule for _, rule in expected)
        seen["parts"] += len(parts)
        seen["none"] += any(limits is None for _, _, limits, _ in parts)
    # Else the series would be too tame to show anything.
    rules = ("outside", "eight_on_one_side", "three_of_four_near_a_limit")
    assert min(seen[rule] for rule in rules) > series // 50, seen
    assert min(seen["parts"] - series, seen["none"]) > series // 50
