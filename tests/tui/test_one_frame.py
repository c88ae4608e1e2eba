"""What a second sends is one frame, and what it leaves on the terminal is what a full drawing would show."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pyte
import pytest
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import CompositorUpdate
from textual.strip import Strip

from procroutine.clock import ManualClock
from procroutine.history.home import Home
from procroutine.tui.app import ProcroutineApp
from procroutine.tui.stretches import changed
from tests.tui.conftest import do_runs, odds_known, open_on

CONSOLE = Console(color_system=None, force_terminal=True)
BOLD = Style(bold=True)


def strip(*texts: tuple[str, Style | None]) -> Strip:
    return Strip([Segment(text, style) for text, style in texts])


def test_stretches_are_the_cells_that_differ_and_near_ones_that_look_the_same_are_joined() -> None:
    before, after = strip(("0:00 left, far away 1", BOLD)), strip(("0:17 left, far away 2", BOLD))
    assert changed(before, after) == [(2, "17", BOLD), (20, "2", BOLD)]
    assert changed(strip(("a-b", BOLD)), strip(("x-y", BOLD))) == [(0, "x-y", BOLD)]
    assert changed(after, after) == []


def test_a_look_alone_is_a_difference() -> None:
    assert changed(strip(("abc", None)), strip(("a", None), ("b", BOLD), ("c", None))) == [(1, "b", BOLD)]


def test_what_stands_beside_a_wide_sign_keeps_its_place() -> None:
    before, after = strip(("漢字 ", BOLD), ("0:01", None)), strip(("漢字 ", BOLD), ("0:02", None))
    assert changed(before, after) == [(8, "2", None)]
    assert changed(strip(("漢字", BOLD), ("ab", None)), after) == [(0, "漢字 ", BOLD), (5, "0:02", None)]


def test_a_line_with_wide_signs_is_sent_whole() -> None:
    assert changed(strip(("漢字 1", None)), strip(("漢字 2", None))) == [(0, "漢字 2", None)]


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20), (40, 12)])
async def test_a_second_sends_one_frame_after_which_all_is_as_if_drawn_anew(
    in_run: ProcroutineApp, go_by: Any, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = pyte.Screen(*size)
    stream = pyte.Stream(screen)
    frames: list[object] = []

    def display(_screen: object, update: object) -> None:
        if isinstance(update, CompositorUpdate):
            frames.append(update)
            stream.feed(update.render_segments(CONSOLE).replace("\n", "\r\n"))

    def write_frame(text: str, *, more_follows: bool) -> None:
        frames.append(text)
        stream.feed(text)

    async with in_run.run_test(size=size) as pilot:
        await odds_known(pilot)
        await pilot.pause()
        monkeypatch.setattr(in_run, "_display", display)
        monkeypatch.setattr(in_run, "write_frame", write_frame)
        in_run.screen.refresh()
        await pilot.pause()
        for seconds in (1, 1, 1, 8, 49, 1, 120, 1, 300, 1):
            frames.clear()
            await go_by(pilot, timedelta(seconds=seconds))
            await pilot.pause()
            assert frames or seconds > 1
            assert len(frames) == 1 or seconds > 1
            drawn = in_run.screen._compositor.render_strips()
            assert [line.rstrip() for line in screen.display] == [row.text.rstrip() for row in drawn][: size[1]]


async def test_a_key_is_answered_at_once_and_leaves_what_a_full_drawing_would_show(
    in_run: ProcroutineApp, go_by: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = pyte.Screen(120, 40)
    stream = pyte.Stream(screen)
    frames: list[object] = []

    def display(_screen: object, update: object) -> None:
        if isinstance(update, CompositorUpdate):
            stream.feed(update.render_segments(CONSOLE).replace("\n", "\r\n"))

    def write_frame(text: str, *, more_follows: bool) -> None:
        frames.append(text)
        stream.feed(text)

    async with in_run.run_test(size=(120, 40)) as pilot:
        await odds_known(pilot)
        await go_by(pilot)
        monkeypatch.setattr(in_run, "_display", display)
        monkeypatch.setattr(in_run, "write_frame", write_frame)
        in_run.screen.refresh()
        await pilot.pause()
        for key in ("right_square_bracket", "left_square_bracket", "space", "u", "p", "p"):
            frames.clear()
            await pilot.press(key)
            assert frames
            await go_by(pilot)
            await pilot.pause()
            drawn = in_run.screen._compositor.render_strips()
            assert [line.rstrip() for line in screen.display] == [row.text.rstrip() for row in drawn][:40]


async def test_a_run_with_a_past_ticks_in_one_frame_a_second(
    home: Home, clock: ManualClock, go_by: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    do_runs(home, 4)
    app = open_on(home, clock, "posts")
    frames: list[object] = []

    def display(_screen: object, update: object) -> None:
        if isinstance(update, CompositorUpdate):
            frames.append(update)

    def write_frame(text: str, *, more_follows: bool) -> None:
        frames.append(text)

    async with app.run_test(size=(120, 40)) as pilot:
        await odds_known(pilot)
        await go_by(pilot)
        monkeypatch.setattr(app, "_display", display)
        monkeypatch.setattr(app, "write_frame", write_frame)
        for _ in range(20):
            frames.clear()
            await go_by(pilot)
            assert len(frames) == 1


async def test_every_second_of_two_minutes_is_one_small_frame(
    in_run: ProcroutineApp, go_by: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    console = Console(color_system="truecolor", force_terminal=True)
    frames: list[int] = []

    def display(_screen: object, update: object) -> None:
        if isinstance(update, CompositorUpdate):
            frames.append(len(update.render_segments(console).encode()))

    def write_frame(text: str, *, more_follows: bool) -> None:
        frames.append(len(text.encode()))

    async with in_run.run_test(size=(120, 40)) as pilot:
        await odds_known(pilot)
        await pilot.pause()
        monkeypatch.setattr(in_run, "_display", display)
        monkeypatch.setattr(in_run, "write_frame", write_frame)
        in_run.console._color_system = console._color_system
        for _ in range(125):
            frames.clear()
            await go_by(pilot)
            assert len(frames) == 1
            assert frames[0] <= 700
