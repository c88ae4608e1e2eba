"""The routines at one instant, put together from their files, the runs and the weeks off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

from procroutine.history.routine_runs import NO_RUNS, joined
from procroutine.insight.routine_week import RoutineWeek, since
from procroutine.routine.due import DueStanding, DueState, standing
from procroutine.routine.entries import present_ids
from procroutine.values import Value
from procroutine.weeks import Week

if TYPE_CHECKING:
    from procroutine.history.heads import Overview, RunHead, WeekOff
    from procroutine.history.loose_ends import LooseEnd
    from procroutine.history.routine_runs import RoutineRuns
    from procroutine.routine.entries import Entry
    from procroutine.run.live import RunState


def in_force_from(schedule: str, heads: Iterable[RunHead], written: date | None) -> date | None:
    """Give the day of a routine's first run under its schedule as written; None where that has never changed.

    What would have been due before the change was never due, and is neither late nor put off. `heads` are its runs,
    newest first. Where there is no such run yet, it is the day on which the file was last `written`.
    """
    since = written
    for head in heads:
        if head.schedule is None:
            continue  # imported: nobody knows under what schedule it was made
        if head.schedule != schedule:
            return since
        since = head.day
    return None


class _OfRoutine(Protocol):
    @property
    def routine(self) -> str: ...


Of = TypeVar("Of", bound=_OfRoutine)


def _by_routine(things: Iterable[Of], owners: Mapping[str, str]) -> dict[str, list[Of]]:
    found: dict[str, list[Of]] = defaultdict(list)
    for thing in things:
        found[owners.get(thing.routine, thing.routine)].append(thing)
    return found


def _off_weeks(weeks_off: Iterable[WeekOff], owners: Mapping[str, str]) -> dict[str | None, frozenset[Week]]:
    found: dict[str | None, set[Week]] = defaultdict(set)
    for off in weeks_off:
        found[owners.get(off.routine, off.routine) if off.routine else None].add(off.week)
    return {routine: frozenset(weeks) for routine, weeks in found.items()}


class RoutinePast(Value):
    """What the runs of one routine tell, whatever day it is."""

    runs: RoutineRuns
    revision: int | None
    """Of the newest run that has one."""
    known_from: date | None
    """The day from which the present schedule is known, where it has changed."""


class KnownPast(Value):
    """Everything there is but the open runs, by routine id: the ground for the view of any day."""

    entries: Mapping[str, Entry]
    owners: Mapping[str, str]
    runs: Mapping[str, list[RoutineRuns]]
    """Its own, and those under its former ids."""
    off: Mapping[str | None, frozenset[Week]]
    """Weeks off; those of all routines under None."""
    revisions: Mapping[str, int]
    """The numbers of present revisions, as far as they are known."""
    written: Mapping[str, date]
    """When each routine's file was last written: where it was never run, what fell due before is not late."""
    redlines: Mapping[str, int]
    """How many are open."""
    pasts: dict[str, RoutinePast]
    """Those that were asked for."""
    loose_ends: tuple[LooseEnd, ...] = ()
    """All that are offered each week."""

    def routines(self, open_runs: Iterable[RunState], now: datetime) -> Iterator[RoutineWeek]:
        """Give every routine at an instant in the zone of the person, with its first open run, then its other runs.

        `open_runs` come with the one to go on with first. Of what is due the others are told nothing.
        """
        runs = _by_routine(open_runs, self.owners)
        for routine_id in [*self.entries, *(gone for gone in runs if gone not in self.entries)]:
            own = runs.get(routine_id, [])
            one = self._first(routine_id, own[0] if own else None, now)
            yield one
            for run in own[1:]:
                yield one.replaced(run=run, beside=True, done=(), standing=DueStanding(state=DueState.NEVER))

    def routine(self, routine_id: str, now: datetime) -> RoutineWeek:
        """Give one routine at an instant in the zone of the person, without its open runs."""
        return self._first(routine_id, None, now)

    def _past(self, routine_id: str) -> RoutinePast:
        if routine_id not in self.pasts:
            parts = self.runs.get(routine_id)
            runs = joined(parts) if parts else NO_RUNS
            entry = self.entries.get(routine_id)
            schedule = entry.routine.schedule if entry is not None and entry.routine is not None else None
            written = self.written.get(routine_id)
            has_changed = schedule is not None and not runs.schedules <= {schedule.text}
            self.pasts[routine_id] = RoutinePast(
                runs=runs,
                revision=_newest_revision(runs),
                known_from=in_force_from(schedule.text, runs.heads, written) if schedule and has_changed else None,
            )
        return self.pasts[routine_id]

    def _first(self, routine_id: str, run: RunState | None, now: datetime) -> RoutineWeek:
        entry, past = self.entries.get(routine_id), self._past(routine_id)
        routine = entry.routine if entry is not None else None
        this_week = Week.of(now.date())
        off_weeks = self.off.get(None, frozenset()) | self.off.get(routine_id, frozenset())
        return RoutineWeek(
            id=routine_id,
            name=_name(entry, run, past.runs.heads) or routine_id,
            entry=entry,
            routine=routine,
            runs=past.runs,
            done=tuple([head for head in since(past.runs.heads, this_week) if _was_done_in(head, this_week)]),
            run=run,
            beside=False,
            standing=standing(
                routine.schedule if routine is not None else None,
                past.runs.days,
                now,
                off_weeks=off_weeks,
                known_from=past.known_from or (None if past.runs.days else self.written.get(routine_id)),
            ),
            off_weeks=off_weeks,
            revision=self.revisions.get(routine_id) or past.revision,
            now=now,
            redlines=self.redlines.get(routine_id, 0),
        )


def known_past(
    entries: Iterable[Entry],
    tables: Overview,
    runs: Mapping[str, RoutineRuns],
    revisions: Mapping[str, int],
    written: Mapping[str, date],
) -> KnownPast:
    """Put together what is known but the open runs: of the history its small tables, and the runs of each routine.

    `revisions` has the numbers of present revisions, `written` the days on which files were last written, both by
    routine id; where they say nothing, the runs tell.
    """
    by_id = {entry.id: entry for entry in entries}
    owners = present_ids(by_id)
    return KnownPast(
        entries=by_id,
        owners=owners,
        runs=_by_owner(runs, owners),
        off=_off_weeks(tables.weeks_off, owners),
        revisions=revisions,
        written=written,
        redlines={routine: len(lines) for routine, lines in _by_routine(tables.redlines, owners).items()},
        pasts={},
        loose_ends=tables.loose_ends,
    )


def _by_owner(runs: Mapping[str, RoutineRuns], owners: Mapping[str, str]) -> dict[str, list[RoutineRuns]]:
    found: dict[str, list[RoutineRuns]] = defaultdict(list)
    for routine, own in runs.items():
        found[owners.get(routine, routine)].append(own)
    return found


def _newest_revision(runs: RoutineRuns) -> int | None:
    if not runs.has_revision:
        return None
    return next(head.revision for head in runs.heads if head.revision is not None)


def _was_done_in(head: RunHead, week: Week) -> bool:
    return head.week == week and head.state == "finished"


def _name(entry: Entry | None, run: RunState | None, heads: Iterable[RunHead]) -> str | None:
    """Give what a routine is called, or was where its file is gone or cannot be read."""
    if entry is not None and entry.name is not None:
        return entry.name
    return run.routine_name if run is not None else next((head.routine_name for head in heads), None)
