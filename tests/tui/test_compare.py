"""Two runs beside one another."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from procroutine.tui.screens.compare import ComparedSteps, CompareScreen
from procroutine.tui.screens.pick import PickScreen
from procroutine.tui.screens.run_page import RunPageScreen
from tests.tui.drawn import Pictures, drawn
from tests.tui.past_samples import COMPARE_VIEW
from tests.tui.stand_in import Past

SIZES = ((120, 40), (80, 24), (60, 20), (40, 12))


async def open_compare(pilot: Pilot[None]) -> CompareScreen:
    screen = CompareScreen("run-3", "run-10")
    pilot.app.push_screen(screen)
    await pilot.pause()
    return screen


async def test_two_runs_look_as_they_did(snapshot: SnapshotAssertion, tmp_path: Path) -> None:
    past = Past(str(tmp_path))
    pictures = []
    async with past.app.run_test(size=SIZES[0]) as pilot:
        await open_compare(pilot)
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await pilot.pause()
            pictures.append(drawn(past.app))
    assert "\n".join(pictures) == snapshot(extension_class=Pictures)


@pytest.mark.parametrize(("key", "run"), [("e", "run-10"), ("l", "run-3"), ("enter", "run-3")])
async def test_either_run_is_opened_from_here(tmp_path: Path, key: str, run: str) -> None:
    past = Past(str(tmp_path))
    async with past.app.run_test(size=(80, 24)) as pilot:
        screen = await open_compare(pilot)
        await pilot.press("j", key)
        await pilot.pause()
        page: object = pilot.app.screen
        assert isinstance(page, RunPageScreen)
        assert page.run_id == run
        await pilot.press("escape")
        await pilot.pause()
        assert pilot.app.screen is screen
        assert screen.query_one(ComparedSteps).index == 1


async def test_the_page_of_a_run_offers_what_to_compare_it_with(tmp_path: Path) -> None:
    past = Past(str(tmp_path))
    async with past.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "enter", "c")
        await pilot.pause()
        assert isinstance(pilot.app.screen, PickScreen)
        await pilot.press("down", "enter")
        await pilot.pause()
        compare: object = pilot.app.screen
        assert isinstance(compare, CompareScreen)
        assert past.viewer.asked[-1] == ("run-0", "usual")
        await pilot.press("escape", "c", "escape")
        past.viewer.others = ()
        await pilot.press("c")
        await pilot.pause()
        page: object = pilot.app.screen
        assert isinstance(page, RunPageScreen)
        assert past.said[-1] == "There is no other run to compare it with."


@pytest.mark.parametrize("width", [36, 56, 76, 114])
def test_long_times_are_whole_and_apart(width: int) -> None:
    day = timedelta(hours=11, minutes=2, seconds=3)
    row = COMPARE_VIEW.rows[0].replaced(earlier=day, earlier_done=False, later=day, later_done=True, difference=day)
    steps = ComparedSteps()
    steps.show(COMPARE_VIEW.replaced(rows=(row,)))
    line = steps.row_line(0, width)
    assert "(11:02:03)" in line.plain
    assert " 11:02:03" in line.plain
    assert " +11:02:03" in line.plain
    assert line.cell_length <= width
