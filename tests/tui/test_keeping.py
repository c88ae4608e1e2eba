from __future__ import annotations

from collections.abc import Callable

import pytest

from procroutine.clock import ManualClock
from procroutine.history.home import Home
from procroutine.insight.viewer import Viewer
from procroutine.settings import Settings
from procroutine.tui.app import ProcroutineApp
from procroutine.tui.keeping import PAUSE, QUIET, STRETCH, Keeping


class Work:
    """So many steps of work, each of which takes some seconds, and the calls that are to come."""

    def __init__(self, steps: int, seconds: float = STRETCH) -> None:
        self.left = steps
        self.seconds = seconds
        self.now = 0.0
        self.calls: list[tuple[float, Callable[[], None]]] = []
        self.keeping = Keeping(self.keep, lambda wait, call: self.calls.append((wait, call)), lambda: self.now)

    def keep(self) -> bool:
        self.left -= 1
        self.now += self.seconds
        return self.left > 0

    def call_next(self) -> float:
        """Make the next call; gives how long it waited."""
        wait, call = self.calls.pop()
        call()
        return wait


def test_it_goes_on_until_there_is_no_more_and_rests_in_between() -> None:
    work = Work(3)
    work.keeping.begin()
    assert work.left == 2
    waits = []
    while work.calls:
        waits.append(work.call_next())
    assert (work.left, waits) == (0, [PAUSE, PAUSE])


def test_small_steps_are_taken_together_until_a_stretch_is_full() -> None:
    work = Work(25, seconds=STRETCH / 10)
    work.keeping.begin()
    assert 14 <= work.left <= 15


def test_after_a_key_nothing_is_done_until_it_was_quiet_for_a_while() -> None:
    work = Work(3)
    work.keeping.begin()
    work.keeping.disturb()
    work.call_next()
    work.keeping.disturb()
    assert work.call_next() == QUIET
    assert work.left == 2
    assert work.call_next() == QUIET
    assert work.left == 1
    assert work.call_next() == PAUSE


def test_a_key_before_the_first_step_puts_it_off_too() -> None:
    work = Work(3)
    work.keeping.disturb()
    work.keeping.begin()
    assert work.left == 3
    assert work.call_next() == QUIET
    assert work.left == 2


def test_while_it_is_under_way_it_does_not_begin_twice() -> None:
    work = Work(3)
    work.keeping.begin()
    work.keeping.begin()
    assert (work.left, len(work.calls)) == (2, 1)


def test_it_begins_anew_once_it_is_through() -> None:
    work = Work(1)
    work.keeping.begin()
    work.keeping.begin()
    assert work.left == -1


class Watched(Viewer):
    """Counts how often it was asked to keep something."""

    asked = 0

    def keep(self) -> bool:
        self.asked += 1
        return False


@pytest.mark.parametrize("how", ["key", "mouse"])
async def test_the_app_keeps_nothing_right_after_the_person_did_something(
    home: Home, clock: ManualClock, how: str
) -> None:
    viewer = Watched(home)
    app = ProcroutineApp(home, viewer, Settings(), clock)
    async with app.run_test() as pilot:
        while app.prepare_places():
            pass
        app.tick()
        assert viewer.asked == 1, "there was nothing to wait for"
        await (pilot.press("down") if how == "key" else pilot.hover(offset=(5, 5)))
        app.tick()
        app.tick()
        assert viewer.asked == 1
