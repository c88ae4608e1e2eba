"""Notices outside the app: the right sequence for each terminal, with nothing in it that could steer it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from procroutine.clock import ManualClock
from procroutine.history.home import Home
from procroutine.insight.views.run import RunView
from procroutine.settings import BellSetting, NoticeSetting
from procroutine.text import Shown
from procroutine.tui.app import ProcroutineApp
from procroutine.tui.notices import BELL, Told, notice_bytes
from procroutine.tui.screens.run_notices import RunNotices
from tests.tui.conftest import open_on, run_shown
from tests.tui.week_samples import RUN_VIEW


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
    so_far = Told()
    assert [so_far.first_time("over", step) for step in ("write", "write", "send")] == [
        True,
        False,
        True,
    ]


STEP = RUN_VIEW.steps[RUN_VIEW.current]
LATE = "takes half as long again as usual"


def views(*minutes: float, goal: float = 60, **fields: Any) -> Iterator[RunView]:
    """A run at so many minutes of its running step, whose usual time is ten."""
    for time in minutes:
        step = STEP.replaced(time=timedelta(minutes=time), title=Shown("Write"))
        steps = tuple(step if place == RUN_VIEW.current else row for place, row in enumerate(RUN_VIEW.steps))
        total = RUN_VIEW.total.replaced(elapsed=timedelta(minutes=time), goal=timedelta(minutes=goal))
        given = {"steps": steps, "total": total, "usual": timedelta(minutes=10), "paused_since": None} | fields
        yield RUN_VIEW.replaced(**given)


def told(seen: Iterable[RunView], bell: str, usual_bell: str = "over") -> list[str]:
    """What is told while a run goes on."""
    notices = RunNotices()
    found = [notices.fresh(view, bell, usual_bell) for view in seen]
    return [notice.title for notice in found if notice is not None]


@pytest.mark.parametrize(
    ("bell", "expected"),
    [
        ("over", ["Write is over its usual time", f"Write {LATE}"]),
        ("half", ["Write has used half of its time", "Write is over its usual time", f"Write {LATE}"]),
        ("never", []),
    ],
)
def test_each_kind_of_bell_tells_its_own_and_nothing_twice(bell: str, expected: list[str]) -> None:
    assert told(views(1, 4, 5, 6, 7, 10, 11, 12, 15, 16, 17), bell) == expected


def test_the_goal_is_told_once_and_after_a_silent_step_too() -> None:
    assert told(views(1, 2, 7, 8, 9, goal=5), "over") == ["The goal has passed"]
    notices = RunNotices()
    assert [notices.fresh(view, "never") for view in views(1, 7, goal=5)] == [None, None]
    assert [one and one.title for one in map(notices.fresh, views(8, 9, goal=5), ("over", "over"))] == [
        "The goal has passed",
        None,
    ]
    assert told(views(1, 7, goal=5), "half", usual_bell="never") == ["Write has used half of its time"]


def test_a_goal_of_the_week_of_which_nothing_is_left_does_not_ring() -> None:
    assert told(views(1, 2, 3, goal=0), "over") == []


def test_what_had_passed_before_the_run_was_shown_is_not_told() -> None:
    assert told(views(16, 17, 18, goal=5), "half") == []


def test_a_step_rings_by_its_usual_time_whatever_else_is_looked_at() -> None:
    looking_on = RUN_VIEW.panel.replaced(is_current=False, time=timedelta(), compared=timedelta(minutes=1))
    assert told(views(1, 9, 11, panel=looking_on, compared_with="best"), "over") == ["Write is over its usual time"]


def test_a_pause_rings_nothing() -> None:
    assert told(views(1, 11, 16, paused_since="14:05"), "half") == []


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


@pytest.mark.parametrize(
    ("settings", "own", "count"),
    [
        ({"bell": BellSetting.NEVER}, None, 0),
        ({"notices": NoticeSetting.ALWAYS}, None, 1),
        ({"notices": NoticeSetting.ALWAYS}, "never", 0),
        ({"notices": NoticeSetting.ALWAYS, "bell": BellSetting.NEVER}, "half", 2),
    ],
)
async def test_settings_hold_for_all_steps_that_do_not_say_it_themselves(
    home: Home,
    clock: ManualClock,
    monkeypatch: pytest.MonkeyPatch,
    go_by: Any,
    settings: dict[str, Any],
    own: str | None,
    count: int,
) -> None:
    """With notices always it rings while somebody looks, too."""
    path = Path(home.places.routines, "posts.toml")
    if own is not None:
        path.write_text(path.read_text().replace('title = "Gather"', f'title = "Gather"\nbell = "{own}"'))
    app = open_on(home, clock, "posts", **settings)
    assert len(await rung(app, monkeypatch, go_by, focus="notices" in settings)) == count


def test_a_step_that_was_never_done_is_over_its_planned_time() -> None:
    assert told(views(1, 11, 16, usual_is_planned=True), "over") == [
        "Write is over its planned time",
        "Write takes half as long again as planned",
    ]
