from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procroutine.insight.views.common import Band, ChartData
from procroutine.tui.widgets.chart_scale import make_columns, make_scale, month_labels
from tests.tui.samples import chart, minutes

lengths = st.floats(min_value=0.1, max_value=6000, allow_nan=False)
values = st.lists(st.one_of(st.none(), lengths), min_size=1, max_size=60).filter(any)


@given(values, st.one_of(st.none(), lengths), st.integers(min_value=2, max_value=60))
def test_every_value_has_a_row_and_a_longer_one_is_never_below_a_shorter(
    weeks: list[float | None], goal: float | None, rows: int
) -> None:
    scale = make_scale(chart(weeks, goal), 1, rows)
    run = sorted(week for week in weeks if week is not None)
    placed = [scale.row(minutes(week)) for week in run]
    assert placed == sorted(placed, reverse=True)
    assert all(1 <= row <= rows for row in placed)
    assert all(scale.holds(minutes(week)) for week in run)


@given(values, st.one_of(st.none(), lengths), st.integers(min_value=2, max_value=60))
def test_a_number_on_the_axis_is_that_of_the_middle_of_its_row(
    weeks: list[float | None], goal: float | None, rows: int
) -> None:
    scale = make_scale(chart(weeks, goal), 0, rows)
    nearly_half = scale.step / scale.rows_a_step * 0.49
    values = [scale.step * count for count in range(-(-scale.low // scale.step), scale.high // scale.step + 1)]
    assert scale.ticks == {scale.row(value): scale.written(value) for value in values}
    assert all(scale.row(value - nearly_half) == scale.row(value) == scale.row(value + nearly_half) for value in values)


@pytest.mark.parametrize("goal", [35, 45, 50, 60])
def test_a_usual_goal_stands_in_the_middle_of_its_row_too(goal: int) -> None:
    scale = make_scale(chart((goal * 0.9, goal, goal * 1.3), goal), 0, 10)
    assert not minutes(goal) * scale.rows_a_step % scale.step


@given(values, st.integers(min_value=2, max_value=60))
def test_the_axis_has_few_numbers_all_different(weeks: list[float | None], rows: int) -> None:
    ticks = make_scale(chart(weeks, None), 0, rows).ticks
    assert len(ticks) <= max(3, rows * 2 // 5 + 1)
    assert len(set(ticks.values())) == len(ticks)


def test_a_near_goal_is_on_the_scale_and_a_far_one_is_not() -> None:
    assert make_scale(chart((50, 55), 60), 0, 10).holds(minutes(60))
    assert not make_scale(chart((10, 12), 200), 0, 10).holds(minutes(200))


def test_equal_values_are_not_stretched_over_the_whole_height() -> None:
    scale = make_scale(chart((58, 58.5), None), 0, 20)
    assert scale.row(minutes(58)) - scale.row(minutes(58.5)) <= 3


def test_short_routines_have_seconds_on_the_axis() -> None:
    scale = make_scale(chart((1.5, 1.25, 1), None), 0, 12)
    assert "1:15" in scale.ticks.values()


def test_usual_ranges_join_in_without_squeezing_the_values() -> None:
    wide = Band(start=0, end=2, centre=minutes(50), low=minutes(1), high=minutes(500))
    scale = make_scale(chart((50, 60), None, bands=(wide,)), 0, 20)
    assert scale.row(minutes(50)) - scale.row(minutes(60)) >= 6


def test_columns_keep_the_weeks_between_points_that_were_not_due() -> None:
    points = chart((60, 61, 62, 63, 64)).points
    spread = make_columns((points[0], points[1], points[4]), 0, 40)
    assert spread.of_points == (0, 10, 40)


def test_one_point_stands_in_the_middle() -> None:
    assert make_columns(chart((60,)).points, 10, 30).of_points == (20,)


@given(st.integers(min_value=2, max_value=520), st.integers(min_value=1, max_value=200))
def test_columns_stay_inside_and_in_order(count: int, width: int) -> None:
    columns = make_columns(chart([60.0] * count).points, 7, 7 + width)
    assert list(columns.of_points) == sorted(columns.of_points)
    assert (columns.of_points[0], columns.of_points[-1]) == (7, 7 + width)
    assert sum(len(indexes) for indexes in columns.buckets().values()) == count


def test_the_nearest_of_points_that_share_a_column_is_the_latest() -> None:
    columns = make_columns(chart([60.0] * 9).points, 10, 12)
    assert columns.nearest(12) == 8
    assert columns.nearest(3) is None


@pytest.mark.parametrize("count", [5, 26, 104, 520])
def test_labels_of_the_time_axis_never_touch(count: int) -> None:
    points = chart([60.0] * count).points
    columns = make_columns(points, 8, 108)
    labels = month_labels(points, columns, 112)
    assert labels
    for (x, label), (following, _) in itertools.pairwise(labels):
        assert x + len(label) < following
    assert labels[-1][0] + len(labels[-1][1]) <= 112


def test_ten_years_are_labelled_by_years() -> None:
    points = chart([60.0] * 520).points
    labels = month_labels(points, make_columns(points, 8, 108), 112)
    assert [label for _, label in labels][-2:] == ["2025", "2026"]


def test_the_scale_needs_no_more_than_one_value() -> None:
    scale = make_scale(ChartData(points=chart((60,), None).points), 0, 5)
    assert scale.low >= timedelta()
    assert scale.row(minutes(60)) in range(5)
