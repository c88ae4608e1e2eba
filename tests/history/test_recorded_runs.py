"""Several runs and small tables, read at once."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from procroutine.clock import ManualClock
from procroutine.history.history import History
from procroutine.history.index_files import index_path
from procroutine.history.recorded_runs import read_recorded
from tests.history.samples import make_run, places_in


def history_in(folder: Path) -> History:
    return History(places_in(folder), ManualClock(datetime(2026, 11, 19, 14, 5, tzinfo=UTC)))


def test_runs_of_several_years_are_those_that_history_gives_one_by_one(tmp_path: Path) -> None:
    history = history_in(tmp_path)
    runs = [make_run(datetime(year, 3, 2, 9, tzinfo=UTC)) for year in (2024, 2025, 2026)]
    for run, events in runs:
        history.add(run, events)
    history.leave_out(runs[1][0].id, "fire alarm")
    ids = [run.id for run, _ in runs]
    for _ in range(2):  # without indexes, and with them
        found = read_recorded(history, [*ids, "0"]).runs
        assert {run_id: one.run for run_id, one in found.items()} == {one: history.past(one).run for one in ids}
        assert [found[one].left_out for one in ids] == [None, "fire alarm", None]
        history.heads()


def test_tables_are_read_with_them_whether_or_not_an_index_fits(tmp_path: Path) -> None:
    history = history_in(tmp_path)
    run, events = make_run(datetime(2025, 3, 2, 9, tzinfo=UTC))
    history.add(run, events)
    redline = history.add_redline("posts", "fewer pictures")
    for _ in range(2):
        found = read_recorded(history, [], ("redlines", "loose_ends"))
        assert list(found.tables["redlines"]) == [redline]
        assert found.tables["loose_ends"] == {}
        assert found.runs == {}
        history.heads()


def test_a_damaged_file_is_read_as_far_as_it_is_whole(tmp_path: Path) -> None:
    history = history_in(tmp_path)
    runs = [make_run(datetime(2026, month, 2, 9, tzinfo=UTC)) for month in (3, 4)]
    for run, events in runs:
        history.add(run, events)
    history.heads()
    path = history.own_path(2026)
    data = Path(path).read_bytes()
    Path(path).write_bytes(data.replace(runs[0][0].id.encode(), b"1" * 16, 1))
    assert os.path.exists(path)
    assert runs[1][0].id in read_recorded(history, [run.id for run, _ in runs]).runs


def test_an_index_of_which_a_bit_flipped_hides_no_run(tmp_path: Path) -> None:
    history = history_in(tmp_path)
    run, events = make_run(datetime(2026, 3, 2, 9, tzinfo=UTC))
    history.add(run, events)
    history.heads()
    index = Path(index_path(history.places, history.own_path(2026)))
    data = bytearray(index.read_bytes())
    data[data.rindex(run.id.encode()) + 3] ^= 1
    index.write_bytes(data)
    assert history.past(run.id).run.id == run.id
    assert list(read_recorded(history, [run.id]).runs) == [run.id]
