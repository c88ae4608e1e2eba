"""Taking in runs that were made elsewhere: all of them or none, by run id, each once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from procroutine.errors import DoesNotFit
from procroutine.history.device import plan_path
from procroutine.history.documents import contract_json, document_id, run_document
from procroutine.history.plan import planned
from procroutine.history.stamps import NO_STAMP
from procroutine.history.storage import YearDatabase
from procroutine.history.year_files import Version, YearFiles, put_all
from procroutine.run.record import run_json
from procroutine.run.states import RunState

Progress = Callable[[int, int], None]
"""Called with how many runs are through, and of how many."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """What became of runs that were taken in."""

    added: int
    known: int
    """Were there already, or differ from one of ours, which stays as it is."""
    updated: int
    """Had been taken in before, were not touched here since, and are another now."""


def take_in(files: YearFiles, runs: Sequence[RunState], progress: Progress | None = None) -> Arrived:
    """Put ended runs of other histories into this device's files.

    What the person has here is not overwritten: only a run that was itself taken in, and not
    corrected since, gives way to a newer state of it. Twice is once. DoesNotFit where a run is
    still open, CannotWrite where the system refuses; then nothing was taken in.
    """
    for run in runs:
        if run.ended_at is None:
            raise DoesNotFit(f"run {run.id} is still open", "finish it where it was begun, and export it again")
    with files.writing():
        there = files.versions()
        by_key = {document_id(run.id): run for run in runs}
        new = {key: run for key, run in by_key.items() if key not in there}
        newer = {key: run for key, run in by_key.items() if key in there and _gives_way(there[key], run)}
        _write(files, {**new, **newer}, there, progress)
    return Arrived(added=len(new), known=len(runs) - len(new) - len(newer), updated=len(newer))


def _gives_way(version: Version, run: RunState) -> bool:
    document = version.document
    untouched = document.get("imported") == document["stamp"]
    return untouched and contract_json(document, version.snapshot) != run_json(run)


def _write(
    files: YearFiles, runs: Mapping[str, RunState], there: Mapping[str, Version], progress: Progress | None
) -> None:
    years: dict[int, dict[str, RunState]] = {}
    for key, run in runs.items():
        years.setdefault(run.started_at.year, {})[key] = run
    done = 0
    with planned(files.disk, plan_path(files.places)) as plan:
        for year, of_year in sorted(years.items()):
            with files.changing(files.own_path(year), plan) as database:
                _write_year(files, database, of_year, there)
            done += len(of_year)
            if progress is not None:
                progress(done, len(runs))


def _write_year(
    files: YearFiles, database: YearDatabase, runs: Mapping[str, RunState], there: Mapping[str, Version]
) -> None:
    replaced = [key for key in runs if key in there]
    stamp = list(files.stamp(database, max((there[key].stamp for key in replaced), default=NO_STAMP)))
    documents = {key: run_document(run) | {"stamp": stamp, "imported": stamp} for key, run in runs.items()}
    put_all(database, "runs", documents)
    if replaced:
        corrections = [files.correction(there[key].document, documents[key]) for key in replaced]
        put_all(database, "corrections", dict(corrections))
