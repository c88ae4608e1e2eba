"""The revisions of a routine on the screen."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot
from textual.widgets import Input

from procroutine.clock import ManualClock
from procroutine.errors import CannotRead
from procroutine.history.history import History
from procroutine.history.home import Home
from procroutine.places import find_places
from procroutine.tui.screens.pick import PickScreen
from procroutine.tui.screens.revision_parts import DifferenceTable, RevisionList
from procroutine.tui.screens.revisions import RevisionsScreen
from procroutine.tui.screens.trends import TrendsScreen
from tests.app_idle import until
from tests.tui.conftest import NOW, POSTS, open_on, said, text_of
from tests.tui.drawn import Pictures, drawn

CHANGED = (
    POSTS.replace('goal = "30m"', 'goal = "25m"')
    .replace('planned = "20m"', 'planned = "15m"\ninstructions = "Open the list.\\n**One** thought each."')
    .replace('id = "gather"\ntitle = "Gather"', 'id = "look"\ntitle = "Look at last week\'s numbers [b]first[/]"')
)
MOVED = CHANGED.replace('planned = "5m"\nsystems = ["docs", "shop"]', 'planned = "4m"\nsystems = ["shop", "docs"]')
SIZES = ((120, 40), (80, 24), (60, 20), (40, 12))


def made(folder: Path, clock: ManualClock, *texts: str) -> Home:
    """A home with three runs of each state of the posts, the later ones quicker; the last was a fortnight ago."""
    (folder / "routines").mkdir(parents=True)
    home = Home(find_places({}, str(folder)), clock)
    clock.step_wall(-timedelta(weeks=3 * len(texts) + 1))
    for place, text in enumerate(texts):
        (folder / "routines" / "posts.toml").write_text(text)
        for number in range(3):
            home.start("posts")
            for minutes in (5 - place, 20 - 6 * place + number, 2):
                clock.advance(timedelta(minutes=minutes))
                home.act("done")
            clock.advance(timedelta(days=7) - timedelta(minutes=27 - 7 * place + number))
    return home


async def opened(pilot: Pilot[None]) -> RevisionsScreen:
    """Go to the revisions by way of Trends."""
    await pilot.press("3")
    await until(lambda: isinstance(pilot.app.screen, TrendsScreen) and pilot.app.screen.view)
    await pilot.press("v")
    await until(lambda: isinstance(pilot.app.screen, RevisionsScreen) and pilot.app.screen.view)
    await until(lambda: isinstance(pilot.app.focused, RevisionList))
    assert isinstance(pilot.app.screen, RevisionsScreen)
    return pilot.app.screen


@pytest.mark.parametrize("count", [1, 3])
async def test_so_many_revisions_look_as_they_did(snapshot: SnapshotAssertion, tmp_path: Path, count: int) -> None:
    clock = ManualClock(NOW)
    home = made(tmp_path / "home", clock, *(POSTS, CHANGED, MOVED)[:count])
    if count > 1:
        home.history().set_revision_note("posts", 2, "One thought each, and nothing is gathered before it is looked at")
        home.history().mark_real_change("posts", 2, True)
    app = open_on(home, clock)
    pictures = []
    async with app.run_test(size=SIZES[0]) as pilot:
        await opened(pilot)
        await pilot.press("j")
        await until(lambda: count == 1 or "v2 against v1" in text_of(app))
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await pilot.pause()
            pictures.append(drawn(app))
    assert "\n".join(pictures) == snapshot(extension_class=Pictures)


def unreadable(*_given: object) -> None:
    raise CannotRead("the history cannot be read", "give it back its rights")


async def test_a_revision_is_marked_noted_compared_and_all_of_that_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = ManualClock(NOW)
    home = made(tmp_path / "home", clock, POSTS, CHANGED, MOVED)
    app = open_on(home, clock)

    def kept() -> list[tuple[str | None, bool]]:
        return [(one["note"], one["real_change"]) for one in home.history().revisions("posts")]

    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        await until(lambda: "v3 against v2" in text_of(app))
        await pilot.press("j", "m")
        await until(lambda: kept()[1] == (None, True))
        assert said(app) == ["v2 is a real change: new limits begin with it. u takes that back."]
        await pilot.press("n")
        await until(lambda: isinstance(app.focused, Input))
        await pilot.press(*"why", "enter")
        await until(lambda: "note: why" in text_of(app))
        await pilot.press("n")
        await until(lambda: isinstance(app.focused, Input))
        await pilot.press("enter")
        await until(lambda: kept()[1] == (None, True))
        await pilot.press("u")
        await until(lambda: kept()[1] == ("why", True))
        await pilot.press("u", "u")
        await until(lambda: kept()[1] == (None, False))
        await pilot.press("u")
        await until(lambda: said(app)[-1] == "Taken back.")
        await pilot.press("n")
        await until(lambda: isinstance(app.focused, Input))
        with monkeypatch.context() as broken:
            broken.setattr(History, "revisions", unreadable)
            await pilot.press("x", "enter")
            await until(lambda: said(app)[-1] == "the history cannot be read: give it back its rights")
        await pilot.press("escape", "c")
        await until(lambda: isinstance(app.screen, PickScreen) and isinstance(app.focused, Input))
        await pilot.press(*"v3", "enter")
        await until(lambda: "v2 against v3" in text_of(app))
        await pilot.press("k")
        await until(lambda: "v3 against v2" in text_of(app))
        await pilot.press("escape")
        await until(lambda: isinstance(pilot.app.screen, TrendsScreen))


async def test_where_it_is_low_list_and_difference_take_turns(tmp_path: Path) -> None:
    clock = ManualClock(NOW)
    app = open_on(made(tmp_path / "home", clock, POSTS, CHANGED), clock)
    async with app.run_test(size=(40, 12)) as pilot:
        screen = await opened(pilot)
        rows, table = screen.query_one(RevisionList), screen.query_one(DifferenceTable)
        assert (bool(rows.region), bool(table.region)) == (True, False)
        await pilot.press("enter")
        await until(lambda: table.region and not rows.region and app.focused is table)
        await until(lambda: "30m → 25m" in text_of(app), lambda: text_of(app))
        await pilot.press("G")
        await until(lambda: "30m → 25m" not in text_of(app), lambda: text_of(app))
        await pilot.press("escape")
        await until(lambda: rows.region and not table.region)
        await pilot.press("escape")
        await until(lambda: isinstance(pilot.app.screen, TrendsScreen))
