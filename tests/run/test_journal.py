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
from procroutine.run.journal import Journal, append_event, create_journal, parse_journal, read_journal, rewrite_journal

READING = ManualClock(datetime(2026, 11, 19, 12, 47, tzinfo=UTC)).read()


@pytest.fixture
def journal(tmp_path: Path, started: Callable[..., Event]) -> Journal:
    return create_journal(str(tmp_path / "1234567890123456.journal"), started())


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
    assert read_journal(journal.path) == longer
    assert [event.details.get("text") for event in longer.events] == [None, "one\ttwo\nthree", "ü"]
    assert (longer.problem, longer.torn) == (None, False)


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
    assert read_journal(journal.path) == journal


def test_ids_may_hold_anything_that_a_routine_file_may_hold(tmp_path: Path, started: Callable[..., Event]) -> None:
    event = started("1" * 16, "child/" * 9 + "s" * 200, "\x1b\u202e", "\ud800")
    journal = create_journal(str(tmp_path / "odd.journal"), event)
    assert read_journal(journal.path) == journal


def test_a_journal_is_for_its_owner_alone_under_any_umask(tmp_path: Path, started: Callable[..., Event]) -> None:
    before = os.umask(0o277)
    try:
        made = create_journal(str(tmp_path / "new.journal"), started())
    finally:
        os.umask(before)
    assert stat.S_IMODE(os.stat(made.path).st_mode) == 0o600


def test_an_append_costs_one_fsync_and_a_new_journal_one_more_for_its_folder(
    journal: Journal, faults: Faults, started: Callable[..., Event]
) -> None:
    append_event(journal, noted("one"))
    assert (faults.calls.count("fsync"), faults.calls.count("write")) == (1, 1)
    faults.calls.clear()
    create_journal(journal.path + "2", started())
    assert faults.calls.count("fsync") == 2


def test_a_journal_that_exists_is_not_made_again(journal: Journal, started: Callable[..., Event]) -> None:
    with pytest.raises(DoesNotFit, match="open already"):
        create_journal(journal.path, started())
    assert read_journal(journal.path) == journal


@pytest.mark.parametrize("call", ["open", "write", "fsync", "close"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS])
def test_after_a_failed_append_the_journal_is_as_it_was_and_work_goes_on(
    journal: Journal, faults: Faults, call: str, code: int
) -> None:
    faults.failing[call] = code
    with pytest.raises(CannotWrite) as caught:
        append_event(journal, noted("one"))
    assert os.strerror(code) in caught.value.problem
    assert read_journal(journal.path) == journal
    append_event(journal, noted("two"))
    assert [event.details.get("text") for event in read_journal(journal.path).events] == [None, "two"]


def test_a_short_write_is_followed_by_the_rest_or_by_nothing(journal: Journal, faults: Faults) -> None:
    faults.failing["short"] = 1
    longer = append_event(journal, noted("one"))
    assert read_journal(journal.path) == longer
    faults.failing |= {"short": 1, "fsync": errno.EIO}
    with pytest.raises(CannotWrite):
        append_event(longer, noted("two"))
    assert read_journal(journal.path) == longer


def test_where_the_journal_cannot_be_cut_back_that_is_said(journal: Journal, faults: Faults) -> None:
    faults.failing |= {"fsync": errno.EIO, "ftruncate": errno.EIO}
    with pytest.raises(CannotWrite, match="whether it counted"):
        append_event(journal, noted("one"))
    with pytest.raises(DoesNotFit, match="has just changed"):
        append_event(journal, noted("two"))


@pytest.mark.parametrize("call", ["open", "write", "fsync", "close"])
def test_a_journal_that_could_not_be_made_is_not_there(
    journal: Journal, faults: Faults, started: Callable[..., Event], call: str
) -> None:
    path = journal.path + "2"
    faults.failing[call] = errno.ENOSPC
    with pytest.raises(CannotWrite, match="make room"):
        create_journal(path, started())
    assert not os.path.exists(path)


@pytest.mark.parametrize("call", ["open", "write", "fsync", "close", "replace"])
def test_a_rewritten_journal_is_the_new_or_the_old_one(journal: Journal, faults: Faults, call: str) -> None:
    events = (*journal.events, noted("one"))
    faults.failing[call] = errno.EIO
    with pytest.raises(CannotWrite):
        rewrite_journal(journal.path, events)
    assert read_journal(journal.path) == journal
    assert rewrite_journal(journal.path, events) == read_journal(journal.path)
    assert read_journal(journal.path).events == events


def test_a_journal_cut_at_any_byte_gives_the_events_before_the_cut(journal: Journal) -> None:
    whole = append_event(append_event(journal, noted("one")), noted("two"))
    data = Path(journal.path).read_bytes()
    ends = [place + 1 for place, byte in enumerate(data) if byte == ord("\n")]
    for cut in range(len(data)):
        found = parse_journal(journal.path, data[:cut])
        assert found.events == whole.events[: sum(end <= cut for end in ends)]
        assert found.torn == (cut not in (0, *ends))
        assert found.problem is None


def test_a_byte_changed_anywhere_is_noticed(journal: Journal) -> None:
    whole = append_event(append_event(journal, noted("one")), noted("two"))
    data = Path(journal.path).read_bytes()
    for place in range(len(data)):
        changed = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        found = parse_journal(journal.path, changed)
        assert found.events == whole.events[: data[:place].count(b"\n")]
        assert found.torn
        assert (found.problem is not None) == (place < len(data) - 1)


def test_a_torn_end_is_moved_away_before_the_next_line(journal: Journal) -> None:
    append_event(journal, noted("one"))
    data = Path(journal.path).read_bytes()
    for number, torn in ((1, data[:-5]), (2, data[:-1])):
        Path(journal.path).write_bytes(torn)
        found = read_journal(journal.path)
        assert (found.torn, len(found.events)) == (True, 1)
        longer = append_event(found, noted("two"))
        assert read_journal(journal.path) == longer
        kept = Path(journal.path).parent / "damaged" / f"1234567890123456.journal-{number}"
        assert kept.read_bytes() == torn[found.sound :]
        assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_damage_in_the_middle_is_told_with_its_line(journal: Journal) -> None:
    append_event(append_event(journal, noted("one")), noted("two"))
    first, second, third = Path(journal.path).read_bytes().splitlines(keepends=True)
    Path(journal.path).write_bytes(first + b"\0" * len(second) + third)
    found = read_journal(journal.path)
    assert found.problem is not None
    assert found.problem.startswith("Line 2 of")
    assert len(append_event(found, noted("three")).events) == 2
    assert read_journal(journal.path).problem is None


def write_newer(journal: Journal) -> None:
    line = event_line(noted("one").replaced(kind="teleported")).encode()
    with open(journal.path, "ab") as file:
        file.write(b"%s\t%08x\n" % (line, zlib.crc32(line, journal.checksum)))


def test_a_journal_of_a_newer_procroutine_is_left_alone(journal: Journal) -> None:
    write_newer(journal)
    before = Path(journal.path).read_bytes()
    with pytest.raises(NewerFormat):
        read_journal(journal.path)
    assert Path(journal.path).read_bytes() == before


def test_a_journal_that_somebody_else_changed_or_removed_is_not_written(journal: Journal) -> None:
    append_event(journal, noted("one"))
    with pytest.raises(DoesNotFit, match="Another program"):
        append_event(journal, noted("two"))
    os.unlink(journal.path)
    with pytest.raises(NotFound, match="not open any more"):
        append_event(journal, noted("two"))


def test_links_folders_and_pipes_are_not_followed(journal: Journal, tmp_path: Path) -> None:
    paths = [str(tmp_path / name) for name in ("link", "folder", "pipe")]
    os.symlink(journal.path, paths[0])
    os.mkdir(paths[1])
    os.mkfifo(paths[2])
    for path in paths:
        with pytest.raises(CannotRead):
            read_journal(path)
        with pytest.raises((CannotWrite, DoesNotFit)):
            append_event(journal.replaced(path=path), noted("one"))
    assert read_journal(journal.path) == journal
