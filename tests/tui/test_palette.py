"""The palette with names that look like markup, and runs started from it while one is shown."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from textual.color import Color
from textual.command import CommandPalette, Hit
from textual.events import MouseDown, MouseUp
from textual.pilot import Pilot
from textual.widgets import OptionList

from procroutine.clock import ManualClock
from procroutine.history.home import Home
from procroutine.tui.app import ProcroutineApp
from procroutine.tui.palette import Commands, Palette
from procroutine.tui.screens.dialog import Dialog
from procroutine.tui.screens.history import HistoryScreen
from procroutine.tui.screens.run import RunScreen
from procroutine.tui.themes import THEMES
from tests.app_idle import until
from tests.tui.conftest import drawn_with, found_first, open_on, run_shown, text_of


@pytest.mark.parametrize("name", ["Pay [/rent]", "Pay [red]rent[/]", "Pay [@click=app.quit]rent[/]"])
async def test_names_in_the_palette_are_text(home: Home, clock: ManualClock, name: str) -> None:
    (Path(home.places.routines) / "rent.toml").write_text(f'name = "{name}"\n[[steps]]\ntitle = "Pay"\n')
    app = open_on(home, clock)
    async with app.run_test(size=(120, 60)) as pilot:
        await pilot.press("ctrl+p")
        await drawn_with(app, f"Start {name}")
        assert isinstance(app.screen, CommandPalette)
        await pilot.press(*"start pay")
        await found_first(app, "start pay")
        assert f"Start {name}" in text_of(app)


async def test_the_letters_that_were_found_are_marked(app: ProcroutineApp) -> None:
    async with app.run_test() as pilot:
        await pilot.pause()
        found = [hit async for hit in Commands(app.screen).search("books") if isinstance(hit, Hit)]
        (start,) = [hit.match_display for hit in found if hit.text == "Start Books"]
        assert [(span.start, span.end) for span in getattr(start, "spans", ())] == [(n, n + 1) for n in range(6, 11)]


async def test_a_run_that_is_shown_is_not_shown_twice(in_run: ProcroutineApp) -> None:
    async with in_run.run_test() as pilot:
        shown = await run_shown(pilot)
        in_run.open_run_of("posts")
        await pilot.pause()
        assert in_run.screen is shown
        in_run.open_run_of("books")
        await pilot.pause()
        (only,) = (screen for screen in in_run.screen_stack if isinstance(screen, RunScreen))
        assert only.view is not None
        assert only.view.name == "Books"
        in_run.action_go("trends")
        await pilot.pause()
        in_run.open_run_of("books")
        await pilot.pause()
        assert in_run.screen is only


async def test_two_clicks_beside_the_palette_close_it_once(in_run: ProcroutineApp) -> None:
    async with in_run.run_test(size=(100, 32)) as pilot:
        screen = await run_shown(pilot)
        await pilot.press("ctrl+p")
        await pilot.pause()
        palette = in_run.screen
        assert isinstance(palette, CommandPalette)
        palette.dismiss()
        palette.dismiss()
        await pilot.pause()
        assert in_run.screen is screen


async def test_two_answers_at_once_close_a_dialog_once(in_run: ProcroutineApp) -> None:
    async with in_run.run_test(size=(100, 32)) as pilot:
        screen = await run_shown(pilot)
        await pilot.press("escape")
        await pilot.pause()
        dialog = in_run.screen
        assert isinstance(dialog, Dialog)
        dialog.action_close()
        dialog.action_close()
        await pilot.pause()
        assert in_run.screen is screen


async def test_the_palette_has_no_emoji_and_our_own_colours_first(app: ProcroutineApp) -> None:
    async with app.run_test(size=(100, 32)) as pilot:
        await pilot.press("ctrl+p")
        await drawn_with(app, "Go to This week")
        assert all(ord(letter) < 0x1F000 for letter in text_of(app))
        names = [command.name for command in Commands(app.screen_stack[0])._commands()]
        themes = [name for name in names if name.startswith("Theme ")]
        assert themes[:4] == [f"Theme {theme.name}" for theme in THEMES]


async def choose_by_two_clicks(app: ProcroutineApp, pilot: Pilot[None], letters: str) -> None:
    """Look for a command, and click twice on the first that is found, without a pause."""
    assert isinstance(app.screen, Palette)
    await pilot.press(*letters)
    options = await found_first(app, letters)
    place = (options.content_region.x + 4, options.content_region.y)
    for kind in (MouseDown, MouseUp, MouseDown, MouseUp):
        app.post_message(kind(None, *place, 0, 0, 1, False, False, False, *place))
    await pilot.pause()


def listed(app: ProcroutineApp) -> int:
    """Give how many runs History lists."""
    screen = app.screen
    return len(screen.view.rows) if isinstance(screen, HistoryScreen) and screen.view is not None else 3


async def test_the_second_of_two_clicks_on_a_command_does_nothing(
    app: ProcroutineApp, home: Home, clock: ManualClock
) -> None:
    for _ in range(3):
        home.start("books")
        clock.advance(timedelta(minutes=4))
        home.act("done")
    async with app.run_test(size=(100, 32)) as pilot:
        await pilot.press("2", "ctrl+p")
        await choose_by_two_clicks(app, pilot, "delete")
        await until(lambda: listed(app) < 3)
        assert listed(app) == 2


async def test_what_is_selected_is_seen_in_the_terminals_own_colours(home: Home, clock: ManualClock) -> None:
    app = open_on(home, clock, theme="procroutine-terminal")
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("ctrl+p", "f2"):
            await pilot.press(key)
            (options,) = await until(lambda: list(app.screen.query(OptionList)))
            selected = options.get_component_styles("option-list--option-highlighted")
            assert selected.background == Color.parse("ansi_bright_black")
            await pilot.press("escape")
