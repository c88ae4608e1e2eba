"""XmR charts, with the test values of FORMULAS 2."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procroutine.insight.behaviour import Point, behaviour_of, limits_of, signals, stretches
from procroutine.weeks import Week

FIRST = Week(year=2025, number=40)
STEADY = (92, 88, 95, 84, 90, 86, 79, 83)
CALM = (60, 61, 59, 60, 61, 59, 60, 61, 59, 60)
"""Centre 60, limits about 56 and 64."""


def points(values: Sequence[float], revision: int | None = 1, start: int = 0) -> list[Point]:
    return [
        Point(week=FIRST + start + place, value=timedelta(minutes=value), revision=revision)
        for place, value in enumerate(values)
    ]


def in_minutes(length: timedelta) -> float:
    return length / timedelta(minutes=1)


def found(values: Sequence[Point]) -> list[tuple[int, str]]:
    return [(signal.place, signal.rule) for signal in signals(values, stretches(values))]


def test_the_limits_are_the_published_ones() -> None:
    limits = limits_of([timedelta(minutes=value) for value in STEADY])
    assert in_minutes(limits.moving_range) == pytest.approx(6.1429, abs=0.0001)
    assert in_minutes(limits.centre) == 87.125
    assert in_minutes(limits.upper) == pytest.approx(103.465, abs=0.001)
    assert in_minutes(limits.lower) == pytest.approx(70.785, abs=0.001)


def test_the_limit_of_a_moving_range_is_the_published_one() -> None:
    assert in_minutes(limits_of([timedelta(minutes=value) for value in STEADY]).range_limit) == pytest.approx(
        20.075, abs=0.001
    )
    wide = limits_of([timedelta(minutes=value) for value in (10, 50, 40, 30)])
    assert in_minutes(wide.range_limit) == pytest.approx(65.36, abs=0.001)


def test_by_medians_the_limits_are_the_published_ones() -> None:
    limits = limits_of([timedelta(minutes=value) for value in STEADY], by_medians=True)
    assert in_minutes(limits.centre) == 87
    assert in_minutes(limits.upper) == pytest.approx(105.87)
    assert in_minutes(limits.lower) == pytest.approx(68.13)
    (part,) = stretches(points(STEADY), by_medians=True)
    assert part.limits == limits


def test_a_lower_limit_below_zero_is_shown_as_zero() -> None:
    limits = limits_of([timedelta(minutes=value) for value in (10, 50, 40, 30)])
    assert in_minutes(limits.upper) == pytest.approx(85.7, abs=0.05)
    assert in_minutes(limits.lower) == pytest.approx(-20.7, abs=0.05)
    assert limits.lower_shown == timedelta()


@pytest.mark.parametrize(("count", "has_limits", "soft"), [(4, False, True), (5, True, True), (12, True, False)])
def test_limits_need_five_points_and_are_soft_below_twelve(count: int, has_limits: bool, soft: bool) -> None:
    (part,) = stretches(points((60, 61) * 6)[:count])
    assert (part.limits is not None) is has_limits
    assert (part.limits is None or part.limits.soft) is soft


def test_no_points_have_no_limits_and_no_signals() -> None:
    assert stretches([]) == ()
    assert signals([], ()) == ()


def test_each_point_outside_a_limit_is_a_signal() -> None:
    assert [one for one in found(points((*CALM, 90, *CALM))) if one[1] == "outside"] == [(10, "outside")]


def test_eight_in_a_row_on_one_side_are_one_signal_where_the_eighth_stands() -> None:
    # A centre of 60 between long rows of 59 and 61: never near a limit, since one jump in between is wide.
    values = (59, 63, 57, 61, 59, 63, 57) + (59,) * 10 + (61,) * 10
    rules = found(points(values))
    eights = [place for place, rule in rules if rule == "eight_on_one_side"]
    limits = limits_of([point.value for point in points(values)])
    sides = [limits.side(point.value) for point in points(values)]
    assert sides[6:17] == [-1] * 11
    assert eights == [13, 24]


def test_a_point_on_the_centre_breaks_a_row() -> None:
    values = points((58, 62, 58, 62, 58, 62, 58, 62, 61, 61, 61, 61, 60, 61, 61, 61, 59, 59, 59, 59, 59, 59, 59))
    limits = limits_of([point.value for point in values])
    assert limits.centre == timedelta(minutes=60)
    assert not [place for place, rule in found(values) if rule == "eight_on_one_side"]


def test_three_of_four_near_one_limit_are_one_signal_where_the_third_stands() -> None:
    values = (60, 61, 59, 60, 61, 59, 60, 63, 60, 63, 63, 63, 59, 60, 61, 59, 60, 61, 59, 57.5, 57.5, 60, 57.5, 60, 60)
    rules = found(points(values))
    assert [one for one in rules if one[1] == "three_of_four_near_a_limit"] == [
        (10, "three_of_four_near_a_limit"),
        (22, "three_of_four_near_a_limit"),
    ]


def test_a_revision_that_shifts_the_times_starts_new_limits() -> None:
    values = points(CALM) + points((50, 51, 49, 50, 51), revision=2, start=10)
    before, after = stretches(values)
    assert (before.start, before.end, after.start, after.end, after.revision) == (0, 10, 10, 15, 2)
    assert after.limits is not None
    assert in_minutes(after.limits.centre) == 50.2
    assert found(values) == []


def test_a_revision_with_one_good_week_starts_none() -> None:
    values = points(CALM) + points((50,), revision=2, start=10)
    (part,) = stretches(values)
    assert (part.end, part.revision) == (11, 1)
    assert found(values)[0] == (10, "outside")


def test_a_revision_that_changes_nothing_goes_on_with_the_limits() -> None:
    values = points(CALM) + points(CALM, revision=2, start=10)
    (part,) = stretches(values)
    assert part.limits is not None
    assert part.limits.count == 20


def test_a_change_the_person_marked_as_real_starts_new_limits_once_it_has_five_points() -> None:
    values = points(CALM) + points(CALM, revision=2, start=10)
    assert [part.start for part in stretches(values, real_changes={2})] == [0, 10]
    (part,) = stretches(values[:14], real_changes={2})
    assert part.limits is not None
    assert (part.end, part.limits.count) == (14, 10)


def test_points_without_a_revision_belong_to_the_one_before() -> None:
    values = points(CALM) + points((50, 51, 49, 50, 51), revision=None, start=10)
    assert len(stretches(values)) == 1


def standing(values: Sequence[float]) -> tuple[int, str] | None:
    signal = behaviour_of(points(values)).standing
    return None if signal is None else (signal.place, signal.rule)


def test_a_signal_stands_as_long_as_its_pattern_holds_at_the_newest_point() -> None:
    base = (59, 63, 57, 61, 59, 63, 57, 63, 61, 63, 61)
    assert standing((*base, *(59,) * 9)) == (18, "eight_on_one_side")
    assert standing((*base, *(59,) * 9, 61)) is None
    assert standing((*CALM, *CALM, 90)) == (20, "outside")
    assert standing((*CALM, *CALM, 90, 60)) is None
    assert standing((*CALM, *CALM, 63, 63, 60, 63)) == (23, "three_of_four_near_a_limit")
    assert standing((*CALM, *CALM, 63, 63, 60, 63, 60)) is None


def test_a_signal_under_limits_of_before_stands_no_longer() -> None:
    values = points((*CALM, 90), revision=1) + points((50, 51, 49, 50, 51), revision=2, start=11)
    behaviour = behaviour_of(values)
    assert behaviour.signals[-1].rule == "outside"
    assert behaviour.standing is None
    assert behaviour.in_force is not None
    assert in_minutes(behaviour.in_force.centre) == 50.2


@given(st.lists(st.integers(1, 300), max_size=60), st.lists(st.integers(1, 60), max_size=3))
@settings(deadline=None)
def test_the_parts_cover_every_point_once(values: list[int], changes: list[int]) -> None:
    made = [
        Point(week=point.week, value=point.value, revision=1 + sum(place >= change for change in changes))
        for place, point in enumerate(points(values))
    ]
    parts = stretches(made)
    assert [place for part in parts for place in range(part.start, part.end)] == list(range(len(made)))
    assert all(0 <= signal.place < len(made) for signal in signals(made, parts))


@given(st.lists(st.integers(1, 300), min_size=2, max_size=60), st.integers(1, 1000))
@settings(deadline=None)
def test_limits_move_with_the_values(values: list[int], shift: int) -> None:
    low = limits_of([timedelta(minutes=value) for value in values])
    high = limits_of([timedelta(minutes=value + shift) for value in values])
    assert high.moving_range == low.moving_range
    assert abs(high.centre - low.centre - timedelta(minutes=shift)) < timedelta(milliseconds=1)
