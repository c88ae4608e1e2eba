"""The page of one step."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from procroutine.clock import ManualClock
from procroutine.history.home import Home
from procroutine.tui.screens.pick import PickScreen
from procroutine.tui.screens.run_page import RunPageScreen
from procroutine.tui.screens.step_page import StepHead, StepNotes, StepPageScreen
from procroutine.tui.screens.trends import TrendsScreen
from procroutine.tui.widgets.trend_chart import TrendChart
from tests.app_idle import until
from tests.tui.conftest import do_runs, open_on, text_of
from tests.tui.drawn import Pictures, drawn
from tests.tui.stand_in import Past

SIZES = ((120, 40), (80, 24), (60, 20), (40, 12))


@pytest.fixture
def past(tmp_path: Path) -> Past:
    return Past(str(tmp_path))


async def open_step(pilot: Pilot[None]) -> StepPageScreen:
    screen = StepPageScreen("client-metrics", "write")
    pilot.app.push_screen(screen)
    await until(lambda: pilot.app.screen is screen and screen.query_one(TrendChart).has_focus)
    return screen


async def test_a_step_looks_as_it_did(snapshot: SnapshotAssertion, past: Past) -> None:
    pictures = []
    async with past.app.run_test(size=SIZES[0]) as pilot:
        screen = await open_step(pilot)
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await pilot.pause()
            pictures.append(drawn(past.app))
        past.viewer.step_page = past.viewer.step_page.replaced(notes=(), changes=(), planned=None)
        screen.draw()
        await pilot.pause()
        pictures.append(drawn(past.app))
    assert "\n".join(pictures) == snapshot(extension_class=Pictures)


async def test_s_in_trends_asks_for_a_step_and_shows_as_many_weeks(past: Past) -> None:
    async with past.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("3", "w", "s")
        await pilot.pause()
        assert isinstance(pilot.app.screen, PickScreen)
        await pilot.press(*"slides", "enter")
        await pilot.pause()
        screen: object = pilot.app.screen
        assert isinstance(screen, StepPageScreen)
        assert past.viewer.asked[-1] == ("client-metrics", "slides", 52)
        await pilot.press("w", "s", *"paste", "enter")
        await pilot.pause()
        assert past.viewer.asked[-1] == ("client-metrics", "paste", 0)
        await pilot.press("escape")
        await pilot.pause()
        trends: object = pilot.app.screen
        assert isinstance(trends, TrendsScreen)


async def test_a_week_is_picked_and_its_run_opened(past: Past) -> None:
    async with past.app.run_test(size=(80, 24)) as pilot:
        screen = await open_step(pilot)
        head = screen.query_one(StepHead)
        assert "skipped in 1 of 25 runs" in str(head.render())
        await pilot.press("end", "left")
        await pilot.pause()
        assert "▲ Wed 4 Nov   10:15   +0:27 vs time before" in str(head.render())
        await pilot.press("enter")
        await pilot.pause()
        page: object = pilot.app.screen
        assert isinstance(page, RunPageScreen)
        assert page.run_id == "run-24"
        await pilot.press("escape", *["left"] * 5)
        await pilot.pause()
        assert "skipped" in str(head.render()).splitlines()[1]
        await pilot.press("enter")
        await pilot.pause()
        assert past.said[-1].startswith("It was skipped in week ")
        assert pilot.app.screen is screen


async def test_the_run_of_a_note_is_opened(past: Past) -> None:
    async with past.app.run_test(size=(120, 40)) as pilot:
        screen = await open_step(pilot)
        await pilot.press("tab", "j", "j", "enter")
        await pilot.pause()
        page: object = pilot.app.screen
        assert isinstance(page, RunPageScreen)
        assert page.run_id == "run-2"
        await pilot.press("escape")
        notes = screen.query_one(StepNotes)
        past.viewer.step_page = past.viewer.step_page.replaced(
            notes=(notes.notes[0].replaced(run_id="newer"), *notes.notes)
        )
        screen.draw()
        assert notes.notes[notes.index].run_id == "run-2"
        await pilot.press("tab")
        assert screen.query_one(TrendChart).has_focus
        past.viewer.step_page = past.viewer.step_page.replaced(notes=())
        screen.draw()
        await pilot.press("tab")
        assert not screen.query_one(StepNotes).has_focus


@pytest.mark.parametrize(
    ("size", "lines"),
    [
        ((80, 24), ["Docs or Shop: too few runs to tell, 1 and 1 runs; 3 of each are needed."]),
        ((60, 20), ["Docs or Shop: too few runs to tell, 1 and 1 runs; 3 of", "each are needed."]),
        ((40, 12), []),
    ],
)
async def test_how_its_systems_compare_is_read_whole_where_there_is_room(
    home: Home, clock: ManualClock, size: tuple[int, int], lines: list[str]
) -> None:
    file = Path(home.places.routines, "posts.toml")
    file.write_text(file.read_text().replace('id = "write"', 'id = "write"\nalternatives = ["docs", "shop"]'))
    do_runs(home, 2)
    app = open_on(home, clock)
    async with app.run_test(size=size):
        screen = StepPageScreen("posts", "write")
        app.push_screen(screen)
        await until(lambda: screen.has_class("-compared"), lambda: text_of(app))
        drawn_lines = [line.strip() for line in text_of(app).splitlines()]
        assert [line for line in drawn_lines if "too few" in line or line == "each are needed."] == lines
        assert drawn_lines[-1].endswith("? Help")
