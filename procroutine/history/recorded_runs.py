"""Several ended runs in full, and some of the small tables with them: every history file is read once for all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from procroutine.errors import BadInput
from procroutine.history.documents import document_id, run_of
from procroutine.history.index_files import row_beginning, written_rows
from procroutine.history.last_known import history_files, open_at_once
from procroutine.history.merge import merge, rank
from procroutine.history.recovery import read_year_file
from procroutine.history.shapes import is_run, is_small
from procroutine.history.year_files import Definitions, Version
from procroutine.values import Value

if TYPE_CHECKING:
    from procroutine.history.seal import Tables
    from procroutine.history.year_files import YearFiles
    from procroutine.run.states import RunState


class RecordedRun(Value):
    """An ended run, and why it is left out of the statistics where it is."""

    run: RunState
    left_out: str | None


class Recorded(Value):
    """What was asked for of the history."""

    runs: Mapping[str, RecordedRun]
    """By their ids, those that are there and can be read whole."""
    tables: Mapping[str, Mapping[str, Mapping[str, Any]]]
    """The latest version of every document of each table, by name and id."""


def read_recorded(history: YearFiles, run_ids: Collection[str], tables: Iterable[str] = ()) -> Recorded:
    """Read some runs and some small tables; CannotRead where the history folder cannot be read."""
    names = frozenset(tables)
    paths = [path for path in history_files(history.places) if _is_needed(history, path, run_ids, names)]
    files = [read_year_file(history.disk, path, history.copies).tables for path in paths]
    latest = {run_id: version for run_id in run_ids if (version := _latest(files, run_id)) is not None}
    return Recorded(
        runs={run_id: read for run_id, version in latest.items() if (read := _read(version)) is not None},
        tables={name: merge(*(_small(name, file) for file in files)) for name in names},
    )


def _is_needed(history: YearFiles, path: str, run_ids: Collection[str], names: frozenset[str]) -> bool:
    """Say whether anything asked for may stand in a file: where its index fits it, it is sound, and its bytes tell."""
    rows = written_rows(history.places, path)
    if rows is None or any(row_beginning(run_id) in rows for run_id in run_ids):
        return True
    try:
        with open_at_once(path) as file:
            return not names.isdisjoint(_small_tables_of(file))
    except OSError:
        return True  # what is wrong with it is for the one who reads it to say


def _small_tables_of(file: Iterable[bytes]) -> Iterator[str]:
    """Give the names of the tables before that of the runs, which is the last one of a sound file."""
    for line in file:
        if line == b'"runs":{\n':
            return
        if line.endswith(b'":{\n'):
            yield line[1:-4].decode("ascii")


def _small(name: str, file: Tables) -> dict[str, Any]:
    return {key: document for key, document in file.get(name, {}).items() if is_small(name, document)}


def _latest(files: Iterable[Tables], run_id: str) -> Version | None:
    found: Version | None = None
    for file in files:
        document = file.get("runs", {}).get(document_id(run_id))
        if document is None or not is_run(document):
            continue
        if found is None or rank(found.document) < rank(document):
            found = Version(document=document, definitions=Definitions(file))
    return found


def _read(version: Version) -> RecordedRun | None:
    try:
        run = run_of(version.document, version.snapshot)
    except (BadInput, LookupError, TypeError, ValueError, OverflowError):
        return None  # its checksum holds: another program wrote it so, and the heads tell what can be told
    return RecordedRun(run=run, left_out=version.document.get("left_out"))
