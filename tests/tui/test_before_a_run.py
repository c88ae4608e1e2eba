"""Before a run: what was to be changed first, and what can be prepared."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from procroutine.clock import ManualClock
from procroutine.history.home import Home
from procroutine.tui.app import ProcroutineApp
from procroutine.tui.screens.problems import ProblemsScreen
from procroutine.tui.screens.redlines import RedlinesScreen
from procroutine.tui.screens.routine_list import RoutineList
from procroutine.tui.screens.routine_pane import RoutinePane
from procroutine.tui.screens.run import RunScreen
from procroutine.tui.screens.week import WeekScreen
from procroutine.tui.verbs import redlines_before
from tests.app_idle import until
from tests.tui.conftest import open_on, run_shown, said, text_of

WIDE = (120, 40)
MINUTE = timedelta(minutes=1)
TRIP = """
name = "Trip"
schedule = "weekly on Thursday"
[[steps]]
title = "Pack"
planned = "5m"
prepare = true
[[steps]]
title = "Charge"
prepare = true
[[steps]]
title = "Drive"
planned = "20m"
"""


@pytest.fixture
def redlined(home: Home, clock: ManualClock) -> Home:
    """A home with a finished run of the posts and two redlines, one of which was written after it."""
    run = home.start("posts").run
    home.act("finish")
    home.history().add_redline("posts", "Drop the second draft", run=run.id)
    clock.advance(MINUTE)
    home.history().add_redline("posts", "Ask Ana on Friday")
    return home


def open_redlines(home: Home) -> list[str]:
    return [line.text for line in home.overview(0).redlines]


def editor_that_writes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, app: ProcroutineApp, words: str) -> None:
    """Let the editor be a program that changes the planned time of the first step into `words`."""
    program = tmp_path / "editor"
    program.write_text(f'#!/bin/sh\nsed -i \'s/planned = "5m"/planned = "{words}"/\' "$1"\n')
    program.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(program))
    monkeypatch.setattr(app, "suspend", nullcontext)


async def test_open_redlines_are_shown_before_the_run_begins(redlined: Home, app: ProcroutineApp) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "enter")
        await pilot.pause()
        assert isinstance(app.screen, RedlinesScreen)
        assert "Drop the second draft   week 47" in text_of(app)
        assert "Ask Ana on Friday" in text_of(app)
        assert redlined.open_runs() == ()
        await pilot.press("enter")
        await run_shown(pilot)
        assert len(redlined.open_runs()) == 1
        assert len(open_redlines(redlined)) == 2


@pytest.mark.parametrize("size", [WIDE, (80, 24)])
async def test_this_week_says_before_enter_that_something_is_to_change(
    redlined: Home, app: ProcroutineApp, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert "to change first" not in text_of(app)
        await pilot.press("j")
        await pilot.pause()
        assert "2 to change first" in text_of(app)


def test_redlines_written_under_a_former_name_are_shown_too(redlined: Home) -> None:
    path = Path(redlined.places.routines, "posts.toml")
    path.rename(path.with_name("feeds.toml"))
    path = path.with_name("feeds.toml")
    path.write_text(f'previous_ids = ["posts"]\n{path.read_text()}')
    assert [line.text for line in redlines_before(redlined, "feeds")] == ["Drop the second draft", "Ask Ana on Friday"]
    assert redlines_before(redlined, "books") == ()


async def test_their_number_stands_apart_from_where_the_time_goes(
    redlined: Home, app: ProcroutineApp, clock: ManualClock
) -> None:
    redlined.start("posts")
    clock.advance(MINUTE)
    redlined.act("done")
    redlined.act("finish")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        app.screen.query_one(RoutineList).select_routine("posts")
        await pilot.pause()
        pane = app.screen.query_one(RoutinePane)
        rows = [str(line).strip() for line in pane.lines(pane.size.width)]
        at = rows.index("2 to change first")
        assert "Where the time goes" in rows[:at]
        assert rows[at - 1] == ""
        assert rows[at + 1 :] == [rows[-1]]
        assert len(rows) <= pane.size.height


async def test_of_many_the_marked_one_is_in_sight(redlined: Home, clock: ManualClock, app: ProcroutineApp) -> None:
    for number in range(8):
        clock.advance(MINUTE)
        redlined.history().add_redline(
            "posts", f"Redline {number}, which says as much as a line of this box has room for"
        )
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("j", "enter")
        await until(lambda: isinstance(app.screen, RedlinesScreen))
        await pilot.press("k")
        await until(lambda: "▌○ Redline 7" in text_of(app), lambda: text_of(app))
        await pilot.press("j")
        await until(lambda: "▌○ Drop the second draft" in text_of(app), lambda: text_of(app))


async def test_esc_begins_nothing(redlined: Home, app: ProcroutineApp) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "enter", "escape")
        assert isinstance(app.screen, WeekScreen)
        assert redlined.open_runs() == ()


async def test_a_deadline_that_was_given_waits_for_them(redlined: Home, clock: ManualClock) -> None:
    app = open_on(redlined, clock, "posts")
    app.deadline = clock.reading.wall + 40 * MINUTE
    async with app.run_test(size=WIDE) as pilot:
        await until(lambda: isinstance(app.screen, RedlinesScreen))
        assert redlined.open_runs() == ()
        await pilot.press("enter")
        await run_shown(pilot)
        assert redlined.open_runs()[0].deadline == clock.reading.wall + 40 * MINUTE
        assert "By 14:46: fits" in text_of(app)


async def test_they_are_not_shown_again_while_the_run_goes_on(redlined: Home, app: ProcroutineApp) -> None:
    redlined.start("posts")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, RunScreen)


async def test_a_dropped_one_is_brought_back_by_undo(redlined: Home, app: ProcroutineApp) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "enter", "x")
        assert open_redlines(redlined) == ["Ask Ana on Friday"]
        assert "dropped" in text_of(app)
        await pilot.press("x")
        assert open_redlines(redlined) == []
        await pilot.press("u", "u")
        assert len(open_redlines(redlined)) == 2


async def test_done_opens_the_routine_and_ties_the_new_revision_to_it(
    redlined: Home, app: ProcroutineApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor_that_writes(monkeypatch, tmp_path, app, "4m")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "enter", "d")
        await pilot.pause()
        assert open_redlines(redlined) == ["Ask Ana on Friday"]
        revisions = redlined.history().revisions("posts")
        assert [(one["number"], one["note"]) for one in revisions] == [(1, None), (2, "Drop the second draft")]
        assert said(app)[-1] == "Done. Revision 2 is tied to it. u opens it again."
        await pilot.press("enter")
        await run_shown(pilot)
        assert redlined.open_runs()[0].revision == 2


async def test_several_are_done_with_one_change(
    redlined: Home, app: ProcroutineApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor_that_writes(monkeypatch, tmp_path, app, "4m")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "enter", "space", "j", "space")
        await pilot.pause()
        assert text_of(app).count("●") >= 2
        await pilot.press("d")
        await pilot.pause()
        assert open_redlines(redlined) == []
        assert redlined.history().revisions("posts")[1]["note"] == "Drop the second draft; Ask Ana on Friday"
        assert said(app)[-1] == "Done. Revision 2 is tied to them. u opens them again."
        await pilot.press("u")
        assert len(open_redlines(redlined)) == 2


async def test_one_that_the_change_before_settled_too_is_tied_to_it(
    redlined: Home, app: ProcroutineApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor_that_writes(monkeypatch, tmp_path, app, "4m")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "enter", "d")
        await pilot.pause()
        await pilot.press("d")
        await pilot.pause()
        assert said(app)[-1] == "Done. Revision 2 is tied to it. u opens it again."
        assert [line["revision"] for line in redlined.history().merged("redlines").values()] == [2, 2]


async def test_one_for_which_the_file_was_not_changed_stays_open(
    redlined: Home, app: ProcroutineApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor_that_writes(monkeypatch, tmp_path, app, "5m")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "enter", "j", "d")
        await until(lambda: said(app)[-1:] == ["The file is as it was: 1 redline stays open, x drops."])
        assert len(open_redlines(redlined)) == 2
        assert len(redlined.history().revisions("posts")) == 1
        await pilot.press("u")
        assert len(open_redlines(redlined)) == 2


async def test_a_file_with_problems_settles_nothing(
    redlined: Home, app: ProcroutineApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor_that_writes(monkeypatch, tmp_path, app, "soon")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "enter", "d")
        await pilot.pause()
        assert isinstance(app.screen, ProblemsScreen)
        await pilot.press("escape")
        assert len(open_redlines(redlined)) == 2


# Preparing


@pytest.fixture
def trip(home: Home, clock: ManualClock) -> ProcroutineApp:
    path = Path(home.places.routines)
    for file in path.glob("*.toml"):
        file.unlink()
    (path / "trip.toml").write_text(TRIP)
    return open_on(home, clock)


async def test_b_prepares_and_enter_begins(trip: ProcroutineApp, home: Home, go_by: Any) -> None:
    async with trip.run_test(size=WIDE) as pilot:
        await pilot.press("b")
        screen = await run_shown(pilot)
        await go_by(pilot, MINUTE / 2)
        assert screen.view is not None
        assert (screen.view.preparing, screen.view.panel.time) == ("preparing", MINUTE / 2)
        assert "◐ preparing" in text_of(trip)
        assert "The run has not begun." in text_of(trip)
        await pilot.press("space")
        await go_by(pilot)
        await pilot.press("space")
        await pilot.pause()
        assert "◐ prepared" in text_of(trip)
        assert "All is prepared. p begins the run" in text_of(trip)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(trip.screen, WeekScreen)
        assert home.open_runs()[0].preparing
        await go_by(pilot, timedelta(days=1))
        await pilot.press("enter")
        await run_shown(pilot)
        (run,) = home.open_runs()
        assert (run.preparing, run.state, run.active) == (False, "running", timedelta())
        assert [step.prepared for step in run.steps] == [MINUTE / 2, timedelta(seconds=1), None]


async def test_p_begins_what_is_prepared(trip: ProcroutineApp, home: Home, go_by: Any) -> None:
    async with trip.run_test(size=WIDE) as pilot:
        await pilot.press("b")
        await run_shown(pilot)
        for _ in range(2):
            await go_by(pilot)
            await pilot.press("space")
        await go_by(pilot)
        await pilot.press("space")
        assert said(trip)[-1] == "Trip has not begun yet: begin it first"
        await pilot.press("p")
        await pilot.pause()
        assert not home.open_runs()[0].preparing
        assert "All is prepared" not in text_of(trip)


async def test_b_goes_on_with_what_is_being_prepared(trip: ProcroutineApp, home: Home) -> None:
    home.prepare("trip")
    home.act("pause")
    async with trip.run_test(size=WIDE) as pilot:
        await pilot.press("b")
        await run_shown(pilot)
        (run,) = home.open_runs()
        assert (run.preparing, run.state) == (True, "running")


async def test_b_with_nothing_to_prepare_says_so(app: ProcroutineApp, home: Home) -> None:
    async with app.run_test() as pilot:
        await pilot.press("b")
        assert "Weekly posts has no step that may be done before" in said(app)[-1]
        home.start("posts")
        await pilot.press("b")
        assert said(app)[-1] == "Weekly posts has begun already: go on with it"
        assert len(home.open_runs()) == 1
