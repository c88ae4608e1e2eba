from __future__ import annotations

from collections.abc import Callable

from procroutine.tui.keeping import Keeping


class Work:
    """So many stretches of work, and the calls that are to come."""

    def __init__(self, stretches: int) -> None:
        self.left = stretches
        self.calls: list[Callable[[], None]] = []

    def keep(self) -> bool:
        self.left -= 1
        return self.left > 0

    def after(self, seconds: float, call: Callable[[], None]) -> None:
        assert seconds > 0
        self.calls.append(call)


def test_it_goes_on_until_there_is_no_more_and_rests_in_between() -> None:
    work = Work(3)
    keeping = Keeping(work.keep, work.after)
    keeping.begin()
    assert work.left == 2
    while work.calls:
        work.calls.pop()()
    assert work.left == 0


def test_while_it_is_under_way_it_does_not_begin_twice() -> None:
    work = Work(3)
    keeping = Keeping(work.keep, work.after)
    keeping.begin()
    keeping.begin()
    assert (work.left, len(work.calls)) == (2, 1)


def test_it_begins_anew_once_it_is_through() -> None:
    work = Work(1)
    keeping = Keeping(work.keep, work.after)
    keeping.begin()
    keeping.begin()
    assert work.left == -1
