"""How the program ends: at once where no other thread is left, in order where one is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

LEAVING = """
import atexit, threading
from procroutine.__main__ import _leave

atexit.register(print, "in order")
if {goes_on}:
    threading.Thread(target=threading.Event().wait, daemon=True).start()
print("said")
_leave(3)
"""


@pytest.mark.parametrize(("goes_on", "said"), [(False, ["said"]), (True, ["said", "in order"])])
def test_what_was_said_is_written_and_nothing_is_taken_apart_unless_a_thread_goes_on(
    goes_on: bool, said: list[str]
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LEAVING.format(goes_on=goes_on)],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[1],
    )  # fmt: skip
    assert (done.returncode, done.stdout.splitlines(), done.stderr) == (3, said, "")
