"""How many instructions a program takes, by valgrind: the same on any machine, however busy it is."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path

from tests.benchmarks.installed import call, plain_environment
from tests.benchmarks.terminal import Terminal

_PATIENCE = 300.0
"""Seconds: under valgrind everything takes thirty times as long."""
_QUIT = b"\x11"


def can_count() -> bool:
    """Say whether valgrind is there."""
    return shutil.which("valgrind") is not None


def instructions_of(words: list[str], *texts: str) -> float:
    """Give millions of instructions of a command; with texts, of an app that is left once they are drawn."""
    environment = {**plain_environment(), "PYTHONHASHSEED": "0"}
    with tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, "report")
        counting = [shutil.which("valgrind") or "valgrind", "--tool=cachegrind", "--cache-sim=no"]
        counting += ["--cachegrind-out-file=/dev/null", f"--log-file={report}"]
        if texts:
            with Terminal([*counting, *words], environment) as terminal:
                terminal.wait_for(*texts, patience=_PATIENCE)
                terminal.leave(_QUIT, patience=_PATIENCE)
        else:
            call([*counting, *words], environment)
        found = re.search(r"I\s+refs:\s+([\d,]+)", Path(report).read_text(encoding="utf-8"))
    if found is None:
        raise SystemExit("valgrind counted nothing")
    return int(found[1].replace(",", "")) / 1e6
