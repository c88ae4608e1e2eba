"""Pictures of Trends, History and a run's page; the README shows some of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.app import App
from textual.pilot import Pilot

from tests.tui.stand_in import Past

Compare = Callable[..., bool]


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)], ids=["120x40", "80x24", "40x12"])
def test_trends(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    assert snap_compare(Past(str(tmp_path)).app, press=["3"], terminal_size=size)


def test_a_pick_in_trends_with_the_light_theme(snap_compare: Compare, tmp_path: Path) -> None:
    app: App[None] = Past(str(tmp_path), "procroutine-light").app
    assert snap_compare(app, press=["3", "home", *["l"] * 13], terminal_size=(120, 40))


@pytest.mark.parametrize("size", [(120, 40), (60, 20)], ids=["120x40", "60x20"])
def test_history(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    assert snap_compare(Past(str(tmp_path)).app, press=["2", "j"], terminal_size=size)


def test_the_page_of_a_run(snap_compare: Compare, tmp_path: Path) -> None:
    async def open_it(pilot: Pilot[None]) -> None:
        await pilot.press("2", "enter")

    assert snap_compare(Past(str(tmp_path)).app, run_before=open_it, terminal_size=(80, 24))
