"""How History looks while some of it is listed."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.widgets import Input

from procroutine.tui.screens.history import HistoryScreen
from tests.app_idle import until
from tests.tui.drawn import Pictures, drawn
from tests.tui.stand_in import Past

SIZES = ((120, 40), (80, 24), (60, 20), (40, 12))
STATES = {
    "typed": ("slow", ("slash", *"slow")),
    "not understood": ("nope:", ("slash", *"nope:")),
    "sorted and marked": ("slow", ("slash", *"slow", "enter", "o", "j", "c", "j")),
}
"""The letters that are to be looked for, and the keys that lead there."""


@pytest.mark.parametrize("name", STATES)
async def test_history_in_this_state_looks_as_it_did(snapshot: SnapshotAssertion, tmp_path: Path, name: str) -> None:
    past = Past(str(tmp_path))
    letters, keys = STATES[name]
    pictures = []
    async with past.app.run_test(size=SIZES[0]) as pilot:
        await pilot.press("2", *keys)
        screen: object = past.app.screen
        assert isinstance(screen, HistoryScreen)
        await until(lambda: screen.letters == letters)
        screen.query_one(Input).cursor_blink = False
        past.app.clear_notifications()
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await pilot.pause()
            pictures.append(drawn(past.app))
    assert "\n".join(pictures) == snapshot(extension_class=Pictures)
