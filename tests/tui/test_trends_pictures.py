"""How Trends looks in the states that a person meets, at four sizes, in all themes."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from procroutine.tui.screens.trends import TrendsScreen
from tests.tui.drawn import Pictures, drawn
from tests.tui.stand_in import Past
from tests.tui.trends_states import STATES

SIZES = ((120, 40), (80, 24), (60, 20), (40, 12))


async def show(pilot: Pilot[None], past: Past, name: str, *keys: str) -> str:
    """Draw a state, with keys pressed in it."""
    past.viewer.trends_view = STATES[name]()
    screen = pilot.app.screen
    assert isinstance(screen, TrendsScreen)
    screen.draw()
    await pilot.pause()
    if keys:
        await pilot.press(*keys)
        await pilot.pause()
    return f"{name}\n\n{drawn(past.app)}"


@pytest.mark.parametrize("size", SIZES, ids=["120x40", "80x24", "60x20", "40x12"])
async def test_trends_look_in_every_state_as_they_did(
    snapshot: SnapshotAssertion, tmp_path: Path, size: tuple[int, int]
) -> None:
    past = Past(str(tmp_path))
    async with past.app.run_test(size=size) as pilot:
        await pilot.press("3")
        await pilot.pause()
        pictures = [await show(pilot, past, name) for name in STATES]
        pictures.append(await show(pilot, past, "26 weeks", "home", *["l"] * 10))
    assert "\n".join(pictures) == snapshot(extension_class=Pictures)


@pytest.mark.parametrize("theme", ["procroutine-light", "procroutine-contrast", "procroutine-terminal", "NO_COLOR"])
async def test_no_theme_needs_colour_to_tell_marks_and_limits_apart(
    snapshot: SnapshotAssertion, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, theme: str
) -> None:
    if theme == "NO_COLOR":
        monkeypatch.setenv("NO_COLOR", "1")
    past = Past(str(tmp_path), "procroutine-dark" if theme == "NO_COLOR" else theme)
    async with past.app.run_test(size=(120, 40)) as pilot:
        await pilot.press("3")
        await pilot.pause()
        picture = await show(pilot, past, "26 weeks")
    assert all(sign in picture for sign in "●○◆×╹┊┈")
    assert picture == snapshot(extension_class=Pictures)
