"""Which colours a screen is drawn in: those of the settings from the first frame on, and changed ones everywhere."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.pilot import Pilot

from procroutine.clock import ManualClock
from procroutine.history.home import Home
from procroutine.tui.app import ProcroutineApp
from procroutine.tui.screens.routine_list import RoutineList
from procroutine.tui.themes import THEMES
from procroutine.tui.widgets.top_bar import TopBar
from tests.tui.conftest import open_on


def panel_of(theme: str) -> Color:
    return Color.parse(next(known.panel for known in THEMES if known.name == theme) or "")


def bar_of(app: ProcroutineApp) -> Color:
    return app.screen.query_one(TopBar).styles.background


async def go(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


@pytest.mark.parametrize("theme", ["procroutine-dark", "procroutine-light", "procroutine-contrast"])
async def test_the_theme_of_the_settings_is_there_from_the_first_frame_on(
    home: Home, clock: ManualClock, theme: str
) -> None:
    app = open_on(home, clock, theme=theme)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert bar_of(app) == panel_of(theme)


async def test_a_screen_that_was_left_takes_on_the_colours_changed_meanwhile(app: ProcroutineApp) -> None:
    async with app.run_test() as pilot:
        await go(pilot, "2", "1")
        app.theme = "procroutine-light"
        await pilot.pause()
        assert bar_of(app) == panel_of("procroutine-light")
        await go(pilot, "2")
        assert bar_of(app) == panel_of("procroutine-light")


async def test_a_screen_opened_later_has_the_colours_changed_before(app: ProcroutineApp) -> None:
    async with app.run_test() as pilot:
        await pilot.pause()
        app.theme = "procroutine-contrast"
        await go(pilot, "3")
        assert bar_of(app) == panel_of("procroutine-contrast")


def quiet(app: ProcroutineApp) -> bool:
    """Whether scrollbars are a shade of the text, on the ground of what they scroll."""
    bar = app.screen.query_one(RoutineList).styles
    if app.current_theme.ansi:
        return bar.scrollbar_color.ansi != -1 and bar.scrollbar_color == Color.parse("ansi_bright_black")
    text = Color.parse(app.theme_variables["foreground"])
    return bar.scrollbar_color == text.with_alpha(0.2) and bar.scrollbar_background.a == 0


async def test_scrollbars_are_quiet_in_every_theme(app: ProcroutineApp) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        for theme in app.available_themes:
            app.theme = theme
            await pilot.pause()
            assert quiet(app), theme
