"""Notices outside the app: the right sequence for each terminal, with nothing in it that could steer it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from procroutine.clock import ManualClock
from procroutine.history.home import Home
from procroutine.settings import BellSetting
from procroutine.tui.app import ProcroutineApp
from procroutine.tui.notices import BELL, Told, notice_bytes
from tests.tui.conftest import open_on, run_shown


def never() -> bool:
    raise AssertionError("tmux was asked outside tmux")


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"TERM": "xterm-256color"}, BELL),
        ({"TERM_PROGRAM": "iTerm.app"}, "\a\x1b]9;Step: over\a"),
        ({"TERM_PROGRAM": "WezTerm"}, "\a\x1b]9;Step: over\a"),
        ({"TERM": "foot"}, "\a\x1b]777;notify;Step;over\a"),
        ({"TERM_PROGRAM": "ghostty"}, "\a\x1b]777;notify;Step;over\a"),
        ({"TERM": "xterm-kitty"}, "\a\x1b]99;i=procroutine:d=0;Step\x1b\\\x1b]99;i=procroutine:d=1:p=body;over\x1b\\"),
    ],
)
def test_each_terminal_is_asked_in_its_own_way(environment: dict[str, str], expected: str) -> None:
    assert notice_bytes("Step", "over", environment, never) == expected


def test_in_tmux_the_sequence_is_wrapped_where_tmux_hands_it_on_and_else_only_the_bell_rings() -> None:
    environment = {"TMUX": "x", "KITTY_WINDOW_ID": "1"}
    assert notice_bytes("Step", "over", environment, lambda: False) == BELL
    wrapped = notice_bytes("Step", "over", environment, lambda: True)
    assert wrapped.startswith("\a\x1bPtmux;\x1b\x1b]99;")
    assert wrapped.endswith("\x1b\x1b\\\x1b\\")


@pytest.mark.parametrize("environment", [{"TERM_PROGRAM": "iTerm.app"}, {"TERM": "foot"}, {"TERM": "xterm-kitty"}])
def test_nothing_in_a_text_ends_the_sequence_or_begins_another(environment: dict[str, str]) -> None:
    hostile = "a\a\x1b\\\x1b]52;c;eA==\x07\x9c\x00\u202e"
    plain = notice_bytes("a", "b", environment, never)
    made = notice_bytes(hostile, hostile, environment, never)
    assert (made.count("\x1b"), made.count("\a"), made.count("\x9c")) == (plain.count("\x1b"), plain.count("\a"), 0)


def test_the_parts_of_osc_777_cannot_be_divided_anew() -> None:
    assert notice_bytes("a;b", "c;d", {"TERM": "foot"}, never) == "\a\x1b]777;notify;a,b;c,d\a"


@pytest.mark.parametrize("environment", [{"TERM_PROGRAM": "iTerm.app"}, {"ConEmuPID": "1"}])
def test_no_name_is_one_of_the_commands_that_osc_9_has_for_some_terminals(environment: dict[str, str]) -> None:
    made = notice_bytes('6;Shell("x")', "9;9;/", environment, never)
    assert made == '\a\x1b]9;6,Shell("x"): 9,9,/\a'


def test_a_name_of_thousands_of_characters_is_cut() -> None:
    assert len(notice_bytes("x" * 5000, "y" * 5000, {"TERM": "foot"}, never)) < 450


def test_a_thing_is_told_once_for_each_step() -> None:
    told = Told()
    assert [told.first_time("over", "write"), told.first_time("over", "write"), told.first_time("over", "send")] == [
        True,
        False,
        True,
    ]


async def rung(app: ProcroutineApp, monkeypatch: pytest.MonkeyPatch, go_by: Any, focus: bool) -> list[str]:
    written: list[str] = []
    monkeypatch.setattr(app, "write_to_terminal", written.append)
    async with app.run_test() as pilot:
        await run_shown(pilot)
        app.app_focus = focus
        for _ in range(6):
            await go_by(pilot, timedelta(seconds=55))
    return written


async def test_it_rings_only_while_the_terminal_has_no_focus(
    home: Home, clock: ManualClock, monkeypatch: pytest.MonkeyPatch, go_by: Any
) -> None:
    assert await rung(open_on(home, clock, "posts"), monkeypatch, go_by, focus=True) == []
    assert len(await rung(open_on(home, clock, "books"), monkeypatch, go_by, focus=False)) == 0
    assert len(await rung(open_on(home, clock, "posts"), monkeypatch, go_by, focus=False)) == 1


async def test_it_never_rings_where_the_settings_say_so(
    home: Home, clock: ManualClock, monkeypatch: pytest.MonkeyPatch, go_by: Any
) -> None:
    app = open_on(home, clock, "posts", bell=BellSetting.NEVER)
    assert await rung(app, monkeypatch, go_by, focus=False) == []
