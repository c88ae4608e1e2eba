"""A walk through what the app shows to improve a routine: its flow map, its path, and changes tried on a copy."""

from __future__ import annotations

from datetime import timedelta

from textual.pilot import Pilot

from procroutine.improvement.change import drop
from procroutine.improvement.levers.lever import Figure, Lever
from procroutine.tui.screens.flow import FlowScreen
from procroutine.tui.screens.path import PathScreen
from procroutine.tui.screens.review import ReviewScreen
from procroutine.tui.screens.what_if import WhatIf
from tests.app_idle import until
from tests.hostile.homes import Part
from tests.hostile.walk import Walk


async def flow_and_path(walk: Walk, pilot: Pilot[None]) -> None:
    """The flow map of the hostile routine and of a run of it, written, and its path, moved back and on."""
    screen = FlowScreen(walk.home.routine_id)
    await _open_map(walk, pilot, screen)
    await walk.press(pilot, "l", "m")
    await until(lambda: screen.flow is not None and screen.flow.by is screen.by)
    await walk.press(pilot, "plus", "minus", "enter", "escape")
    for kind in ("s", "t", "j"):
        await walk.press(pilot, "x", kind)
    await walk.press(pilot, "r", "down", "enter")
    await until(lambda: screen.flow is not None and screen.flow.run_id == screen.run_id)
    await walk.press(pilot, "G", "escape")
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
    await _open_map(walk, pilot, FlowScreen(part.routine_id))
    await walk.go(pilot, "escape")
    walk.app.push_screen(PathScreen(part.routine_id))
    await walk.look(pilot, "the path")
    await walk.go(pilot, "escape")
    await _open_what_if(walk, pilot, part.routine_id)
    for key in ("s", "o"):
        await walk.ask(pilot, key)
    await walk.press(pilot, "w")
    await walk.go(pilot, "escape", "escape")


async def _open_map(walk: Walk, pilot: Pilot[None], screen: FlowScreen) -> None:
    """Open a flow map, and look once it is read."""
    walk.app.push_screen(screen)
    await until(lambda: screen.flow)
    await walk.look(pilot, "the flow map")


async def _open_what_if(walk: Walk, pilot: Pilot[None], routine_id: str) -> None:
    walk.app.push_screen(WhatIf(routine_id))
    await _known(walk)
    await walk.look(pilot, "what-if")


async def _known(walk: Walk) -> None:
    """Wait until the runs are read."""

    def told() -> object:
        return walk.app.screen, list(walk.app._notifications)[-1:]

    await until(lambda: isinstance(walk.app.screen, WhatIf) and walk.app.screen.draft, told)


async def review(walk: Walk, pilot: Pilot[None]) -> None:
    """The review of all routines and of each, with changes that name the texts, its tables, and a change tried."""
    await walk.go(pilot, "4")
    screen = await until(lambda: isinstance(walk.app.screen, ReviewScreen) and walk.app.screen, lambda: walk.app.screen)
    assert isinstance(screen, ReviewScreen)
    await until(lambda: screen.view, lambda: list(walk.app._notifications)[-1:])
    await walk.look(pilot, "Review")
    assert screen.book is not None
    levers = tuple(_lever(walk, part) for part in walk.home.parts)
    screen.book = screen.book.replaced(review=screen.book.review.replaced(levers=levers))
    screen.show()
    await walk.look(pilot, "Review with changes")
    for _ in range(3):
        await walk.press(pilot, "j", "t", "tab", "G")
    await walk.press(pilot, "r")
    await walk.paste(pilot, "escape")
    for part in walk.home.parts:
        walk.text = part.text
        screen.show_page(part.routine_id)
        await walk.look(pilot, "Review of one")
        await walk.press(pilot, "t")
    walk.text = walk.home.text
    await walk.press(pilot, "left")
    await walk.go(pilot, "enter")
    await _known(walk)
    await walk.look(pilot, "a change tried")
    await walk.press(pilot, "escape", "1")


def _lever(walk: Walk, part: Part) -> Lever:
    """Make a lever whose every text is hostile, as the runs of so small a home show none."""
    routine = walk.app.home.library().entries[part.routine_id].routine
    assert routine is not None
    step = routine.steps[0]
    return Lever(
        kind="eliminate",
        routine=part.routine_id,
        steps=(step.id,),
        system=step.systems[0],
        person=part.text,
        saves=timedelta(minutes=2),
        low=timedelta(minutes=1),
        high=timedelta(minutes=3),
        sentence=part.text,
        how=part.text,
        evidence=(Figure(what=part.text, count=1, of=2), Figure(what=part.text, length=timedelta(minutes=2))),
        tries=(drop(step.id),),
    )
