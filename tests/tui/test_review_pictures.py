"""How Review looks: with much to say, of one routine, after one run, and with nothing yet; and in other themes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from procroutine.improvement.book import Book
from procroutine.tui.app import ProcroutineApp
from procroutine.tui.screens.review import ReviewScreen
from tests.app_idle import until
from tests.tui.drawn import Pictures, drawn
from tests.tui.pictured import pictured
from tests.tui.review_samples import many, nothing, one_run, with_review

SIZES = ((120, 40), (80, 24), (60, 20), (40, 12))
STATES: dict[str, tuple[Callable[[], Book], tuple[str, ...]]] = {
    "all": (many, ()),
    "all, further tables": (many, ("down", "t", "t", "t")),
    "one routine": (many, ("right",)),
    "one run": (one_run, ()),
    "nothing yet": (nothing, ()),
}


async def show(pilot: Pilot[None], name: str) -> str:
    """Draw a state."""
    make, keys = STATES[name]
    screen, book = pilot.app.screen, make()
    assert isinstance(screen, ReviewScreen)
    screen.routine_id, screen.table, screen.book = None, 0, book
    screen.show()
    await pilot.pause()
    if keys:
        await pilot.press(*keys)
        await pilot.pause()
    assert isinstance(pilot.app, ProcroutineApp)
    return f"{name}\n\n{drawn(pilot.app)}"


async def pictures(names: Iterable[str], size: tuple[int, int], theme: str = "procroutine-dark") -> str:
    app = with_review(pictured(theme=theme), lambda _: nothing())
    async with app.run_test(size=size) as pilot:
        await pilot.press("4")
        await until(lambda: getattr(app.screen, "view", None) is not None)
        return "\n".join([await show(pilot, name) for name in names])


@pytest.mark.parametrize("size", SIZES, ids=["120x40", "80x24", "60x20", "40x12"])
async def test_review_looks_in_every_state_as_it_did(snapshot: SnapshotAssertion, size: tuple[int, int]) -> None:
    assert await pictures(STATES, size) == snapshot(extension_class=Pictures)


@pytest.mark.parametrize("theme", ["procroutine-light", "procroutine-contrast"])
async def test_other_themes_tell_the_same(snapshot: SnapshotAssertion, theme: str) -> None:
    assert await pictures(["all"], (80, 24), theme) == snapshot(extension_class=Pictures)
