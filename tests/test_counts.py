"""What must stay cheap, counted: counts come out the same on every machine, however busy it is."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from procroutine.clock import SystemClock
from procroutine.history.demo import make_demo_home
from procroutine.places import find_places
from tests.benchmarks.terminal import Terminal

ROOT = Path(__file__).parents[1]
ROUTINE = "weekly-review"
NEVER = {"textual", "rich", "pendulum", "tinydb", "dateutil", "tomlkit", "tomllib", "dataclasses", "typing", "inspect"}
NEVER |= {"argparse", "pathlib", "hashlib", "tempfile", "zoneinfo", "difflib", "platformdirs", "importlib.metadata"}
NEVER |= {"contextlib"}
MOST_OF_STATUS = 85
"""Modules, Python's own at its start not counted; each takes about a hundredth of the time of `status`."""

WINDOWS = 20
"""Looks of three seconds that a terminal is given to come to rest; on a machine that is not busy the first two do."""

COUNTING = """
import json, os, sys
before = set(sys.modules)
opened, flushed = [], []

def heard(event, words):
    if event == "open" and isinstance(words[0], str):
        opened.append(os.path.abspath(words[0]))

sys.addaudithook(heard)
fsync = os.fsync

def counted(number):
    flushed.append(os.readlink(f"/proc/self/fd/{number}"))
    fsync(number)

os.fsync = counted
"""
A_COMMAND = """
from procroutine.cli.main import run_command
code = run_command(sys.argv[1:])
"""
THE_APP = """
import asyncio
from procroutine.clock import SystemClock
from procroutine.history.home import Home
from procroutine.insight.viewer import Viewer
from procroutine.places import find_places
from procroutine.settings import Settings
from procroutine.tui.app import ProcroutineApp

async def first_frame():
    home = Home(find_places({}, sys.argv[1]), SystemClock())
    async with ProcroutineApp(home, Viewer(home), Settings(), home.clock).run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        return len(pilot.app.screen.query("*")) == 0

code = int(asyncio.run(first_frame()))
"""
A_LONG_LOOK = """
from procroutine.clock import SystemClock
from procroutine.history.home import Home
from procroutine.insight.viewer import Viewer
from procroutine.places import find_places

viewer = Viewer(Home(find_places({}, sys.argv[1]), SystemClock()))
viewer.week()
code = 0
while viewer.keep():
    pass
"""
TELLING = """
print(json.dumps({"code": code, "opened": opened, "flushed": flushed, "loaded": sorted(set(sys.modules) - before)}))
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Make a home with the shipped routines and a little history."""
    folder = tmp_path_factory.mktemp("counts") / "home"
    make_demo_home(find_places({}, str(folder)), SystemClock(), 0.3)
    for _ in range(2):  # what is worked out once and kept is not what is counted
        did(str(folder), "start", ROUTINE)
        did(str(folder), "abandon")
    return str(folder)


@pytest.fixture
def home(demo: str) -> str:
    """Give the home with one run open, and nothing else to settle."""
    did(demo, "start", ROUTINE)
    return demo


def counted(program: str, *words: str) -> dict[str, Any]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PROCROUTINE")}
    done = subprocess.run(
        [sys.executable, "-c", COUNTING + program + TELLING, *words],
        capture_output=True, text=True, check=False, cwd=ROOT, env=environment,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert found["code"] == 0, done.stderr
    return found


def did(home: str, *words: str) -> dict[str, Any]:
    return counted(A_COMMAND, "--home", home, *words)


def test_status_loads_little(home: str) -> None:
    loaded = did(home, "status")["loaded"]
    assert not NEVER.intersection(loaded)
    assert len(loaded) <= MOST_OF_STATUS, loaded


@pytest.mark.parametrize("verb", ["start", "done", "pause"])
def test_a_verb_loads_little(home: str, verb: str) -> None:
    loaded = did(home, verb, *([ROUTINE] if verb == "start" else []))["loaded"]
    assert not NEVER.intersection(loaded)


def test_status_opens_both_files_of_the_journals_and_nothing_else_of_the_home(home: str) -> None:
    opened = [path for path in did(home, "status")["opened"] if path.startswith(home)]
    journals = [path for folder in ("open-runs", "safety/open-runs") for path in Path(home, folder).glob("*.journal")]
    assert len(journals) >= 2
    assert sorted(set(opened)) == sorted(map(str, journals))
    assert len(opened) == len(journals), "each is read once"


@pytest.mark.parametrize("verb", ["done", "pause", "skip", "note"])
def test_a_verb_is_on_the_disk_after_one_flush(home: str, verb: str) -> None:
    flushed = did(home, verb, *(["one word"] if verb == "note" else []))["flushed"]
    assert [Path(path).suffix for path in flushed] == [".journal"]


def test_a_start_flushes_the_new_journal_and_the_folder_that_has_its_name(demo: str) -> None:
    did(demo, "start", ROUTINE)
    did(demo, "pause")
    flushed = did(demo, "start", ROUTINE)["flushed"]
    assert [os.path.relpath(path, demo) for path in flushed[1:]] == ["open-runs"]
    assert Path(flushed[0]).suffix == ".journal"


def test_a_finish_is_in_the_history_after_four_flushes(home: str) -> None:
    flushed = [os.path.relpath(path, home) for path in did(home, "finish")["flushed"]]
    assert Path(flushed[0]).suffix == ".journal"
    assert [flushed[1], Path(flushed[2]).suffix, *flushed[3:]] == ["safety/log", ".draft", "history"]


def test_a_finish_loads_little_beside_what_the_history_is_kept_with(home: str) -> None:
    loaded = did(home, "finish")["loaded"]
    assert NEVER.intersection(loaded) <= {"tinydb", "typing", "contextlib", "hashlib"}
    assert not {f"procroutine.history.{name}" for name in ("arrivals", "correcting", "predictions")}.intersection(
        loaded
    )


def test_the_first_frame_reads_no_routine_file_and_few_others(demo: str) -> None:
    counted(THE_APP, demo)
    found = counted(THE_APP, demo)
    opened = [os.path.relpath(path, demo) for path in found["opened"] if path.startswith(demo)]
    assert not [path for path in opened if path.endswith(".toml")], "routines come from what was kept of them"
    runs = [path for path in opened if path.endswith(".journal")]
    assert len(opened) - len(runs) <= 30, opened
    assert len(runs) <= 2 * len(list(Path(demo, "open-runs").glob("*.journal"))), "each file of a run once"
    assert "tinydb" not in found["loaded"]


def test_the_first_frame_opens_no_more_files_for_more_history(tmp_path: Path) -> None:
    counts = []
    for years in (0.3, 1.2):
        folder = tmp_path / str(years)
        make_demo_home(find_places({}, str(folder)), SystemClock(), years)
        counted(THE_APP, str(folder))
        opened = [path for path in counted(THE_APP, str(folder))["opened"] if path.startswith(str(folder))]
        counts.append((len(opened), len(list(Path(folder, "history").glob("*.json")))))
        shutil.rmtree(folder)
    (few, files), (many, more_files) = counts
    assert more_files > files
    assert many - few <= 6 * (more_files - files), "of each year the index alone, and the first line of its file"


def test_the_first_frame_reads_no_past_and_works_nothing_out_once_it_is_kept(demo: str) -> None:
    for run in Path(demo, "open-runs").glob("*.journal"):
        did(demo, "abandon", "--run", run.stem)
    counted(A_LONG_LOOK, demo)
    counted(A_LONG_LOOK, demo)  # the first has read the files a moment after they were changed
    found = counted(THE_APP, demo)
    opened = [os.path.relpath(path, demo) for path in found["opened"] if path.startswith(demo)]
    assert {os.path.dirname(path) for path in opened if not path.endswith(".toml")} == {"cache/week"}, opened
    working = {f"procroutine.{name}" for name in ("insight.week_view", "history.heads", "routine.model", "routine.due")}
    assert not working.intersection(found["loaded"])


def test_the_first_frame_of_more_routines_than_are_seen_loads_no_scroll_bar(tmp_path: Path) -> None:
    places = find_places({}, str(tmp_path / "home"))
    os.makedirs(places.routines)
    for number in range(60):
        text = f'name = "Routine {number}"\n[[steps]]\nid = "one"\ntitle = "The only one"\n'
        Path(places.routines, f"routine-{number}.toml").write_text(text)
    assert "textual.scrollbar" not in counted(THE_APP, str(tmp_path / "home"))["loaded"], "as much as seventy rows"


def test_a_check_reads_the_routine_files_that_changed_and_no_other(demo: str) -> None:
    did(demo, "check")
    assert "tomllib" not in did(demo, "check")["loaded"]
    changed = Path(demo, "routines", f"{ROUTINE}.toml")
    changed.write_text(changed.read_text(encoding="utf-8") + "# seen\n", encoding="utf-8")
    assert [path for path in did(demo, "check")["opened"] if path.endswith(".toml")] == [str(changed)]


def in_terminal(*words: str) -> Terminal:
    environment = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "LINES", "COLUMNS")}
    environment |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONPATH": str(ROOT)}
    return Terminal([sys.executable, "-m", "procroutine", *words], environment)


def test_a_second_of_a_run_writes_little_and_one_frame(home: str) -> None:
    with in_terminal("--home", home, "run", ROUTINE) as terminal:
        terminal.wait_for("Weekly review", "Done")
        for _ in range(WINDOWS):  # at first there are odds to be drawn, and more on a slow machine
            written, frames, begun = terminal.bytes_written, terminal.frames, time.monotonic()
            terminal.watch(3.0)
            seconds, ticks = time.monotonic() - begun, terminal.frames - frames
            if 1 <= ticks <= seconds + 1 and (terminal.bytes_written - written) / ticks <= 500:
                return
    raise AssertionError(f"in the last {seconds:.1f} s it wrote {ticks} frames, not one a second of 500 bytes")


def test_an_idle_screen_writes_nothing_and_hardly_wakes_up(demo: str) -> None:
    for run in Path(demo, "open-runs").glob("*.journal"):
        did(demo, "abandon", "--run", run.stem)
    with in_terminal("--home", demo) as terminal:
        terminal.wait_for("This week", "Weekly review", "Help")
        for _ in range(WINDOWS):  # the time of day is written once a minute, and all at first
            written, woken = terminal.bytes_written, terminal.wake_ups()
            terminal.watch(3.0)
            if terminal.bytes_written == written and terminal.wake_ups() - woken <= 8:
                return
    raise AssertionError(
        "in every three seconds it wrote something, or woke up more than twice or three times a second"
    )


def test_a_key_that_is_pressed_before_the_first_frame_is_answered_after_it_and_escape_at_once(demo: str) -> None:
    with in_terminal("--home", demo) as terminal:
        terminal.send(b"?")
        terminal.wait_for("esc closes", "Everywhere")
        shown = terminal.bytes_written
        terminal.send(b"\x1b")  # alone, and the beginning of all other keys
        terminal.wait_for("Where the time goes", since=shown)
