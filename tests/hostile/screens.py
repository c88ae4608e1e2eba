"""A walk through every screen and dialog of the app on a hostile home, looking at all that is drawn."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.widgets import OptionList

from procroutine.tui.screens.ask import AskScreen
from procroutine.tui.screens.finish import FinishScreen
from procroutine.tui.screens.redlines import RedlinesScreen
from procroutine.tui.screens.report import ReportScreen
from procroutine.tui.screens.revisions import RevisionsScreen
from procroutine.tui.screens.run import RunScreen
from tests.app_idle import until
from tests.hostile.homes import HostileHome
from tests.hostile.improving import flow_and_path, review, what_if
from tests.hostile.undrawn import undrawn
from tests.hostile.walk import Walk

Way = Callable[[Walk, Pilot[None]], Any]


async def week(walk: Walk, pilot: Pilot[None]) -> None:
    """This week: every row, the search, a broken file, a week off, loose ends, a new routine, the editor."""
    await walk.look(pilot, "This week")
    for _ in range(5):
        await walk.press(pilot, "j")
    await walk.press(pilot, "g")
    for key in ("s", "n"):
        await walk.press(pilot, key)
        await walk.answer(pilot)
        await walk.press(pilot, "u")
    await walk.press(pilot, "a")
    await walk.answer(pilot)
    await walk.press(pilot, "G", "space", "u", "b", "escape", "b", "enter", "escape", "G", "x", "u", "g")
    await walk.press(pilot, "e", "slash")
    await walk.paste(pilot, "enter", "escape")
    broken = next(entry for entry in walk.app.home.library().entries if entry.startswith("broken"))
    walk.app.screen.query_one("#routines").select_routine(broken)  # type: ignore[attr-defined]  # a RoutineList
    await walk.press(pilot, "enter", "escape")


async def palette_and_help(walk: Walk, pilot: Pilot[None]) -> None:
    """The commands, all and some, and the page of keys."""
    await walk.press(pilot, "ctrl+p")
    await until(lambda: walk.app.screen.query_one(OptionList).option_count, lambda: walk.app.screen)
    await walk.press(pilot, *"start")
    await until(lambda: walk.app.screen.query_one(OptionList).option_count, lambda: walk.app.screen)
    await walk.look(pilot, "commands found")
    await walk.paste(pilot, "escape")
    await walk.press(pilot, "escape", "f2", "escape", "question_mark")
    await walk.press(pilot, "escape")


async def trends(walk: Walk, pilot: Pilot[None]) -> None:
    """Trends of every routine that has runs, its tables, its exports, and a run from the chart."""
    for routine_id, _ in walk.app.viewer.past.trends_routines():
        walk.app.show_trends(routine_id)
        await walk.look(pilot, "Trends")
        await walk.press(pilot, "t", "m", "d", "left")
        await walk.look(pilot, "Trends by days")
        await walk.press(pilot, "d", "m")
        await walk.press(pilot, "s", "enter", "left", "tab", "w", "s", "escape", "escape")
    for kind in ("c", "s"):
        await walk.press(pilot, "x")
        await walk.press(pilot, kind)
    await walk.press(pilot, "left")
    await revisions(walk, pilot)
    await walk.press(pilot, "r")
    await walk.paste(pilot, "escape")


async def revisions(walk: Walk, pilot: Pilot[None]) -> None:
    """The revisions of the hostile routine, from Trends: the list, what was changed, a note, a mark, a comparison."""
    walk.app.show_trends(walk.home.routine_id)
    await walk.look(pilot, "Trends")
    await walk.press(pilot, "v", "enter", "G", "tab", "j", "m", "u")
    assert isinstance(walk.app.screen, RevisionsScreen), f"no revisions are shown: {walk.app.screen}"
    await walk.press(pilot, "n")
    await walk.answer(pilot)
    await walk.press(pilot, "c")
    await walk.paste(pilot, "escape")
    await walk.press(pilot, "escape")


async def history(walk: Walk, pilot: Pilot[None]) -> None:
    """History, its search, its routines, its export, two runs compared, and the page of one, corrected and deleted."""
    await walk.press(pilot, "2")
    await walk.press(pilot, "x")
    await walk.press(pilot, "r")
    await walk.press(pilot, "escape")
    await walk.press(pilot, "slash")
    await walk.paste(pilot, "escape")
    for _ in range(2):
        await walk.press(pilot, "enter")
        for key in ("e", "b", "n", "N", "l"):
            await walk.ask(pilot, key)
        await walk.press(pilot, "o", "m", "u", "U", "l")
        if isinstance(walk.app.screen, AskScreen):  # the text was no reason that is taken: asks again
            await walk.press(pilot, "escape")
        await walk.press(pilot, "d", "u", "escape", "j")
    await walk.press(pilot, "o", "c", "k", "c", "escape")
    await walk.press(pilot, "enter", "c", "enter", "escape", "escape")
    await walk.press(pilot, "1")


async def run(walk: Walk, pilot: Pilot[None]) -> None:
    """A run: all that can be asked and told in it, over its usual times, asleep, left, and finished."""
    walk.app.open_run_of(walk.home.routine_id)
    await until(lambda: isinstance(walk.app.screen, RedlinesScreen), lambda: walk.app.screen)
    await walk.look(pilot, "what was to be changed")
    await walk.press(pilot, "enter")
    await until(lambda: isinstance(walk.app.screen, RunScreen), lambda: walk.app.screen)
    await walk.look(pilot, "a run")
    for key in ("n", "g", "a", "P"):
        await walk.press(pilot, key)
        await walk.paste(pilot, "enter")
        await walk.press(pilot, "escape") if not isinstance(walk.app.screen, RunScreen) else None
    await walk.go_on(pilot)
    for keys in ("t", "t", "1", "2", "3", "right_square_bracket", "right_square_bracket", "tab", "tab"):
        await walk.press(pilot, keys)
    await walk.let_time_go_by(pilot)
    await walk.press(pilot, "s")
    await walk.paste(pilot, "enter")
    await walk.press(pilot, "escape")
    await walk.press(pilot, "d")
    await walk.press(pilot, "escape")
    for _ in range(8):
        if isinstance(walk.app.screen, RunScreen):
            await walk.press(pilot, "space")
    await until(lambda: isinstance(walk.app.screen, FinishScreen), lambda: walk.app.screen)
    await walk.look(pilot, "the finish")
    await walk.press(pilot, "y", "c")
    await walk.paste(pilot, "enter")
    await walk.press(pilot, "escape")


async def report(walk: Walk, pilot: Pilot[None]) -> None:
    """The reports of this week and of those before, read to the end, and written."""
    walk.app.push_screen(ReportScreen())
    await walk.look(pilot, "the week's report")
    for key in ("G", "left", "G", "left", "right"):
        await walk.press(pilot, key)
    for kind in ("h", "m", "t"):
        await walk.press(pilot, "x", kind)
    await walk.press(pilot, "escape")


ALL_WAYS: tuple[Way, ...] = (week, palette_and_help, trends, history, flow_and_path, what_if, review, report, run)


async def walk_all(
    folder: Path,
    texts: Sequence[str],
    size: tuple[int, int] = (120, 40),
    ways: tuple[Way, ...] = ALL_WAYS,
    opens_on_a_run: bool = False,
) -> Walk:
    """Walk through the whole app on a home of these texts; exports go into the folder."""
    before = os.getcwd()
    os.makedirs(folder / "exports")
    os.chdir(folder / "exports")
    try:
        home = HostileHome(folder / "home", *texts)
        walk = Walk(home, home.routine_id if opens_on_a_run else None)
        with undrawn():
            async with walk.app.run_test(size=size, notifications=True) as pilot:
                for way in ways:
                    await way(walk, pilot)
    finally:
        os.chdir(before)
    return walk
