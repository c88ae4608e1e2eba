from __future__ import annotations

import errno
import itertools
import os
import random
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from procroutine.errors import CannotWrite
from procroutine.history.arrivals import Arriving
from procroutine.history.change_log import ChangeLog, LogContent
from procroutine.history.disk import Disk
from procroutine.history.history import History
from procroutine.history.last_known import log_path, read_last_known
from procroutine.history.second_copies import LARGEST_LOG
from tests.history.samples import FailingDisk, Killed, add_run, history_in, make_run


def log_of(history: History) -> Path:
    return Path(log_path(history.places))


def content_of(history: History) -> LogContent:
    return ChangeLog(Disk(), history.places).read()


class Watched(Disk):
    """A disk that notes what is done to which file, and lets every flush of one of them be left out."""

    def __init__(self) -> None:
        self.done: list[tuple[str, str]] = []
        self._names: dict[int, str] = {}

    def create(self, path: str) -> int:
        number = super().create(path)
        self._names[number] = os.path.basename(path)
        return number

    def append(self, path: str) -> int:
        number = super().append(path)
        self._names[number] = os.path.basename(path)
        return number

    def write(self, number: int, part: bytes | memoryview) -> int:
        self.done.append(("write", self._names[number]))
        return super().write(number, part)

    def flush(self, number: int) -> None:
        self.done.append(("flush", self._names[number]))
        super().flush(number)

    def replace(self, path: str, name: str) -> None:
        self.done.append(("replace", os.path.basename(name)))
        super().replace(path, name)

    def flush_folder(self, folder: str) -> None:
        self.done.append(("flush folder", os.path.basename(folder)))
        super().flush_folder(folder)


def test_a_change_is_in_the_log_and_flushed_before_the_file_is_touched(tmp_path: Path) -> None:
    add_run(history_in(tmp_path))
    disk = Watched()
    history = history_in(tmp_path, disk)
    run, _ = add_run(history)
    name = os.path.basename(history.own_path(2026))
    assert disk.done[:2] == [("write", "log"), ("flush", "log")]
    assert [what for what in disk.done if what[0] == "replace"] == [("replace", name)]
    assert [what for what in disk.done if "flush" in what[0]] == [
        ("flush", "log"),
        ("flush", f".{name}.draft"),
        ("flush folder", "history"),
    ]
    assert run.id in content_of(history).documents[name]["runs"]


ACTS = {
    "amend": lambda history, run: history.amend(run, "step-2", "+", timedelta(minutes=2)),
    "delete": lambda history, run: history.delete(run),
    "alternative": lambda history, run: history.set_alternative(run, "step-1", "queue"),
    "outcome": lambda history, run: history.set_outcome(run, "met"),
    "reopen": lambda history, run: history.reopen(run),
}


@pytest.mark.parametrize("act", ACTS)
def test_every_change_of_a_run_is_in_the_log_with_what_it_replaces(history: History, act: str) -> None:
    run, _ = add_run(history)
    before = content_of(history).documents
    ACTS[act](history, run.id)
    (tables,) = content_of(history).documents.values()
    assert tables["runs"][run.id]["stamp"] > before[os.path.basename(history.own_path(2026))]["runs"][run.id]["stamp"]
    assert [document["run"] for document in tables["corrections"].values()] == [run.id]


def test_a_change_that_a_kill_left_in_the_log_alone_is_there_at_the_next_start(tmp_path: Path) -> None:
    add_run(history_in(tmp_path))
    failing, found = 1, 0
    while True:
        disk = FailingDisk(failing)
        run = make_run(datetime(2026, 4, 6, 9, tzinfo=UTC) + timedelta(hours=failing))
        with suppress(Killed):
            history_in(tmp_path, disk).add(*run)
        history = history_in(tmp_path)
        in_log = run[0].id in str(content_of(history).documents)
        in_file = run[0].id.encode() in Path(history.own_path(2026)).read_bytes()
        overview = history.overview()
        assert overview.said == ()
        assert (run[0].id in {head.id for head in overview.heads}) == (in_log or in_file)
        found += in_log and not in_file
        if disk.calls < failing:
            break
        failing += 1
    assert found > 2, "the moment it counts is the flush of the log"


def test_a_file_that_cannot_be_written_takes_the_change_back_out_of_the_log(tmp_path: Path) -> None:
    add_run(history_in(tmp_path))
    before = log_of(history_in(tmp_path)).read_bytes()

    class Full(Disk):
        def create(self, path: str) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(CannotWrite, match="make room"):
        add_run(history_in(tmp_path, Full()))
    assert log_of(history_in(tmp_path)).read_bytes() == before


def test_the_log_does_not_grow_for_ever_and_nothing_leaves_it_before_it_is_in_two_files(history: History) -> None:
    sizes = []
    runs = []
    for number in range(120):
        runs.append(add_run(history, datetime(2026, 1, 1, 9, tzinfo=UTC) + timedelta(hours=number))[0].id)
        sizes.append(log_of(history).stat().st_size)
        if number % 30 == 29:
            Path(history.own_path(2026)).unlink()
            assert {head.id for head in history.heads()} == set(runs)
            assert len(history.repair()) == 1
    assert max(sizes) < LARGEST_LOG + 4096
    assert any(after < before for before, after in itertools.pairwise(sizes))


class Reading(Disk):
    """A disk that notes what files are read whole."""

    def __init__(self) -> None:
        self.read_whole: set[str] = set()

    def read(self, path: str, most: int = -1) -> bytes:
        if most < 0:
            self.read_whole.add(os.path.basename(path))
        return super().read(path, most)


def begun_anew_after_a_run(folder: Path, spoil: Callable[[Path], object] | None = None) -> set[str]:
    """Begin a log anew that holds one run of the last of four years, and give the files that were read for it."""
    history = history_in(folder)
    for year in (2023, 2024, 2025, 2026):
        add_run(history, datetime(year, 3, 2, 9, tzinfo=UTC))
    with history.writing():
        history.copies.begin_anew()
    add_run(history)
    disk = Reading()
    history = history_in(folder, disk)
    with history.writing():
        if spoil is not None:
            spoil(log_of(history))
        disk.read_whole.clear()
        history.copies.begin_anew()
    return disk.read_whole


def test_a_log_is_begun_anew_without_reading_the_years_it_holds_nothing_of(tmp_path: Path) -> None:
    name = os.path.basename(history_in(tmp_path).own_path(2026))
    assert begun_anew_after_a_run(tmp_path) == {"log", name, f"{name}.previous"}
    history = history_in(tmp_path)
    known = read_last_known(history.places)
    assert known is not None
    assert sorted(known.files.values()) == [1, 1, 1, 2]
    assert content_of(history).documents == {}
    for year in (2023, 2026):
        Path(history.own_path(year)).unlink()
        assert len(history.heads()) == 5
        history.repair()


def test_a_damaged_log_is_begun_anew_only_with_a_look_at_every_file(tmp_path: Path) -> None:
    def without_a_first_line(log: Path) -> None:
        log.write_bytes(b"x" + log.read_bytes())

    names = {os.path.basename(history_in(tmp_path).own_path(year)) for year in (2023, 2024, 2025, 2026)}
    assert names < begun_anew_after_a_run(tmp_path, without_a_first_line)


def test_an_import_is_in_two_files_of_each_year_and_not_in_the_log(history: History) -> None:
    runs = [
        Arriving(make_run(datetime(year, 5, 4, 9, tzinfo=UTC) + timedelta(hours=hour))[0])
        for year in (2024, 2025)
        for hour in range(40)
    ]
    history.take_in(runs)
    assert log_of(history).stat().st_size < 4096
    for year in (2024, 2025):
        Path(history.own_path(year)).unlink()
        assert len(history.heads()) == 80
        history.repair()
        Path(history.copies.previous_of(history.own_path(year))).unlink()
        assert len(history.heads()) == 80


def test_the_end_of_the_log_says_what_generation_each_file_has(history: History) -> None:
    for year in (2025, 2026, 2026):
        add_run(history, datetime(year, 3, 2, 9, tzinfo=UTC))
    known = read_last_known(history.places)
    assert known is not None
    assert known.files == {
        os.path.basename(history.own_path(2025)): 1,
        os.path.basename(history.own_path(2026)): 2,
    }
    assert (known.device, known.file) == (history.device, "")


def test_whatever_byte_a_log_is_cut_at_it_is_read_as_far_as_it_is_sound(history: History) -> None:
    runs, ends = [], [0]
    for _ in range(3):
        runs.append(add_run(history)[0].id)
        ends.append(log_of(history).stat().st_size)
    data = log_of(history).read_bytes()
    for size in range(0, len(data), 7):
        log_of(history).write_bytes(data[:size])
        content = content_of(history)
        read = {run for tables in content.documents.values() for run in tables.get("runs", {})}
        written = [run for run, end in zip(runs, ends[1:], strict=True) if end <= size]
        begun = [run for run, start in zip(runs, ends, strict=False) if start < size]
        assert set(written) <= read <= set(begun)
        assert content.known is not None or content.said is not None


def test_a_log_cut_within_its_last_line_is_told_once_and_loses_nothing(history: History) -> None:
    runs = {add_run(history)[0].id for _ in range(2)}
    data = log_of(history).read_bytes()
    for size in range(data.rindex(b"\n", 0, -1) + 2, len(data), 9):
        log_of(history).write_bytes(data[:size])
        overview = history.overview()
        assert overview.said == (f"{log_of(history)} was cut short behind its last change; nothing is lost",)
        assert {head.id for head in overview.heads} == runs
        assert history.overview().said == ()
        assert set(content_of(history).documents[os.path.basename(history.own_path(2026))]["runs"]) == runs


def test_no_bit_that_flips_in_a_log_changes_what_is_read_from_it(history: History) -> None:
    add_run(history)
    log = ChangeLog(Disk(), history.places)
    data = log_of(history).read_bytes()
    right = {name: dict(table) for tables in log.read().documents.values() for name, table in tables.items()}
    chance = random.Random(5)
    for _ in range(400):
        place = chance.randrange(len(data))
        flipped = bytearray(data)
        flipped[place] ^= 1 << chance.randrange(8)
        log_of(history).write_bytes(bytes(flipped))
        content = log.read()
        assert content.said is not None or content.torn
        for tables in content.documents.values():
            for name, table in tables.items():
                assert {key: dict(document) for key, document in table.items()}.items() <= {
                    key: dict(document) for key, document in right[name].items()
                }.items()


def test_a_log_of_a_newer_version_is_neither_read_nor_written(history: History) -> None:
    run, _ = add_run(history)
    newer = log_of(history).read_bytes().replace(b'"format":1', b'"format":2')
    log_of(history).write_bytes(newer)
    with pytest.raises(CannotWrite, match="newer version"):
        add_run(history)
    assert log_of(history).read_bytes() == newer
    overview = history.overview()
    assert [head.id for head in overview.heads] == [run.id]
    assert overview.said == (f"{log_of(history)} was written by a newer version; nothing of it is read or changed",)
