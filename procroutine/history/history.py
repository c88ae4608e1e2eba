"""The history of one person: ended runs, and all that was said about them since.

Everything here reads and writes files, and raises CannotRead and CannotWrite where the system
refuses. A method that has returned has its result on the disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from procroutine.errors import DoesNotFit
from procroutine.history.arrivals import Arrived, Arriving, Progress, take_in
from procroutine.history.care import Care
from procroutine.history.correcting import Correcting
from procroutine.history.corrections import said_before
from procroutine.history.device import put_device_right
from procroutine.history.documents import contract_json, document_id, moved_json, run_document
from procroutine.history.heads import RunHead
from procroutine.history.indexing import add_to_index, end_of_index, head_row
from procroutine.history.moved_away import is_away
from procroutine.history.past_stretches import stretches_told
from procroutine.history.predictions import Predictions
from procroutine.history.stamps import NO_STAMP, Stamp
from procroutine.history.storage import YearDatabase
from procroutine.history.year_files import put_definition, put_run
from procroutine.run.events import Event
from procroutine.run.states import RunState


class History(Correcting, Predictions):
    """Reading, adding and correcting runs."""

    def heads(self, years: int | None = None, *, deleted: bool = False) -> tuple[RunHead, ...]:
        """Give all runs in brief, newest first: those deleted, or all others.

        With `years` only the runs of the newest years that have any.
        """
        return tuple(head for head in self.overview(years).heads if head.deleted == deleted)

    def add(self, run: RunState, events: Sequence[Event] = (), stamp: Stamp | None = None) -> None:
        """Take in a run that has ended, with its events, so that its end can be undone later.

        Adding it again changes nothing, but writes the file anew: after a write that failed only
        that can be trusted. A run that was reopened comes back with its new end, and with what
        was said about it before. DoesNotFit where the run is still open.
        """
        if run.ended_at is None:
            raise DoesNotFit("a run that is still open cannot go into the history", "finish it first")
        path = self.own_path(run.started_at.year)
        document = run_document(run, events)
        with self.writing():
            end = end_of_index(self.places, path, run.started_at.year)
            with self.changing(path) as database:
                if is_away(database, document_id(run.id)) and self.latest(run.id) is not None:
                    return  # its start was moved into another year since: the journal was left over
                there = database.table("runs").get(doc_id=document_id(run.id))  # type: ignore[call-overload]  # text ids
                written = self._put_added(database, document, there, stamp, run.definition)
            if there is None and end is not None and database.sealed.seal is not None:
                add_to_index(self.places, path, end, database.sealed.seal.generation, head_row(written))

    def _put_added(
        self,
        database: YearDatabase,
        document: dict[str, Any],
        there: Mapping[str, Any] | None,
        stamp: Stamp | None,
        definition: Mapping[str, Any],
    ) -> dict[str, Any]:
        if there is not None and not _supersedes(document, there):
            return dict(there)
        seen = (there["stamp"][0], there["stamp"][1]) if there else NO_STAMP
        put_definition(database, definition)
        stamped = {**document, "stamp": list(stamp or self.stamp(database, seen))}
        if there is not None:
            stamped |= said_before(stamped, there)
        return put_run(database, stamped)

    def take_in(self, runs: Sequence[Arriving], progress: Progress | None = None) -> Arrived:
        """Take in ended runs that were made elsewhere, as `arrivals.take_in` does."""
        return take_in(self, runs, progress)

    def records(self, heads: Iterable[RunHead] | None = None, *, to_move: bool = False) -> Iterator[dict[str, Any]]:
        """Give runs as `run_json` does, in the order of `heads`; by default all, the newest first, deleted ones too.

        Each has `left_out` too: why it is kept out of the statistics, None where it counts; and where its steps
        do not tell it, where its time went (`past_stretches`). With `to_move`
        each has the keys of `moved_json`, and `stamp`: when and on what device this version of it was made,
        by which `take_in` knows the later of two; None where it was taken in without one.
        """
        wanted = self.overview().heads if heads is None else heads
        versions = self.versions()
        for head in wanted:
            version = versions.pop(document_id(head.id), None)  # let go of each when it was given
            if version is None:
                continue
            document, snapshot = version.document, version.snapshot
            told = stretches_told(document, snapshot)
            if to_move:
                stamp = list(version.origin) if version.origin else None
                yield moved_json(document, snapshot) | told | {"stamp": stamp}
            else:
                yield contract_json(document, snapshot) | told | {"left_out": document.get("left_out")}

    def repair(self) -> tuple[str, ...]:
        """Write anew what can be recovered of this device's files, and put damaged bytes aside.

        Gives a sentence for each; files of other devices, of newer versions and such as cannot be
        read are left as they are.
        """
        care = Care(self.places, self.disk, self.copies)
        with self.writing():
            return (*self.told(), *put_device_right(self.places, self.disk, self.device), *care.put_right())


def _supersedes(document: Mapping[str, Any], there: Mapping[str, Any]) -> bool:
    """Say whether a run that is added again is not the one that is there but its continuation."""
    return bool(there.get("reopened")) or len(document.get("events", ())) > len(there.get("events", ()))
