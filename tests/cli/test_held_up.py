"""A command that waits for a lock says so, and goes on waiting."""

from __future__ import annotations

import fcntl
import io
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import pytest

from procroutine.cli.console import Console
from procroutine.cli.held_up import held_up
from procroutine.cli.main import _tell_of_waits
from procroutine.history import lock
from procroutine.history.lock import locked


class Freeing(io.StringIO):
    """A stream on which the first word lets go of a lock."""

    def __init__(self, held: int) -> None:
        super().__init__()
        self.held = held

    def write(self, text: str) -> int:
        fcntl.flock(self.held, fcntl.LOCK_UN)
        return super().write(text)


@pytest.fixture
def _alarm() -> Iterator[None]:
    before = signal.getsignal(signal.SIGALRM)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.usefixtures("_alarm")
def test_it_says_once_that_it_waits_and_for_whom_and_goes_on_when_the_lock_is_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(__import__("sys").modules, "textual", raising=False)
    path = str(tmp_path / "history.lock")
    held = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(held, fcntl.LOCK_EX)
    patience = Timer(10, lambda: fcntl.flock(held, fcntl.LOCK_UN))
    patience.start()
    error = Freeing(held)
    _tell_of_waits(Console(io.StringIO(), error), after=0.01)
    with locked(path):
        patience.cancel()
        assert lock.waited_for is None
    os.close(held)
    who = f"process {os.getpid()}"
    assert error.getvalue() in {
        f"Waiting for {one}, which holds {path}: it goes on when that lets go or ends.\n"
        for one in (who, "another process")
    }
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_who_holds_it_is_named_where_the_system_lists_it(tmp_path: Path) -> None:
    path, locks = tmp_path / "history.lock", tmp_path / "locks"
    path.touch()
    number = path.stat().st_ino
    rows = ["1: POSIX  ADVISORY  WRITE 7 08:01:{0} 0 EOF", "2: FLOCK  ADVISORY  WRITE 4711 08:01:{0} 0 EOF"]
    locks.write_text("\n".join([*rows, "2: -> FLOCK  ADVISORY  WRITE 12 08:01:{0} 0 EOF"]).format(number))
    assert held_up(str(path), str(locks)).startswith("Waiting for process 4711, which holds")
    locks.write_text("2: FLOCK  ADVISORY  WRITE 4711 08:01:1 0 EOF\nodd\n")
    for nothing in (locks, tmp_path / "none"):
        assert held_up(str(path), str(nothing)).startswith("Waiting for another process, which holds")
