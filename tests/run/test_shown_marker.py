from __future__ import annotations

import errno
import fcntl
import os
import signal
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from procroutine.errors import BadInput, CannotWrite
from procroutine.run.shown_marker import ShownMarker, forget_interruption, interrupted

RUN = "1234567890123456"
BEAT = datetime(2026, 11, 19, 14, 5, 3, 250_000, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> str:
    return str(tmp_path / "open-runs")


def test_a_run_being_shown_is_not_interrupted(folder: str) -> None:
    assert interrupted(folder) == {}
    marker = ShownMarker(folder, RUN)
    marker.beat(BEAT)
    assert interrupted(folder) == {}
    path = os.path.join(folder, f"{RUN}.shown")
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    marker.close(left=True)
    marker.close(left=True)
    assert interrupted(folder) == {}
    assert not os.path.exists(path)


def test_a_run_cut_off_was_last_seen_at_the_last_beat(folder: str) -> None:
    marker = ShownMarker(folder, RUN)
    marker.beat(BEAT - timedelta(minutes=1))
    marker.beat(BEAT)
    marker.close(left=False)
    assert interrupted(folder) == {RUN: BEAT}
    forget_interruption(folder, RUN)
    forget_interruption(folder, RUN)
    assert interrupted(folder) == {}


def test_a_run_shown_twice_is_not_interrupted_while_one_window_lives(folder: str) -> None:
    first, second = ShownMarker(folder, RUN), ShownMarker(folder, RUN)
    first.beat(BEAT)
    first.close(left=False)
    assert interrupted(folder) == {}
    second.close(left=False)
    assert interrupted(folder) == {RUN: BEAT}


def test_on_a_disk_that_locks_nothing_no_run_is_called_interrupted(
    folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ShownMarker(folder, RUN).close(left=False)

    def refuse(*_given: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuse)
    assert interrupted(folder) == {}


def test_the_mark_comes_back_after_another_window_took_it_away(folder: str) -> None:
    first, second = ShownMarker(folder, RUN), ShownMarker(folder, RUN)
    first.close(left=True)
    second.beat(BEAT)
    second.close(left=False)
    assert interrupted(folder) == {RUN: BEAT}


PROGRAM = """
import sys, time
from datetime import datetime
from procroutine.run.shown_marker import ShownMarker
marker = ShownMarker(sys.argv[1], sys.argv[2])
marker.beat(datetime.fromisoformat(sys.argv[3]))
print("shown", flush=True)
sys.stdin.read()
"""


def test_an_app_that_was_killed_leaves_its_run_interrupted(folder: str) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, folder, RUN, BEAT.isoformat()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    with program:
        assert program.stdout is not None
        assert program.stdout.readline() == b"shown\n"
        assert interrupted(folder) == {}
        program.send_signal(signal.SIGKILL)
    assert interrupted(folder) == {RUN: BEAT}


def test_links_and_names_with_paths_are_refused(folder: str, tmp_path: Path) -> None:
    os.mkdir(folder)
    os.symlink(tmp_path / "elsewhere", os.path.join(folder, f"{RUN}.shown"))
    with pytest.raises(CannotWrite):
        ShownMarker(folder, RUN)
    assert interrupted(folder) == {}
    assert not (tmp_path / "elsewhere").exists()
    with pytest.raises(BadInput):
        ShownMarker(folder, "../run")
