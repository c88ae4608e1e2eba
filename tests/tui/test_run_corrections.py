"""Correcting a past run on its page, on a real home: what is asked, what comes of it, and how to take it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot
from textual.widgets import Input

from procroutine.clock import ManualClock
from procroutine.history.home import Home
from procroutine.history.past import PastRun
from procroutine.places import find_places
from procroutine.tui.app import ProcroutineApp
from procroutine.tui.screens.choose import ChooseScreen
from procroutine.tui.screens.pick import PickScreen
from procroutine.tui.screens.run_page import RunPageScreen
from tests.app_idle import until
from tests.tui.conftest import NOW, POSTS, drawn_with, open_on, said
from tests.tui.drawn import Pictures, drawn

SIZES = ((120, 40), (80, 24), (60, 20), (40, 12))


@pytest.fixture
def run_home(tmp_path: Path, clock: ManualClock) -> Home:
    """A home with two runs; the last was begun on Thu 19 Nov at 13:05 and took 5, 20 and 3 minutes.

    Its last step was done with the shop.
    """
    (tmp_path / "routines").mkdir()
    choice = 'id = "send"\nalternatives = ["docs", "shop"]'
    (tmp_path / "routines" / "posts.toml").write_text(POSTS.replace('id = "send"', choice))
    places = find_places({}, str(tmp_path))
    clock.advance(-timedelta(weeks=1, hours=1))
    home = Home(places, clock)
    home.history()._device = "desk-abcdef"  # the name of this machine would stand in the pictures
    for minutes in ((4, 18, 2), (5, 20, 3)):
        home.start("posts")
        for length in minutes:
            clock.advance(timedelta(minutes=length))
            home.act("done")
        clock.advance(timedelta(weeks=1) - timedelta(minutes=sum(minutes)))
    clock.advance(timedelta(hours=1) - timedelta(weeks=1))
    assert clock.read().wall == NOW
    return home


def last_run(home: Home) -> PastRun:
    return home.history().past(home.heads()[0].id)


async def opened(pilot: Pilot[None], home: Home) -> RunPageScreen:
    """Open the page of the last run."""
    app = pilot.app
    assert isinstance(app, ProcroutineApp)
    await pilot.pause()
    screen = RunPageScreen(home.heads()[0].id)
    app.push_screen(screen)
    await drawn_with(app, "Weekly posts", "Gather")
    return screen


async def answered(pilot: Pilot[None], key: str, text: str) -> None:
    """Press a key, write a text in the place of what stands in the line, and save it."""
    await pilot.press(key)
    field = await until(lambda: pilot.app.focused if isinstance(pilot.app.focused, Input) else None)
    assert isinstance(field, Input)
    field.value = text
    await pilot.press("enter")
    await until(lambda: isinstance(pilot.app.screen, RunPageScreen))
    await pilot.pause()


async def test_everything_of_a_run_is_corrected_on_its_page_and_u_takes_it_back(
    run_home: Home, clock: ManualClock
) -> None:
    app = open_on(run_home, clock)
    before = last_run(run_home)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await opened(pilot, run_home)
        await pilot.press("j")
        await answered(pilot, "e", "+2m")
        assert said(app)[-1] == "Write now has 22:00."
        await answered(pilot, "n", "slow network")
        await answered(pilot, "N", "a quiet day")
        await pilot.press("b")
        await until(lambda: isinstance(app.focused, Input))
        await pilot.press(*"-35m", "enter")  # what was offered gives way
        await until(lambda: isinstance(app.screen, RunPageScreen))
        assert said(app)[-1].startswith("It is at v1 · week 47 · Thu 19 Nov 2026 12:30")
        await answered(pilot, "l", "a fire drill")
        await pilot.press("o")
        await until(lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press("p")
        await until(lambda: isinstance(app.screen, RunPageScreen))
        await pilot.press("w")
        assert said(app)[-1] == "This step had no systems to choose from."
        await pilot.press("G", "w")
        await until(lambda: isinstance(app.screen, PickScreen))
        await pilot.press("up", "enter")
        await drawn_with(app, "with Docs", "system of Send: Shop → Docs")
        assert said(app)[-1] == "Send was done with Docs."
        past = last_run(run_home)
        assert (past.run.steps[1].active, past.run.steps[1].note) == (timedelta(minutes=22), "slow network")
        assert (past.run.note, past.run.outcome, past.left_out) == ("a quiet day", "partly", "a fire drill")
        assert past.run.started_at == before.run.started_at - timedelta(minutes=35)
        shows = await drawn_with(app, "left out · corrected", "note of Write: none → slow network")
        assert "time of Write: 20:00 → 22:00" in shows
        assert "start: Thu 19 Nov 2026 13:05 → 12:30" in shows
        lines = app.screen.query_one("#page-corrections")
        told = "the notice stands above them"
        assert await until(lambda: [one for one in app.screen.query("Toast") if one.region.bottom <= lines.region.y]), (
            told
        )
        for told in (
            "Taken back: system of Send: Shop again.",
            "Taken back: output: not said again.",
            "Taken back: statistics: counted again.",
            "Taken back: start: Thu 19 Nov 2026 13:05 again.",
            "Taken back: note: none again.",
            "Taken back: note of Write: none again.",
            "Taken back: time of Write: 20:00 again.",
        ):
            await pilot.press("u")
            await pilot.pause()
            assert said(app)[-1] == told
        assert last_run(run_home).run == before.run
        await pilot.press("u", "U")
        await drawn_with(app, "22:00")
        assert said(app)[-1] == "Again: time of Write: 22:00."


async def test_a_deleted_run_stays_in_sight_takes_no_correction_and_comes_back(
    run_home: Home, clock: ManualClock
) -> None:
    app = open_on(run_home, clock)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, run_home)
        await pilot.press("e", *"soon", "enter")
        await until(lambda: said(app) and said(app)[-1].startswith("'soon' is not a duration"))
        await pilot.press("escape", "d")
        await drawn_with(app, "deleted")
        assert len(run_home.heads()) == 1
        await pilot.press("e", "b", "n", "w", "o", "l", "d")
        assert app.screen is screen
        assert said(app)[-1] == "This run is deleted. u brings it back."
        await pilot.press("u")
        await until(lambda: len(run_home.heads()) == 2)
        await pilot.pause()
        assert said(app)[-1] == "Weekly posts is back."
        assert screen.page is not None
        assert (screen.page.deleted, screen.page.to_undo) == (False, "")


async def test_a_run_that_was_corrected_elsewhere_while_it_was_asked_about_is_not_written_over(
    run_home: Home, clock: ManualClock
) -> None:
    app = open_on(run_home, clock)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, run_home)
        await pilot.press("N")
        await until(lambda: isinstance(app.focused, Input))
        run_home.history().set_note(screen.run_id, "of another window")
        await pilot.press(*"ours", "enter")
        await drawn_with(app, "of another window")
        assert said(app)[-1] == "the run was changed in the meantime: look at it again"
        await pilot.press("escape", "N")
        field = await until(lambda: app.focused if isinstance(app.focused, Input) else None)
        assert isinstance(field, Input)
        assert field.value == "of another window"


def left_out(home: Home, run_id: str) -> None:
    home.history().leave_out(run_id, "the phone rang for half an hour, and then the network was gone as well")


def corrected(home: Home, run_id: str) -> None:
    history = home.history()
    history.amend(run_id, "write", "+", timedelta(minutes=2))
    history.set_note(run_id, "Write it the day before", "gather")
    history.set_start(run_id, NOW - timedelta(hours=2))
    history.set_outcome(run_id, "met")
    history.set_outcome(run_id, "partly")
    history.undo_correction(run_id)
    for minutes in (1, 2):
        history.amend(run_id, "send", "+", timedelta(minutes=minutes))


STATES: dict[str, Callable[[Home, str], object]] = {
    "plain": lambda home, run_id: None,
    "corrected": corrected,
    "left out": left_out,
    "deleted": lambda home, run_id: home.history().delete(run_id),
}


@pytest.mark.parametrize("state", STATES)
async def test_the_page_of_a_run_looks_as_it_did(
    snapshot: SnapshotAssertion, run_home: Home, clock: ManualClock, state: str
) -> None:
    run_id = run_home.heads()[0].id
    STATES[state](run_home, run_id)
    app = open_on(run_home, clock)
    pictures = []
    async with app.run_test(size=SIZES[0]) as pilot:
        await pilot.pause()
        app.push_screen(RunPageScreen(run_id))
        await drawn_with(app, "Weekly posts", "Gather")
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await pilot.pause()
            pictures.append(drawn(app))
    assert "\n".join(pictures) == snapshot(extension_class=Pictures)
