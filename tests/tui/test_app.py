"""The app as a whole: places, keys, help, the palette, themes, sizes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.command import CommandPalette

from procroutine.clock import ManualClock
from procroutine.errors import CannotWrite, UserError
from procroutine.history.home import Home
from procroutine.settings import SettingProblem
from procroutine.text import shown
from procroutine.tui.app import ProcroutineApp
from procroutine.tui.key_bar import KeyBar
from procroutine.tui.palette import Commands
from procroutine.tui.screens.ground import GroundScreen
from procroutine.tui.screens.help import HelpScreen
from procroutine.tui.screens.history import HistoryScreen
from procroutine.tui.screens.routine_list import RoutineList
from procroutine.tui.screens.run import RunScreen
from procroutine.tui.screens.trends import TrendsScreen
from procroutine.tui.screens.week import WeekScreen
from procroutine.tui.themes import DEFAULT_THEME, THEMES
from tests.tui.conftest import drawn_with, found_first, open_on, run_shown, text_of
from tests.tui.pictured import PicturedViewer, pictured
from tests.tui.week_samples import OVER_RUN_VIEW, PAUSED_RUN_VIEW, WEEK_VIEW

SIZES = [(120, 40), (80, 24), (60, 20), (40, 12)]


async def test_digits_go_to_the_places(app: ProcroutineApp) -> None:
    async with app.run_test() as pilot:
        for key, place in (("2", HistoryScreen), ("3", TrendsScreen), ("1", WeekScreen)):
            await pilot.press(key)
            await pilot.pause()
            assert isinstance(app.screen, place)


async def test_a_click_on_the_top_bar_goes_there_too(app: ProcroutineApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.click("TopBar", offset=(text_of(app).splitlines()[0].index("History"), 0))
        await pilot.pause()
        assert isinstance(app.screen, HistoryScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_the_key_bar_always_has_the_way_to_help(app: ProcroutineApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        last = text_of(app).splitlines()[-1]
        assert "? Help" in last
        assert "↵ Start" in last
        await pilot.click(KeyBar, offset=(last.index("? Help"), 0))
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)


@pytest.mark.parametrize(("size", "enough"), [((39, 30), False), ((80, 11), False), ((40, 12), True)])
async def test_a_terminal_that_is_too_small_is_told_what_it_needs(
    app: ProcroutineApp, size: tuple[int, int], enough: bool
) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        shown = " ".join(text_of(app).split())
        assert ("needs 40" in shown) is not enough
        assert ("Weekly posts" in shown) is enough
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "Weekly posts" in text_of(app)


async def test_the_palette_knows_every_routine_action_and_theme(app: ProcroutineApp) -> None:
    async with app.run_test() as pilot:
        await pilot.pause()
        names = {command.name for command in Commands(app.screen)._commands()}
        assert {"Start Weekly posts", "Trends of Books", "Go to History", "Leave it out this week"} <= names
        assert {f"Theme {theme.name}" for theme in THEMES} <= names


async def test_a_command_of_the_palette_is_carried_out(app: ProcroutineApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause()
        assert isinstance(app.screen, CommandPalette)
        await pilot.press(*"start books")
        await found_first(app, "start books")
        await pilot.press("enter")
        await run_shown(pilot)


async def test_an_unknown_theme_gives_the_default(home: Home, clock: ManualClock) -> None:
    assert open_on(home, clock, theme="no-such-theme").theme == DEFAULT_THEME
    assert open_on(home, clock, theme="procroutine-light").theme == "procroutine-light"


async def test_a_theme_can_be_changed_while_it_runs(app: ProcroutineApp) -> None:
    async with app.run_test() as pilot:
        await pilot.pause()
        before = app.screen.query_one(RoutineList).styles.background
        app.theme = "procroutine-light"
        await pilot.pause()
        assert app.screen.query_one(RoutineList).styles.background != before


async def test_this_week_is_made_under_a_run_that_the_app_opens_on_only_when_it_is_seen(
    in_run: ProcroutineApp,
) -> None:
    async with in_run.run_test(size=(80, 24)) as pilot:
        await run_shown(pilot)
        assert [type(screen) for screen in in_run.screen_stack] == [GroundScreen, RunScreen]
        await pilot.press("escape", "p")
        await drawn_with(in_run, "1 This week", "Weekly posts")
        assert [type(screen) for screen in in_run.screen_stack] == [GroundScreen, WeekScreen]
        await pilot.press("enter")
        await run_shown(pilot)
        assert [type(screen) for screen in in_run.screen_stack] == [GroundScreen, WeekScreen, RunScreen]


async def test_this_week_is_shown_where_the_run_cannot_be(home: Home, clock: ManualClock) -> None:
    app = open_on(home, clock, "no-such-routine")
    async with app.run_test(size=(80, 24)):
        await drawn_with(app, "Weekly posts")
        assert [type(screen) for screen in app.screen_stack] == [GroundScreen, WeekScreen]


async def test_the_app_opens_on_a_run_where_a_routine_is_given(in_run: ProcroutineApp, home: Home) -> None:
    async with in_run.run_test() as pilot:
        await run_shown(pilot)
        assert home.open_runs()[0].routine == "posts"


async def test_first_words_are_shown_harmlessly(home: Home, clock: ManualClock) -> None:
    app = open_on(home, clock)
    app.first_words = ("config.toml:2: [b]odd\x1b[2J",)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert shown("config.toml:2: [b]odd\x1b[2J") in text_of(app)


def test_what_is_wrong_with_the_settings_fits_into_a_line_with_its_remedy() -> None:
    problem = SettingProblem(
        file="/home/ana/.config/procroutine/config.toml",
        line=3,
        key="comparison",
        problem="'fastest' is no comparison",
        remedy="write usual",
    )
    assert problem.in_brief == "config.toml:3: 'fastest' is no comparison; write usual"


async def test_nothing_heavy_is_loaded_before_the_first_frame(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = "import sys, procroutine.tui.app, procroutine.tui.screens.week; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    heavy = (
        "pendulum",
        "dateutil",
        "tomlkit",
        "tinydb",
        "markdown_it",
        "textual.widgets._markdown",
    )
    assert not [name for name in heavy if name in loaded]


@pytest.mark.parametrize("size", SIZES[:3], ids=lambda size: f"{size[0]}x{size[1]}")
def test_this_week_looks_as_it_did(snap_compare: Any, size: tuple[int, int]) -> None:
    assert snap_compare(pictured(), terminal_size=size)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_run_looks_as_it_did(snap_compare: Any, size: tuple[int, int]) -> None:
    assert snap_compare(pictured(routine_id="client-metrics-update"), run_before=run_shown, terminal_size=size)


def test_a_run_over_its_usual_time_looks_as_it_did(snap_compare: Any) -> None:
    app = pictured(PicturedViewer(run=OVER_RUN_VIEW), "client-metrics-update", theme="procroutine-light")
    assert snap_compare(app, run_before=run_shown, terminal_size=(120, 40))


def test_a_paused_run_in_the_terminals_own_colours_looks_as_it_did(snap_compare: Any) -> None:
    app = pictured(PicturedViewer(run=PAUSED_RUN_VIEW), "client-metrics-update", theme="procroutine-terminal")
    assert snap_compare(app, run_before=run_shown, terminal_size=(80, 24))


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_every_screen_is_drawn_in_every_theme_and_size(theme: str) -> None:
    app = pictured(routine_id="client-metrics-update", theme=theme)
    async with app.run_test(size=SIZES[0]) as pilot:
        await run_shown(pilot)
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await pilot.press("question_mark", "escape", "escape", "escape")
            assert "Client metrics" in text_of(app)


async def test_no_color_gives_greys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = pictured(PicturedViewer(week=WEEK_VIEW.replaced(overdue=3)))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        colours = {
            segment.style.color
            for strip in app.screen._compositor.render_strips()
            for segment in strip
            if segment.style
        }
        triplets = [colour.get_truecolor() for colour in colours if colour is not None]
        assert triplets
        assert "3 overdue" in text_of(app)


async def test_what_stays_wrong_is_told_once_though_all_else_goes_well_meanwhile(
    app: ProcroutineApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[UserError] = []
    monkeypatch.setattr(app, "complain", told.append)

    def write() -> None:
        raise CannotWrite("the mark cannot be written", "free some space")

    for is_full in (True, True, True, False, False, True):
        app.tick()
        assert app.look(lambda: "the run") == "the run"
        if is_full:
            assert app.look(write) is None
    assert len(told) == 2
