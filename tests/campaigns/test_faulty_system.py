"""The layer of faults itself: nothing that the program does to a file gets round it, and faults are as they say."""

from __future__ import annotations

import ast
import errno
import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.campaigns import faults
from tests.campaigns.campaign import ROOT
from tests.campaigns.faults import Fault, Killed
from tests.campaigns.faulty_system import WRAPPED, FaultySystem
from tests.campaigns.homes import Tree, workshop
from tests.campaigns.stories import RUNS, scenes

TOUCH_NO_FILE = {
    "DirEntry",
    "environ",
    "fsdecode",
    "fsencode",
    "getpid",
    "path",
    "strerror",
    "uname",
    "name",
    "devnull",
}
GO_ROUND = {"io", "mmap", "pathlib", "shutil", "subprocess", "tempfile"}
SAVING = ("routine", "run", "history")
NOT_SAVING = {"procroutine/history/demo.py", "procroutine/routine/shipped.py", "procroutine/routine/editor.py"}
"""They make a home before anybody uses it, or start the person's editor."""


def modules() -> list[Path]:
    found = [path for name in SAVING for path in (ROOT / "procroutine" / name).glob("*.py")]
    return [path for path in found if str(path.relative_to(ROOT)) not in NOT_SAVING]


def test_every_function_the_program_uses_on_files_is_wrapped() -> None:
    used = set()
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "os":
                used.add(node.attr)
    functions = {name for name in used if not name.startswith("O_")} - TOUCH_NO_FILE
    assert functions >= {"open", "write", "fsync", "replace"}
    assert functions <= WRAPPED | {"SEEK_END", "SEEK_SET", "SEEK_CUR", "stat_result"}  # the last is a type


def imported(body: list[ast.stmt]) -> Iterator[str]:
    for statement in body:
        if isinstance(statement, ast.If) and isinstance(statement.test, ast.Name):
            continue  # TYPE_CHECKING: for types alone
        for node in ast.walk(statement):
            if isinstance(node, ast.Import):
                yield from (name.name for name in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield node.module or ""


def test_no_module_that_saves_something_uses_what_the_layer_does_not_see() -> None:
    for path in modules():
        names = set(imported(ast.parse(path.read_text(encoding="utf-8")).body))
        assert not GO_ROUND & names, path


AUDITED = {
    "open": ("open", "create", "open to write"),
    "os.listdir": ("listdir",),
    "os.scandir": ("scandir",),
    "os.rename": ("rename", "replace"),
    "os.remove": ("unlink", "remove"),
    "os.link": ("link",),
    "os.mkdir": ("mkdir",),
    "os.chmod": ("chmod", "fchmod"),
    "os.truncate": ("truncate", "ftruncate"),
    "os.utime": ("utime",),
    "fcntl.flock": ("flock",),
}


def play_audited() -> None:
    """Print for every event of the interpreter how often it came, and how often the layer saw its call."""
    with workshop() as place:
        made = scenes(place, RUNS)
        place.lay_out(Tree())
        listening = True
        came = dict.fromkeys(AUDITED, 0)

        def listen(event: str, given: tuple[object, ...]) -> None:
            about = given[0] if given else None
            if (
                listening
                and event in came
                and (event in ("os.chmod", "os.truncate", "fcntl.flock") or str(about).startswith(place.watched))
            ):
                came[event] += 1

        sys.addaudithook(listen)
        calls: list[str] = []
        for scene in made:
            with FaultySystem(place.watched, seed=scene.seed) as system:
                scene.play(place)
            calls.extend(system.calls)
        listening = False
    for event, names in AUDITED.items():
        print(event, came[event], sum(calls.count(name) for name in names))


def test_the_interpreter_tells_of_no_call_that_the_layer_did_not_see() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "from tests.campaigns.test_faulty_system import play_audited; play_audited()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    counts = {event: (int(came), int(seen)) for event, came, seen in map(str.split, told.stdout.splitlines())}
    assert all(came == seen for came, seen in counts.values()), counts
    assert min(counts[event][0] for event in ("open", "os.rename", "os.remove", "os.mkdir", "fcntl.flock")) > 3


@pytest.mark.parametrize(
    ("asked", "call"),
    [("exists", "stat"), ("isdir", "stat"), ("isfile", "stat"), ("lexists", "lstat"), ("islink", "lstat")],
)
def test_what_os_path_asks_is_seen(tmp_path: Path, asked: str, call: str) -> None:
    with FaultySystem([str(tmp_path)]) as system:
        getattr(os.path, asked)(str(tmp_path))
    assert system.calls == [call]


def write(path: Path, *parts: bytes) -> None:
    number = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        for part in parts:
            os.write(number, part)
        os.fsync(number)
    finally:
        os.close(number)


def test_a_call_about_another_folder_is_not_counted(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    with FaultySystem([str(tmp_path / "here")], faults.EIO, 1) as system:
        write(tmp_path / "elsewhere", b"a")
    assert (system.calls, system.fired) == ([], False)


def test_a_kill_at_a_write_leaves_half_of_it_and_nothing_after(tmp_path: Path) -> None:
    path = tmp_path / "file"

    def write_and_rename() -> None:
        try:
            write(path, b"first", b"second")
        finally:
            path.rename(tmp_path / "renamed")

    with pytest.raises(Killed), FaultySystem([str(tmp_path)], faults.KILL, 3):
        write_and_rename()
    assert path.read_bytes() == b"firstsec"


def test_a_kill_lets_go_of_locks(tmp_path: Path) -> None:
    def lock_and_list() -> None:
        number = os.open(tmp_path / "lock", os.O_RDWR | os.O_CREAT)
        fcntl.flock(number, fcntl.LOCK_EX)
        os.listdir(tmp_path)

    with pytest.raises(Killed), FaultySystem([str(tmp_path)], faults.KILL, 3):
        lock_and_list()
    with open(tmp_path / "lock", "rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def errors_of(folder: Path, fault: Fault, at: int) -> list[int | None]:
    found: list[int | None] = []
    with FaultySystem([str(folder)], fault, at):
        for number in range(3):
            try:
                write(folder / str(number), b"four")
                found.append(None)
            except OSError as error:
                found.append(error.errno)
    return found


def test_errors_come_once_or_last(tmp_path: Path) -> None:
    assert errors_of(tmp_path, faults.EIO, 2) == [errno.EIO, None, None]
    assert errors_of(tmp_path, faults.ENOSPC, 2) == [errno.ENOSPC, errno.ENOSPC, errno.ENOSPC]
    assert errors_of(tmp_path, faults.FSYNC, 3) == [errno.EIO, None, None]


def test_a_filling_disk_takes_half_and_then_nothing(tmp_path: Path) -> None:
    assert errors_of(tmp_path, faults.FILLING, 2)[0] == errno.ENOSPC
    assert (tmp_path / "0").read_bytes() == b"fo"


def test_python_files_go_through_the_layer_too(tmp_path: Path) -> None:
    path = tmp_path / "file"
    with FaultySystem([str(tmp_path)]) as system:
        with open(path, "wb") as file:
            file.write(b"a\n")
        with open(path, encoding="ascii") as text:
            assert text.read() == "a\n"
    assert system.calls[:3] == ["create", "write", "close"]
    assert system.calls[3] == "open"
    assert "read" in system.calls
