"""The path of a routine on the screen."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from syrupy.assertion import SnapshotAssertion

from procroutine.clock import ManualClock
from procroutine.history.home import Home
from procroutine.improvement.phase_reading import turned
from procroutine.insight.viewer import Viewer
from procroutine.tui.screens.finish import FinishScreen
from procroutine.tui.screens.path import PathScreen
from tests.app_idle import until
from tests.tui.conftest import do_runs, drawn_with, open_on, run_shown, said
from tests.tui.drawn import Pictures, drawn

SIZES = ((120, 40), (80, 24), (60, 20))


async def test_the_path_looks_as_it_did(snapshot: SnapshotAssertion, home: Home, clock: ManualClock) -> None:
    do_runs(home, 5)
    pictures, app = [], open_on(home, clock)
    async with app.run_test(size=SIZES[0]) as pilot:
        await drawn_with(app, "Weekly posts")
        app.push_screen(PathScreen("posts"))
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await drawn_with(app, "moves it to Implemented")
            pictures.append(drawn(app))
    assert "\n".join(pictures) == snapshot(extension_class=Pictures)


async def test_a_routine_is_moved_and_moved_back(home: Home, clock: ManualClock) -> None:
    app, file = open_on(home, clock), Path(home.places.routines) / "posts.toml"
    before = file.read_text()
    async with app.run_test(size=(80, 24)) as pilot:
        await drawn_with(app, "Weekly posts")
        await pilot.press("p")
        await drawn_with(app, "Run it with the timer")
        await pilot.press("k", "enter")
        await drawn_with(app, "in the phase Design", "u Undo")
        await until(lambda: said(app) == ["Moved from Testing to Design. u moves it back."])
        assert file.read_text() == before.replace('goal = "30m"\n', 'goal = "30m"\nphase = "design"\n')
        await pilot.press("u")
        await drawn_with(app, "in the phase Testing")
        await until(lambda: said(app) == ["Moved back to Testing."], lambda: said(app))
        assert 'phase = "testing"' in file.read_text()
        await pilot.press("escape")
        await until(lambda: not isinstance(app.screen, PathScreen))


async def test_where_it_is_low_the_suggested_phase_is_in_sight_and_the_rest_is_paged_to(
    home: Home, clock: ManualClock
) -> None:
    do_runs(home, 5)
    app = open_on(home, clock)
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.press("p")
        await drawn_with(app, "▌○ Implemented")
        await pilot.press("pagedown")
        await drawn_with(app, "Next   Move on to Implemented")
        await pilot.press("pageup", "pageup", "pageup")
        await drawn_with(app, "Weekly posts   in the phase Testing")


async def test_the_run_that_makes_the_difference_says_so(home: Home, clock: ManualClock, go_by: Any) -> None:
    do_runs(home, 3)
    app = open_on(home, clock, "posts")
    async with app.run_test(size=(80, 24)) as pilot:
        await run_shown(pilot)
        clock.advance(timedelta(minutes=27))
        home.act("finish")
        await go_by(pilot)
        await until(lambda: isinstance(app.screen, FinishScreen))
        await go_by(pilot)
        await pilot.press("enter")
        await until(lambda: said(app)[-1:] and "posts: Move on to Implemented" in said(app)[-1], lambda: said(app))


def test_no_other_run_does(home: Home) -> None:
    do_runs(home, 6)
    past = Viewer(home).past
    newest, *_, oldest = past.heads_of("posts")
    assert turned(home, past, "posts", newest.id) is None
    assert turned(home, past, "gone", oldest.id) is None
