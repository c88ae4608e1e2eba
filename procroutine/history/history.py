"""The history of one person: ended runs, and all that was said about them since.

Everything here reads and writes files, and raises CannotRead and CannotWrite where the system
refuses. A method that has returned has its result on the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from procroutine.errors import BadInput, DoesNotFit, NotFound, quoted
from procroutine.history.arrivals import Arrived, Arriving, Progress, take_in
from procroutine.history.care import Care
from procroutine.history.corrections import amended, changed
from procroutine.history.device import put_device_right
from procroutine.history.documents import contract_json, document_id, events_of, moved_json, run_document, run_of
from procroutine.history.heads import RunHead
from procroutine.history.indexing import add_to_index, end_of_index, head_row
from procroutine.history.past import Correction, PastRun
from procroutine.history.revisions import Revisions
from procroutine.history.stamps import NO_STAMP, Stamp
from procroutine.history.storage import YearDatabase
from procroutine.history.year_files import Version, put, put_definition
from procroutine.run.events import Event, happened
from procroutine.run.states import RunState


class History(Revisions):
    """Reading, adding and correcting runs."""

    def heads(self, years: int | None = None, *, deleted: bool = False) -> tuple[RunHead, ...]:
        """Give all runs in brief, newest first: those deleted, or all others.

        With `years` only the runs of the newest years that have any.
        """
        return tuple(head for head in self.overview(years).heads if head.deleted == deleted)

    def run(self, run_id: str) -> PastRun | None:
        """Give a run by its whole id, a deleted one too; None where there is none."""
        found = self.latest(run_id)
        return None if found is None or found.document.get("reopened") else _past(found)

    def past(self, run_id: str) -> PastRun:
        """Give a run by its whole id, a deleted one too; NotFound where there is none."""
        found = self.run(run_id)
        if found is None:
            raise NotFound(f"there is no run {run_id}", "look it up in `procroutine history`")
        return found

    def corrections(self, run_id: str) -> tuple[Correction, ...]:
        """Give what stood in a run before each of its corrections, oldest first."""
        found = [document for document in self.merged("corrections").values() if document["run"] == run_id]
        return tuple(
            Correction(
                run=run_id,
                at=datetime.fromisoformat(document["at"]),
                device=document["stamp"][1],
                before=document["before"],
            )
            for document in sorted(found, key=lambda document: tuple(document["stamp"]))
        )

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
        if there is not None and there.get("left_out") is not None:
            stamped["left_out"] = there["left_out"]
        if there is not None and stamped["outcome"] is None:
            stamped["outcome"] = there["outcome"]
        return put(database, "runs", document_id(document["id"]), stamped)

    def reopen(self, run_id: str, seen: Stamp | None = None) -> PastRun:
        """Take an ended run out of the history, because its end is undone; it comes back by `add`.

        NotFound where there is no such run; DoesNotFit where its events are not known (it was
        imported), so that it cannot be gone on with, and where it is not of the version `seen` any more.
        """
        past = self.past(run_id)
        if not past.events:
            raise DoesNotFit("what happened in an imported run is not known", "its end cannot be undone; correct it")
        self._correct(run_id, lambda document: changed(document, {"reopened": True}), seen or past.stamp)
        return past

    def delete(self, run_id: str) -> PastRun:
        """Delete a run; `restore` brings it back."""
        return self._correct(run_id, lambda document: changed(document, {"deleted": True}))

    def restore(self, run_id: str) -> PastRun:
        """Bring a deleted run back."""
        return self._correct(run_id, lambda document: changed(document, {"deleted": False}))

    def set_outcome(self, run_id: str, outcome: str | None) -> PastRun:
        """Say whether a run produced what it was for: `met`, `partly`, `missed` or None."""
        if outcome not in ("met", "partly", "missed", None):
            raise BadInput(f"{quoted(outcome)} is no outcome", "write met, partly or missed")
        return self._correct(run_id, lambda document: changed(document, {"outcome": outcome}))

    def set_note(self, run_id: str, note: str | None) -> PastRun:
        """Put another note in the place of the run's own."""
        return self._correct(run_id, lambda document: changed(document, {"note": note}))

    def leave_out(self, run_id: str, reason: str | None) -> PastRun:
        """Keep a run out of the statistics for a reason, or (None) let it count again."""
        return self._correct(run_id, lambda document: changed(document, {"left_out": reason}))

    def amend(self, run_id: str, step: str, sign: str, length: timedelta) -> PastRun:
        """Correct the time of a step: `+` more, `-` less, no sign just so; what was only prepared stays so.

        NotFound where the run has no such step, BadInput where less than nothing would be left, or over 999 hours.
        """
        return self._correct(run_id, lambda document: amended(document, step, sign, length))

    def _correct(
        self,
        run_id: str,
        change: Callable[[dict[str, Any]], dict[str, Any]],
        expected: Stamp | None = None,
    ) -> PastRun:
        with self.writing():
            there = self.latest(run_id)
            if there is None or there.document.get("reopened"):
                raise NotFound(f"there is no run {run_id}", "look it up in `procroutine history`")
            if expected not in (None, there.stamp):
                raise DoesNotFit("the run was changed in the meantime", "look at it again")
            old = {key: value for key, value in there.document.items() if key != "check"}
            new = change(old)
            year = datetime.fromisoformat(old["started_at"]).year
            with self.changing(self.own_path(year)) as database:
                new["stamp"] = list(self.stamp(database, there.stamp))
                put_definition(database, there.snapshot)
                written = put(database, "runs", document_id(run_id), new)
                put(database, "corrections", *self.correction(old, new))
            return _past(Version(written, there.definitions))

    def take_in(self, runs: Sequence[Arriving], progress: Progress | None = None) -> Arrived:
        """Take in ended runs that were made elsewhere, as `arrivals.take_in` does."""
        return take_in(self, runs, progress)

    def records(self, heads: Iterable[RunHead] | None = None, *, to_move: bool = False) -> Iterator[dict[str, Any]]:
        """Give runs as `run_json` does, in the order of `heads`; by default all, the newest first, deleted ones too.

        With `to_move` each has the keys of `moved_json` too, and `stamp`: when and on what device this
        version of it was made, by which `take_in` knows the later of two; None where it was taken in without one.
        """
        wanted = self.overview().heads if heads is None else heads
        versions = self.versions()
        for head in wanted:
            version = versions.pop(document_id(head.id), None)  # let go of each when it was given
            if version is None:
                continue
            if to_move:
                stamp = list(version.origin) if version.origin else None
                yield moved_json(version.document, version.snapshot) | {"stamp": stamp}
            else:
                yield contract_json(version.document, version.snapshot)

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


def _past(version: Version) -> PastRun:
    document = version.document
    amendments: list[tuple[str, float]] = document.get("amended", [])
    try:
        run = run_of(document, version.snapshot)
        events = _with_amendments(events_of(document, version.snapshot), amendments)
    except (LookupError, TypeError, ValueError, OverflowError):
        # Its checksum holds: another program wrote it so.
        raise BadInput(f"run {document['id']} cannot be read whole", "leave it as it is, or delete it") from None
    return PastRun(
        run=run,
        events=events,
        stamp=version.stamp,
        left_out=document.get("left_out"),
        amended=tuple((step, timedelta(seconds=change)) for step, change in amendments),
        reopened=bool(document.get("reopened")),
    )


def _with_amendments(events: tuple[Event, ...], amendments: Sequence[tuple[str, float]]) -> tuple[Event, ...]:
    """Give the events with what was amended since just before the one that ended the run.

    There they stay in force when the end is undone.
    """
    if not events or not amendments:
        return events
    end = max(place for place, event in enumerate(events) if event.kind not in ("undone", "redone"))
    made = (happened("corrected", events[end].reading, step=step, change_seconds=change) for step, change in amendments)
    return (*events[:end], *made, *events[end:])
