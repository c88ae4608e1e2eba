"""What the summary of an index tells of each routine is what all of its rows tell."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from procroutine.history.documents import run_document
from procroutine.history.heads import heads_of, merged_rows, read_overview
from procroutine.history.history import History
from procroutine.history.index_files import Index, index_path, row_line
from procroutine.history.index_summary import MANY, read_runs, runs_in, summary_of
from procroutine.history.indexing import head_row
from procroutine.history.routine_runs import by_routine
from tests.history.samples import add_run, history_in, make_run, told

FIRST = datetime(2026, 3, 2, 9, tzinfo=UTC)
BASE = run_document(*make_run()) | {"stamp": [1, "desk-aaaaaa"], "check": ""}

RUNS = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.integers(10**15, 10**15 + 30).map(str),
            "routine": st.sampled_from(["posts", "bills", "tidy"]),
            "started_at": st.integers(0, 40).map(lambda hours: (FIRST + timedelta(hours=7 * hours)).isoformat()),
            "state": st.sampled_from(["finished", "finished", "abandoned"]),
            "active_seconds": st.integers(1, 9),
            "revision": st.sampled_from([None, 1, 2]),
            "schedule": st.sampled_from([None, "", "every week", "every day"]),
            "left_out": st.sampled_from([None, None, "visitors"]),
            "deleted": st.sampled_from([False, False, True]),
            "reopened": st.sampled_from([False, False, True]),
            "stamp": st.tuples(st.integers(1, 3), st.sampled_from(["desk-aaaaaa", "lap-bbbbbb"])),
        }
    ),
    max_size=12,
)


def rows_of(documents: list[dict[str, Any]]) -> list[list[Any]]:
    return [head_row(BASE | document | {"check": json.dumps(document)}) for document in documents]


def written_index(documents: list[dict[str, Any]], added: list[dict[str, Any]]) -> Index:
    """Write an index, add rows to it, and read it."""
    summary, ordered = summary_of(rows_of(documents))
    body = b"\n".join(row_line(row) for row in [*ordered, *rows_of(added)])
    return Index(rows=None, summary=json.loads(json.dumps(summary)), body=body, tables={}, years=(2026,))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(RUNS, RUNS), min_size=1, max_size=3))
def test_summaries_tell_of_each_routine_what_all_rows_tell(files: list[Any]) -> None:
    whole = [Index(rows=rows_of([*first, *added]), tables={}, years=(2026,)) for first, added in files]
    found = runs_in([written_index(first, added) for first, added in files])
    assert told(found) == told(by_routine(heads_of(merged_rows(whole))))


@settings(max_examples=40, deadline=None)
@given(st.tuples(RUNS, RUNS, RUNS))
def test_runs_that_are_in_one_file_each_are_read_from_the_summaries_alone(parts: tuple[list[Any], ...]) -> None:
    numbers = iter(range(10**15, 10**16))
    first, added, other = ([run | {"id": str(next(numbers))} for run in part] for part in parts)
    whole = [Index(rows=rows_of([*first, *added, *other]), tables={}, years=(2026,))]
    found = runs_in([written_index(first, added), written_index(other, [])])
    assert told(found) == told(by_routine(heads_of(merged_rows(whole))))


def test_no_more_runs_are_read_than_somebody_looks_at() -> None:
    documents = [{"id": str(10**15 + number), "active_seconds": 61 + number} for number in range(50)]
    index = written_index(documents, [])
    (runs,) = runs_in([index.replaced(body=index.body.replace(b",61000,", b",?????,"))]).values()
    assert (len(runs.days), runs.best) == (50, timedelta(seconds=61))  # the row that is no JSON is not looked into
    assert next(iter(runs.heads)).active == timedelta(seconds=110)


def test_an_index_to_which_much_was_added_is_put_in_order_again(history: History) -> None:
    add_run(history)
    history.overview()
    path = Path(index_path(history.places, history.own_path(2026)))
    alone = path.read_bytes().splitlines()[1]
    for number in range(MANY + 1):
        add_run(history, FIRST + timedelta(hours=number), steps=1)
    assert path.read_bytes().splitlines()[1] == alone
    (runs,) = read_runs(history.places, 1)[1].values()
    assert path.read_bytes().splitlines()[1] != alone
    (again,) = read_runs(history.places, 1)[1].values()
    assert told({"posts": again}) == told({"posts": runs}) == told(by_routine(history.overview().heads))


def test_a_run_that_another_device_deleted_is_told_of_no_more(tmp_path: Path) -> None:
    here, there = history_in(tmp_path), history_in(tmp_path / "there")
    run, _ = add_run(here)
    other, _ = add_run(here, FIRST + timedelta(days=1))
    add_run(there, run_id=run.id)
    there.delete(run.id)
    file = Path(there.own_path(2026))
    file.rename(Path(here.places.history, file.name))
    for _ in range(2):
        _, runs = read_runs(here.places, 2)
        assert [head.id for head in runs["posts"].heads] == [other.id]
        assert told(runs) == told(by_routine(read_overview(here.places, 2).heads))
