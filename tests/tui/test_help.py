"""The page of keys: those of the place where it is asked for, from the bindings themselves."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from textual.binding import Binding
from textual.content import Content
from textual.pilot import Pilot
from textual.widget import Widget

import procroutine.tui.screens
import procroutine.tui.widgets
from procroutine.history.home import Home
from procroutine.tui.app import ProcroutineApp
from procroutine.tui.screens.choose import Choice, ChooseScreen
from procroutine.tui.screens.flow import FlowScreen
from procroutine.tui.screens.help import HelpScreen, KeyTable, sections_of
from procroutine.tui.screens.history import HistoryScreen
from procroutine.tui.screens.path import PathScreen, PhaseList
from procroutine.tui.screens.place import PlaceScreen
from procroutine.tui.screens.review import ReviewScreen
from procroutine.tui.screens.review_parts import LeverList
from procroutine.tui.screens.routine_list import RoutineList
from procroutine.tui.screens.run import RunScreen
from procroutine.tui.screens.trends import TrendsScreen
from procroutine.tui.screens.week import WeekScreen
from procroutine.tui.screens.what_if import WhatIf
from procroutine.tui.screens.what_if_parts import WhatIfSteps
from procroutine.tui.widgets.reading import Reading
from procroutine.tui.widgets.row_list import RowList
from procroutine.tui.widgets.trend_chart import TrendChart
from tests.app_idle import until
from tests.tui.conftest import do_runs, run_shown, text_of

PLACES: dict[tuple[str, ...], tuple[type[PlaceScreen], type[Widget]]] = {
    (): (WeekScreen, RoutineList),
    ("f",): (FlowScreen, FlowScreen),
    ("p",): (PathScreen, PhaseList),
    ("i",): (WhatIf, WhatIfSteps),
    ("2",): (HistoryScreen, RowList),
    ("3",): (TrendsScreen, TrendChart),
    ("4",): (ReviewScreen, LeverList),
}
"""The keys that lead from This week to each place, and what takes keys there."""


def classes() -> Iterator[type]:
    for package in (procroutine.tui.screens, procroutine.tui.widgets):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            found = importlib.import_module(module.name)
            yield from (one for one in vars(found).values() if getattr(one, "__module__", "") == module.name)


def all_bindings() -> list[Binding]:
    return [
        binding
        for owner in (*classes(), ProcroutineApp)
        for binding in vars(owner).get("BINDINGS", ())
        if isinstance(binding, Binding)
    ]


def test_every_key_has_an_id_a_short_label_and_a_sentence() -> None:
    assert len(all_bindings()) > 200
    for binding in all_bindings():
        assert binding.id, binding
        assert 0 < len(binding.description) <= 10, binding
        assert binding.tooltip.endswith("."), binding
        assert binding.tooltip[0].isupper(), binding


def test_an_id_stands_for_one_key() -> None:
    known: dict[str | None, Binding] = {}
    for binding in all_bindings():
        assert known.setdefault(binding.id, binding) is binding


def test_every_place_has_a_name() -> None:
    places = [one for one in classes() if isinstance(one, type) and issubclass(one, PlaceScreen)]
    named = [one for one in places if not one.__subclasses__() and one.__name__ != "GroundScreen"]
    assert len(named) > 10
    assert [one.__name__ for one in named if not one.TITLE] == []


async def help_of(pilot: Pilot[None]) -> KeyTable:
    await pilot.press("question_mark")
    screen = await until(lambda: pilot.app.screen if isinstance(pilot.app.screen, HelpScreen) else None)
    assert screen is not None
    table = screen.query_one(KeyTable)
    await until(lambda: table.size.width > 0)
    return table


def room_of(table: KeyTable) -> int:
    assert isinstance(table.parent, Reading)
    return table.parent.size.height


def told_of(*owners: type) -> list[str]:
    """Give the sentences of the keys of some classes."""
    bound = [one for owner in owners for one in vars(owner).get("BINDINGS", ()) if isinstance(one, Binding)]
    return [binding.tooltip for binding in bound if binding.id and binding.tooltip]


@pytest.mark.parametrize(("keys", "there"), PLACES.items(), ids=[place.__name__ for place, _ in PLACES.values()])
async def test_it_tells_all_keys_of_the_place_first(
    app: ProcroutineApp, home: Home, keys: tuple[str, ...], there: tuple[type[PlaceScreen], type[Widget]]
) -> None:
    do_runs(home, 2)
    place, part = there
    async with app.run_test(size=(104, 60)) as pilot:
        await pilot.press(*keys)
        await until(lambda: isinstance(app.screen, place) and not any(one.is_running for one in app.workers))
        await help_of(pilot)
        page = " ".join(text_of(app).split())
        for sentence in told_of(*place.__mro__, part):
            assert sentence in page
        assert page.index(str(place.TITLE)) < page.index("Everywhere") < page.index("Find any command by its name.")
        await pilot.resize_terminal(80, 24)
        table = app.screen.query_one(KeyTable)
        await until(lambda: table.size.height <= room_of(table), lambda: text_of(app))
        assert "Everywhere" in text_of(app)
        await pilot.press("escape")
        assert isinstance(app.screen, place)


async def test_all_keys_of_a_run_stand_on_a_page_that_needs_no_scrolling(in_run: ProcroutineApp) -> None:
    async with in_run.run_test(size=(80, 24)) as pilot:
        await run_shown(pilot)
        table = await help_of(pilot)
        assert table.size.height <= room_of(table)
        page = text_of(in_run)
        for binding in (one for one in RunScreen.BINDINGS if isinstance(one, Binding)):
            assert binding.description in page, binding


async def test_no_word_of_it_is_cut_however_narrow_it_is(app: ProcroutineApp) -> None:
    async with app.run_test() as pilot:
        app.push_screen(ChooseScreen("Why?", Content(""), (Choice("a", "a", "For no reason"),)))
        await pilot.pause()
        assert [section.title for section in sections_of(app.screen)] == ["Here", "Everywhere"]
        app.pop_screen()
        sections = sections_of(app.screen)
        bindings = [binding for section in sections for binding in section.bindings]
        sentences = {word for one in bindings for word in one.tooltip.split()}
        labels = {word for one in bindings for word in one.description.split()}
        table = KeyTable(sections)
        for width in range(30, 105, 5):
            for room in (200, 15):
                columns = table.columns(width, room)
                there = {word for column in columns for row in column for word in str(row).split()}
                assert sentences <= there or labels <= there, (width, room)
                assert all(row.cell_length <= width // len(columns) for column in columns for row in column)


@pytest.mark.parametrize("size", [(60, 20), (40, 12)])
async def test_all_of_it_can_be_reached_on_a_small_screen(app: ProcroutineApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        app.animation_level = "none"
        await help_of(pilot)
        assert "Start" in text_of(app)
        await pilot.press("G")
        await until(lambda: "Quit" in text_of(app) or "Leave; an open" in text_of(app), lambda: text_of(app))
