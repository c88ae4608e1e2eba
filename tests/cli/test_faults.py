"""What the commands say and leave when files, folders and streams are not as they should be."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from procroutine.cli.console import Console
from procroutine.cli.main import run_command
from procroutine.errors import CannotWrite
from procroutine.history.adding import Adding
from procroutine.history.history import History
from procroutine.run.open_runs import OpenRuns
from tests.cli.conftest import Said, Shell, refused


def finished(shell: Shell, routine: str = "books") -> str:
    shell(f"start {routine}")
    run_id = shell("status --json").json["runs"][0]["id"]
    shell.wait(5)
    shell("finish")
    return str(run_id)


def year_file(shell: Shell) -> Path:
    (path,) = (shell.folder / "history").glob("*.json")
    return path


def spoil_newer(path: Path) -> None:
    path.write_text(path.read_text().replace('"format":1', '"format":2', 1))


def spoil_cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:300])


def spoil_empty(path: Path) -> None:
    path.write_bytes(b"")


def spoil_link(path: Path) -> None:
    path.rename(path.parent.parent / "elsewhere")
    path.symlink_to(path.parent.parent / "elsewhere")


@pytest.mark.parametrize("spoil", [spoil_newer, spoil_cut, spoil_empty, spoil_link])
@pytest.mark.parametrize("line", ["history", "export", "trends books", "routines"])
def test_a_history_file_that_cannot_be_read_is_said(shell: Shell, spoil: Callable[[Path], None], line: str) -> None:
    finished(shell)
    path = year_file(shell)
    for previous in path.parent.glob("*.previous"):
        previous.unlink()
    shutil.rmtree(shell.folder / "cache")
    spoil(path)
    said = shell(line)
    assert path.name in said.err, said
    assert "Traceback" not in said.err


def test_a_file_that_is_no_history_file_is_told_of_as_such_by_all(shell: Shell) -> None:
    finished(shell)
    alien = shell.folder / "history" / "notes.json"
    alien.write_text('{"a": 1}')
    told = f"{alien} is no history file; it is left alone"
    assert shell("history").err == f"{told}\n"
    found = {one["file"]: one for one in shell("doctor --json").json["files"]}
    assert (found[str(alien)]["state"], found[str(alien)]["detail"]) == ("foreign", told)
    assert alien.read_text() == '{"a": 1}'


@pytest.mark.parametrize("spoil", [spoil_newer, spoil_link])
def test_a_run_begins_where_its_year_file_cannot_be_written(shell: Shell, spoil: Callable[[Path], None]) -> None:
    finished(shell)
    path = year_file(shell)
    sound = path.read_bytes()
    shutil.rmtree(shell.folder / "cache")
    spoil(path)
    said = shell("start posts")
    assert (said.code, said.err.count("\n")) == (0, 1), said
    assert path.name in said.err
    shell.wait(5)
    assert shell("done").code == 0
    assert "not in the history yet" in shell("finish").err
    path.unlink()
    path.write_bytes(sound)
    runs = shell("history --json").json["runs"]
    assert [(run["routine"], run["revision"]) for run in runs] == [("posts", None), ("books", 1)]
    shell("start posts")
    assert shell("status --json").json["runs"][0]["revision"] == 1


def test_a_run_that_cannot_be_written_does_not_begin(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OpenRuns, "create", _full)
    assert "no room" in refused(shell("start posts"))
    assert shell("status").out == ""


def test_an_undo_that_cannot_be_written_leaves_the_state_before(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    run_id = finished(shell)
    with monkeypatch.context() as patched:
        patched.setattr(History, "reopen", _full)
        assert "no room" in refused(shell("undo"))
        assert shell("status").out == ""
    assert shell("history --json").json["runs"][0]["id"] == run_id
    assert shell("undo").code == 0


def test_a_finish_kept_in_its_journal_is_said_and_can_be_undone(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    finished(shell, "posts")
    with monkeypatch.context() as patched:
        patched.setattr(Adding, "add", _full)
        shell("start books")
        run_id = shell("status --json").json["runs"][0]["id"]
        said = shell("done")
        assert said.code == 0
        assert "kept, but not in the history yet" in said.err
        assert "not in the history yet" in shell("history").err
        assert shell(f"show {run_id} --json").json["state"] == "finished"
        assert "Sort receipts" in shell(f"show {run_id}").out
        assert "Sort receipts" in shell("undo").out
        assert [run["id"] for run in shell("status --json").json["runs"]] == [run_id]
        shell("done")
    assert [run["routine"] for run in shell("history --json").json["runs"]] == ["books", "posts"]


def _full(*_given: object, **_named: object) -> None:
    raise CannotWrite("there is no room on the disk", "make room")


class Broken(io.StringIO):
    """A stream that cannot be written, on a real file, as a full disk is."""

    def __init__(self, descriptor: int) -> None:
        super().__init__()
        self._descriptor = descriptor

    def write(self, _text: str) -> int:
        raise OSError(28, "No space left on device")

    def fileno(self) -> int:
        return self._descriptor


def test_output_that_cannot_be_written_is_a_sentence(shell: Shell, tmp_path: Path) -> None:
    finished(shell)
    errors = io.StringIO()
    with open(tmp_path / "out", "w") as file:
        code = run_command(["history"], shell.environment, shell.clock, Console(Broken(file.fileno()), errors))
    assert (code, errors.getvalue()) == (
        2,
        "procroutine: the output cannot be written (No space left on device): send it elsewhere.\n",
    )


@pytest.mark.parametrize("redirect", [">/dev/full", ">&-", ">&- 2>&-", "| head -c 1"])
def test_streams_that_are_full_or_closed_give_no_traceback(shell: Shell, redirect: str) -> None:
    finished(shell)
    line = f"{sys.executable} -m procroutine --home {shell.folder} history --json {redirect}"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 2)


def test_an_interrupt_leaves_with_130(shell: Shell) -> None:
    # A shell that starts the tests in the background lets them ignore interrupts, and so their children.
    program = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
    program += "sys.argv = ['procroutine', 'import', '-']; from procroutine.__main__ import main; main()"
    child = subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **shell.environment},
        text=True,
    )
    assert child.stderr is not None
    shell("routines")
    _until_reading(child.pid)
    child.send_signal(signal.SIGINT)
    _, errors = child.communicate(timeout=60)
    assert (child.returncode, errors) == (130, "")


def _until_reading(pid: int) -> None:
    """Wait until a child waits for its input."""
    while "pipe" not in Path(f"/proc/{pid}/wchan").read_text():
        if not Path(f"/proc/{pid}").exists():
            raise AssertionError("the child has ended")


EMPTY = [
    "off '' --reason x",
    "done --at ''",
    "done --run ''",
    "amend '' 1 5m",
    "history ''",
    "history --week ''",
    "history --since ''",
    "targets books --goal ''",
    "pause --waiting ''",
    "export -o ''",
    "start ''",
    "show ''",
]


@pytest.mark.parametrize("line", EMPTY)
def test_an_empty_word_is_not_taken_for_one_left_out(shell: Shell, line: str) -> None:
    finished(shell)
    shell("start books")
    before: list[Said] = [shell("status --json"), shell("history --json")]
    refused(shell(line))
    assert [shell("status --json"), shell("history --json")] == before


def test_a_cut_run_id_must_be_unique_among_open_and_past_runs(shell: Shell) -> None:
    ids = {finished(shell) for _ in range(12)}
    shell("start books")
    ids.add(shell("status --json").json["runs"][0]["id"])
    first = [run_id[0] for run_id in ids]
    shared = next(digit for digit in first if first.count(digit) > 1)
    assert "write more of it" in refused(shell(f"show {shared}"))
    assert "write more of it" in refused(shell(f"amend {shared} 1 +1m"))


def test_a_file_that_is_written_out_is_whole_and_for_its_owner_only(shell: Shell) -> None:
    finished(shell)
    target = shell.folder / "runs.json"
    before = os.umask(0)
    try:
        shell(f"export -o {target}")
    finally:
        os.umask(before)
    assert target.stat().st_mode & 0o777 == 0o600
    target.unlink()
    target.mkdir()
    assert "cannot be written" in refused(shell(f"export -o {target}"))


def test_a_routine_known_from_the_past_alone_has_targets(shell: Shell) -> None:
    finished(shell)
    (shell.folder / "routines" / "books.toml").unlink()
    assert shell("trends books --json").code == 0
    assert shell("targets books --json").code == 0


def test_routines_that_are_a_file_are_said_to_be_so(shell: Shell) -> None:
    shutil.rmtree(shell.folder / "routines")
    (shell.folder / "routines").write_text("")
    assert "cannot be read" in refused(shell("routines"))
