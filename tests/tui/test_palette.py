"""The palette with names that look like markup, and runs started from it while one is shown."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

from textual.color import Color
from textual.command import CommandPalette, Hit
from textual.events import MouseDown, MouseUp
from textual.pilot import Pilot
from textual.widgets import OptionList

from procroutine.clock import ManualClock
from procroutine.history.home import Home
from procroutine.tui.app import ProcroutineApp
from procroutine.tui.command_words import BY_KEY, BY_PLACE
from procroutine.tui.palette import Commands, Palette, found
from procroutine.tui.screens.dialog import Dialog
from procroutine.tui.screens.history import HistoryScreen
from procroutine.tui.screens.place import PlaceScreen
from procroutine.tui.screens.review import ReviewScreen
from procroutine.tui.screens.run import RunScreen
from procroutine.tui.screens.week import WeekScreen
from procroutine.tui.screens.what_if import WhatIf
from procroutine.tui.themes import THEMES
from tests.app_idle import until
from tests.tui.conftest import do_runs, drawn_with, found_first, open_on, run_shown, text_of
from tests.tui.test_help import all_bindings


async def test_names_in_the_palette_are_text(home: Home, clock: ManualClock) -> None:
    names = ("Pay [/rent]", "Pay [red]rent[/]", "Pay [@click=app.quit]rent[/]")
    for place, name in enumerate(names):
        routine = f'name = "{name}"\n[[steps]]\ntitle = "Pay"\n'
        (Path(home.places.routines) / f"rent-{place}.toml").write_text(routine)
    app = open_on(home, clock)
    async with app.run_test(size=(120, 60)) as pilot:
        await pilot.press("ctrl+p")
        await drawn_with(app, f"Start {names[0]}")
        assert isinstance(app.screen, CommandPalette)
        await pilot.press(*"start pay")
        await found_first(app, "start pay")
        assert all(f"Start {name}" in text_of(app) for name in names)


async def test_the_letters_that_were_found_are_marked(app: ProcroutineApp) -> None:
    async with app.run_test() as pilot:
        await pilot.pause()
        hits = [hit async for hit in Commands(app.screen).search("books") if isinstance(hit, Hit)]
        (start,) = [hit.match_display for hit in hits if hit.text == "Start Books"]
        assert [(span.start, span.end) for span in getattr(start, "spans", ())] == [(n, n + 1) for n in range(6, 11)]


FOUND: dict[type[PlaceScreen], dict[str, str]] = {
    WeekScreen: {
        "switches": "Flow map: its steps in lanes",
        "fewest switch": "What if: try changes on a copy of its checklist",
        "order": "What if: try changes on a copy of its checklist",
        "hand-offs": "Flow map: its steps in lanes",
        "search": "List names that hold some letters",
        "holiday": "Leave all routines out this week",
        "exit": "Leave; an open run asks first",
        "begin books": "Start Books",
        "chart books": "Trends of Books",
        "advice": "Go to Review",
        "summary": "Week report",
        "colors light": "Choose other colours",
    },
    WhatIf: {
        "switches": "Try the order with the fewest switches",
        "combine": "Make one step of it and the next",
        "all that": "Show all that can be changed in the step",
    },
    HistoryScreen: {
        "switches": "Go to Review",
        "excel": "Write the listed runs to a CSV file",
        "open": "Open the selected row",
    },
    ReviewScreen: {
        "order": "Try the change on a copy of the checklist",
        "what if": "Try the change on a copy of the checklist",
    },
}
"""By place, what is found first there by words that people use."""


async def test_a_command_is_found_by_the_words_that_people_use(app: ProcroutineApp, home: Home) -> None:
    do_runs(home, 1)
    async with app.run_test(size=(100, 32)) as pilot:
        for key, (place, commands) in zip(("1", "i", "2", "4"), FOUND.items(), strict=True):
            await pilot.press(key)
            await until(partial(is_seen, app, place))
            for letters, name in commands.items():
                hits = [hit async for hit in Commands(app.screen).search(letters) if isinstance(hit, Hit)]
                assert max(hits, key=lambda hit: hit.score).text == name, letters


def is_seen(app: ProcroutineApp, place: type[PlaceScreen]) -> bool:
    """Say whether a place is seen, and can do all that it can do once it was read."""
    return isinstance(app.screen, place) and getattr(app.screen, "book", app) is not None


def test_other_words_are_of_keys_and_places_that_there_are() -> None:
    assert set(BY_KEY) <= {binding.id for binding in all_bindings()}
    assert set(BY_PLACE) == set(ProcroutineApp.MODES)


def test_letters_in_one_piece_come_before_words_and_words_before_letters_apart() -> None:
    scores = [
        found("order", *command)[0] for command in (("Order it", ""), ("Try it", "rearrange order"), ("O r d e r", ""))
    ]
    assert scores == sorted(scores, reverse=True)
    assert 0 < scores[-1] < scores[0]
    assert found("order", "Try it", "reorder") == (0.0, [])


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
