"""What is known of each routine at one instant: the ground of This week and of `routines --json`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Protocol, TypeVar

from procroutine.insight.weekly import WeeklyValue, counts, median, weekly_values
from procroutine.routine.due import DueStanding, DueState, standing
from procroutine.routine.model import GoalPer
from procroutine.routine.schedule import occurrences
from procroutine.values import Value
from procroutine.weeks import Week

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead, WeekOff
    from procroutine.routine.entries import Entry, Library
    from procroutine.routine.model import Routine
    from procroutine.routine.periods import Period
    from procroutine.run.live import RunState, StepState

SPAN = 8
"""Runs, or weeks, in a median (FORMULAS 3 and UI.md)."""
ZERO = timedelta()


class RoutineWeek(Value):
    """One routine at one instant, with its newest open run; or an open run whose routine is gone."""

    id: str
    name: str
    """Raw, as its author wrote it."""
    entry: Entry | None
    """None where its file is gone."""
    routine: Routine | None
    """None where its file is gone or has problems."""
    heads: tuple[RunHead, ...]
    """Its finished and abandoned runs that are not deleted, newest first."""
    counted: tuple[RunHead, ...]
    """Those of them that count in the statistics of runs."""
    done: tuple[RunHead, ...]
    """This week's finished runs, newest first, those left out of statistics too."""
    run: RunState | None
    beside: bool
    """Whether `run` is open beside another of the same routine, with which the rest is told."""
    standing: DueStanding
    off_weeks: frozenset[Week]
    revision: int | None
    """The number of the present revision, as far as it is known."""
    now: datetime
    """Aware, in the zone of the person."""

    @property
    def week(self) -> Week:
        """The present week."""
        return Week.of(self.now.date())

    @property
    def goal(self) -> timedelta | None:
        """The routine's goal; of a run whose routine is gone, the run's own."""
        if self.routine is not None:
            return self.routine.goal
        return self.run.goal if self.run is not None else None

    @property
    def goal_per(self) -> GoalPer:
        """What the goal is held against."""
        return self.routine.goal_per if self.routine is not None else GoalPer.RUN

    @property
    def usual(self) -> timedelta | None:
        """What it usually takes: the median of the last eight active totals, else what was planned."""
        found = median(head.active for head in self.counted[:SPAN])
        return found or (self.routine.planned_run or None if self.routine is not None else None)

    @property
    def remaining(self) -> timedelta | None:
        """How long it still takes from now on: all of it, or what an open run has left to do."""
        return self.usual if self.run is None else remaining(self.run, self.usual)

    def due_later_this_week(self) -> tuple[Period, ...]:
        """Give what falls due this week after its present period."""
        present = self.standing.present
        if self.routine is None or self.routine.schedule is None or present is None or self.week in self.off_weeks:
            return ()
        after = max(present.end, self.now.date())
        later = occurrences(self.routine.schedule, after, self.week.sunday) if after < self.week.sunday else ()
        return tuple(period for period in later if period.start > after)


def recent_weeks(one: RoutineWeek, count: int) -> tuple[WeeklyValue, ...]:
    """Give so many weeks, up to the present one if it has a run, else up to the one before."""
    values = weekly_values(one.heads, one.goal, one.goal_per, one.week + -count, one.week)
    return values[1:] if values[-1].value is not None else values[:-1]


def remaining(run: RunState, usual: timedelta | None) -> timedelta | None:
    """Give what an open run has left to do: its steps by their usual times, else the usual total less its own.

    None where neither is known.
    """
    steps = [step for step in run.steps if step.state in ("pending", "current") and not run.is_outside(step)]
    targets = [(step, _target(run, step)) for step in steps]
    if any(target is not None for _, target in targets):
        return sum((max(ZERO, (target or ZERO) - (step.active or ZERO)) for step, target in targets), ZERO)
    return None if usual is None else max(ZERO, usual - run.active)


def _target(run: RunState, step: StepState) -> timedelta | None:
    seconds = run.targets.get(step.id, {}).get("usual_seconds")
    return step.planned if seconds is None else timedelta(seconds=seconds)


def routine_weeks(
    entries: Iterable[Entry],
    heads: Iterable[RunHead],
    open_runs: Sequence[RunState],
    weeks_off: Iterable[WeekOff],
    now: datetime,
    zone: tzinfo | None = None,
    revisions: Mapping[str, int] | None = None,
    known_from: Mapping[str, date] | None = None,
    first_seen: Mapping[str, date] | None = None,
) -> tuple[RoutineWeek, ...]:
    """Put together what is known of every routine, and of every open run beside the first of its routine.

    `heads` come newest first; `open_runs` with the one to go on with first. `zone` is the
    person's, with its changes of the clocks; without it that of `now`. `revisions` gives the
    number of a routine's present revision, `known_from` the day from which a routine's present
    schedule is known; both by routine id, and where they say nothing the runs tell. `first_seen`
    does so only for routines that were never run: what fell due before is not late then.
    """
    by_id = {entry.id: entry for entry in entries}
    owners = _owners(by_id.values())
    known = _Known(
        heads=_by_routine((head for head in heads if not head.deleted), owners),
        runs=_by_routine(open_runs, owners),
        off=_off_weeks(weeks_off, owners),
        revisions=revisions or {},
        known_from=known_from or {},
        first_seen=first_seen or {},
        now=now.astimezone(zone) if zone is not None else now,
    )
    gone = [routine_id for routine_id in known.runs if routine_id not in by_id]
    return tuple(one for routine_id in [*by_id, *gone] for one in known.of(routine_id, by_id.get(routine_id)))


def files_changed(library: Library, zone: tzinfo) -> dict[str, date]:
    """Give the day on which each routine's file was last written: the first that is known of one never run."""
    seconds = {entry.id: library.stamps[entry.path][2] / 1e9 for entry in library.entries.values() if entry.routine}
    return {routine_id: datetime.fromtimestamp(moment, zone).date() for routine_id, moment in seconds.items()}


def _owners(entries: Iterable[Entry]) -> dict[str, str]:
    """Give the present id for each former one that no routine has now."""
    entries = tuple(entries)
    present = {entry.id for entry in entries}
    return {
        former: entry.id
        for entry in entries
        if entry.routine is not None
        for former in entry.routine.previous_ids
        if former not in present
    }


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


class _Known(Value):
    """Everything there is, by routine id."""

    heads: Mapping[str, list[RunHead]]
    runs: Mapping[str, list[RunState]]
    off: Mapping[str | None, frozenset[Week]]
    """Weeks off; those of all routines under None."""
    revisions: Mapping[str, int]
    known_from: Mapping[str, date]
    first_seen: Mapping[str, date]
    now: datetime

    def of(self, routine_id: str, entry: Entry | None) -> Iterator[RoutineWeek]:
        """Give a routine with its first open run, then the others, which are told of nothing that is due."""
        runs = self.runs.get(routine_id, [])
        one = self._first(routine_id, entry, runs[0] if runs else None)
        yield one
        for run in runs[1:]:
            yield one.replaced(run=run, beside=True, done=(), standing=DueStanding(state=DueState.NEVER))

    def _first(self, routine_id: str, entry: Entry | None, run: RunState | None) -> RoutineWeek:
        routine = entry.routine if entry is not None else None
        heads = tuple(self.heads.get(routine_id, ()))
        finished = [head for head in heads if head.state == "finished"]
        this_week = Week.of(self.now.date())
        off_weeks = self.off.get(None, frozenset()) | self.off.get(routine_id, frozenset())
        revision = self.revisions.get(routine_id)
        return RoutineWeek(
            id=routine_id,
            name=_name(entry, run, heads) or routine_id,
            entry=entry,
            routine=routine,
            heads=heads,
            counted=tuple(head for head in heads if counts(head)),
            done=tuple(head for head in finished if head.week == this_week),
            run=run,
            beside=False,
            standing=standing(
                routine.schedule if routine is not None else None,
                [head.day for head in finished],
                self.now,
                off_weeks=off_weeks,
                known_from=self.known_from.get(routine_id) or (None if finished else self.first_seen.get(routine_id)),
            ),
            off_weeks=off_weeks,
            revision=revision or next((head.revision for head in heads if head.revision is not None), None),
            now=self.now,
        )


def _name(entry: Entry | None, run: RunState | None, heads: Sequence[RunHead]) -> str | None:
    """Give what a routine is called, or was where its file is gone or cannot be read."""
    if entry is not None and entry.name is not None:
        return entry.name
    return next((past.routine_name for past in (run, *heads) if past is not None), None)
