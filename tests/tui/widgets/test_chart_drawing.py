from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procroutine.insight.views.common import ChartData, ChartPoint, Mark
from procroutine.insight.views.trends import TrendPoint
from procroutine.tui.widgets.canvas import Canvas
from procroutine.tui.widgets.chart_drawing import draw_chart
from tests.tui.samples import BANDED_CHART, CHART, METRICS, REVISIONS, chart, minutes

SIZES = [(120, 40), (114, 15), (76, 12), (56, 12), (38, 6), (16, 4), (5, 2), (1, 1), (0, 0)]


def drawn(data: ChartData, width: int = 100, height: int = 14) -> list[str]:
    return list(draw_chart(data, width, height)[0].text)


def looks_of(canvas: Canvas, sign: str) -> set[str]:
    lines = [line.ljust(canvas.width) for line in canvas.text]
    return {canvas.look(x, y) for y, line in enumerate(lines) for x, found in enumerate(line) if found == sign}


def signs(lines: Sequence[str], wanted: str) -> int:
    return sum(line.count(sign) for line in lines for sign in wanted)


def test_each_week_has_its_sign_and_a_missed_one_stands_at_the_bottom() -> None:
    lines = drawn(CHART)
    assert signs(lines, "●") == 2
    assert signs(lines, "○") == 23
    assert "×" in lines[-3]


def test_a_missed_week_breaks_the_line_and_a_declared_one_does_not() -> None:
    broken = drawn(chart((60, None, 60), None))
    declared = chart((60, None, 60), None)
    off = declared.points[1].replaced(off=True)
    bridged = drawn(declared.replaced(points=(declared.points[0], off, declared.points[2])))

    def line_length(lines: list[str]) -> int:
        return sum(0x2800 < ord(sign) <= 0x28FF for line in lines for sign in line)

    assert line_length(broken) == 0
    assert line_length(bridged) > 50
    assert signs(broken, "×") == 1
    assert signs(bridged, "×") == 0
    assert "·" in bridged[-3]


def test_the_goal_has_its_line_and_its_value_on_the_axis() -> None:
    canvas, _ = draw_chart(CHART, 100, 14)
    goal = next(line for line in canvas.text if line.startswith("1h00 ┤╌"))
    assert goal.count("╌") > 50
    assert looks_of(canvas, "╌") == {"goal"}


def test_a_goal_far_away_is_named_with_the_direction_it_lies_in() -> None:
    assert drawn(chart((10, 12, 11), 200))[0].startswith("3h20 ↑")
    assert drawn(chart((100, 120, 110), 5))[-3].startswith("  5m ↓")
    assert signs(drawn(chart((10, 12, 11), 200)), "╌") == 0


def test_revisions_stand_between_two_weeks_with_their_names() -> None:
    canvas, layout = draw_chart(CHART, 114, 15)
    assert layout is not None
    for index, name in REVISIONS:
        x = layout.columns.before(index)
        assert layout.columns.of_points[index - 1] < x < layout.columns.of_points[index]
        assert canvas.text[0][x - 1 : x + 1] == name
    assert looks_of(canvas, "┊") == {"revision"}


def test_names_of_revisions_never_overlap() -> None:
    crowded = chart(METRICS, revisions=tuple((index, f"v{index}") for index in range(2, 26)))
    names = drawn(crowded, 60, 12)[0].split()
    assert names
    assert all(name.strip("v│").isdigit() for name in names[1:])


def test_the_last_value_stands_at_the_right() -> None:
    assert any(line.endswith("● 58m") for line in drawn(CHART))
    assert not any(line.endswith("58m") for line in draw_chart(CHART, 100, 14, compact=True)[0].text)


def test_months_stand_below_the_axis() -> None:
    assert drawn(CHART)[-1].split() == ["May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov"]


def test_the_present_week_is_marked_as_not_over() -> None:
    points = chart(METRICS, last_day=date(2026, 11, 25)).points
    data = CHART.replaced(points=(*points[:-1], points[-1].replaced(unfinished=True)))
    lines = drawn(data)
    assert "╌" in lines[-2]
    assert "now" in lines[-1]
    assert "╌" not in drawn(CHART)[-2]


def test_usual_ranges_are_tinted_or_edged() -> None:
    canvas, layout = draw_chart(BANDED_CHART, 114, 15)
    assert layout is not None
    assert canvas.ground(layout.columns.of_points[3], 5) == "band"
    assert looks_of(canvas, "◆") == {"outside"}
    assert looks_of(canvas, "┈") == {"centre"}
    edged, _ = draw_chart(BANDED_CHART, 114, 15, edged=True)
    assert signs(edged.text, "·") > 50


def test_the_pick_tints_its_column_and_points_to_it() -> None:
    canvas, layout = draw_chart(CHART, 100, 14, picked=13)
    assert layout is not None
    x = layout.columns.of_points[13]
    assert {canvas.ground(x, y) for y in range(1, 12)} == {"pick"}
    assert canvas.text[-2][x] == "▲"


def test_without_runs_it_says_so() -> None:
    assert "".join(drawn(chart(()))).strip() == "No runs yet"
    assert "".join(drawn(chart((None, None), None))).strip() == "No run in these weeks"


def test_weeks_that_were_all_missed_stand_on_the_axis_under_the_goal() -> None:
    lines = drawn(chart((None, None, None)))
    assert any("No run in these weeks" in line for line in lines)
    assert signs(lines, "×") == 3
    assert any(line.startswith("1h00 ┤╌") for line in lines)


def test_one_point_and_equal_values_are_drawn() -> None:
    assert signs(drawn(chart((58,))), "●") == 1
    assert signs(drawn(chart([58.0] * 9)), "●") == 9


def test_58_and_62_minutes_are_seen_to_differ() -> None:
    lines = drawn(chart((58, 62)), 60, 9)
    rows = [y for y, line in enumerate(lines) if "●" in line or "○" in line]
    assert rows[1] - rows[0] >= 3


def test_five_hundred_weeks_are_drawn_as_medians_of_their_columns() -> None:
    data = chart([60.0, 60.0, 300.0, 60.0, 60.0] * 100, None)
    lines = drawn(data, 112, 20)
    marked = [y for y, line in enumerate(lines) if "◦" in line]
    assert len(marked) == 1
    assert signs(lines, "◦") == len(draw_chart(data, 112, 20)[1].spots)  # type: ignore[union-attr]  # it has a layout


def test_an_outside_point_among_many_shows_where_it_lies_and_the_median_too() -> None:
    points = list(chart([60.0] * 250 + [120.0] + [60.0] * 249).points)
    points[250] = points[250].replaced(mark=Mark.OUTSIDE)
    lines = drawn(ChartData(points=tuple(points)))
    (above,) = (y for y, line in enumerate(lines) if "◆" in line)
    (middle,) = (y for y, line in enumerate(lines) if "◦" in line)
    assert above + 3 < middle
    assert signs(lines, "◦") == len(draw_chart(ChartData(points=tuple(points)), 100, 14)[1].spots)  # type: ignore[union-attr]  # it has a layout


def test_the_last_value_is_that_of_the_last_week_also_where_columns_are_medians() -> None:
    assert any(line.endswith(" 50m") for line in drawn(chart([60.0] * 499 + [50.0], None)))


def test_the_middle_of_a_usual_range_is_not_drawn_where_the_scale_does_not_reach() -> None:
    long_ago = BANDED_CHART.bands[0].replaced(start=0, end=2, low=minutes(300), centre=minutes(400), high=minutes(500))
    canvas, layout = draw_chart(chart((30, 31)).replaced(bands=(long_ago,)), 114, 15, edged=True)
    assert layout is not None
    assert "┈" not in "".join(canvas.text)
    assert "·" not in "".join(canvas.text)
    assert {canvas.ground(x, y) for x in range(114) for y in range(15)} == {""}


def test_soft_limits_have_gaps_in_their_middle_line_and_edges() -> None:
    soft = BANDED_CHART.replaced(bands=(BANDED_CHART.bands[0].replaced(soft=True, end=26),))
    canvas, layout = draw_chart(soft, 114, 15)
    assert layout is not None
    assert canvas.ground(layout.columns.of_points[3], 5) == "band-soft"
    firm, _ = draw_chart(soft.replaced(bands=(soft.bands[0].replaced(soft=False),)), 114, 15)
    assert 0 < signs(canvas.text, "┈") < signs(firm.text, "┈") / 2
    edges = [signs(draw_chart(data, 114, 15, edged=True)[0].text, "·") for data in (soft, BANDED_CHART)]
    assert 0 < edges[0] < edges[1] / 2


def test_a_corrected_week_has_a_stem_below_its_sign() -> None:
    point = TrendPoint(
        **{field: getattr(CHART.points[0], field) for field in ChartPoint._fields}, ordinal=1, corrected=True
    )
    canvas, layout = draw_chart(ChartData(points=(point,)), 60, 12)
    assert layout is not None
    (y,) = (y for y, line in enumerate(canvas.text) if "○" in line)
    assert canvas.text[y + 1][canvas.text[y].index("○")] == "╹"
    assert signs(drawn(CHART), "╹") == 0


def test_points_stand_by_their_days() -> None:
    fields = {field: getattr(CHART.points[0], field) for field in ChartPoint._fields}
    days = tuple(TrendPoint(**fields, ordinal=day, corrected=False) for day in (1, 2, 5))
    _, layout = draw_chart(ChartData(points=days), 60, 12)
    assert layout is not None
    first, second, last = layout.columns.of_points
    assert abs((last - second) - 3 * (second - first)) <= 2


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("count", [0, 1, 2, 26, 500])
def test_any_size_and_number_of_points_fits(width: int, height: int, count: int) -> None:
    data = chart([50.0 + index % 9 for index in range(count)], revisions=((1, "v2"),))
    canvas, _ = draw_chart(data, width, height, picked=0 if count else None)
    assert len(canvas.text) == height
    assert all(len(line) <= width for line in canvas.text)


@given(
    st.lists(st.one_of(st.none(), st.floats(0, 10_000)), max_size=40),
    st.one_of(st.none(), st.floats(0.1, 10_000)),
    st.integers(0, 60),
    st.integers(0, 20),
    st.booleans(),
)
def test_no_values_break_the_drawing(
    weeks: list[float | None], goal: float | None, width: int, height: int, compact: bool
) -> None:
    canvas, _ = draw_chart(chart(weeks, goal, revisions=((3, "v2"), (3, "v3"))), width, height, compact=compact)
    assert all(len(line) <= width for line in canvas.text)


def test_a_draw_takes_no_more_than_twelve_milliseconds() -> None:
    draws = []
    for _ in range(5):
        start = process_time()
        canvas, _layout = draw_chart(BANDED_CHART, 120, 40)
        for y in range(40):
            list(canvas.runs(y))
        draws.append(process_time() - start)
    assert min(draws) < 0.012
