"""The flow map on the screen."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from procroutine.clock import ManualClock
from procroutine.errors import NotFound
from procroutine.history.home import Home
from procroutine.improvement.flow_map import By, FlowMap
from procroutine.improvement.flow_reader import FlowReader
from procroutine.tui.app import ProcroutineApp
from procroutine.tui.screens.choose import ChooseScreen
from procroutine.tui.screens.flow import FlowScreen
from procroutine.tui.screens.flow_parts import FlowChart
from procroutine.tui.screens.flow_steps import FlowSteps
from procroutine.tui.screens.pick import PickScreen
from procroutine.tui.screens.step_page import StepPageScreen
from tests.app_idle import PATIENCE, until
from tests.tui.conftest import drawn_with, open_on, text_of
from tests.tui.drawn import Pictures, drawn

SIZES = ((120, 40), (80, 24), (60, 20))
SALE = """
name = "Workbook sale"
goal = "50m"
owner = "Ana"
[systems.sheet]
name = "Sales sheet"
[systems.texts]
name = "Offer texts"
[systems.mail]
name = "Mail"
[systems.bank]
name = "Business account"
"""
STEPS = (
    ("pictures", "Choose the pictures", "5m", "texts", "prepare = true"),
    ("look", "Look at last week's figures", "4m", "sheet", ""),
    ("offer", "Write this week's offer", "12m", "texts", ""),
    ("send", "Send the offer out", "6m", "mail", 'wait = "1d"'),
    ("collect", "Collect the approval mails", "3m", "mail", 'person = "Ben"'),
    ("transfer", "Transfer the money", "30s", "bank", 'person = "Ben"'),
    ("book", "Write payout and fees into the sheet", "4m", "sheet", ""),
)


@pytest.fixture
def sale(home: Home, clock: ManualClock) -> Home:
    """A home with a routine that waits, of which one run was done but for its last step's time."""
    text = SALE + "".join(
        f'[[steps]]\nid = "{step}"\ntitle = "{title}"\nplanned = "{planned}"\nsystems = ["{system}"]\n{more}\n'
        for step, title, planned, system, more in STEPS
    )
    (Path(home.places.routines) / "sale.toml").write_text(text)
    clock.advance(timedelta(days=-2))
    home.start("sale")
    for minutes in (6, 5, 11):
        clock.advance(timedelta(minutes=minutes))
        home.act("done")
    clock.advance(timedelta(minutes=4))
    home.act("waiting", text="orders")
    clock.advance(timedelta(hours=20))
    for verb, minutes in (("resume", 0), ("done", 2), ("done", 3), ("skip", 1), ("finish", 0)):
        clock.advance(timedelta(minutes=minutes))
        home.act(verb)
    return home


async def opened(pilot: Pilot[None]) -> FlowScreen:
    assert isinstance(pilot.app, ProcroutineApp)
    await drawn_with(pilot.app, "Weekly posts")
    screen = FlowScreen("sale")
    pilot.app.push_screen(screen)
    await until(lambda: pilot.app.screen is screen and screen.query_one(FlowChart).virtual_size.height)
    return screen


async def test_the_map_looks_as_it_did(snapshot: SnapshotAssertion, sale: Home, clock: ManualClock) -> None:
    pictures, app = [], open_on(sale, clock)
    async with app.run_test(size=SIZES[0]) as pilot:
        await opened(pilot)
        await pilot.press("right", "right", "right")
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await drawn_with(app, "▲ 4 Send the offer out", "5 switches")
            pictures.append(drawn(app))
        await pilot.press("m", "plus")
        await drawn_with(app, "by person", "Narrower")
        pictures.append(drawn(app))
    assert "\n".join(pictures) == snapshot(extension_class=Pictures)


async def test_a_run_is_drawn_as_it_was_and_a_step_has_its_page(sale: Home, clock: ManualClock) -> None:
    app = open_on(sale, clock)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot)
        await pilot.press("r")
        await until(lambda: isinstance(app.screen, PickScreen))
        await pilot.press("down", "enter")
        await drawn_with(app, "run of Tue 17 Nov 2026", "20h00", "1:00 skipped")
        await pilot.press("end")
        await until(lambda: screen.query_one(FlowSteps).index == len(screen.query_one(FlowSteps).bars) - 1)
        screen.query_one(FlowChart).post_message(FlowChart.Picked(99))  # what stood still in a step without work
        await pilot.press("plus", "plus")
        await pilot.click(FlowChart, offset=(2, 1))  # on the name of a lane, under which steps are scrolled
        assert screen.query_one(FlowSteps).index == len(screen.query_one(FlowSteps).bars) - 1
        await pilot.press("home", "enter")
        await until(lambda: isinstance(app.screen, StepPageScreen))
        await pilot.press("escape", "escape")
        await until(lambda: not isinstance(app.screen, FlowScreen))


def test_a_step_stays_selected_where_others_come_before_it(sale: Home, clock: ManualClock) -> None:
    bars = FlowReader(sale.places, clock).read("sale", None, By.SYSTEM).bars
    steps = FlowSteps()
    steps.show(bars[1:])
    steps.index = 1
    steps.show(bars)
    assert steps.bar == bars[2]
    steps.show(bars[:1])
    assert steps.bar == bars[0]


async def test_f_opens_it_from_this_week_and_x_writes_it(
    sale: Home, clock: ManualClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    app = open_on(sale, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await drawn_with(app, "Weekly posts")
        await pilot.press("f")
        await drawn_with(app, "as defined")
        await pilot.press("x")
        await until(lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press("s")
        await until(lambda: list(tmp_path.glob("flow-*.svg")), lambda: text_of(app))


class LateReader(FlowReader):
    """Reads nothing until it may."""

    may_read: Event

    def read(self, *asked: Any) -> FlowMap:
        assert self.may_read.wait(PATIENCE)
        return super().read(*asked)


async def test_the_screen_answers_keys_while_runs_are_read(sale: Home, clock: ManualClock) -> None:
    app = open_on(sale, clock)
    app.flow_reader = reader = LateReader(sale.places, clock)
    reader.may_read = Event()
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("f", "escape", "f"):
            await drawn_with(app, "Reading your runs" if key == "escape" else "Weekly posts")
            await pilot.press(key)
        await drawn_with(app, "Reading your runs")
        reader.may_read.set()
        await drawn_with(app, "as defined")


async def test_what_was_read_is_kept_for_the_next_map_and_a_changed_file_is_read_again(
    sale: Home, clock: ManualClock
) -> None:
    reader = FlowReader(sale.places, clock)
    before = reader.read("sale", None, By.SYSTEM)
    assert reader.read("sale", None, By.PERSON).what == before.what
    file = Path(sale.places.routines) / "sale.toml"
    file.write_text(file.read_text().replace("Workbook sale", "Sale of workbooks"))
    assert reader.read("sale", None, By.SYSTEM).name == "Sale of workbooks"
    with pytest.raises(NotFound):
        reader.read("nothing", None, By.SYSTEM)
