"""Putting a terminal right that a killed app left broken."""

from __future__ import annotations

import os
import pty
import subprocess
import sys


def test_where_there_is_no_stty_the_rest_is_done_and_that_is_said() -> None:
    ours, theirs = pty.openpty()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "procroutine", "reset-terminal"],
            stdin=theirs,
            capture_output=True,
            text=True,
            env={**os.environ, "PATH": ""},
            check=False,
        )
    finally:
        os.close(ours)
        os.close(theirs)
    assert done.returncode == 0
    assert "\x1b[?1049l" in done.stdout
    assert "There is no stty here" in done.stderr
    assert "The terminal is reset." in done.stderr
