"""How a run looks in the states that a person meets."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from procroutine.tui.app import ProcroutineApp
from procroutine.tui.screens.choose import ChooseScreen
from procroutine.tui.screens.redlines import RedlinesScreen
from procroutine.tui.screens.run import RunScreen
from procroutine.tui.screens.week import WeekScreen
from tests.app_idle import until
from tests.tui.conftest import SECOND, run_shown, text_of
from tests.tui.drawn import Pictures, drawn
from tests.tui.run_states import STATES

SIZES = ((120, 40), (80, 24), (60, 20), (40, 12))
FIRST: dict[str, type] = {"redlines": RedlinesScreen, "preparing": WeekScreen, "long pause": ChooseScreen}
"""What is seen before the keys that lead into a state, where it is not the run."""


async def lead_in(pilot: Pilot[None], name: str) -> None:
    """Bring the app into a state, with its odds worked out."""
    app = pilot.app
    assert isinstance(app, ProcroutineApp)
    await until(lambda: isinstance(app.screen, FIRST.get(name, RunScreen)))
    if STATES[name][1]:
        await settled(app)
        app.clock.advance(SECOND)  # type: ignore[attr-defined]  # it is the clock that the state was made with
        await pilot.press(*STATES[name][1])
    await pilot.pause()
    app.tick()  # else it depends on how long all this took whether the second that went by is drawn
    await settled(app)
    for field in app.screen.query(Input):
        field.cursor_blink = False
    await pilot.pause()


async def settled(app: ProcroutineApp) -> None:
    """Wait until a run that is seen, also below a dialog, has its odds."""
    await until(lambda: all(map(has_odds, app.screen_stack)))


def has_odds(screen: Screen[object]) -> bool:
    return not isinstance(screen, RunScreen) or (screen.view is not None and not screen.view.odds_due)


@pytest.mark.parametrize("name", STATES)
async def test_a_run_in_this_state_looks_as_it_did(snapshot: SnapshotAssertion, tmp_path: Path, name: str) -> None:
    app = STATES[name][0](tmp_path / "home")
    pictures = []
    async with app.run_test(size=SIZES[0]) as pilot:
        await lead_in(pilot, name)
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await pilot.pause()
            pictures.append(drawn(app))
    assert "\n".join(pictures) == snapshot(extension_class=Pictures)


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_no_number_is_cut_where_names_are_long(tmp_path: Path, size: tuple[int, int]) -> None:
    app = STATES["long names"][0](tmp_path / "home")
    async with app.run_test(size=size) as pilot:
        await run_shown(pilot)
        text = text_of(app)
        assert " 1:30:00" in text
        assert " 2:00" in text
        assert "… …" not in text


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_no_figure_is_cut_beside_the_clock(tmp_path: Path, size: tuple[int, int]) -> None:
    app = STATES["over"][0](tmp_path / "home")
    async with app.run_test(size=size) as pilot:
        await run_shown(pilot)
        assert "┏━┓ usual   20:30  +12:30" in text_of(app)
