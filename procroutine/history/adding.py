"""Putting a run that has ended into the history; the finish of a run needs nothing else, and loads nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from procroutine.errors import DoesNotFit
from procroutine.history.corrections import said_before
from procroutine.history.documents import document_id, run_document
from procroutine.history.indexing import add_to_index, end_of_index, head_row
from procroutine.history.moved_away import is_away
from procroutine.history.stamps import NO_STAMP, Stamp
from procroutine.history.year_files import YearFiles, put_definition, put_run

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from procroutine.history.storage import YearDatabase
    from procroutine.run.events import Event
    from procroutine.run.states import RunState


class Adding(YearFiles):
    """Adding runs, one by one."""

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
                key = document_id(run.id)
                if is_away(database, key) and self.latest(run.id) is not None:
                    return  # its start was moved into another year since: the journal was left over
                there = database.table("runs").get(doc_id=key)  # type: ignore[call-overload]  # typed for whole numbers only
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


def _supersedes(document: Mapping[str, Any], there: Mapping[str, Any]) -> bool:
    """Say whether a run that is added again is not the one that is there but its continuation."""
    return bool(there.get("reopened")) or len(document.get("events", ())) > len(there.get("events", ()))
