"""A history whose disk fails at each of its operations in turn: the state before stands, or the state after."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from procroutine.errors import CannotWrite
from procroutine.history.arrivals import Arriving
from procroutine.history.history import History
from procroutine.weeks import Week
from tests.history.samples import FailingDisk, Killed, add_run, history_in, make_run

KNOWN = make_run(run_id="1111111111111111")
NEW = make_run(datetime(2026, 3, 9, 9, tzinfo=UTC), run_id="2222222222222222")
FOREIGN = [
    Arriving(make_run(datetime(year, 5, 4, 9, tzinfo=UTC), run_id=f"{year}000000000000")[0])
    for year in (2024, 2025, 2026)
]

Act = Callable[[History], object]
ACTS: dict[str, Act] = {
    "add": lambda history: history.add(*NEW),
    "amend": lambda history: history.amend(KNOWN[0].id, "step-2", "+", timedelta(minutes=2)),
    "set start": lambda history: history.set_start(KNOWN[0].id, datetime(2025, 12, 29, 9, tzinfo=UTC)),
    "delete": lambda history: history.delete(KNOWN[0].id),
    "reopen": lambda history: history.reopen(KNOWN[0].id),
    "week off": lambda history: history.set_week_off(None, Week(year=2026, number=20), "away"),
    "take in": lambda history: history.take_in(FOREIGN),
}
FAULTS = {
    "killed": (None, False),
    "EIO": (errno.EIO, False),
    "ENOSPC": (errno.ENOSPC, True),
}


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("before")
    history = history_in(folder)
    history.add(*KNOWN)
    add_run(history, datetime(2025, 3, 3, 9, tzinfo=UTC), run_id="3333333333333333")
    history.overview()
    return folder


def seen(history: History) -> object:
    overview = history.overview()
    assert overview.said == ()
    runs = {head.id: history.past(head.id) for head in overview.heads}
    return {run_id: (past.run, past.events) for run_id, past in runs.items()}, overview.weeks_off


# A start that is set takes the way of what is taken in: two of the faults are enough for it.
@pytest.mark.parametrize(
    ("act", "fault"), [(act, fault) for act in ACTS for fault in FAULTS if (act, fault) != ("set start", "EIO")]
)
def test_whatever_operation_fails_all_of_it_happened_or_none(
    tmp_path: Path, before: Path, act: str, fault: str
) -> None:
    code, lasting = FAULTS[fault]
    old, new = _seen_around(tmp_path, before, ACTS[act])
    failing = 1
    while True:
        folder = tmp_path / str(failing)
        shutil.copytree(before, folder)
        disk = FailingDisk(failing, code, lasting)
        with suppress(Killed, CannotWrite):
            ACTS[act](history_in(folder, disk))
        found = seen(history_in(folder))
        assert found in (old, new), f"at operation {failing}"
        if disk.calls < failing:
            break
        if found == old:
            ACTS[act](history_in(folder))
            assert seen(history_in(folder)) == new, f"done again after operation {failing}"
        failing += 1
        shutil.rmtree(folder)
    assert failing > 6


def _seen_around(tmp_path: Path, before: Path, act: Act) -> tuple[object, object]:
    folder = tmp_path / "whole"
    shutil.copytree(before, folder)
    history = history_in(folder)
    old = seen(history)
    act(history)
    new = seen(history)
    assert old != new
    return old, new


def test_a_failure_is_a_sentence_that_names_file_cause_and_remedy(tmp_path: Path) -> None:
    history_in(tmp_path).add(*KNOWN)
    history = history_in(tmp_path, FailingDisk(3, errno.ENOSPC, lasting=True))
    with pytest.raises(CannotWrite, match=r"safety/log cannot be written \(No space left on device\): make room"):
        history.add(*NEW)


def test_adding_again_writes_anew_even_what_is_there(tmp_path: Path) -> None:
    history_in(tmp_path).add(*KNOWN)
    disk = FailingDisk()
    history = history_in(tmp_path, disk)
    history.add(*KNOWN)
    assert disk.calls >= 5
    assert len(history.heads()) == 1


def test_a_home_is_made_whatever_operation_fails(tmp_path: Path) -> None:
    failing = 1
    while True:
        folder = tmp_path / str(failing)
        disk = FailingDisk(failing)
        with suppress(Killed):
            history_in(folder, disk).add(*KNOWN)
        history = history_in(folder)
        history.add(*KNOWN)
        assert [head.id for head in history.heads()] == [KNOWN[0].id]
        if disk.calls < failing:
            break
        failing += 1


class InPlace(FailingDisk):
    """A disk that writes over files, as stock TinyDB does: the fault these tests must find."""

    def replace(self, path: str, name: str) -> None:
        content = Path(path).read_bytes()
        Path(name).write_bytes(b"")
        self.step()
        Path(name).write_bytes(content)


def test_a_disk_that_writes_in_place_is_found_out(before: Path, tmp_path: Path) -> None:
    found: set[str] = set()
    for failing in range(1, 20):
        folder = tmp_path / str(failing)
        shutil.copytree(before, folder)
        with suppress(Killed):
            history_in(folder, InPlace(failing)).add(*NEW)
        found.update(history_in(folder).overview().said)
    assert found
