"""Picking other colours: ours come first, the marked ones are seen, and esc brings back the ones before."""

from __future__ import annotations

import pytest
from textual.widgets import OptionList

from procroutine.clock import ManualClock
from procroutine.history.home import Home
from procroutine.tui.app import ProcroutineApp
from procroutine.tui.screens.colours import ColoursScreen
from procroutine.tui.screens.week import WeekScreen
from procroutine.tui.themes import THEMES
from tests.app_idle import until
from tests.tui.conftest import open_on, text_of

OWN = [theme.name for theme in THEMES]


async def test_our_own_come_first_and_the_present_one_is_marked(app: ProcroutineApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f2")
        await pilot.pause()
        assert isinstance(app.screen, ColoursScreen)
        assert list(app.screen.listed[:4]) == OWN
        assert sorted(app.screen.listed) == sorted(app.available_themes)
        page = text_of(app)
        assert all(name in page for name in OWN)
        assert "procroutine-dark   ● in use" in page
        assert app.screen.query_one(OptionList).highlighted == 0


async def test_one_of_textuals_that_is_in_use_is_marked_and_in_sight(home: Home, clock: ManualClock) -> None:
    app = open_on(home, clock, theme="tokyo-night")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f2")
        await pilot.pause()
        assert "tokyo-night   ● in use" in text_of(app)
        assert app.theme == "tokyo-night"


@pytest.mark.parametrize(("last", "theme"), [("escape", "procroutine-dark"), ("enter", "procroutine-contrast")])
async def test_the_marked_colours_are_seen_until_esc_brings_back_those_before(
    app: ProcroutineApp, last: str, theme: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f2", "down", "down")
        await pilot.pause()
        assert app.theme == "procroutine-contrast"
        await pilot.press(last)
        await pilot.pause()
        assert (type(app.screen), app.theme) == (WeekScreen, theme)


async def test_letters_find_one(app: ProcroutineApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f2", *"nord")
        await pilot.pause()
        assert app.theme == "nord"
        await pilot.press("f2", "enter")
        await pilot.pause()
        assert (type(app.screen), app.theme) == (WeekScreen, "nord")


async def test_a_name_that_is_typed_as_a_whole_is_taken_though_the_one_in_use_fits_its_letters(
    home: Home, clock: ManualClock
) -> None:
    app = open_on(home, clock, theme="rose-pine-dawn")
    async with app.run_test() as pilot:
        await pilot.press("f2")
        await pilot.pause()
        await pilot.press(*"rose-pin")
        assert app.theme == "rose-pine-dawn"
        await pilot.press("e", "enter")
        await until(lambda: app.theme == "rose-pine")
