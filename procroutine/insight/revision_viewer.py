"""What is asked about the revisions of a routine, under all ids that it ever had."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from procroutine.errors import NotFound, UserError
from procroutine.history.shapes import is_snapshot
from procroutine.insight.dates import day_and_month
from procroutine.insight.kept import past_marks
from procroutine.insight.revision_runs import Documents, RevisionRuns, by_number, first_day, revision_runs, step_times
from procroutine.insight.revision_words import verdict_words
from procroutine.insight.shared_numbers import told_apart
from procroutine.insight.views.revisions import RevisionRow, RevisionsView
from procroutine.insight.weekly import counts
from procroutine.text import as_typed, counted, shown
from procroutine.weeks import Week

if TYPE_CHECKING:
    from procroutine.history.heads import Overview, RunHead
    from procroutine.history.home import Home
    from procroutine.insight.kept import Kept, Marks
    from procroutine.insight.past_viewer import PastViewer
    from procroutine.insight.shared_numbers import Apart
    from procroutine.insight.views.revisions import DifferenceView
    from procroutine.routine.model import Routine


def revisions_view(
    routine: Routine,
    heads: Sequence[RunHead],
    documents: Documents,
    present: int | None,
    this_week: Week,
    told_apart: Apart | None = None,
) -> RevisionsView:
    """Draw the list from all runs of the routine, in any order, and the documents of its revisions.

    `present` is the number of the revision that is as the routine is now, if one is. Where the runs were `told_apart`
    for numbers that two devices gave, that is said.
    """
    known = by_number(documents)
    found = revision_runs(heads, known)
    rows = [_row(one, known.get(one.number, {}), routine, present, this_week) for one in reversed(found)]
    runs = sum(len(one.after) for one in found)
    return RevisionsView(
        routine_id=routine.id,
        name=shown(routine.name),
        facts=f"{counted(len(rows), 'revision')} · {counted(runs, 'run')}",
        rows=tuple(rows),
        remark=" ".join(_remarks(rows, heads, told_apart)),
    )


def _remarks(rows: Sequence[RevisionRow], heads: Sequence[RunHead], told_apart: Apart | None) -> list[str]:
    said = []
    without = sum(counts(head) and head.revision is None for head in heads) - (told_apart.others if told_apart else 0)
    if len(rows) < 2:
        there = "There is one revision so far" if rows else "There is no revision yet"
        said.append(f"{there}. A change of how the routine is done makes a new one with its next run.")
    if without == 1:
        said.append("1 run was brought in without its definition, and counts for no revision.")
    elif without:
        said.append(f"{without} runs were brought in without their definition, and count for no revision.")
    if told_apart is not None and told_apart.others:
        said.append(told_apart.remark)
    return said


def _row(
    runs: RevisionRuns, document: Mapping[str, Any], routine: Routine, present: int | None, this_week: Week
) -> RevisionRow:
    verdict = runs.verdict
    since, day = _since(runs, document, this_week)
    return RevisionRow(
        number=runs.number,
        since=since,
        day=day,
        runs=len(runs.after),
        before=verdict.before,
        after=verdict.after,
        saved=verdict.saved,
        verdict=verdict.verdict,
        sentence=verdict_words(runs, verdict, routine),
        against=runs.against,
        real=bool(document.get("real_change")),
        present=runs.number == present,
        note=shown(document["note"]) if document.get("note") else None,
    )


def _since(runs: RevisionRuns, document: Mapping[str, Any], this_week: Week) -> tuple[str, str]:
    """Give the week and day of the first run, else when it was first seen; and the day alone."""
    day = first_day(runs, document)
    if day is None:
        return "", ""
    week = runs.after[0].week if runs.after else Week.of(day)
    written = day_and_month(day) if week.year == this_week.year else f"{day_and_month(day)} {day.year}"
    return f"W{week.number} · {written}", written


Document = Mapping[str, Any]


class RevisionViewer:
    """Draws revisions of one home; the documents are read again only when a history file is different."""

    def __init__(self, home: Home, kept: Kept, past: PastViewer) -> None:
        """Read nothing yet."""
        self._home = home
        self._kept = kept
        self._past = past
        self._read: tuple[Marks, dict[str, tuple[Document, ...]]] | None = None
        self._apart: tuple[object, object, dict[str, Apart]] = None, None, {}
        self._brief: tuple[Overview, dict[str, tuple[Document, ...]]] | None = None

    def documents(self, routine_id: str) -> tuple[Document, ...]:
        """Give the documents of a routine's revisions, as `History.revisions` does, of each number one."""
        return self.apart(routine_id).documents(self._every(routine_id))

    def by_definition(
        self, routine_id: str, runs: Sequence[RunHead]
    ) -> tuple[Sequence[RunHead], dict[int, Mapping[str, Any]]]:
        """Give runs of a routine, and by their numbers what they were made with, as `Apart.by_definition` does."""
        return self.apart(routine_id).by_definition(runs, self._every(routine_id))

    def _every(self, routine_id: str) -> tuple[Document, ...]:
        marks = past_marks(self._home.places)
        if self._read is None or self._read[0] != marks:
            self._read = marks, {}
        documents = self._read[1]
        if routine_id not in documents:
            documents[routine_id] = self._home.history().revisions(routine_id, self.former_ids(routine_id))
        return documents[routine_id]

    def in_brief(self, routine_id: str) -> tuple[Document, ...]:
        """Give the same without the snapshots, for which no document is read."""
        return self.apart(routine_id).documents(self._every_in_brief(routine_id))

    def apart(self, routine_id: str) -> Apart:
        """Give the runs of a routine, newest first, with those told apart that two devices gave one number."""
        runs, library = self._kept.runs_by_routine(), self._kept.library()
        if self._apart[0] is not runs or self._apart[1] is not library:
            self._apart = runs, library, {}
        found = self._apart[2]
        if routine_id not in found:
            heads, documents = self._past.heads_of(routine_id), self._every_in_brief(routine_id)
            found[routine_id] = told_apart(self._home, heads, documents, lambda: self._content(routine_id))
        return found[routine_id]

    def _every_in_brief(self, routine_id: str) -> tuple[Document, ...]:
        tables = self._kept.tables()
        if self._brief is None or self._brief[0] is not tables:
            self._brief = tables, {}
        found = self._brief[1]
        if routine_id not in found:
            from procroutine.history.revision_marks import revisions_in_brief

            found[routine_id] = revisions_in_brief(self._home.places, routine_id, self.former_ids(routine_id))
        return found[routine_id]

    def former_ids(self, routine_id: str) -> tuple[str, ...]:
        """Give the ids that a routine had before, and no other has now."""
        return tuple(former for former, now in self._kept.owners().items() if now == routine_id)

    def list(self, routine_id: str) -> RevisionsView:
        """Draw all revisions of a routine; NotFound where nobody knows it."""
        found, documents = self.apart(routine_id), self.documents(routine_id)
        present = self._present(routine_id, documents)
        routine, this_week = self._past.routine(routine_id), self._past.this_week()
        return revisions_view(routine, found.heads, documents, present, this_week, found)

    def answer(self, routine_id: str) -> dict[str, Any]:
        """Answer `revisions ROUTINE --json`; NotFound where nobody knows the routine."""
        from procroutine.insight.revision_answers import revisions_answer

        heads, documents = self.apart(routine_id).heads, self.documents(routine_id)
        return revisions_answer(self._past.routine(routine_id), heads, documents, self._present(routine_id, documents))

    def difference(self, routine_id: str, number: int, against: int | None = None) -> DifferenceView:
        """Draw a revision against another one, else against the one it is measured by; NotFound without that one."""
        from procroutine.insight.revision_rows import difference_view

        runs = self._runs(routine_id, number)
        old = self._before(routine_id, runs) if against is None else against
        routine = self._past.routine(routine_id)
        verdict = verdict_words(runs, runs.verdict, routine) if old == runs.against else ""
        note = by_number(self.documents(routine_id)).get(number, {}).get("note")
        times = step_times(self.apart(routine_id).heads, old, number)
        pair = (old, self._snapshot(routine_id, old)), (number, self._snapshot(routine_id, number))
        return difference_view(*pair, times, verdict, note)

    def difference_answer(self, routine_id: str, number: int, against: int | None = None) -> dict[str, Any]:
        """Answer `revisions ROUTINE N --json`; errors as `difference`."""
        from procroutine.insight.revision_answers import difference_answer

        old = self._before(routine_id, self._runs(routine_id, number)) if against is None else against
        times = step_times(self.apart(routine_id).heads, old, number)
        pair = (old, self._snapshot(routine_id, old)), (number, self._snapshot(routine_id, number))
        return difference_answer(self._past.routine(routine_id), *pair, times)

    def _runs(self, routine_id: str, number: int) -> RevisionRuns:
        known = by_number(self.documents(routine_id))
        for runs in revision_runs(self.apart(routine_id).heads, known):
            if runs.number == number:
                return runs
        raise NotFound(f"{routine_id} has no revision {number}", f"see procroutine revisions {as_typed(routine_id)}")

    def _before(self, routine_id: str, runs: RevisionRuns) -> int:
        """Give what a revision is held against: the one before it that was run, else the one just before it."""
        if runs.against is not None:
            return runs.against
        earlier = [number for number in by_number(self.documents(routine_id)) if number < runs.number]
        if not earlier:
            raise NotFound(f"revision {runs.number} is the first", "there is nothing to hold it against")
        return max(earlier)

    def _snapshot(self, routine_id: str, number: int) -> Mapping[str, Any]:
        document = by_number(self.documents(routine_id)).get(number)
        if document is None:
            self._runs(routine_id, number)
        snapshot: Any = None if document is None else document.get("snapshot")
        if not is_snapshot(snapshot):
            raise NotFound(f"what revision {number} was is not known here", "choose another one")
        found: Mapping[str, Any] = snapshot
        return found

    def _present(self, routine_id: str, documents: Sequence[Document]) -> int | None:
        """Give the number of the revision that is as the routine is now; None for one that was never seen."""
        content = self._content(routine_id)
        return next((one["number"] for one in reversed(documents) if one["hash"] == content), None)

    def _content(self, routine_id: str) -> str | None:
        """Give what the routine is now; None where its file is gone or broken."""
        try:
            return self._home.definition(routine_id).content
        except UserError:
            return None
