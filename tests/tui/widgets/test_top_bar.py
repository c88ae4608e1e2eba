from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from textual.app import App, ComposeResult

from procroutine.text import Shown
from procroutine.tui.widgets.run_bar import RunBar
from procroutine.tui.widgets.top_bar import TopBar
from tests.tui.week_samples import RUN_VIEW

NOW = datetime(2026, 11, 19, 14, 5, tzinfo=UTC)


class BarApp(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.chosen: list[str] = []

    def compose(self) -> ComposeResult:
        yield TopBar("history")

    def on_mount(self) -> None:
        self.query_one(TopBar).show_day(NOW)

    def on_top_bar_chosen(self, event: TopBar.Chosen) -> None:
        self.chosen.append(event.place)


@pytest.mark.parametrize(
    ("width", "wanted"),
    [
        (120, ["1 This week", "2 History", "3 Trends", "4 Review", "Thu 19 Nov · week 47"]),
        (80, ["4 Review", "W47"]),
        (60, ["1 This week", "3 Trends", "4 Review"]),
        (50, ["procroutine  History", "Thu 19 Nov"]),
        (40, ["procroutine  History", "W47"]),
    ],
)
async def test_the_places_and_the_day_as_they_fit(width: int, wanted: list[str]) -> None:
    app = BarApp()
    async with app.run_test(size=(width, 5)):
        drawn = str(app.query_one(TopBar).render())
        assert len(drawn) <= width - 4
        assert all(part in drawn for part in wanted)


async def test_a_click_on_another_place_asks_to_go_there() -> None:
    app = BarApp()
    async with app.run_test(size=(100, 5)) as pilot:
        drawn = str(app.query_one(TopBar).render())
        for word in ("Trends", "History", "This"):
            await pilot.click(TopBar, offset=(2 + drawn.index(word), 0))
        await pilot.click(TopBar, offset=(95, 0))
        assert app.chosen == ["trends", "week"]


async def test_made_up_history_is_marked() -> None:
    app = BarApp()
    async with app.run_test(size=(100, 5)):
        bar = app.query_one(TopBar)
        assert "demo" not in str(bar.render())
        bar.demo = True
        assert "demo" in str(bar.render())


@pytest.mark.parametrize("width", [120, 80, 60, 40])
async def test_a_run_is_named_with_its_state_and_only_the_name_is_cut(
    alone: Any, text_of: Callable[[Any], list[str]], width: int
) -> None:
    bar = RunBar()
    view = RUN_VIEW.replaced(
        name=Shown("Client metrics [b]update[/b] with a long name"),
        place="v4 · week 47",
        since="13:47",
        now="Thu 14:05",
        paused_since=None,
        waiting_for=None,
    )
    app = alone(bar)
    async with app.run_test(size=(width, 5)) as pilot:
        bar.show(view)
        await pilot.pause()
        assert "▶ since 13:47" in text_of(bar)[0]
        assert "Client metrics [b]" in text_of(bar)[0]
        bar.show(view.replaced(paused_since="14:05"))
        await pilot.pause()
        assert "◐ paused 14:05" in text_of(bar)[0]
        bar.show(view, demo=True)
        await pilot.pause()
        assert ("demo" in text_of(bar)[0]) is (width >= 72)
        assert bar.render_line(0).cell_length == width - 4
