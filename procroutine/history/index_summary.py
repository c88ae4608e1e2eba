"""The summary of an index: what its rows tell of each routine (`routine_runs`), without reading them.

This week needs of most runs only the day, the time of each week and the best of all; so an index
holds these by routine beside the rows, and its rows stand one routine after the other, each newest
first. What was added since follows after them, and is read in any case.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import chain, pairwise

from procroutine.history.heads import Overview, head_of, heads_of, merged_rows, overview_of, start_of
from procroutine.history.index_files import REOPENED, Index, Wanted, parted_rows, read_soundly, row_line, shared_of
from procroutine.history.routine_runs import (
    NEWEST,
    Heads,
    Lengths,
    RoutineRuns,
    by_routine,
    lengths_of,
    newest_first,
    runs_of,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from procroutine.history.heads import RunHead
    from procroutine.history.index_files import Row
    from procroutine.places import Places

    Section = tuple[int, int, Iterable[Row]]
    """When the newest and the oldest of some runs began (ms), and their rows, newest first."""

DELETED = 8
"""Whether a run is deleted: a place in what its row shares with others."""
MANY = 100
"""Rows added to an index since it was written, beyond which it is put in order again."""
_MILLISECOND = timedelta(milliseconds=1)


def read_runs(places: Places, years: int | None = None) -> tuple[Overview, dict[str, RoutineRuns]]:
    """Read the small tables, and of each routine the runs of the newest `years` years that have any.

    Errors as `read_overview`.
    """
    said, indexes = read_soundly(places, years, Wanted(summary=True))
    for index in indexes:
        if len(_added_rows(index)) > MANY:
            from procroutine.history.indexing import write_index

            write_index(places, index.path, index.generation, parted_rows(index.body), index.tables)
    return overview_of([index.replaced(rows=None) for index in indexes], said), runs_in(indexes)


def runs_in(indexes: Sequence[Index]) -> dict[str, RoutineRuns]:
    """Give the runs of each routine in some indexes.

    They are read from the summaries where every run is in one file, and once; else the latest version of each run
    has to be looked for.
    """
    added = [_added_rows(index) for index in indexes]
    if any(index.rows for index in indexes) or not _is_each_once(indexes, added):
        whole = [index if index.summary is None else index.replaced(rows=parted_rows(index.body)) for index in indexes]
        return by_routine(heads_of(merged_rows(whole)))
    return _from_summaries(indexes, added)


def _added_rows(index: Index) -> list[Row]:
    """Give the rows that were added to an index since its summary was made."""
    if index.summary is None:
        return []
    sections = index.summary[1]
    end = sum(length for _, length, *_ in sections) + len(sections)
    return parted_rows(index.body[end:])


def _is_each_once(indexes: Iterable[Index], added: Iterable[list[Row]]) -> bool:
    """Say whether no run is in two files, or twice in one: else the latest version has to be looked for."""
    ids = [json.loads(row[0]) for rows in added for row in rows]
    for index in indexes:
        if index.summary is not None:
            written = index.summary[0]
            ids += written.split(" ") if isinstance(written, str) else written
    return len(set(ids)) == len(ids)


def _from_summaries(indexes: Iterable[Index], added: Iterable[list[Row]]) -> dict[str, RoutineRuns]:
    parts: dict[str, list[list[Any]]] = {}
    sections: dict[str, list[Section]] = {}
    for index, rows in zip(indexes, added, strict=True):
        start = 0
        for routine, length, newest, oldest, *figures in index.summary[1] if index.summary is not None else ():
            parts.setdefault(routine, []).append(figures)
            rows_there = _rows_of(index.body, start, start + length)
            sections.setdefault(routine, []).append((newest, oldest, rows_there))
            start += length + 1
        for routine, own in _in_order(rows).items():
            parts.setdefault(routine, []).append(_written_figures(runs_of(heads_of(own))))
            sections.setdefault(routine, []).append((start_of(own[0])[0], start_of(own[-1])[0], own))
    return {routine: _read_figures(own, Heads(_heads_of(sections[routine]))) for routine, own in parts.items()}


def _rows_of(body: bytes, start: int, end: int) -> Iterator[Row]:
    """Part the rows in a part of an index one by one, since most are never asked for."""
    while start < end:
        stop = body.find(b"\n", start, end)
        stop = end if stop < 0 else stop
        yield body[start:stop].decode("latin-1").split("\t")
        start = stop + 1


def _heads_of(sections: list[Section]) -> Iterator[RunHead]:
    """Make the heads of a routine's runs one by one; of the sections only as many are looked into as are needed."""
    sections.sort(key=lambda section: section[:2], reverse=True)
    rows: Iterator[Row] = chain.from_iterable([section[2] for section in sections])
    if any(below[0] >= above[1] for above, below in pairwise(sections)):
        rows = newest_first([section[2] for section in sections], start_of)
    for row in rows:
        shared = shared_of(row)
        if not (shared[REOPENED] or shared[DELETED]):
            yield head_of(row, shared)


def summary_of(rows: Iterable[Row]) -> tuple[list[Any], list[Row]]:
    """Give the summary of the rows of an index, and the rows in the order in which they are to be written."""
    by_id, figures, ordered = [], [], []
    for routine, own in _in_order(rows).items():
        runs = runs_of(heads_of([*row] for row in own))
        length = sum(len(row_line(row)) + 1 for row in own) - 1
        figures.append([routine, length, start_of(own[0])[0], start_of(own[-1])[0], *_written_figures(runs)])
        by_id += [json.loads(row[0]) for row in own]
        ordered += own
    is_plain = bool(by_id) and all(run_id.isdigit() for run_id in by_id)
    return [" ".join(by_id) if is_plain else by_id, figures], ordered


def _in_order(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Give the rows of each routine, newest first."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(shared_of([*row])[0], []).append(row)
    return {routine: sorted(own, key=start_of, reverse=True) for routine, own in found.items()}


def _written_figures(runs: RoutineRuns) -> list[Any]:
    lengths = lengths_of(runs)
    return [
        [day.toordinal() for day in runs.days],
        sorted(runs.schedules),
        runs.has_revision,
        None if lengths.best is None else lengths.best // _MILLISECOND,
        [[began, run_id, length // _MILLISECOND] for began, run_id, length in lengths.newest],
        lengths.weeks[0],
    ]


def _read_figures(parts: list[list[Any]], heads: Heads) -> RoutineRuns:
    """Put together what `_written_figures` gave of several parts of a routine's runs, which are `heads` together."""
    days, schedules, revisions, bests, newest, weeks = zip(*parts, strict=True)
    best = min((best for best in bests if best is not None), default=None)
    eight = sorted(chain.from_iterable(newest), reverse=True)[:NEWEST]
    return RoutineRuns(
        heads=heads,
        days=tuple(map(date.fromordinal, chain.from_iterable(days))),
        schedules=frozenset(chain.from_iterable(schedules)),
        has_revision=any(revisions),
        lengths=Lengths(
            best=None if best is None else _MILLISECOND * best,
            newest=tuple([(began, run_id, _MILLISECOND * length) for began, run_id, length in eight]),
            weeks=weeks,
        ),
    )
