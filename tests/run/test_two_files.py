"""A journal and its second copy: whatever befalls one of them, every event is there, and it is said and put right."""

from __future__ import annotations

import errno
import os
import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from procroutine.clock import ManualClock
from procroutine.errors import CannotWrite
from procroutine.run.events import Event, happened
from procroutine.run.lock import Lock
from procroutine.run.open_run import OpenRun
from procroutine.run.open_runs import OpenRuns

READING = ManualClock(datetime(2026, 11, 19, 12, 47, tzinfo=UTC)).read()
TEXTS = [None, "one", "two", "three"]
FILES = ("first", "second")


@pytest.fixture
def run(open_runs: OpenRuns, locked: Lock, started: Callable[..., Event]) -> OpenRun:
    found = open_runs.create(started())
    for text in TEXTS[1:]:
        found = open_runs.append(found, happened("noted", READING, text=text))
    return found


def path_of(run: OpenRun, file: str) -> Path:
    return Path(getattr(run.journal, file).path)


def texts(run: OpenRun) -> list[str | None]:
    return [event.details.get("text") for event in run.live.events]


def flip(data: bytes) -> bytes:
    place = len(data) // 2
    return data[:place] + bytes([data[place] ^ 4]) + data[place + 1 :]


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "emptied": lambda _: b"",
    "overwritten": lambda _: b"something else altogether\n" * 40,
    "overwritten with more": lambda _: b"something else altogether\n" * 400,
    "overwritten with noise": lambda data: random.Random(1).randbytes(len(data)),
    "zeroed": lambda data: bytes(len(data)),
    "a zeroed sector": lambda data: data[:512] + bytes(512) + data[1024:],
    "a flipped bit": flip,
    "cut in a line": lambda data: data[:-9],
    "cut at the end of a line": lambda data: b"".join(data.splitlines(keepends=True)[:-1]),
    "rolled back to the start": lambda data: data.splitlines(keepends=True)[0],
    "a line lost in the middle": lambda data: b"".join(line for line in data.splitlines(True) if b"two" not in line),
    "more behind it": lambda data: data + b"x" * 100,
}


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_to_one_file_costs_nothing_and_is_said_and_put_right(
    open_runs: OpenRuns, run: OpenRun, file: str, damage: str
) -> None:
    path = path_of(run, file)
    damaged = DAMAGE[damage](path.read_bytes())
    path.write_bytes(damaged)
    loaded = open_runs.load_all()
    assert [texts(one) for one in loaded.runs] == [TEXTS]
    assert [(problem.path, "nothing is lost" in problem.remedy) for problem in loaded.problems] == [
        (str(path), damage != "more behind it" or file == "second")
    ]
    again = open_runs.append(loaded.runs[0], happened("noted", READING, text="four"))
    assert texts(again) == [*TEXTS, "four"]
    assert open_runs.load_all().problems == ()
    assert path_of(run, "first").read_bytes() == path_of(run, "second").read_bytes()
    if not run.journal.lines.text.startswith(damaged):
        (kept,) = (path.parent / "damaged").iterdir()
        assert kept.read_bytes() in damaged


@pytest.mark.parametrize("file", FILES)
def test_one_file_cut_at_any_byte_costs_nothing(open_runs: OpenRuns, run: OpenRun, file: str) -> None:
    path = path_of(run, file)
    whole = path.read_bytes()
    for cut in range(len(whole)):
        path.write_bytes(whole[:cut])
        loaded = open_runs.load_all()
        assert [texts(one) for one in loaded.runs] == [TEXTS]
        assert "cut short" in loaded.problems[0].problem


@pytest.mark.parametrize("file", FILES)
def test_a_deleted_file_is_made_again(open_runs: OpenRuns, run: OpenRun, file: str) -> None:
    path_of(run, file).unlink()
    loaded = open_runs.load_all()
    assert [texts(one) for one in loaded.runs] == [TEXTS]
    assert "missing" in loaded.problems[0].problem
    mended = open_runs.mend(loaded.runs[0])
    assert mended.journal == run.journal
    assert open_runs.load_all().problems == ()


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("what", ["folder", "link"])
def test_something_else_in_the_place_of_a_file_is_moved_away(
    open_runs: OpenRuns, run: OpenRun, file: str, what: str, tmp_path: Path
) -> None:
    path = path_of(run, file)
    path.unlink()
    if what == "folder":
        path.mkdir()
    else:
        path.symlink_to(tmp_path / "nowhere")
    loaded = open_runs.load_all()
    assert [texts(one) for one in loaded.runs] == [TEXTS]
    assert "cannot be read" in loaded.problems[0].problem
    assert open_runs.mend(loaded.runs[0]).journal == run.journal
    assert len(list((path.parent / "damaged").iterdir())) == 1


@pytest.mark.parametrize(("unread", "empty"), [FILES, FILES[::-1]])
def test_a_file_that_cannot_be_read_this_time_may_hold_the_run_where_the_other_is_empty(
    open_runs: OpenRuns, run: OpenRun, unread: str, empty: str
) -> None:
    path = path_of(run, unread)
    path_of(run, empty).write_bytes(b"")
    path.rename(path.with_suffix(".kept"))
    path.mkdir()
    (problem,) = open_runs.load_all().problems
    assert (problem.no_run, str(path) in problem.problem) == (None, True)
    path.rmdir()
    path.with_suffix(".kept").rename(path)
    assert [texts(one) for one in open_runs.load_all().runs] == [TEXTS]


@pytest.mark.parametrize("file", FILES)
def test_a_deleted_folder_costs_nothing(open_runs: OpenRuns, run: OpenRun, file: str) -> None:
    path = path_of(run, file)
    for entry in path.parent.iterdir():
        entry.unlink()
    path.parent.rmdir()
    (found,) = open_runs.load_all().runs
    assert texts(open_runs.append(found, happened("noted", READING, text="four"))) == [*TEXTS, "four"]
    assert open_runs.load_all().problems == ()


def test_both_files_damaged_in_different_places_make_up_for_each_other(open_runs: OpenRuns, run: OpenRun) -> None:
    lines = path_of(run, "first").read_bytes().splitlines(keepends=True)
    for file, place in (("first", 1), ("second", 3)):
        path_of(run, file).write_bytes(b"".join(bytes(len(x)) if n == place else x for n, x in enumerate(lines)))
    loaded = open_runs.load_all()
    assert [texts(one) for one in loaded.runs] == [TEXTS]
    assert len(loaded.problems) == 2
    open_runs.mend(loaded.runs[0])
    assert open_runs.load_all().problems == ()


def test_another_runs_journal_in_the_place_of_one_is_not_taken_for_it(
    open_runs: OpenRuns, run: OpenRun, started: Callable[..., Event]
) -> None:
    other = open_runs.create(started("2" * 16))
    for text in "abcdefgh":
        other = open_runs.append(other, happened("noted", READING, text=text))
    path_of(run, "first").write_bytes(path_of(other, "first").read_bytes())
    assert [texts(one) for one in open_runs.load_all().runs] == [TEXTS, [None, *"abcdefgh"]]


def test_a_renamed_journal_is_found_under_its_name_and_told_under_the_other(open_runs: OpenRuns, run: OpenRun) -> None:
    path = path_of(run, "first")
    path.rename(path.with_name("5" * 16 + ".journal"))
    loaded = open_runs.load_all()
    assert [texts(one) for one in loaded.runs] == [TEXTS]
    assert any("was renamed" in problem.problem for problem in loaded.problems)


def test_a_full_disk_for_second_copies_stops_no_verb_and_is_said(
    open_runs: OpenRuns, run: OpenRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.open

    def refuse(path: str, *flags: int) -> int:
        if path.startswith(open_runs.second_folder):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
        return real(path, *flags)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        for text in ("four", "five"):
            run = open_runs.append(run, happened("noted", READING, text=text))
            assert run.journal.warning is not None
            assert "No space left" in run.journal.warning
    (found,) = open_runs.load_all().runs
    assert texts(found) == [*TEXTS, "four", "five"]
    assert open_runs.append(found, happened("noted", READING, text="six")).journal.warning is None
    assert open_runs.load_all().problems == ()


def test_where_the_journal_cannot_be_put_right_nothing_changes(
    open_runs: OpenRuns, run: OpenRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = path_of(run, "first")
    path.write_bytes(path.read_bytes()[:-9])
    before = path.read_bytes()
    (found,) = open_runs.load_all().runs

    def refuse(*_given: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        with pytest.raises(CannotWrite):
            open_runs.append(found, happened("noted", READING, text="four"))
    assert path.read_bytes() == before
    assert [texts(one) for one in open_runs.load_all().runs] == [TEXTS]


def test_of_two_files_that_part_ways_the_longer_one_counts(open_runs: OpenRuns, run: OpenRun) -> None:
    old = path_of(run, "first").read_bytes()
    events = run.live.events
    longer = (*events[:2], happened("noted", READING, text="other"), *events[2:])
    open_runs.recreate(type(run.live)(longer))
    for file in FILES:
        good = path_of(run, file).read_bytes()
        path_of(run, file).write_bytes(old)
        assert texts(open_runs.load_all().runs[0]) == [None, "one", "other", "two", "three"]
        path_of(run, file).write_bytes(good)
