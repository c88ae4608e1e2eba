from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from procroutine.clock import ManualClock
from procroutine.errors import BadInput, CannotRead, CannotWrite, DoesNotFit
from procroutine.run.events import Event, event_line, happened
from procroutine.run.lines import write_lines
from procroutine.run.lock import Lock
from procroutine.run.open_runs import OpenRuns

READING = ManualClock(datetime(2026, 11, 19, 12, 47, tzinfo=UTC)).read()
Started = Callable[..., Event]


def mode(path: str) -> int:
    return stat.S_IMODE(os.stat(path).st_mode)


def test_where_there_is_no_folder_there_are_no_runs_and_none_is_made(open_runs: OpenRuns) -> None:
    assert open_runs.load_all().runs == ()
    assert open_runs.fingerprint() == ()
    assert not os.path.exists(open_runs.folder)


def test_runs_are_created_continued_and_removed(open_runs: OpenRuns, locked: Lock, started: Started) -> None:
    first = open_runs.create(started())
    second = open_runs.create(started("2234567890123456"))
    first = open_runs.append(first, happened("done", READING, step="write"))
    loaded = open_runs.load_all()
    assert [one.journal for one in loaded.runs] == [first.journal, second.journal]
    assert loaded.runs[0].live.state(READING) == first.live.state(READING)
    assert loaded.problems == ()
    open_runs.remove(first.id)
    open_runs.remove(first.id)
    assert [one.id for one in open_runs.load_all().runs] == [second.id]


def test_what_was_just_written_is_not_read_again_and_is_what_would_be_read(
    open_runs: OpenRuns, locked: Lock, started: Started
) -> None:
    written = open_runs.append(open_runs.create(started()), happened("done", READING, step="write"))
    (kept,) = open_runs.load_all().runs
    assert kept is written
    (read,) = OpenRuns(open_runs.folder, open_runs.second_folder).load_all().runs
    assert read.journal == kept.journal
    assert read.live.events == kept.live.events
    assert read.live.state(READING) == kept.live.state(READING)


@pytest.mark.parametrize("which", ["first", "second"])
def test_what_was_just_written_is_read_again_where_a_file_is_not_as_it_was_left(
    open_runs: OpenRuns, locked: Lock, started: Started, which: str
) -> None:
    written = open_runs.append(open_runs.create(started()), happened("done", READING, step="write"))
    with open(getattr(written.journal, which).path, "ab") as file:
        file.write(b"half a li")
    (read,) = open_runs.load_all().runs
    assert not read.journal.is_sound
    assert read.live.events == written.live.events


def test_folder_and_files_are_for_their_owner_alone(open_runs: OpenRuns, locked: Lock, started: Started) -> None:
    made = open_runs.create(started())
    assert mode(open_runs.folder) == 0o700
    assert (mode(made.journal.path), mode(os.path.join(open_runs.folder, "lock"))) == (0o600, 0o600)


def test_an_event_that_does_not_fit_is_not_written(open_runs: OpenRuns, locked: Lock, started: Started) -> None:
    made = open_runs.create(started())
    with pytest.raises(BadInput):
        open_runs.append(made, happened("done", READING, step="send"))
    assert open_runs.load_all().runs[0].journal == made.journal


def test_an_ended_run_is_loaded_until_it_is_removed(open_runs: OpenRuns, locked: Lock, started: Started) -> None:
    made = open_runs.append(open_runs.create(started()), happened("abandoned", READING))
    assert made.live.has_ended
    assert [one.live.has_ended for one in open_runs.load_all().runs] == [True]


def test_a_run_taken_up_again_has_all_its_events(open_runs: OpenRuns, locked: Lock, started: Started) -> None:
    ended = open_runs.append(open_runs.create(started()), happened("abandoned", READING))
    open_runs.remove(ended.id)
    again = open_runs.recreate(ended.live.then(happened("undone", READING, of="abandoned")))
    assert not again.live.has_ended
    assert open_runs.load_all().runs[0].journal == again.journal
    again = open_runs.append(again, happened("paused", READING))
    assert len(open_runs.load_all().runs[0].live.events) == 4


def test_one_bad_file_hides_no_other_and_each_is_told(open_runs: OpenRuns, locked: Lock, started: Started) -> None:
    good = open_runs.create(started("1" * 16))
    torn = open_runs.create(started("2" * 16))
    newer = open_runs.create(started("3" * 16))
    open_runs.append(newer, happened("noted", READING, text="x"))
    with open(torn.journal.path, "ab") as file:
        file.write(b'{"kind":"do')
    line = Path(newer.journal.path).read_bytes()
    folder = Path(open_runs.folder)
    (folder / ("4" * 16 + ".journal")).write_bytes(line)
    (folder / ("5" * 16 + ".journal")).write_bytes(b"")
    (folder / ("6" * 16 + ".journal")).mkdir()
    (folder / ("7" * 16 + ".journal")).write_bytes(b"\xff\0" * 100)
    strange = write_lines((started("8" * 16), happened("done", READING, step="none of its steps")))
    (folder / ("8" * 16 + ".journal")).write_bytes(strange.text)
    (folder / "notes.txt").write_text("not ours")
    loaded = open_runs.load_all()
    assert [one.id[0] for one in loaded.runs] == ["1", "2", "3"]
    told = {os.path.basename(problem.path)[0]: problem for problem in loaded.problems}
    assert sorted(told) == ["2", "4", "5", "6", "7", "8"]
    assert len(loaded.problems) == 6
    assert all(problem.path in problem.problem for problem in loaded.problems)
    assert "cut short" in told["2"].problem
    assert "renamed" in told["4"].problem
    assert [name for name, problem in sorted(told.items()) if problem.usable] == ["2"]
    assert good.journal == loaded.runs[0].journal


def test_a_journal_of_a_newer_procroutine_is_told_and_left_alone(
    open_runs: OpenRuns, locked: Lock, started: Started
) -> None:
    made = open_runs.create(started())
    line = event_line(happened("resumed", READING).replaced(kind="teleported")).encode()
    with open(made.journal.path, "ab") as file:
        file.write(b"%s\t%08x\n" % (line, zlib.crc32(line, made.journal.lines.checksum)))
    before = Path(made.journal.path).read_bytes()
    (problem,) = open_runs.load_all().problems
    assert (problem.newer, problem.usable) == (True, False)
    assert "left alone" in problem.problem
    assert Path(made.journal.path).read_bytes() == before


def test_what_cannot_be_used_is_moved_to_damaged(open_runs: OpenRuns, locked: Lock) -> None:
    path = os.path.join(open_runs.folder, "5" * 16 + ".journal")
    Path(path).write_bytes(b"rubbish")
    kept = open_runs.put_aside(path)
    assert Path(kept).read_bytes() == b"rubbish"
    assert os.path.dirname(kept) == os.path.join(open_runs.folder, "damaged")
    assert open_runs.load_all().problems == ()


def test_the_fingerprint_differs_after_every_change(open_runs: OpenRuns, locked: Lock, started: Started) -> None:
    seen = [open_runs.fingerprint()]
    made = open_runs.create(started())
    seen.append(open_runs.fingerprint())
    for kind in ("paused", "resumed"):
        made = open_runs.append(made, happened(kind, READING))
        seen.append(open_runs.fingerprint())
    open_runs.remove(made.id)
    assert open_runs.fingerprint() == ()
    assert len(set(seen)) == len(seen)


def test_two_cannot_hold_the_lock(open_runs: OpenRuns) -> None:
    with open_runs.lock(), pytest.raises(DoesNotFit, match="busy"), open_runs.lock():
        pass
    with open_runs.lock():
        assert os.path.exists(os.path.join(open_runs.folder, "lock"))
    assert os.path.exists(os.path.join(open_runs.folder, "lock"))


@pytest.mark.parametrize("run", ["../evil", "", "a/b", ".", "x" * 101, "a\0b"])
def test_a_run_id_is_never_a_path(open_runs: OpenRuns, locked: Lock, started: Started, run: str) -> None:
    with pytest.raises(BadInput, match="no id of an open run"):
        open_runs.remove(run)
    assert os.listdir(open_runs.folder) == ["lock"]


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    runs = OpenRuns(str(file), str(tmp_path / "second"))
    with pytest.raises(CannotRead, match="cannot be read"):
        runs.load_all()
    with pytest.raises(CannotWrite, match="cannot be written"), runs.lock():
        pass


def test_a_folder_that_lists_its_files_and_lets_nobody_at_them_is_told(
    open_runs: OpenRuns, locked: Lock, started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_runs.create(started())

    def refuse(path: str, *_flags: int) -> os.stat_result:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)

    monkeypatch.setattr(os, "lstat", refuse)
    with pytest.raises(CannotRead, match="Permission denied"):
        open_runs.fingerprint()
    assert len(open_runs.load_all().runs) == 1, "what can be read is read"
    monkeypatch.setattr(os, "open", refuse)
    (problem,) = open_runs.load_all().problems
    assert "Permission denied" in problem.problem


PROGRAM = """
import sys
from datetime import datetime, UTC
from procroutine.clock import ManualClock
from procroutine.run.open_runs import OpenRuns
from procroutine.run.verbs import note
runs = OpenRuns(sys.argv[1], sys.argv[2])
reading = ManualClock(datetime(2026, 11, 19, 12, 47, tzinfo=UTC)).read()
for number in range(25):
    with runs.lock():
        (found,) = runs.load_all().runs
        runs.append(found, note(found.live, reading, f"{sys.argv[3]}-{number}"))
"""


def test_programs_at_once_lose_no_event_and_double_none(open_runs: OpenRuns, started: Started) -> None:
    with open_runs.lock():
        open_runs.create(started())
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, open_runs.folder, open_runs.second_folder, name],
            cwd=Path(__file__).parents[2],
        )
        for name in "abcd"
    ]
    assert [program.wait(60) for program in programs] == [0, 0, 0, 0]
    loaded = open_runs.load_all()
    notes = [event.details["text"] for event in loaded.runs[0].live.events[1:]]
    assert sorted(notes) == sorted(f"{name}-{number}" for name in "abcd" for number in range(25))
    assert [note for note in notes if note[0] == "a"] == [f"a-{number}" for number in range(25)]
    assert loaded.problems == ()


def test_patience_is_five_seconds_unless_told() -> None:
    assert OpenRuns("x", "y").patience == timedelta(seconds=5)
