"""What the runs of each revision say: how long they took, before it and after it (FORMULAS 3).

A revision is held against the nearest earlier one that was run at all. Runs without a revision
(imported ones) say nothing about any.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from procroutine.insight.before_after import RECENT, Verdict, before_and_after
from procroutine.insight.comparisons import counted_runs
from procroutine.insight.weekly import counts, median
from procroutine.run.record import optional_seconds

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead

Documents = Sequence[Mapping[str, Any]]
"""Of a routine's revisions, as `History.revisions` gives them."""


def by_number(documents: Documents) -> dict[int, Mapping[str, Any]]:
    """Give the documents by their numbers; of several with one number the last."""
    return {one["number"]: one for one in documents}


@dataclass(frozen=True, slots=True)
class RevisionRuns:
    """One revision's runs, and those that it is held against."""

    number: int
    against: int | None
    """The revision it is held against; None for the first."""
    before: tuple[RunHead, ...]
    """Runs of that one until this one was first run: at most the last eight, oldest first."""
    after: tuple[RunHead, ...]
    """All of its own that count, oldest first."""

    @property
    def verdict(self) -> Verdict:
        """Did it help; worked out each time."""
        return before_and_after([head.active for head in self.before], [head.active for head in self.after])


def revision_runs(heads: Iterable[RunHead], known: Iterable[int] = ()) -> tuple[RevisionRuns, ...]:
    """Give the revisions that were run, and those `known` besides, by number; the runs come in any order."""
    runs: dict[int, list[RunHead]] = {number: [] for number in known}
    for head in sorted((head for head in heads if counts(head)), key=lambda head: (head.started_at, head.id)):
        if head.revision is not None:
            runs.setdefault(head.revision, []).append(head)
    found: list[RevisionRuns] = []
    against: int | None = None
    for number in sorted(runs):
        after = runs[number]
        before = [] if against is None else _until(runs[against], after)
        found.append(RevisionRuns(number, against, tuple(before[-RECENT:]), tuple(after)))
        against = number if after else against
    return tuple(found)


def first_day(runs: RevisionRuns, document: Mapping[str, Any]) -> date | None:
    """Give the day of a revision's first run, else the one on which it was first seen; None where neither is known."""
    if runs.after:
        return runs.after[0].day
    try:
        return datetime.fromisoformat(document["date"]).date()
    except (KeyError, TypeError, ValueError):
        return None


def _until(old: Sequence[RunHead], new: Sequence[RunHead]) -> Sequence[RunHead]:
    """Leave out the runs after a change that was taken back for a while."""
    return [head for head in old if not new or head.started_at < new[0].started_at]


def verdict_answer(verdict: Verdict) -> dict[str, Any]:
    """Give what `trends --json` says of before and after a revision."""
    return {
        "median_before_seconds": optional_seconds(verdict.before),
        "median_after_seconds": optional_seconds(verdict.after),
        "saved_seconds": optional_seconds(verdict.saved),
        "saved_low_seconds": optional_seconds(verdict.low),
        "saved_high_seconds": optional_seconds(verdict.high),
        "verdict": verdict.verdict,
    }


@dataclass(frozen=True, slots=True)
class StepTimes:
    """How long a step took in the runs of two revisions."""

    before: timedelta | None
    """Median of the last eight times; None where it was never done."""
    after: timedelta | None
    """Median of all times."""
    runs_before: int
    runs_after: int


def step_times(heads: Iterable[RunHead], old: int, new: int) -> Mapping[str, StepTimes]:
    """Give of every step its times in the runs of two revisions; those of the old one end where the new begins.

    Abandoned runs count too: a step that was done in one was done.
    """
    counted = [head for head in counted_runs(heads) if head.revision in (old, new)]
    after = [head for head in counted if head.revision == new]
    before = [head for head in counted if head.revision == old]
    if old < new:
        before = list(_until(before, after))
    return {
        step: _times([head.step_times[step] for head in before if step in head.step_times][-RECENT:], after, step)
        for step in dict.fromkeys(step for head in (*before, *after) for step in head.step_times)
    }


def _times(before: Sequence[timedelta], new: Sequence[RunHead], step: str) -> StepTimes:
    after = [head.step_times[step] for head in new if step in head.step_times]
    return StepTimes(median(before), median(after), len(before), len(after))
