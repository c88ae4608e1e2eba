"""What is known of one step of a routine: its times by week, its skips, its notes, and how it was changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from procroutine.history.shapes import is_snapshot
from procroutine.history.targets import usual
from procroutine.insight.comparisons import counted_runs
from procroutine.insight.revision_difference import meaning_of
from procroutine.insight.revision_runs import by_number, first_day, revision_runs
from procroutine.insight.revision_words import key_words, value_words
from procroutine.insight.weekly import counts, median
from procroutine.values import Value

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.routine.model import Routine, Step
    from procroutine.weeks import Week

_SHORT = 30
"""Characters from which a text is only said to have changed."""


class StepWeek(Value):
    """A week in which the step was done, or all runs left it out."""

    week: Week
    runs: tuple[RunHead, ...]
    """Those in which it was done, oldest first."""
    mean: timedelta | None
    """None where it was skipped."""


class StepChange(Value):
    """A revision that changed the step."""

    number: int
    day: date | None
    """Of its first run, else when it was first seen, as in the list of the revisions."""
    what: str
    """`planned 25m → 20m, instructions`, `new`, or `dropped`."""


class StepNote(Value):
    """A note on it."""

    head: RunHead
    text: str
    time: timedelta | None
    """What it took in that run; None where it was not done."""
    systems: tuple[str, ...]
    """The names of what it was to be done with."""


class StepPast(Value):
    """All of it."""

    step: Step
    place: int
    """In the routine, from 1."""
    weeks: tuple[StepWeek, ...]
    """Of those looked at, oldest first."""
    times: tuple[timedelta, ...]
    """In the same weeks, oldest to newest."""
    runs: int
    """Finished runs in these weeks that had it."""
    skipped: int
    """Of them, those in which it was not done."""
    left_out: int
    """Runs in these weeks in which it was done, and which the person leaves out of the statistics."""
    changes: tuple[StepChange, ...]
    """Ever, oldest first."""
    notes: tuple[StepNote, ...]
    """Ever, newest first."""

    @property
    def usual(self) -> timedelta | None:
        """Its weighted median (FORMULAS 1)."""
        return usual(self.times)

    @property
    def median(self) -> timedelta | None:
        """Its middle time."""
        return median(self.times)

    @property
    def best(self) -> timedelta | None:
        """Its shortest time."""
        return min(self.times, default=None)

    @property
    def last(self) -> timedelta | None:
        """Its newest time."""
        return self.times[-1] if self.times else None


class _Revisions:
    """What each revision had of a step."""

    def __init__(self, documents: Iterable[Mapping[str, Any]], step_id: str) -> None:
        self.steps: dict[int, Mapping[str, Any] | None] = {}
        self.systems: dict[int, Mapping[str, Any]] = {}
        for one in documents:
            if not is_snapshot(one.get("snapshot")):
                continue
            number, meaning = one["number"], meaning_of(one["snapshot"])
            self.steps[number] = next((step for step in meaning["steps"] if step["id"] == step_id), None)
            self.systems[number] = meaning["systems"]

    def had(self, head: RunHead) -> bool:
        """Say whether a run had the step to do; of runs without a known revision nobody knows."""
        step = self.steps.get(head.revision or 0)
        return step is not None and not step.get("prepare")

    def systems_of(self, number: int | None) -> tuple[str, ...] | None:
        """Give the names of what it was done with in a revision; None of one that is not known."""
        step = self.steps.get(number or 0)
        if step is None:
            return None
        systems = self.systems[number or 0]
        return tuple(str((systems.get(one) or {}).get("name") or one) for one in step.get("systems", ()))

    def changes(self, days: Mapping[int, date | None]) -> Iterator[StepChange]:
        """Give the revisions that changed it, oldest first, with their days; the one that it began with is none."""
        numbers = sorted(self.steps)
        for before, number in pairwise(numbers):
            what = _what(self.steps[before], self.steps[number], self.systems[number])
            if what:
                yield StepChange(number=number, day=days.get(number), what=what)


def _days(heads: Iterable[RunHead], documents: Sequence[Mapping[str, Any]]) -> dict[int, date | None]:
    known = by_number(documents)
    return {runs.number: first_day(runs, known.get(runs.number, {})) for runs in revision_runs(heads, known)}


def _what(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, systems: Mapping[str, Any]) -> str:
    if old is None or new is None:
        return "new" if new is not None else "dropped" if old is not None else ""
    names = {one: str(system.get("name") or one) for one, system in systems.items()}
    changed = [key for key in dict.fromkeys((*old, *new)) if old.get(key) != new.get(key)]
    return ", ".join(_changed(key, old.get(key), new.get(key), names) for key in changed)


def _changed(key: str, old: Any, new: Any, names: Mapping[str, str]) -> str:
    before, after = (value_words(key, value, names) or "none" for value in (old, new))
    is_short = len(before) + len(after) < _SHORT and "\n" not in before + after
    return f"{key_words(key)} {before} → {after}" if is_short else key_words(key)


def step_past(
    routine: Routine,
    step_id: str,
    heads: Iterable[RunHead],
    documents: Sequence[Mapping[str, Any]],
    since: Week | None = None,
) -> StepPast | None:
    """Gather what is known of a step from all runs of its routine, in any order; None where it has no such step.

    `documents` are those of its revisions. Times, skips and weeks begin `since` a week.
    """
    place = next((place for place, step in enumerate(routine.steps) if step.id == step_id), None)
    if place is None:
        return None
    heads = [*heads]
    step, revisions, counted = routine.steps[place], _Revisions(documents, step_id), counted_runs(heads)
    shown = [head for head in counted if since is None or since <= head.week]
    left_out = [head for head in heads if head.left_out and not head.deleted and step_id in head.step_times]
    asked = [head for head in shown if counts(head) and revisions.had(head)]
    return StepPast(
        step=step,
        place=place + 1,
        weeks=tuple(_weeks(shown, asked, step_id)),
        times=tuple(head.step_times[step_id] for head in shown if step_id in head.step_times),
        runs=len(asked),
        skipped=sum(step_id not in head.step_times for head in asked),
        left_out=sum(since is None or since <= head.week for head in left_out),
        changes=tuple(revisions.changes(_days(counted, documents))),
        notes=tuple(_notes(counted, step_id, revisions, _present_systems(routine, step))),
    )


def _weeks(shown: Iterable[RunHead], asked: Iterable[RunHead], step_id: str) -> Iterator[StepWeek]:
    runs: dict[Week, list[RunHead]] = {head.week: [] for head in asked}
    for head in shown:
        if step_id in head.step_times:
            runs.setdefault(head.week, []).append(head)
    for week in sorted(runs, key=lambda week: (week.year, week.number)):
        times = [head.step_times[step_id] for head in runs[week]]
        yield StepWeek(week=week, runs=tuple(runs[week]), mean=sum(times, timedelta()) / len(times) if times else None)


def _notes(
    counted: Sequence[RunHead], step_id: str, revisions: _Revisions, present: tuple[str, ...]
) -> Iterator[StepNote]:
    for head in reversed(counted):
        text = (head.step_notes or {}).get(step_id)
        if text:
            systems = revisions.systems_of(head.revision)
            yield StepNote(
                head=head,
                text=text,
                time=head.step_times.get(step_id),
                systems=present if systems is None else systems,
            )


def _present_systems(routine: Routine, step: Step) -> tuple[str, ...]:
    return tuple(routine.systems[one].name if one in routine.systems else one for one in step.systems)
