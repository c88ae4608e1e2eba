"""Plans of several files, on disks that fail where it hurts: another start takes a run from one file to another."""

from __future__ import annotations

import errno
import shutil
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from procroutine.errors import CannotWrite, MayHaveCounted
from procroutine.history.disk import Disk
from procroutine.history.history import History
from procroutine.history.last_known import log_path
from tests.history.samples import Killed, add_run, history_in

RUN = "1111111111111111"
LAST_YEAR = datetime(2025, 12, 30, 9, tzinfo=UTC)


@pytest.fixture
def before(tmp_path: Path) -> History:
    history = history_in(tmp_path)
    add_run(history, run_id=RUN)
    add_run(history, datetime(2025, 3, 3, 9, tzinfo=UTC), run_id="3333333333333333")
    return history


def started(history: History) -> dict[str, datetime]:
    overview = history.overview()
    assert overview.said == ()
    return {head.id: head.started_at for head in overview.heads}


class BlindDisk(Disk):
    """A disk that cannot say whether anything is there, and so says no, as `lexists` does after an error."""

    def exists(self, path: str) -> bool:
        return False


def test_a_draft_takes_its_place_though_the_disk_did_not_see_it(tmp_path: Path, before: History) -> None:
    was = started(before)
    history_in(tmp_path, BlindDisk()).set_start(RUN, LAST_YEAR)
    assert started(history_in(tmp_path)) == {**was, RUN: LAST_YEAR}


class TornDisk(Disk):
    """A disk on which the power fails in the middle of the so-manieth write to the log."""

    def __init__(self, log: str, failing: int) -> None:
        self.log, self.left, self.numbers = log, failing, set[int]()

    def append(self, path: str) -> int:
        number = super().append(path)
        if path == self.log:
            self.numbers.add(number)
        return number

    def write(self, number: int, part: bytes | memoryview) -> int:
        if number in self.numbers:
            self.left -= 1
            if self.left == 0:
                super().write(number, part[: len(part) // 2])
                raise Killed
        return super().write(number, part)

    def close(self, number: int) -> None:
        self.numbers.discard(number)
        super().close(number)


def test_a_log_that_was_cut_short_while_a_plan_was_carried_out_is_ended_without_a_word(
    tmp_path: Path, before: History
) -> None:
    was, log = started(before), Path(log_path(before.places))
    torn = 0
    for failing in range(1, 9):
        with suppress(Killed):
            history_in(tmp_path, TornDisk(str(log), failing)).set_start(RUN, LAST_YEAR)
        torn += not log.read_bytes().endswith(b"\n")
        assert started(history_in(tmp_path)) == {**was, RUN: LAST_YEAR}
        history_in(tmp_path).undo_correction(RUN)
        assert started(history_in(tmp_path)) == was
    assert torn > 1


class UnreadableLog(Disk):
    """A disk that cannot read the end of the log, from when the plan was written on."""

    def __init__(self) -> None:
        self.planned = False

    def replace(self, path: str, name: str) -> None:
        super().replace(path, name)
        self.planned = self.planned or name.endswith("history.plan")

    def end(self, path: str, most: int) -> bytes:
        self._refuse(path)
        return super().end(path, most)

    def read(self, path: str, most: int = -1) -> bytes:
        self._refuse(path)
        return super().read(path, most)

    def _refuse(self, path: str) -> None:
        if self.planned and path.endswith("log"):
            raise OSError(errno.EIO, "Input/output error")


def test_a_plan_stands_until_the_log_knows_of_it(tmp_path: Path, before: History) -> None:
    was = started(before)
    with pytest.raises(CannotWrite, match="Input/output error"):
        history_in(tmp_path, UnreadableLog()).set_start(RUN, LAST_YEAR)
    assert (tmp_path / "history.plan").exists()
    assert started(history_in(tmp_path)) == {**was, RUN: LAST_YEAR}
    assert not (tmp_path / "history.plan").exists()


def test_a_plan_that_was_left_is_finished_in_the_home_it_was_copied_to_and_in_no_other(
    tmp_path: Path, before: History
) -> None:
    was, copied = started(before), tmp_path / "copied"
    with suppress(MayHaveCounted):
        history_in(tmp_path, NoRoomOnceItStands()).set_start(RUN, LAST_YEAR)
    shutil.copytree(tmp_path, copied, ignore=shutil.ignore_patterns("copied"))
    there = {path.name for path in (tmp_path / "history").iterdir()}
    assert started(history_in(copied)) == {**was, RUN: LAST_YEAR}
    assert {path.name for path in (tmp_path / "history").iterdir()} == there


class NoRoomOnceItStands(Disk):
    """A disk that fills up as soon as a plan stands."""

    full = False

    def flush_folder(self, folder: str) -> None:
        super().flush_folder(folder)
        self.full = self.full or Path(folder, "history.plan").exists()

    def create(self, path: str) -> int:
        if self.full:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().create(path)


def test_a_change_whose_plan_stands_is_not_said_to_have_been_refused(tmp_path: Path, before: History) -> None:
    was = started(before)
    with pytest.raises(MayHaveCounted, match=r"make room.*; whether it counted, procroutine history says"):
        history_in(tmp_path, NoRoomOnceItStands()).set_start(RUN, LAST_YEAR)
    assert started(history_in(tmp_path)) == {**was, RUN: LAST_YEAR}


class ReadOnlyOnceItStands(Disk):
    """A disk that turns read-only just when a plan takes its place."""

    def flush_folder(self, folder: str) -> None:
        if Path(folder, "history.plan").exists():
            raise OSError(errno.EROFS, "Read-only file system")
        super().flush_folder(folder)

    def unlink(self, path: str) -> None:
        if path.endswith("history.plan"):
            raise OSError(errno.EROFS, "Read-only file system")
        super().unlink(path)


def test_a_change_whose_plan_cannot_be_taken_back_is_not_said_to_have_been_refused(
    tmp_path: Path, before: History
) -> None:
    was = started(before)
    with pytest.raises(MayHaveCounted, match="whether it counted"):
        history_in(tmp_path, ReadOnlyOnceItStands()).set_start(RUN, LAST_YEAR)
    assert started(history_in(tmp_path)) == {**was, RUN: LAST_YEAR}
