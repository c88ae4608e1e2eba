"""Taking in runs that were made elsewhere: all of them or none, by run id, each once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from procroutine.errors import DoesNotFit
from procroutine.history.correction_chain import IMPORTED
from procroutine.history.device import plan_path
from procroutine.history.documents import document_id, run_document
from procroutine.history.moved_away import come_back, take_out, years_left
from procroutine.history.past_stretches import stretches_json
from procroutine.history.plan import planned
from procroutine.history.stamps import NO_STAMP, Stamp
from procroutine.history.storage import YearDatabase
from procroutine.history.year_files import Version, YearFiles, put_all
from procroutine.run.open_runs import OpenRuns
from procroutine.run.record import seconds
from procroutine.run.states import RunState
from procroutine.run.stretches import Stretch

Progress = Callable[[int, int], None]
"""Called with how many runs are through, and of how many."""


@dataclass(frozen=True, slots=True)
class Arriving:
    """An ended run of another history."""

    run: RunState
    stamp: Stamp | None = None
    """Of the version it was there; None where that is not known."""
    left_out: str | None = None
    """Why it is kept out of the statistics there; None where it counts."""
    amended: tuple[tuple[str, timedelta], ...] | None = None
    """Changes to the times of steps since the run ended; none where one was made before, None where none was at all."""
    moved: timedelta = timedelta()
    """How much later it began than was recorded, as the person said since."""
    stretches: tuple[Stretch, ...] = ()
    """Where its time went; none where its steps tell it, or nobody does."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """What became of runs that were taken in."""

    added: int
    known: int
    """Were there already, of whatever version, or are open here: ours stays as it is."""
    updated: int
    """Had been taken in before, were not touched here since, and are of a later version now."""
    others: Mapping[str, int] = field(default_factory=dict)
    """How much came in besides runs, by the keys of an export; nothing under those that told nothing new."""


def take_in(files: YearFiles, runs: Sequence[Arriving], progress: Progress | None = None) -> Arrived:
    """Put ended runs of other histories into this device's files.

    What the person has here is not overwritten: only a run that was itself taken in, and not
    corrected since, gives way to a version of it that is known to be later; a run that is open
    here stays open. Twice is once. DoesNotFit where a run is still open there, CannotRead and
    CannotWrite where the system refuses; then nothing was taken in.
    """
    for one in runs:
        if one.run.ended_at is None:
            raise DoesNotFit(f"run {one.run.id} is still open", "finish it where it was begun, and export it again")
    with files.writing():
        there = files.versions()
        here = there.keys() | {document_id(found.id) for found in OpenRuns.of(files.places).load_all().runs}
        by_key = {document_id(one.run.id): one for one in runs}
        new = {key: one for key, one in by_key.items() if key not in here}
        newer = {key: one for key, one in by_key.items() if key in there and _gives_way(there[key], one.stamp)}
        _write(files, {**new, **newer}, there, progress)
    return Arrived(added=len(new), known=len(runs) - len(new) - len(newer), updated=len(newer))


def _gives_way(version: Version, stamp: Stamp | None) -> bool:
    """Say whether a version that was taken in, and stands here just so, is older than one that arrives."""
    there = version.origin
    return version.is_imported and there is not None and stamp is not None and there < stamp


def _write(
    files: YearFiles, runs: Mapping[str, Arriving], there: Mapping[str, Version], progress: Progress | None
) -> None:
    years: dict[int, dict[str, Arriving]] = {}
    for key, one in runs.items():
        years.setdefault(one.run.started_at.year, {})[key] = one
    done = 0
    left = _left(files, runs, there)
    with planned(files.disk, plan_path(files.places), files.copies) as plan:
        for year in sorted({*years, *left}):
            of_year = years.get(year, {})
            with files.changing(files.own_path(year), plan) as database:
                _write_year(files, database, of_year, there)
                for document in left.get(year, ()):
                    take_out(database, document)
            done += len(of_year)
            if progress is not None:
                progress(done, len(runs))


def _left(
    files: YearFiles, runs: Mapping[str, Arriving], there: Mapping[str, Version]
) -> dict[int, list[Mapping[str, Any]]]:
    """Give, by year, the documents of runs that arrive with a start in another one, and are in our file of it."""
    left: dict[int, list[Mapping[str, Any]]] = {}
    for key in runs.keys() & there.keys():
        for year in years_left(there[key].document, runs[key].run.started_at.year):
            if files.may_have(files.own_path(year), runs[key].run.id):
                left.setdefault(year, []).append(there[key].document)
    return left


def _write_year(
    files: YearFiles, database: YearDatabase, runs: Mapping[str, Arriving], there: Mapping[str, Version]
) -> None:
    if not runs:
        return
    replaced = [key for key in runs if key in there]
    seen = [*(there[key].stamp for key in replaced), *(one.stamp or NO_STAMP for one in runs.values())]
    stamp = files.stamp(database, max(seen))
    documents = {key: _document(one, stamp, there.get(key)) for key, one in runs.items()}
    for key in documents:
        come_back(database, key)
    put_all(database, "runs", documents)
    if replaced:
        corrections = [files.correction(IMPORTED, there[key].document, documents[key]) for key in replaced]
        put_all(database, "corrections", dict(corrections))


def _document(one: Arriving, stamp: Stamp, there: Version | None) -> dict[str, Any]:
    """Give the document of a run that arrived: `imported` is the stamp it got here, `origin` the one it had."""
    document = run_document(one.run) | {"stamp": list(stamp), "imported": list(stamp)}
    if one.left_out is not None:
        document["left_out"] = one.left_out
    if one.amended is not None:
        document["amended"] = [[step, seconds(change)] for step, change in one.amended]
    if one.moved:
        document["moved_seconds"] = seconds(one.moved)
    if one.stretches:
        document["stretches"] = stretches_json(one.stretches)
    if there is not None and (years := years_left(there.document, one.run.started_at.year)):
        document["earlier_years"] = years
    return document if one.stamp is None else document | {"origin": list(one.stamp)}
