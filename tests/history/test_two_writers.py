from __future__ import annotations

import multiprocessing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from procroutine.weeks import Week
from tests.history.samples import history_in, make_run

RUNS = 12
WRITERS = 3
FIRST = datetime(2026, 3, 2, 9, tzinfo=UTC)


def write(folder: Path, writer: int) -> None:
    history = history_in(folder)
    for number in range(RUNS):
        run, events = make_run(FIRST + timedelta(hours=number), run_id=f"{writer + 1}{number:015d}")
        history.add(run, events)
        if number % 4 == 0:
            history.set_outcome(run.id, "met")
            history.set_week_off(f"routine-{writer}-{number}", Week(year=2026, number=20), "away")
        history.heads()


def test_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=write, args=(tmp_path, writer)) for writer in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
        assert writer.exitcode == 0
    overview = history_in(tmp_path).overview()
    assert overview.said == ()
    assert len(overview.heads) == WRITERS * RUNS
    assert sum(head.outcome == "met" for head in overview.heads) == WRITERS * RUNS / 4
    assert len(overview.weeks_off) == WRITERS * RUNS / 4
