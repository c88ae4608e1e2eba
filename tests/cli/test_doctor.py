"""What doctor says and does, and that every command starts with any mixture of files that are not sound."""

from __future__ import annotations

import os
import random
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from procroutine.history import doctor
from procroutine.history.home import Home
from procroutine.insight.viewer import Viewer
from procroutine.places import find_places
from procroutine.run.lock import Lock
from tests.cli.conftest import Said, Shell


def finish(shell: Shell, routine: str = "books") -> str:
    shell(f"start {routine}")
    run_id = str(shell("status --json").json["runs"][0]["id"])
    shell.wait(5)
    shell("finish")
    return run_id


def year_file(shell: Shell) -> Path:
    device = Home(find_places({}, str(shell.folder)), shell.clock).device()
    return shell.folder / "history" / f"{device}-2026.json"


def states(said: Said) -> dict[str, str]:
    return {os.path.basename(file["file"]): file["state"] for file in said.json["files"]}


def ids(shell: Shell) -> set[str]:
    return {run["id"] for run in shell("history --json").json["runs"]}


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file() and "cache" not in path.parts}


def test_a_sound_home_is_well_in_one_line(shell: Shell) -> None:
    finish(shell)
    shell("start posts")
    said = shell("doctor")
    assert (said.code, len(said.out.splitlines())) == (0, 1)
    assert said.out.startswith("All is well: ")
    answer = shell("doctor --json")
    assert answer.json["format"] == 1
    assert set(states(answer).values()) == {"sound"}
    path = year_file(shell)
    assert {path.name, f"{path.name}.previous", "log", "device", "posts.toml"} <= set(states(answer))


def test_a_home_without_anything_is_well(empty: Shell) -> None:
    assert empty("doctor").code == 0


def test_looking_changes_nothing(shell: Shell) -> None:
    finish(shell)
    year_file(shell).write_bytes(b"")
    before = contents(shell.folder)
    assert shell("doctor").code == 1
    assert contents(shell.folder) == before


def test_repair_puts_right_a_damaged_file_and_keeps_its_bytes(shell: Shell) -> None:
    runs = {finish(shell), finish(shell, "posts")}
    path = year_file(shell)
    damaged = path.read_bytes()[:-40]
    path.write_bytes(damaged)
    before = shell("doctor --json")
    assert (before.code, states(before)[path.name]) == (1, "damaged")
    after = shell("doctor --repair --json")
    assert (after.code, states(after)[path.name]) == (0, "repaired")
    (kept,) = (shell.folder / "history" / "damaged").iterdir()
    assert kept.read_bytes() == damaged
    assert shell("doctor").out.startswith("All is well")
    assert ids(shell) == runs


@pytest.mark.parametrize("file", ["log", "device", "previous"])
def test_repair_puts_right_each_second_copy(shell: Shell, file: str) -> None:
    run = finish(shell)
    path = {
        "log": shell.folder / "safety" / "log",
        "device": shell.folder / "device",
        "previous": shell.folder / "safety" / "history" / f"{year_file(shell).name}.previous",
    }[file]
    path.write_bytes(b"")
    assert {"file": str(path), "state": "damaged"}.items() <= next(
        one.items() for one in shell("doctor --json").json["files"] if one["state"] != "sound"
    )
    assert shell("doctor --repair").code == 0
    assert shell("doctor").code == 0
    assert ids(shell) == {run}


@pytest.mark.parametrize(("what", "left"), [("missing", 0), ("cut short", 20)])
def test_a_log_without_all_of_its_last_line_is_told_though_nothing_is_lost(shell: Shell, what: str, left: int) -> None:
    run = finish(shell)
    log = shell.folder / "safety" / "log"
    data = log.read_bytes()
    log.write_bytes(data[: data.rindex(b"\n", 0, -1) + 1 + left])
    said = shell("doctor")
    assert (said.code, f"its last line is {what}" in said.out, ids(shell)) == (0, True, {run})
    finish(shell, "posts")
    assert "its last line is" not in shell("doctor").out


def test_what_somebody_is_just_writing_is_not_called_damaged(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell("start posts")
    (second,) = (shell.folder / "safety" / "open-runs").glob("*.journal")
    whole = second.read_bytes()
    second.write_bytes(b"")

    class LetGo(Lock):
        """Whoever held the lock ended what was begun."""

        def __enter__(self) -> LetGo:
            second.write_bytes(whole)
            return super().__enter__()

    monkeypatch.setattr(doctor, "Lock", LetGo)
    assert shell("doctor").out.startswith("All is well: ")


NAMES = {
    "Dropbox": "{stem} (Ana's conflicted copy 2026-11-22).json",
    "Nextcloud": "{stem} (conflicted copy 2026-11-22 101010).json",
    "ownCloud": "{stem}_conflict-20261122-101010.json",
    "Syncthing": "{stem}.sync-conflict-20261122-101010-ABCDEFG.json",
    "OneDrive": "{stem}-DESKTOP-ABC.json",
    "Google Drive": "{stem} (1).json",
    "iCloud": "{stem} 2.json",
    "Seafile": "{stem} (SFConflict ana@example.org 2026-11-22-10-10-10).json",
    "Resilio": "{stem}.Conflict.json",
}


@pytest.mark.parametrize("program", NAMES)
def test_a_copy_that_a_program_for_syncing_made_is_read_and_then_folded_in(shell: Shell, program: str) -> None:
    shared = finish(shell)
    path = year_file(shell)
    before = path.read_bytes()
    only_there = finish(shell, "posts")
    copy = path.with_name(NAMES[program].format(stem=path.stem))
    copy.write_bytes(path.read_bytes())
    shell("delete " + shared)
    for part in ("safety", "cache"):
        for file in (shell.folder / part).rglob("*"):
            if file.is_file():
                file.unlink()
    path.write_bytes(before)  # only the copy knows of the second run now
    assert ids(shell) == {shared, only_there}
    assert states(shell("doctor --json"))[copy.name] == "sound"
    said = shell("doctor --repair --json")
    assert (said.code, states(said)[copy.name]) == (0, "repaired")
    assert not copy.exists()
    kept = [file for file in (shell.folder / "history" / "damaged").iterdir() if file.name.startswith(copy.stem)]
    assert len(kept) == 1
    assert only_there.encode() in path.read_bytes()
    assert ids(shell) == {shared, only_there}
    assert shell(f"show {only_there} --json").json["routine_name"] == "Weekly posts"
    assert shell("doctor").code == 0


def test_a_damaged_copy_is_folded_in_as_far_as_it_can_be_read(shell: Shell) -> None:
    run = finish(shell)
    path = year_file(shell)
    copy = path.with_name(f"{path.stem} (conflicted copy).json")
    copy.write_bytes(path.read_bytes()[:-3])
    said = shell("doctor --repair --json")
    assert (said.code, states(said)[copy.name]) == (1, "quarantined")
    assert ids(shell) == {run}
    assert shell("doctor").code == 0


def test_what_is_not_ours_is_left_alone(shell: Shell) -> None:
    run = finish(shell)
    folder = shell.folder / "history"
    (folder / "notes.json").write_text("{}")
    (folder / "lap-aaaaaa-2026.json").write_bytes(year_file(shell).read_bytes().replace(b'"format":1', b'"format":7'))
    (folder / "pad-aaaaaa-2026.json").write_bytes(b"")
    before = contents(folder)
    said = shell("doctor --repair --json")
    found = states(said)
    assert said.code == 1
    assert [found[name] for name in ("notes.json", "lap-aaaaaa-2026.json")] == ["foreign", "foreign"]
    assert found["pad-aaaaaa-2026.json"] == "damaged"
    assert contents(folder) == before
    assert ids(shell) == {run}


def test_what_stands_in_the_place_of_our_file_is_moved_away_and_the_file_made_anew(shell: Shell) -> None:
    run = finish(shell)
    path = year_file(shell)
    path.unlink()
    path.mkdir()
    (path / "inside").write_text("somebody's")
    assert ids(shell) == {run}
    assert shell("doctor --repair").code == 0
    assert [file.read_text() for file in (shell.folder / "history" / "damaged").rglob("inside")] == ["somebody's"]
    assert path.is_file()
    assert shell("doctor").code == 0


def test_a_damaged_plan_is_moved_away(shell: Shell) -> None:
    run = finish(shell)
    plan = shell.folder / "history.plan"
    plan.write_bytes(b"{")
    assert states(shell("doctor --json"))["history.plan"] == "damaged"
    assert states(shell("doctor --repair --json"))["history.plan"] == "quarantined"
    assert not plan.exists()
    assert ids(shell) == {run}


def test_problems_of_routine_files_and_settings_are_mentioned(shell: Shell) -> None:
    shell.write("bad.toml", 'name = "Bad"\nnmae = "x"\n[[steps]]\ntitle = "a"\n')
    (shell.folder / "config.toml").write_text("theme = 3\n")
    said = shell("doctor")
    assert "bad.toml: 1 problem; procroutine check tells them." in said.out
    assert "config.toml" in said.out


def make_socket(path: Path) -> None:
    here = os.getcwd()
    os.chdir(path.parent)  # the path of a socket may not be long
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def make_loop(path: Path) -> None:
    other = path.with_name(path.name + ".loop")
    path.symlink_to(other.name)
    other.symlink_to(path.name)


def write_flipped(path: Path, sound: bytes) -> None:
    flipped = bytearray(sound)
    flipped[len(sound) // 2] ^= 1
    path.write_bytes(bytes(flipped))


MAKERS: dict[str, Callable[[Path, bytes], Any]] = {
    "empty": lambda path, sound: path.write_bytes(b""),
    "zeroes": lambda path, sound: path.write_bytes(bytes(4096)),
    "cut": lambda path, sound: path.write_bytes(sound[:-7]),
    "flipped": write_flipped,
    "newer": lambda path, sound: path.write_bytes(sound.replace(b'"format":1', b'"format":2')),
    "foreign": lambda path, sound: path.write_text('{"runs": {"1": {"id": "1"}}}'),
    "no JSON": lambda path, sound: path.write_text("\x1b]0;owned\x07"),
    "deep": lambda path, sound: path.write_text("[" * 100_000),
    "folder": lambda path, sound: path.mkdir(),
    "pipe": lambda path, sound: os.mkfifo(path),
    "socket": lambda path, sound: make_socket(path),
    "dangling link": lambda path, sound: path.symlink_to("nowhere"),
    "link loop": lambda path, sound: make_loop(path),
    "gone": lambda path, sound: None,
    "sound": lambda path, sound: path.write_bytes(sound),
}


def put_there(path: Path, kind: str) -> None:
    """Put something in the place of a file."""
    sound = path.read_bytes() if path.is_file() else b'{"_seal":{"1":{}}}'
    if path.is_file():
        path.unlink()
    MAKERS[kind](path, sound)


@pytest.mark.parametrize("seed", range(24))
def test_commands_start_with_any_mixture_and_say_what_is_wrong_in_one_line(shell: Shell, seed: int) -> None:
    chance = random.Random(seed)
    run = finish(shell)
    path = year_file(shell)
    lap = path.with_name("lap-aaaaaa-2025.json")
    lap.write_bytes(path.read_bytes())
    others = [
        lap,
        path.with_name("pad-aaaaaa-2026.json"),
        path.with_name(f"{path.stem} (conflicted copy).json"),
        shell.folder / "safety" / "history" / "lap-aaaaaa-2025.json.previous",
    ]
    ours = [path, shell.folder / "safety" / "log", shell.folder / "safety" / "history" / f"{path.name}.previous"]
    for other in others:
        put_there(other, chance.choice(list(MAKERS)))
    one = chance.choice(ours)
    put_there(one, chance.choice([kind for kind in MAKERS if kind not in ("newer", "deep")]))
    if chance.random() < 0.5:
        put_there(shell.folder / "history.plan", chance.choice(["empty", "folder", "no JSON"]))
    for line in ("status", "history --json", "trends books --json", "routines --json", "doctor --json"):
        said = shell(line)
        assert said.code in (0, 1), (line, said)
        assert "Traceback" not in said.err
        assert "\x1b" not in said.err + said.out
    assert run in ids(shell)
    remarks = shell("history").err.splitlines()
    assert len(remarks) <= 1 + (shell.folder / "history.plan").exists(), remarks
    home = Home(find_places({}, str(shell.folder)), shell.clock)
    viewer = Viewer(home)
    assert home.look_after() is not None
    assert viewer.week() is not None
    assert shell("start posts").code == 0
    assert shell("done").code == 0
    said = shell("doctor --repair")
    assert said.code in (0, 1)
    assert run in ids(shell)
