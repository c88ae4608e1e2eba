"""How a run looks in the states that a person meets."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from procroutine.tui.app import ProcroutineApp
from tests.tui.conftest import SECOND, run_shown, text_of
from tests.tui.run_states import STATES


async def lead_in(pilot: Pilot[None], name: str) -> None:
    """Bring the app into a state, with its odds worked out."""
    screen = await run_shown(pilot)
    for _ in range(100):
        if screen.view is not None and not screen.view.odds_due:
            break
        await asyncio.sleep(0.02)
    app = pilot.app
    assert isinstance(app, ProcroutineApp)
    if STATES[name][1]:
        app.clock.advance(SECOND)  # type: ignore[attr-defined]  # it is the clock that the state was made with
        await pilot.press(*STATES[name][1])
    await pilot.pause()


@pytest.mark.parametrize(
    ("name", "size"), [("behind", (120, 40)), ("over", (60, 20)), ("long names", (80, 24))], ids=lambda part: str(part)
)
def test_a_run_in_this_state_looks_as_it_did(
    snap_compare: Any, tmp_path: Path, name: str, size: tuple[int, int]
) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await lead_in(pilot, name)

    assert snap_compare(STATES[name][0](tmp_path / "home"), run_before=before, terminal_size=size)


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_no_number_is_cut_where_names_are_long(tmp_path: Path, size: tuple[int, int]) -> None:
    app = STATES["long names"][0](tmp_path / "home")
    async with app.run_test(size=size) as pilot:
        await run_shown(pilot)
        text = text_of(app)
        assert " 1:30:00" in text
        assert " 2:00" in text
        assert "… …" not in text


async def test_space_on_the_last_step_shows_the_finish(tmp_path: Path) -> None:
    app = STATES["all done"][0](tmp_path / "home")
    async with app.run_test(size=(80, 24)) as pilot:
        await lead_in(pilot, "all done")
        await pilot.pause()
        assert "best so far" in text_of(app)


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_no_figure_is_cut_beside_the_clock(tmp_path: Path, size: tuple[int, int]) -> None:
    app = STATES["over"][0](tmp_path / "home")
    async with app.run_test(size=size) as pilot:
        await run_shown(pilot)
        assert "┏━┓ usual   20:30  +12:30" in text_of(app)
