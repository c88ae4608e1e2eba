"""The revisions of a routine as a list: since when, how often, and whether each one helped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from procroutine.insight.dates import day_and_month
from procroutine.insight.revision_runs import Documents, RevisionRuns, by_number, first_day, revision_runs
from procroutine.insight.revision_words import verdict_words
from procroutine.insight.views.revisions import RevisionRow, RevisionsView
from procroutine.insight.weekly import counts
from procroutine.text import counted, shown
from procroutine.weeks import Week

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.insight.shared_numbers import Apart
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
