"""Keys that arrive all at once, as from a slow line: each finds what the key before it has led to."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import ClassVar

import pytest
from textual.app import App
from textual.dom import DOMNode
from textual.events import Key, MouseDown, MouseUp, Paste
from textual.widgets import Input

from procroutine.clock import ManualClock
from procroutine.history.home import Home
from procroutine.tui import in_order
from procroutine.tui.app import ProcroutineApp
from procroutine.tui.in_order import AppInOrder
from procroutine.tui.screens.ask import AskScreen
from procroutine.tui.screens.history import HistoryScreen
from procroutine.tui.screens.run import RunScreen
from procroutine.tui.screens.run_page import RunPageScreen
from procroutine.tui.screens.week import WeekScreen
from tests.app_idle import until
from tests.tui.conftest import run_shown


def send(app: App[None], keys: str) -> None:
    """Send keys without a pause between them."""
    for name in keys.split():
        app.post_message(Key(name, " " if name == "space" else name if len(name) == 1 else None))


async def settled(app: AppInOrder) -> None:
    """Wait until all keys that were sent are taken, and nothing is left to do."""
    await asyncio.sleep(0)  # the keys come in
    await until(lambda: app._is_settled and not app._waiting)


@pytest.fixture
def past(home: Home, clock: ManualClock) -> str:
    """Finish a run of the books, and give its id."""
    run = home.start("books").run
    clock.advance(timedelta(minutes=4))
    home.act("done")
    clock.advance(timedelta(minutes=1))
    return run.id


async def test_a_step_is_corrected_on_the_page_that_the_key_before_has_opened(
    app: ProcroutineApp, home: Home, past: str
) -> None:
    async with app.run_test():
        send(app, "2 enter e 1 5 m enter e 9")
        await settled(app)
        assert [type(screen) for screen in app.screen_stack[1:]] == [RunPageScreen, AskScreen]
        assert app.screen.query_one(Input).value == "9"
    assert home.history().past(past).run.steps[0].active == timedelta(minutes=15)
    assert not home.open_runs()


async def test_letters_of_a_note_are_no_verbs_and_the_next_verb_finds_the_run(
    app: ProcroutineApp, home: Home, past: str
) -> None:
    async with app.run_test():
        send(app, "slash b o enter enter n a 1 q p enter p question_mark escape u n d enter")
        await settled(app)
        assert isinstance(app.screen, RunScreen)
    (run,) = home.open_runs()
    assert (run.routine, run.state, run.steps[0].notes, run.note) == ("books", "running", ("a1qp", "d"), None)


async def test_keys_before_the_first_frame_go_to_the_run_that_the_app_opens_on(
    in_run: ProcroutineApp, home: Home
) -> None:
    async with in_run.run_test():
        send(in_run, "n l a t e r enter p")
        await settled(in_run)
    (run,) = home.open_runs()
    assert (run.state, run.steps[0].notes) == ("paused", ("later",))


async def test_keys_are_taken_though_a_screen_came_over_the_first_before_it_was_drawn(
    app: ProcroutineApp, past: str
) -> None:
    async with app.run_test():
        app.push_screen(RunPageScreen(past))
        send(app, "e 1 5 m")
        await settled(app)
        assert isinstance(app.screen, AskScreen)
        assert app.screen.query_one(Input).value == "15m"


async def test_pasted_text_and_a_key_wait_for_a_click_and_a_key_before_them(
    app: ProcroutineApp, home: Home, past: str
) -> None:
    async with app.run_test(size=(100, 32)) as pilot:
        await pilot.press("2")
        table = app.screen.query_one("#history-table").region
        x, y = table.x + 5, table.y + 1
        for kind in (MouseDown, MouseUp):
            app.post_message(kind(None, x, y, 0, 0, 1, False, False, False, x, y))
        send(app, "e")
        app.post_message(Paste("7m"))
        send(app, "enter")
        await settled(app)
    assert home.history().past(past).run.steps[0].active == timedelta(minutes=7)


async def test_the_list_answers_again_after_nothing_was_found_and_after_the_window_was_too_small(
    app: ProcroutineApp, past: str
) -> None:
    async with app.run_test(size=(100, 32)) as pilot:
        await pilot.press("2", "slash", *"none")
        screen = app.screen
        assert isinstance(screen, HistoryScreen)
        await until(lambda: screen.view is not None and not screen.view.rows)
        send(app, "enter escape enter")
        await settled(app)
        assert isinstance(app.screen, RunPageScreen)
        await pilot.resize_terminal(20, 8)
        await pilot.pause()
        assert app.focused is None
        await pilot.resize_terminal(100, 32)
        await pilot.press("e")
        assert isinstance(app.screen, AskScreen)


async def test_letters_are_no_verbs_after_the_window_was_too_small_for_the_line_they_go_into(
    app: ProcroutineApp, past: str
) -> None:
    async with app.run_test(size=(100, 32)) as pilot:
        for to_the_place in ((), ("escape", "2")):
            await pilot.press(*to_the_place, "slash", "b")
            await pilot.resize_terminal(20, 8)
            await until(lambda: app.focused is None)
            await pilot.resize_terminal(100, 32)
            await pilot.press("s", "d")
            assert app.screen.query_one(Input).value == "bsd"


async def test_a_search_that_is_late_looks_for_what_stands_in_the_line_by_then(
    app: ProcroutineApp, past: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test() as pilot:
        await pilot.press("2", "slash", *"none")
        screen = app.screen
        assert isinstance(screen, HistoryScreen)
        late = screen._search
        assert late is not None
        assert late._callback is not None
        looked_for: list[str] = []
        monkeypatch.setattr(screen, "_look_for", looked_for.append)
        screen.action_all()
        late._callback()
        await settled(app)
        await pilot.pause()
        assert set(looked_for) == {""}


async def test_a_second_space_is_none_however_long_the_first_one_took(
    in_run: ProcroutineApp, clock: ManualClock
) -> None:
    async with in_run.run_test() as pilot:
        screen = await run_shown(pilot)
        clock.advance(timedelta(milliseconds=900))
        in_run.held_back = timedelta(milliseconds=700)
        assert screen.step_done() is None
        in_run.held_back = timedelta(milliseconds=500)
        assert screen.step_done() is not None


async def test_a_key_knows_how_long_it_waited(clock: ManualClock) -> None:
    class Slow(AppInOrder):
        waits: ClassVar[list[timedelta]] = []

        def on_mount(self) -> None:
            self.take_keys()

        def on_key(self, _event: Key) -> None:
            self.waits.append(self.held_back)
            clock.advance(timedelta(seconds=2))

    app = Slow(lambda: clock.read().wall)
    async with app.run_test():
        await settled(app)
        send(app, "a b c")
        await settled(app)
    assert Slow.waits == [timedelta(seconds=seconds) for seconds in (0, 2, 4)]


async def test_keys_are_taken_though_something_goes_on_without_end(
    clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_order, "_MOST_TURNS", 50)
    taken: list[str] = []

    class Busy(AppInOrder):
        async def on_mount(self) -> None:
            self.run_worker(self._spin())
            self.take_keys()

        async def _spin(self) -> None:
            while len(taken) < 2:
                await asyncio.sleep(0)

        def on_key(self, event: Key) -> None:
            taken.append(event.key)

    app = Busy(lambda: clock.read().wall)
    async with app.run_test():
        send(app, "a b")
        await settled(app)
    assert taken == ["a", "b"]


async def test_a_press_on_what_was_taken_away_and_is_still_drawn_does_nothing(app: ProcroutineApp, past: str) -> None:
    async with app.run_test(size=(100, 32)) as pilot:
        await pilot.press("2")
        table = app.screen.query_one("#history-table")
        x, y, before = table.region.x + 5, table.region.y + 1, table.parent
        assert isinstance(before, DOMNode)
        table._detach()
        for kind in (MouseDown, MouseUp):
            app.post_message(kind(None, x, y, 0, 0, 1, False, False, False, x, y))
        await settled(app)
        table._attach(before)
        await pilot.press("1")
        assert isinstance(app.screen, WeekScreen)
