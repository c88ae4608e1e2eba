"""A walk through what the app shows to improve a routine: its flow map, its path, and changes tried on a copy."""

from __future__ import annotations

from textual.pilot import Pilot

from procroutine.tui.screens.flow import FlowScreen
from procroutine.tui.screens.path import PathScreen
from procroutine.tui.screens.what_if import WhatIf
from tests.app_idle import until
from tests.hostile.homes import Part
from tests.hostile.walk import Walk


async def flow_and_path(walk: Walk, pilot: Pilot[None]) -> None:
    """The flow map of the hostile routine and of a run of it, written, and its path, moved back and on."""
    walk.app.push_screen(FlowScreen(walk.home.routine_id))
    await walk.look(pilot, "the flow map")
    await walk.press(pilot, "l", "m", "plus", "minus", "enter", "escape")
    for kind in ("s", "t", "j"):
        await walk.press(pilot, "x", kind)
    await walk.press(pilot, "r", "down", "enter", "G", "escape")
    walk.app.push_screen(PathScreen(walk.home.routine_id))
    await walk.look(pilot, "the path")
    await walk.press(pilot, "k", "enter", "u", "escape")


async def what_if(walk: Walk, pilot: Pilot[None]) -> None:
    """Changes tried on a copy of the hostile routine: every kind, with the text for each answer, and kept."""
    await _open_what_if(walk, pilot, walk.home.routine_id)
    await walk.press(pilot, "K", "J", "enter", "escape", "a")
    await walk.paste(pilot, "escape")
    await walk.press(pilot, "a", "enter", "f", "b", "u")
    for key in ("c", "p", "s", "o"):
        await walk.press(pilot, key)
        await walk.answer(pilot)
    await walk.press(pilot, "m", "x", "u", "u", "tab", "G", "tab", "w")
    await walk.press(pilot, "w")
    await _known(walk)
    await walk.look(pilot, "what was kept")
    await walk.press(pilot, "escape")


async def improve(walk: Walk, pilot: Pilot[None], part: Part) -> None:
    """The flow map, the path and the draft of another string's routine, with the text for a system and a person."""
    for screen in (FlowScreen(part.routine_id), PathScreen(part.routine_id)):
        walk.app.push_screen(screen)
        await walk.look(pilot, type(screen).__name__)
        await walk.go(pilot, "escape")
    await _open_what_if(walk, pilot, part.routine_id)
    for key in ("s", "o"):
        await walk.ask(pilot, key)
    await walk.press(pilot, "w")
    await walk.go(pilot, "escape", "escape")


async def _open_what_if(walk: Walk, pilot: Pilot[None], routine_id: str) -> None:
    walk.app.push_screen(WhatIf(routine_id))
    await _known(walk)
    await walk.look(pilot, "what-if")


async def _known(walk: Walk) -> None:
    """Wait until the runs are read."""

    def told() -> object:
        return walk.app.screen, list(walk.app._notifications)[-1:]

    await until(lambda: isinstance(walk.app.screen, WhatIf) and walk.app.screen.draft, told)
