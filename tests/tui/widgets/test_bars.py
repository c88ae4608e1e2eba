from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procroutine.insight.goal_words import goal_at_begin
from procroutine.insight.views.run import TotalLine
from procroutine.tui.widgets.meter import Meter
from procroutine.tui.widgets.total_bar import TotalBar
from procroutine.tui.widgets.week_bars import week_bars
from tests.tui.samples import clock, minutes
from tests.tui.week_samples import TOTAL

seconds = st.integers(0, 100_000).map(lambda count: timedelta(seconds=count))


def meter(time: str, usual: str | None = "7:30", best: str | None = "5:18") -> Meter:
    widget = Meter()
    widget.time = clock(time)
    widget.usual = clock(usual) if usual else None
    widget.best = clock(best) if best else None
    return widget


def looks(widget: Meter | TotalBar, width: int = 50) -> list[str]:
    canvas = widget.draw(width, 2)
    return [canvas.look(x, 0) for x in range(width)]


def test_a_meter_grows_towards_its_ticks() -> None:
    line, names = meter("4:21").draw(50, 2).text
    assert line.index("╸") < line.index("╹") < line.index("┃")
    assert abs(names.index("best") + 2 - line.index("╹")) <= 1
    assert abs(names.index("usual") + 2 - line.index("┃")) <= 1


def test_a_meter_past_usual_is_amber_then_red() -> None:
    assert "over" not in looks(meter("7:00"))
    assert "over" in looks(meter("8:00"))
    assert "late" in looks(meter("12:00"))
    assert "┻" in meter("6:00").draw(50, 2).text[0]


def test_a_meter_without_history_has_no_ticks() -> None:
    line = meter("4:21", None, None).draw(50, 1).text[0]
    assert set(line) == {"━", "╸", "─"}


@given(seconds, st.one_of(st.none(), seconds), st.one_of(st.none(), seconds), st.integers(1, 80), st.integers(1, 2))
def test_a_meter_takes_any_times(
    time: timedelta, usual: timedelta | None, best: timedelta | None, width: int, height: int
) -> None:
    widget = Meter()
    widget.time = time
    widget.usual = usual
    widget.best = best
    assert len(widget.draw(width, height).text[0]) == width


def total_bar(total: TotalLine) -> TotalBar:
    widget = TotalBar()
    widget.total = total
    return widget


def test_the_total_bar_has_one_segment_a_step_and_a_mark_at_the_goal() -> None:
    line, names = total_bar(TOTAL).draw(110, 2).text
    assert line.count("╸") == 9
    assert line.count("┃") == 1
    assert names.endswith("goal 1h00")
    assert "18:34 elapsed" in names


def test_what_is_expected_past_the_goal_is_red() -> None:
    assert "late" in looks(total_bar(TOTAL), 110)
    assert "late" not in looks(total_bar(TOTAL.replaced(goal=minutes(90))), 110)
    assert "goal" not in looks(total_bar(TOTAL.replaced(goal=None)), 110)


def test_names_under_the_total_bar_never_run_into_each_other() -> None:
    late = TOTAL.replaced(elapsed=minutes(60), done=(minutes(40),), current=minutes(20), left=())
    for width in range(26, 120):
        names = total_bar(late).draw(width, 2).text[1]
        assert "goal 1h00" in names
        assert "1:00:00 elapsed" in names
        assert "  " in names.strip()


@pytest.mark.parametrize(
    ("goal", "words", "briefly"),
    [
        (20, "20m left of the week's goal", "20m left"),
        (0, "nothing is left of the week's goal", "nothing is left"),
    ],
)
def test_what_is_left_of_a_goal_of_the_week_is_not_called_the_goal(goal: int, words: str, briefly: str) -> None:
    total = TOTAL.replaced(goal=minutes(goal), goal_words=goal_at_begin(minutes(goal), is_of_week=True))
    for width, told in ((100, words), (56, words), (36, briefly)):
        names = total_bar(total).draw(width, 2).text[1]
        assert told in names
        assert "18:34 elapsed" in names.replace(told, "")
        assert "goal 0m" not in names


@given(st.lists(seconds, max_size=8), seconds, seconds, st.lists(seconds, max_size=8), st.one_of(st.none(), seconds))
def test_the_total_bar_takes_any_times(
    done: list[timedelta], current: timedelta, expected: timedelta, left: list[timedelta], goal: timedelta | None
) -> None:
    elapsed = sum(done, current)
    projected = sum(left, sum(done, max(current, expected)))
    total = TotalLine(
        elapsed=elapsed,
        projected=projected,
        goal=goal,
        finish="14:47",
        slack=None,
        done=tuple(done),
        current=current,
        current_expected=expected,
        left=tuple(left),
    )
    canvas = total_bar(total).draw(60, 2)
    assert all(len(line) <= 60 for line in canvas.text)
    assert (goal is None) == ("┃" not in canvas.text[0])


async def test_bars_repaint_only_what_changed(alone: Any, text_of: Callable[[Any], list[str]]) -> None:
    app = alone(meter("4:21"))
    async with app.run_test(size=(100, 4)) as pilot:
        await pilot.pause()
        before = text_of(app.widget)[0]
        app.widget.show(clock("5:00"), app.widget.usual, app.widget.best)
        await pilot.pause()
        assert text_of(app.widget)[0].count("━") > before.count("━")


def test_week_bars_are_green_where_the_goal_was_met_and_a_dot_where_there_was_no_run() -> None:
    bars = week_bars((minutes(70), None, minutes(60), minutes(50)), minutes(60))
    assert bars.plain[1] == "·"
    assert bars.plain[0] > bars.plain[2] > bars.plain[3]
    assert [str(span.style) for span in bars.spans if span.start > 1] == ["$text-success", "$text-success"]


def test_week_bars_of_nothing_are_dots_and_equal_weeks_are_equally_high() -> None:
    assert week_bars((None,) * 8, None).plain == "·" * 8
    assert len(set(week_bars((minutes(5),) * 8, None).plain)) == 1
