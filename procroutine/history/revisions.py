"""The revisions of routines, and what a person says about them: a note, and that one is a real change.

What is said stands in a table of its own, `revision_marks`, one document for each thing said. So
neither another device that comes upon the same content, nor a note made there, puts a mark back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from procroutine.errors import NotFound
from procroutine.history.documents import document_id
from procroutine.history.revision_marks import MARKS, NOTE, REAL, of_routine, said_in, with_marks
from procroutine.history.stamps import NO_STAMP
from procroutine.history.tables import SmallTables
from procroutine.history.year_files import put
from procroutine.text import as_typed

if TYPE_CHECKING:
    from procroutine.history.merge import Document


@dataclass(frozen=True, slots=True)
class NewRevision:
    """A state of a routine that may be new."""

    routine: str
    content: str
    """Hash of its meaning."""
    snapshot: Mapping[str, Any]
    note: str | None = None
    former: Collection[str] = ()
    """Ids that the routine had before, and no other has now."""


@dataclass(frozen=True, slots=True)
class ArrivingRevision:
    """A revision of another history, with what was said about it there."""

    state: NewRevision
    number: int
    date: str
    real_change: bool


class Revisions(SmallTables):
    """Reading and writing revisions; writing raises CannotWrite.

    Where a routine was renamed, its `former` ids say whose revisions are also its own.
    """

    def add_revision(
        self,
        routine: str,
        content: str,
        snapshot: Mapping[str, Any],
        note: str | None = None,
        former: Collection[str] = (),
    ) -> int:
        """Give a new state of a routine its number, with the moment and a note; a known one keeps its number."""
        return self.add_revisions([NewRevision(routine, content, snapshot, note, former)])[0]

    def add_revisions(self, states: Iterable[NewRevision]) -> tuple[int, ...]:
        """Give each state of a routine its number as `add_revision` does; all that are new are written at once."""
        with self.writing():
            known = self.overview(0).revisions
            numbers, documents = [], {}
            for one in states:
                key = one.routine, one.content
                if key not in known:
                    known[key] = _number_for(one.routine, one.content, known, one.former)
                    date = self._now().isoformat(timespec="milliseconds")
                    documents[revision_id(*key)] = _document(one, known[key], date)
                numbers.append(known[key])
            if documents:
                with self.changing(self.own_path(self._now().year)) as database:
                    for name, document in documents.items():
                        put(database, "revisions", name, {**document, "stamp": list(self.stamp(database))})
            return tuple(numbers)

    def revisions(self, routine: str, former: Collection[str] = ()) -> tuple[Mapping[str, Any], ...]:
        """Give the documents of a routine's revisions, by number: number, hash, snapshot, date, note, real_change.

        Where two devices gave one number to different contents, both are there.
        """
        documents, marks = self._both()
        return of_routine(documents.values(), said_in(marks.values()), routine, former)

    def every_revision(self) -> tuple[Mapping[str, Any], ...]:
        """Give the documents of all revisions of all routines, with what was said of them, by routine and number."""
        documents, marks = self._both()
        said = said_in(marks.values())
        found = [with_marks(one, said) for one in documents.values()]
        return tuple(sorted(found, key=lambda one: (one["routine"], one["number"], one["date"], one["hash"])))

    def take_in_revisions(self, arriving: Iterable[ArrivingRevision]) -> int:
        """Take in revisions of another history; where a content is known, only what nothing is said about here yet.

        Gives of how many anything was new.
        """
        new = set()
        with self.writing():
            documents, marks = self._both()
            added: list[tuple[str, str, dict[str, Any]]] = []
            for one in arriving:
                state, key = one.state, revision_id(one.state.routine, one.state.content)
                there, before = documents.get(key), len(added)
                if there is None:
                    added.append(("revisions", key, _document(state, one.number, one.date)))
                said = {NOTE: state.note if there is not None and not there.get("note") else None}
                said[REAL] = "yes" if one.real_change else None
                for kind, text in said.items():
                    mark = mark_id(state.routine, state.content, kind)
                    if text and mark not in marks:
                        added.append((MARKS, mark, mark_document(state.routine, state.content, kind, text)))
                if len(added) > before:
                    new.add(key)
            if added:
                with self.changing(self.own_path(self._now().year)) as database:
                    for table, name, document in added:
                        put(database, table, name, {**document, "stamp": list(self.stamp(database))})
        return len(new)

    def note_revision(self, routine: str, number: int, texts: Iterable[str]) -> None:
        """Add texts to the note of a revision, those left out that are in it already; NotFound without the revision."""
        with self.writing():
            before = next((one["note"] or "" for one in self.revisions(routine) if one["number"] == number), "")
            note = "; ".join((*([before] if before else ()), *(text for text in texts if text not in before)))
            if note != before:
                self._mark(routine, number, NOTE, note)

    def set_revision_note(self, routine: str, number: int, note: str | None, former: Collection[str] = ()) -> None:
        """Put another note in the place of a revision's, or (None) none; NotFound without the revision."""
        with self.writing():
            self._mark(routine, number, NOTE, note or "", former)

    def mark_real_change(self, routine: str, number: int, real: bool, former: Collection[str] = ()) -> None:
        """Say that a revision is a real change, so that new limits begin with it, or that it is none; NotFound."""
        with self.writing():
            self._mark(routine, number, REAL, "yes" if real else "", former)

    def _mark(self, routine: str, number: int, kind: str, text: str, former: Collection[str] = ()) -> None:
        """Say something of all contents with a number, since each may be what another device shows."""
        documents, marks = self._both()
        ids = {routine, *former}
        named = [one for one in documents.values() if one["routine"] in ids and one["number"] == number]
        if not named:
            raise NotFound(f"{routine} has no revision {number}", f"see procroutine revisions {as_typed(routine)}")
        with self.changing(self.own_path(self._now().year)) as database:
            for one in named:
                key = mark_id(one["routine"], one["hash"], kind)
                there = marks.get(key)
                seen = (there["stamp"][0], there["stamp"][1]) if there else NO_STAMP
                document = mark_document(one["routine"], one["hash"], kind, text)
                put(database, MARKS, key, {**document, "stamp": list(self.stamp(database, seen))})

    def _both(self) -> tuple[dict[str, Document], dict[str, Document]]:
        """Give all revisions, and all that was said about them, by the ids of their documents."""
        documents, marks = self.merged_tables("revisions", MARKS)
        return documents, marks


def _document(state: NewRevision, number: int, date: str) -> dict[str, Any]:
    return {
        "routine": state.routine,
        "number": number,
        "hash": state.content,
        "snapshot": dict(state.snapshot),
        "date": date,
        "note": state.note,
    }


def mark_document(routine: str, content: str, kind: str, text: str) -> dict[str, Any]:
    """Give the document of what is said of a revision, without its stamp."""
    return {"routine": routine, "hash": content, "kind": kind, "text": text}


def revision_id(routine: str, content: str) -> str:
    """Give the id of the document of a revision."""
    return document_id(f"revision {routine} {content}")


def mark_id(routine: str, content: str, kind: str) -> str:
    """Give the id of the document that says something of a revision."""
    return document_id(f"{kind} of revision {routine} {content}")


def _number_for(routine: str, content: str, known: Mapping[tuple[str, str], int], former: Collection[str]) -> int:
    """Give the number of a content that is new under this id: as under a former one, else the next of all."""
    taken = {number for (one, _), number in known.items() if one == routine}
    before = [known[one, content] for one in former if (one, content) in known]
    free = [number for number in before if number not in taken]
    if free:
        return free[0]
    return 1 + max((number for (one, _), number in known.items() if one == routine or one in former), default=0)
