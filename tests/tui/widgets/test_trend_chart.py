from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.strip import Strip

from procroutine.insight.views.common import ChartData
from procroutine.tui.themes import THEMES
from procroutine.tui.widgets.trend_chart import TrendChart
from tests.tui.samples import BANDED_CHART, CHART, chart

NAMES = [theme.name for theme in THEMES]


class ChartApp(App[None]):
    def __init__(self, data: ChartData, theme: str = NAMES[0]) -> None:
        super().__init__()
        self.picked: list[int | None] = []
        self.opened: list[str] = []
        self.data = data
        for known in THEMES:
            self.register_theme(known)
        self.theme = theme

    def compose(self) -> ComposeResult:
        widget = TrendChart()
        widget.data = self.data
        yield widget

    @property
    def widget(self) -> TrendChart:
        return self.query_one(TrendChart)

    def on_trend_chart_picked(self, event: TrendChart.Picked) -> None:
        self.picked.append(event.index)

    def on_trend_chart_opened(self, event: TrendChart.Opened) -> None:
        self.opened.append(event.point.run_ids[-1] if event.point.run_ids else "")


async def test_the_keys_pick_and_say_so() -> None:
    app = ChartApp(CHART)
    async with app.run_test() as pilot:
        await pilot.press("left", "h", "right", "l", "l", "home", "end")
        assert app.picked == [25, 24, 25, 0, 25]


async def test_enter_opens_the_pick_and_without_one_the_last_run() -> None:
    app = ChartApp(CHART)
    async with app.run_test() as pilot:
        await pilot.press("enter", "home", "enter")
        assert app.opened == ["run-25", "run-0"]


async def test_the_mouse_picks_the_nearest_week_and_a_double_click_opens_it() -> None:
    app = ChartApp(CHART)
    async with app.run_test(size=(100, 16)) as pilot:
        await pilot.hover(TrendChart, offset=(97, 5))
        assert app.picked[-1] == 25
        await pilot.double_click(TrendChart, offset=(7, 5))
        assert app.opened == ["run-0"]


async def test_with_new_data_the_pick_stays_with_its_week_where_that_is_still_there() -> None:
    app = ChartApp(CHART)
    async with app.run_test() as pilot:
        await pilot.press("home", "right")
        app.widget.data = CHART.replaced(goal=None)
        await pilot.pause()
        app.widget.data = CHART.replaced(points=CHART.points[1:])
        await pilot.pause()
        assert app.picked == [0, 1, 1, 0]
        app.widget.data = chart((50, 60))
        await pilot.pause()
        assert app.picked == [0, 1, 1, 0, None]
        await pilot.press("left")
        assert app.picked[-1] == 1


async def test_keys_on_an_empty_chart_do_nothing() -> None:
    app = ChartApp(ChartData())
    async with app.run_test() as pilot:
        await pilot.press("left", "right", "home", "end", "enter")
        assert app.picked == []
        assert app.opened == []


async def test_a_pick_repaints_only_the_two_columns(text_of: Callable[[Any], list[str]]) -> None:
    app = ChartApp(CHART)
    async with app.run_test(size=(100, 16)) as pilot:
        await pilot.press("home")
        regions: list[Any] = []
        refresh = app.widget.refresh

        def noted(*given: Any, **options: Any) -> Any:
            regions.extend(given)
            return refresh(*given, **options)

        app.widget.refresh = noted  # type: ignore[method-assign]  # to see what is repainted
        await pilot.press("right")
        assert regions
        assert max(region.width for region in regions) <= 6
        assert text_of(app.widget)[-2].count("▲") == 1


@pytest.mark.parametrize("theme", NAMES)
@pytest.mark.parametrize("plain", [False, True])
async def test_every_segment_has_a_style_in_every_theme(theme: str, plain: bool, monkeypatch: Any) -> None:
    if plain:
        monkeypatch.setitem(os.environ, "NO_COLOR", "1")
    app = ChartApp(BANDED_CHART, theme)
    async with app.run_test(size=(100, 16)) as pilot:
        await pilot.press("left")
        strips: list[Strip] = [app.widget.render_line(y) for y in range(16)]
        segments: list[Segment] = [segment for strip in strips for segment in strip]
        assert all(segment.style is not None for segment in segments)
        assert {strip.cell_length for strip in strips} == {100}


async def test_another_theme_recolours_what_was_drawn() -> None:
    app = ChartApp(CHART)
    async with app.run_test(size=(100, 16)) as pilot:
        dark = app.widget.render_line(8)
        app.theme = "procroutine-light"
        await pilot.pause()
        light = app.widget.render_line(8)
        assert dark.text == light.text
        assert dark != light
