from __future__ import annotations

import os
import shutil
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from procroutine.clock import ManualClock
from procroutine.history import recovery
from procroutine.history.history import History
from procroutine.history.home import Home
from procroutine.history.last_known import log_path, read_last_known
from procroutine.history.seal import Sealed, unpack
from procroutine.history.sentences import in_one_line, with_outcomes
from tests.history.samples import FailingDisk, Killed, add_run, history_in, make_run


def kill_before_the_file_is_written(folder: Path) -> str:
    """Leave a run in the log alone; gives its id."""
    run = make_run(datetime(2026, 4, 6, 9, tzinfo=UTC))

    class Dying(FailingDisk):
        def create(self, path: str) -> int:
            if "2026" in path:
                raise Killed
            return super().create(path)

    with suppress(Killed):
        history_in(folder, Dying()).add(*run)
    return run[0].id


def test_what_only_the_log_has_is_read_by_the_next_to_look_and_is_not_spoken_of(tmp_path: Path) -> None:
    first, _ = add_run(history_in(tmp_path))
    second = kill_before_the_file_is_written(tmp_path)
    history = history_in(tmp_path)
    assert second.encode() not in Path(history.own_path(2026)).read_bytes()
    overview = history.overview()
    assert ({head.id for head in overview.heads}, overview.said) == ({first.id, second}, ())
    assert second.encode() in Path(history.own_path(2026)).read_bytes()


def test_a_writer_takes_what_only_the_log_has_before_its_own_change(tmp_path: Path) -> None:
    second = kill_before_the_file_is_written(tmp_path)
    history = history_in(tmp_path)
    add_run(history, datetime(2025, 3, 3, 9, tzinfo=UTC))
    assert second.encode() in Path(history.own_path(2026)).read_bytes()
    known = read_last_known(history.places)
    assert known is not None
    assert set(known.files) == {os.path.basename(history.own_path(year)) for year in (2025, 2026)}


def test_a_copied_home_takes_over_what_only_the_log_of_the_other_machine_has(tmp_path: Path) -> None:
    first, _ = add_run(history_in(tmp_path))
    second = kill_before_the_file_is_written(tmp_path)
    there = history_in(tmp_path).device
    for path in (tmp_path / "device", tmp_path / "safety" / "device"):
        path.unlink()  # as one that is bound to another machine
    history = history_in(tmp_path)
    assert history.device != there
    third, _ = add_run(history, datetime(2026, 5, 4, 9, tzinfo=UTC))
    assert {head.id for head in history.heads()} == {first.id, second, third.id}
    assert history.past(second).events
    assert history.overview().said == ()
    assert history.repair() == ()


def test_a_home_without_second_copies_gets_them_without_a_word(history: History, tmp_path: Path) -> None:
    runs = {add_run(history, datetime(year, 3, 2, 9, tzinfo=UTC))[0].id for year in (2025, 2026)}
    shutil.rmtree(tmp_path / "safety")
    again = history_in(tmp_path)
    overview = again.overview()
    assert ({head.id for head in overview.heads}, overview.said) == (runs, ())
    for year in (2025, 2026):
        assert Path(again.copies.previous_of(again.own_path(year))).is_file()
    assert read_last_known(again.places) is not None


def test_a_write_says_what_it_put_right_on_the_way(tmp_path: Path) -> None:
    clock = ManualClock(datetime(2026, 6, 1, 12, tzinfo=UTC))
    history = history_in(tmp_path, clock=clock)
    add_run(history)
    home = Home(history.places, clock)
    Path(history.own_path(2026)).write_bytes(b"")
    run = make_run(datetime(2026, 5, 4, 9, tzinfo=UTC))
    home.history().add(*run)
    (said,) = home.told()
    assert said.startswith(f"{history.own_path(2026)} was written anew with the 1 run that could be recovered")
    assert home.told() == ()
    assert len(home.heads()) == 2


def test_a_reader_leaves_alone_whoever_is_just_writing(tmp_path: Path) -> None:
    from procroutine.history.device import history_lock
    from procroutine.history.lock import locked

    add_run(history_in(tmp_path))
    kill_before_the_file_is_written(tmp_path)
    history = history_in(tmp_path)
    before = Path(log_path(history.places)).read_bytes()
    with locked(history_lock(history.places)):
        overview = history.overview()
    assert overview.said == ()
    assert Path(log_path(history.places)).read_bytes() == before


def test_a_file_that_somebody_writes_while_it_is_read_was_not_set_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = history_in(tmp_path)
    add_run(history)

    def written_meanwhile(data: bytes) -> Sealed:
        monkeypatch.setattr(recovery, "unpack", unpack)
        add_run(history_in(tmp_path))
        return unpack(data)

    monkeypatch.setattr(recovery, "unpack", written_meanwhile)
    file = recovery.read_year_file(history.disk, history.own_path(2026), history.copies)
    assert (len(file.tables["runs"]), file.said, file.behind) == (1, None, False)


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ((), ()),
        (("/a.json is damaged",), ("/a.json is damaged",)),
        (
            ("/a.json is damaged", "/b.json is a link", "/c was set back"),
            ("3 history files are not sound, the first: /a.json is damaged; procroutine doctor says more",),
        ),
    ],
)
def test_what_is_wrong_is_one_line(said: tuple[str, ...], line: tuple[str, ...]) -> None:
    assert in_one_line(said) == line


def test_what_became_of_a_file_stands_for_what_was_wrong_with_it() -> None:
    problems = ("/my home/a.json is damaged; 2 runs", "/my home/b.json cannot be read")
    outcomes = ("/my home/a.json was written anew", "/my home/log is missing; it was begun anew")
    assert with_outcomes(problems, outcomes) == (outcomes[0], problems[1], outcomes[1])
