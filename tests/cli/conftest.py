"""A shell without a process: one home, one clock, and what each command line says."""

from __future__ import annotations

import io
import json
import shlex
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from procroutine.cli.console import Console
from procroutine.cli.main import run_command
from procroutine.clock import ManualClock

POSTS = """\
name = "Weekly posts"
goal = "30m"
schedule = "weekly on Monday"
owner = "Ana"
[systems.docs]
name = "Documents"
url = "https://example.org/docs"
[[steps]]
id = "gather"
title = "Gather"
planned = "5m"
systems = ["docs"]
[[steps]]
id = "write"
title = "Write"
planned = "20m"
after = ["gather"]
"""
BOOKS = 'name = "Books"\n[[steps]]\ntitle = "Sort receipts"\nplanned = "10m"\n'
CHOICE = """\
name = "Choice"
[systems.a]
name = "Picture scheduler"
[systems.b]
name = "Queue"
[[steps]]
title = "Enter"
alternatives = ["a", "b"]
"""
"""A routine with a step that can be done with one of two systems."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one command line left."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The answer, read as JSON."""
        return json.loads(self.out)


class Shell:
    """Runs command lines on a home of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = ManualClock(datetime(2026, 11, 19, 14, 5, tzinfo=ZoneInfo("Europe/Berlin")), zone="Europe/Berlin")
        self.environment: dict[str, str] = {"PROCROUTINE_HOME": str(folder)}

    def __call__(self, line: str) -> Said:
        out, err = io.StringIO(), io.StringIO()
        code = run_command(shlex.split(line), self.environment, self.clock, Console(out, err))
        return Said(code, out.getvalue(), err.getvalue())

    def wait(self, minutes: float) -> None:
        self.clock.advance(timedelta(minutes=minutes))

    def write(self, name: str, text: str) -> Path:
        path = self.folder / "routines" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path


@pytest.fixture
def empty(tmp_path: Path) -> Shell:
    """A home that nobody has used."""
    return Shell(tmp_path / "home")


@pytest.fixture
def shell(empty: Shell) -> Shell:
    """A home with two small routines."""
    empty.write("posts.toml", POSTS)
    empty.write("books.toml", BOOKS)
    return empty


def refused(said: Said) -> str:
    """Check that a command line was refused as the contract says; gives the sentence."""
    assert said.code == 2
    assert said.out == ""
    assert said.err.startswith("procroutine: ")
    assert said.err.count("\n") == 1, said.err
    assert "Traceback" not in said.err
    return said.err
