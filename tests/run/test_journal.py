from __future__ import annotations

import errno
import os
import stat
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from procroutine.clock import ManualClock
from procroutine.errors import BadInput, CannotRead, CannotWrite, DoesNotFit, NotFound
from procroutine.run.events import Event, NewerFormat, event_line, happened
from procroutine.run.journal import Journal, append_event, create_journal, put_together, read_journal, rewrite_journal
from procroutine.run.journal_problems import problems_of

READING = ManualClock(datetime(2026, 11, 19, 12, 47, tzinfo=UTC)).read()


@pytest.fixture
def journal(tmp_path: Path, started: Callable[..., Event]) -> Journal:
    return create_journal(*files_in(tmp_path), started())


def files_in(folder: Path, name: str = "1234567890123456") -> tuple[str, str]:
    return str(folder / f"{name}.journal"), str(folder / "safety" / f"{name}.journal")


def again(journal: Journal) -> Journal:
    return read_journal(journal.path, journal.second.path)


def noted(text: str) -> Event:
    return happened("noted", READING, text=text)


class Faults:
    """Counts the system's calls for writing, and lets the one with a given name fail."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls: list[str] = []
        self.failing: dict[str, int] = {}
        for name in ("open", "write", "fsync", "ftruncate", "close", "unlink", "replace"):
            monkeypatch.setattr(os, name, self.watched(name, getattr(os, name)))

    def watched(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            self.calls.append(name)
            if name == "write" and self.failing.get("short"):
                del self.failing["short"]
                return real(given[0], bytes(given[1][:10]))
            if code := self.failing.pop(name, None):
                if name == "close":
                    real(*given)  # the descriptor is gone, whatever close says
                raise OSError(code, os.strerror(code))
            return real(*given, **named)

        return call


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch, journal: Journal) -> Faults:
    return Faults(monkeypatch)


def test_what_is_appended_is_read_back(journal: Journal) -> None:
    longer = append_event(append_event(journal, noted("one\ttwo\nthree")), noted("ü"))
    assert again(journal) == longer
    assert [event.details.get("text") for event in longer.events] == [None, "one\ttwo\nthree", "ü"]
    assert longer.is_sound


def test_a_line_is_json_a_tab_and_a_chained_checksum(journal: Journal) -> None:
    longer = append_event(journal, noted("one"))
    first, second = Path(journal.path).read_bytes().splitlines()
    text, _, checksum = second.partition(b"\t")
    assert text.decode() == event_line(longer.events[1])
    assert checksum == b"%08x" % zlib.crc32(text, zlib.crc32(first.partition(b"\t")[0]))


def test_what_could_not_be_read_back_is_not_written(journal: Journal) -> None:
    for event in (noted("x" * 70_000), happened("done", READING), happened("slept", READING, seconds=1e15)):
        with pytest.raises(BadInput):
            append_event(journal, event)
    assert again(journal) == journal


def test_ids_may_hold_anything_that_a_routine_file_may_hold(tmp_path: Path, started: Callable[..., Event]) -> None:
    event = started("1" * 16, "child/" * 9 + "s" * 200, "\x1b\u202e", "\ud800")
    journal = create_journal(*files_in(tmp_path, "odd"), event)
    assert again(journal) == journal


def test_a_journal_is_for_its_owner_alone_under_any_umask(tmp_path: Path, started: Callable[..., Event]) -> None:
    before = os.umask(0o277)
    try:
        made = create_journal(*files_in(tmp_path, "new"), started())
    finally:
        os.umask(before)
    assert [stat.S_IMODE(os.stat(copy.path).st_mode) for copy in (made.first, made.second)] == [0o600, 0o600]


def test_an_append_costs_one_fsync_and_a_new_journal_one_more_for_its_folder(
    journal: Journal, faults: Faults, started: Callable[..., Event]
) -> None:
    append_event(journal, noted("one"))
    assert (faults.calls.count("fsync"), faults.calls.count("write")) == (1, 2)
    faults.calls.clear()
    create_journal(journal.path + "2", journal.second.path + "2", started())
    assert faults.calls.count("fsync") == 2


def test_a_journal_that_exists_is_not_made_again(journal: Journal, started: Callable[..., Event]) -> None:
    with pytest.raises(DoesNotFit, match="open already"):
        create_journal(journal.path, journal.second.path, started())
    assert again(journal) == journal


@pytest.mark.parametrize("call", ["open", "write", "fsync", "close"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS])
def test_after_a_failed_append_the_journal_is_as_it_was_and_work_goes_on(
    journal: Journal, faults: Faults, call: str, code: int
) -> None:
    faults.failing[call] = code
    with pytest.raises(CannotWrite) as caught:
        append_event(journal, noted("one"))
    assert os.strerror(code) in caught.value.problem
    assert again(journal) == journal
    append_event(journal, noted("two"))
    assert [event.details.get("text") for event in again(journal).events] == [None, "two"]


def test_a_short_write_is_followed_by_the_rest_or_by_nothing(journal: Journal, faults: Faults) -> None:
    faults.failing["short"] = 1
    longer = append_event(journal, noted("one"))
    assert again(journal) == longer
    faults.failing |= {"short": 1, "fsync": errno.EIO}
    with pytest.raises(CannotWrite):
        append_event(longer, noted("two"))
    assert again(journal) == longer


def test_where_the_journal_cannot_be_cut_back_that_is_said(journal: Journal, faults: Faults) -> None:
    faults.failing |= {"fsync": errno.EIO, "ftruncate": errno.EIO}
    with pytest.raises(CannotWrite, match="whether it counted") as caught:
        append_event(journal, noted("one"))
    assert "nothing was changed" not in caught.value.remedy
    with pytest.raises(DoesNotFit, match="has just changed"):
        append_event(journal, noted("two"))


@pytest.mark.parametrize("call", ["open", "write", "fsync", "close"])
def test_a_journal_that_could_not_be_made_is_not_there(
    journal: Journal, faults: Faults, started: Callable[..., Event], call: str
) -> None:
    path = journal.path + "2"
    faults.failing[call] = errno.ENOSPC
    with pytest.raises(CannotWrite, match="make room"):
        create_journal(path, journal.second.path + "2", started())
    assert not os.path.exists(path)


@pytest.mark.parametrize("call", ["open", "write", "fsync", "close", "replace"])
def test_a_rewritten_journal_is_the_new_or_the_old_one(journal: Journal, faults: Faults, call: str) -> None:
    events = (*journal.events, noted("one"))
    faults.failing[call] = errno.EIO
    with pytest.raises(CannotWrite):
        rewrite_journal(journal.path, journal.second.path, events)
    assert again(journal) == journal
    assert rewrite_journal(journal.path, journal.second.path, events) == again(journal)
    assert again(journal).events == events


def test_a_journal_alone_cut_at_any_byte_gives_the_events_before_the_cut(journal: Journal) -> None:
    whole = append_event(append_event(journal, noted("one")), noted("two"))
    data = Path(journal.path).read_bytes()
    ends = [place + 1 for place, byte in enumerate(data) if byte == ord("\n")]
    for cut in range(1, len(data)):
        found = put_together(journal.path, journal.second.path, data[:cut], None)
        assert found.events == whole.events[: sum(end <= cut for end in ends)]
        assert (found.first.state == "torn") == (cut not in ends)
        assert not found.lost


def test_a_byte_changed_anywhere_in_a_journal_alone_is_noticed(journal: Journal) -> None:
    whole = append_event(append_event(journal, noted("one")), noted("two"))
    data = Path(journal.path).read_bytes()
    for place in range(len(data)):
        changed = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        found = put_together(journal.path, journal.second.path, changed, None)
        assert found.events == whole.events[: data[:place].count(b"\n")]
        assert found.first.state == ("damaged" if place < len(data) - 1 else "torn")
        assert found.lost == (place < len(data) - 1)


def test_a_torn_end_is_moved_away_before_the_next_line(journal: Journal) -> None:
    for number in (1, 2):
        with open(journal.path, "ab") as file:
            file.write(b'{"kind":"no')
        found = again(journal)
        assert (found.first.state, len(found.events)) == ("torn", number)
        longer = append_event(found, noted("two"))
        assert again(journal) == longer
        kept = Path(journal.path).parent / "damaged" / f"1234567890123456.journal-{number}"
        assert kept.read_bytes() == b'{"kind":"no'
        assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_damage_in_the_middle_of_both_files_is_told_with_its_line(journal: Journal) -> None:
    append_event(append_event(journal, noted("one")), noted("two"))
    first, second, third = Path(journal.path).read_bytes().splitlines(keepends=True)
    for copy in (journal.first, journal.second):
        Path(copy.path).write_bytes(first + b"\0" * len(second) + third)
    found = again(journal)
    assert found.lost
    assert problems_of(found)[0].problem.startswith("Line 2 of")
    assert len(append_event(found, noted("three")).events) == 2
    assert again(journal).is_sound


def write_newer(journal: Journal) -> None:
    line = event_line(noted("one").replaced(kind="teleported")).encode()
    with open(journal.path, "ab") as file:
        file.write(b"%s\t%08x\n" % (line, zlib.crc32(line, journal.lines.checksum)))


def test_a_journal_of_a_newer_procroutine_is_left_alone(journal: Journal) -> None:
    write_newer(journal)
    before = Path(journal.path).read_bytes()
    with pytest.raises(NewerFormat):
        again(journal)
    assert Path(journal.path).read_bytes() == before


def test_a_journal_that_somebody_else_changed_or_removed_is_not_written(journal: Journal) -> None:
    append_event(journal, noted("one"))
    with pytest.raises(DoesNotFit, match="Another program"):
        append_event(journal, noted("two"))
    os.unlink(journal.path)
    os.unlink(journal.second.path)
    with pytest.raises(NotFound, match="not open any more"):
        append_event(journal, noted("two"))


def test_links_folders_and_pipes_are_not_followed(journal: Journal, tmp_path: Path) -> None:
    paths = [str(tmp_path / name) for name in ("link", "folder", "pipe")]
    os.symlink(journal.path, paths[0])
    os.mkdir(paths[1])
    os.mkfifo(paths[2])
    for path in paths:
        with pytest.raises(CannotRead):
            read_journal(path, journal.second.path + "2")
        with pytest.raises((CannotWrite, DoesNotFit)):
            append_event(journal.replaced(first=journal.first.replaced(path=path)), noted("one"))
    assert again(journal) == journal
