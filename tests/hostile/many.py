"""A walk through the places of the app that show one string of many that a home holds side by side.

The walk of `screens` goes through everything with the first of them; the lists, the search and the
commands show the others beside it. What shows one routine or one run is gone through here for each.
"""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from procroutine.tui.screens.finish import FinishScreen
from procroutine.tui.screens.problems import ProblemsScreen
from procroutine.tui.screens.redlines import RedlinesScreen
from procroutine.tui.screens.routine_list import RoutineList
from procroutine.tui.screens.run import RunScreen
from procroutine.tui.screens.run_page import RunPageScreen
from procroutine.tui.screens.run_table import RunTable
from tests.hostile.homes import Part
from tests.hostile.improving import improve
from tests.hostile.screens import ALL_WAYS, walk_all
from tests.hostile.walk import Walk


async def walk_many(folder: Path, texts: list[str], size: tuple[int, int] = (120, 40)) -> Walk:
    """Walk through the whole app with the first string, then through what shows one string with each other."""
    return await walk_all(folder, texts, size, (*ALL_WAYS, each_other))


async def walk_opened(folder: Path, texts: list[str], size: tuple[int, int] = (120, 40)) -> Walk:
    """Open the app on a run of the first string."""
    return await walk_all(folder, texts[:1], size, (_opened,), opens_on_a_run=True)


async def _opened(walk: Walk, pilot: Pilot[None]) -> None:
    """The run it opens on, or what was to be changed before it, with the ground below."""
    await walk.look(pilot, "the run it opens on")
    await walk.go(pilot, "escape")
    await walk.look(pilot, "what comes after the run it opened on")


async def each_other(walk: Walk, pilot: Pilot[None]) -> None:
    """Go with every string but the first through all that shows it alone."""
    for part in walk.home.parts[1:]:
        walk.text = part.text
        await _week(walk, pilot, part)
        await _trends(walk, pilot, part)
        await _history(walk, pilot, part)
        await improve(walk, pilot, part)
        await _run(walk, pilot, part)
    walk.text = walk.home.text


async def _week(walk: Walk, pilot: Pilot[None], part: Part) -> None:
    """Its four routines in the list and beside it, its problems, the questions, the search and the palette."""
    await walk.go(pilot, "1")
    routines = walk.app.screen.query_one(RoutineList)
    for routine_id in (part.no_toml_id, part.using_id, part.broken_id):
        routines.select_routine(routine_id)
        await walk.look(pilot, "This week, one selected")
    await walk.press(pilot, "enter")
    assert isinstance(walk.app.screen, ProblemsScreen)
    await walk.go(pilot, "escape")
    routines.select_routine(part.routine_id)
    await walk.ask(pilot, "s")
    await walk.look(pilot, "This week, one skipped")
    await walk.go(pilot, "u")
    await walk.ask(pilot, "n")
    await walk.go(pilot, "slash")
    await walk.paste(pilot, "enter")
    await walk.go(pilot, "escape")
    await walk.go(pilot, "ctrl+p")
    await walk.paste(pilot)
    await walk.go(pilot, "escape", "escape")


async def _trends(walk: Walk, pilot: Pilot[None], part: Part) -> None:
    walk.app.show_trends(part.routine_id)
    await walk.look(pilot, "Trends")
    await walk.press(pilot, "t")
    await walk.go(pilot, "r")
    await walk.paste(pilot)
    await walk.go(pilot, "escape")


async def _history(walk: Walk, pilot: Pilot[None], part: Part) -> None:
    """Its finished run among the others, found, corrected, deleted and brought back."""
    await walk.go(pilot, "2", "slash")
    await walk.paste(pilot)
    await walk.go(pilot, "escape")
    table = walk.app.screen.query_one(RunTable)
    table.select([row.run_id for row in table.rows].index(part.past_id))
    await walk.look(pilot, "History, one selected")
    await walk.press(pilot, "enter")
    assert isinstance(walk.app.screen, RunPageScreen)
    for key in ("n", "N", "l"):
        await walk.ask(pilot, key)
    await walk.press(pilot, "d")
    await walk.go(pilot, "u", "escape", "1")


async def _run(walk: Walk, pilot: Pilot[None], part: Part) -> None:
    """A run of its routine: what was to be changed, all questions, over its time, asleep, and the finish."""
    walk.app.open_run_of(part.routine_id)
    await walk.look(pilot, "what was to be changed")
    assert isinstance(walk.app.screen, RedlinesScreen), walk.app.screen
    await walk.go(pilot, "enter")
    for key in ("n", "g", "a", "P"):
        await walk.ask(pilot, key)
    assert isinstance(walk.app.screen, RunScreen), walk.app.screen
    await walk.go_on(pilot)
    await walk.press(pilot, "right_square_bracket", "right_square_bracket")
    await walk.let_time_go_by(pilot)
    await walk.ask(pilot, "s")
    for _ in range(8):
        if isinstance(walk.app.screen, RunScreen):
            await walk.go(pilot, "space")
    await walk.look(pilot, "the finish")
    assert isinstance(walk.app.screen, FinishScreen), walk.app.screen
    await walk.go(pilot, "y")
    await walk.ask(pilot, "c")
    await walk.press(pilot, "escape")
