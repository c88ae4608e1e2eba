"""A run shown in one window while it is acted on elsewhere: no key acts on what the window did not show."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from procroutine.clock import ManualClock
from procroutine.history.home import Home
from procroutine.tui.app import ProcroutineApp
from procroutine.tui.screens.ask import AskScreen
from procroutine.tui.screens.run import RunScreen
from tests.app_idle import until
from tests.tui.conftest import run_shown, said, text_of

WIDE = (120, 40)
HALF = timedelta(seconds=30)


@pytest.fixture
def elsewhere(home: Home, clock: ManualClock) -> Home:
    """The same home as another window has it open."""
    return Home(home.places, clock)


def state(home: Home) -> tuple[str, list[str]]:
    run = home.open_runs()[0]
    return run.state, [step.state for step in run.steps]


async def test_space_in_two_windows_finishes_one_step(
    in_run: ProcroutineApp, home: Home, elsewhere: Home, go_by: Any, clock: ManualClock
) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        await run_shown(pilot)
        await go_by(pilot, HALF)
        elsewhere.act("done")
        clock.advance(timedelta(milliseconds=500))
        await pilot.press("space")
        assert state(home) == ("running", ["done", "current", "pending"])
        assert said(in_run)[-1].startswith("Step 1, Gather, was done at 14:05 elsewhere: look at the run")
        assert "✓ Gather" in text_of(in_run), "the window shows at once what it was behind with"
        clock.advance(timedelta(milliseconds=500))
        await pilot.press("space")
        assert state(home) == ("running", ["done", "done", "current"])


async def test_a_step_that_is_looked_at_and_taken_away_elsewhere_is_not_gone_to(
    in_run: ProcroutineApp, home: Home, elsewhere: Home, go_by: Any
) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        await run_shown(pilot)
        elsewhere.act("done")
        elsewhere.act("done")
        elsewhere.act("add", title="Call Ben")
        await go_by(pilot)
        await pilot.press("]")
        await until(lambda: "Looking at step 4" in text_of(in_run))
        elsewhere.act("undo")
        await go_by(pilot)
        await until(lambda: "Step 3 of 3" in text_of(in_run))
        await pilot.press("g")
        await until(lambda: isinstance(in_run.screen, AskScreen))


@pytest.mark.parametrize("key", ["u", "U"])
async def test_undo_takes_back_nothing_that_was_not_shown(
    in_run: ProcroutineApp, home: Home, elsewhere: Home, go_by: Any, key: str
) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        await run_shown(pilot)
        await go_by(pilot, HALF)
        await pilot.press("space")
        elsewhere.act("note", text="hm")
        await pilot.press(key)
        assert state(home) == ("running", ["done", "current", "pending"])
        assert "A note was written at 14:05 elsewhere" in said(in_run)[-1]


async def test_a_skip_that_was_being_reasoned_about_does_not_hit_the_next_step(
    in_run: ProcroutineApp, home: Home, elsewhere: Home, go_by: Any
) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        await run_shown(pilot)
        await go_by(pilot, HALF)
        await pilot.press("s", *"no time")
        elsewhere.act("done")
        await go_by(pilot)
        await pilot.press("enter")
        assert state(home) == ("running", ["done", "current", "pending"])
        assert "Step 1, Gather, was done" in said(in_run)[-1]


async def test_two_pauses_are_one(in_run: ProcroutineApp, home: Home, elsewhere: Home, go_by: Any) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        await run_shown(pilot)
        await go_by(pilot, HALF)
        elsewhere.act("pause")
        await pilot.press("p")
        assert state(home) == ("paused", ["current", "pending", "pending"])
        assert "is paused already" in said(in_run)[-1]


async def test_a_key_on_a_run_that_was_finished_elsewhere_leaves_it_finished(
    in_run: ProcroutineApp, home: Home, elsewhere: Home, go_by: Any
) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        await run_shown(pilot)
        await go_by(pilot, HALF)
        elsewhere.act("finish")
        await pilot.press("u")
        await pilot.pause()
        assert home.open_runs() == ()
        assert [head.state for head in home.heads()] == ["finished"]
        assert not isinstance(in_run.screen, RunScreen)


async def test_a_finish_taken_back_elsewhere_is_not_taken_back_again(
    in_run: ProcroutineApp, home: Home, elsewhere: Home, go_by: Any
) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        screen = await run_shown(pilot)
        for _ in range(3):
            await go_by(pilot, HALF)
            await pilot.press("space")
        await pilot.pause()
        elsewhere.act("undo", run=screen.run_id)
        await pilot.press("u")
        assert state(home) == ("running", ["done", "done", "current"])
        assert "Weekly posts was taken up again" in said(in_run)[-1]


async def test_every_window_shows_within_a_tick_what_was_done_elsewhere(
    in_run: ProcroutineApp, elsewhere: Home, go_by: Any
) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        screen = await run_shown(pilot)
        for place in (1, 2):
            elsewhere.act("done")
            await go_by(pilot)
            assert screen.view is not None
            assert screen.view.current == place
