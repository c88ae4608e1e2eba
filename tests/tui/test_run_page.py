from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from procroutine.text import shown
from procroutine.tui.screens.figures import Figures
from procroutine.tui.screens.history import HistoryScreen
from procroutine.tui.screens.run_page import RunPageScreen
from procroutine.tui.screens.run_page_parts import RunTitle, StepTimes, page_figures
from procroutine.tui.screens.run_table import RunTable
from tests.tui.samples import RUN_PAGE
from tests.tui.stand_in import Past


@pytest.fixture
def past(tmp_path: Path) -> Past:
    return Past(str(tmp_path))


async def open_page(pilot: Pilot[None]) -> RunPageScreen:
    await pilot.press("2")
    await pilot.pause()
    await pilot.press("enter")
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, RunPageScreen)
    return screen


def lines(screen: RunPageScreen) -> list[str]:
    table = screen.query_one(StepTimes)
    return [table.render_line(y).text.rstrip() for y in range(table.size.height)]


async def test_steps_stand_against_their_usual_times_with_pauses_and_notes(past: Past) -> None:
    async with past.app.run_test(size=(120, 40)) as pilot:
        screen = await open_page(pilot)
        labels, _, second, third, *rest = lines(screen)
        assert labels.split() == ["Step", "usual", "time", "±usual", "paused", "note"]
        assert " ".join(second.split()) == "✓ Export Meta Ads 8:00 9:31 +1:31 Export slow, 2 retries"
        assert third.split() == ["✓", "Pull", "Search", "Console", "queries", "7:30", "7:10", "−0:20", "4:10"]
        assert any(line.split() == ["–", "Update", "the", "slides", "5:00", "–", "skipped"] for line in rest)
        assert str(screen.query_one("#page-note").render()) == "note  Client asked for one more chart"
        assert str(screen.query_one(RunTitle).render()).startswith("Client metrics update   v4 · week 46 · Wed 11 Nov")


def test_the_figures_name_only_what_there_was() -> None:
    assert [figure.label for figure in page_figures(RUN_PAGE)] == ["total", "goal", "against usual", "paused", "output"]
    asleep = RUN_PAGE.replaced(paused=timedelta(), asleep=timedelta(hours=3), corrected=timedelta(minutes=-2))
    assert [(figure.label, figure.value) for figure in page_figures(asleep)][3:5] == [
        ("asleep", "3:00:00"),
        ("corrected", "−2:00"),
    ]


@pytest.mark.parametrize("width", [112, 74, 54, 36])
async def test_numbers_of_the_figures_are_never_cut(past: Past, width: int) -> None:
    async with past.app.run_test(size=(width + 6, 24)) as pilot:
        screen = await open_page(pilot)
        drawn = str(screen.query_one(Figures).render())
        assert drawn.startswith("total 58m")
        assert "1h00" in drawn
        assert "…" not in drawn


async def test_u_in_the_history_brings_back_what_was_deleted_on_its_page(past: Past) -> None:
    async with past.app.run_test(size=(120, 40)) as pilot:
        await open_page(pilot)
        await pilot.press("d", "escape")
        await pilot.pause()
        history = pilot.app.screen
        assert isinstance(history, HistoryScreen)
        assert history.query_one(RunTable).count == 60
        await pilot.press("u")
        await pilot.pause()
        assert history.query_one(RunTable).count == 61


async def test_a_run_that_is_gone_is_told_and_nothing_breaks(past: Past) -> None:
    async with past.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()  # the app takes keys once its first screen was drawn
        pilot.app.push_screen(RunPageScreen("nobody"))
        await pilot.pause()
        assert past.said[0].startswith("there is no run nobody")
        await pilot.press("d", "e", "enter", "j", "escape")
        await pilot.pause()
        assert not isinstance(pilot.app.screen, RunPageScreen)


async def test_titles_and_notes_are_text_and_nothing_else(past: Past) -> None:
    text = shown("[@click=app.quit]x[/] [/b]")
    steps = (RUN_PAGE.steps[1].replaced(title=text, note=text),)
    past.viewer.run_page = RUN_PAGE.replaced(name=text, note=text, steps=steps)
    async with past.app.run_test(size=(150, 40)) as pilot:
        screen = await open_page(pilot)
        assert lines(screen)[1].count(text) == 2
        assert text in str(screen.query_one("#page-note").render())
        await pilot.press("e")
        await pilot.pause()
        assert pilot.app.is_running
