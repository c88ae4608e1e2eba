"""What is known of each routine at one instant: the ground of This week and of `routines --json`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from procroutine.history.routine_runs import NEWEST
from procroutine.insight.weekly import WeeklyValue, charted_value, counts, median, weekly_values
from procroutine.routine.due import DueState
from procroutine.routine.model import GoalPer
from procroutine.routine.schedule import occurrences
from procroutine.values import Value
from procroutine.weeks import Week

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.history.routine_runs import RoutineRuns
    from procroutine.routine.due import DueStanding
    from procroutine.routine.entries import Entry, Library
    from procroutine.routine.model import Routine
    from procroutine.routine.periods import Period
    from procroutine.run.live import RunState

SPAN = NEWEST
"""Runs, or weeks, in a median (FORMULAS 3 and UI.md)."""
LOOKED_AT = 24
"""Newest runs of a routine whose steps have alternatives that are looked at for those done with the same."""
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
    runs: RoutineRuns
    """Its finished and abandoned runs that are not deleted."""
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
    redlines: int = 0
    """What the person wants to change before the next run: how many that are open."""

    @property
    def heads(self) -> Iterable[RunHead]:
        """Its finished and abandoned runs, newest first, read as far as one looks."""
        return self.runs.heads

    @property
    def counted(self) -> Iterator[RunHead]:
        """Those of its runs that count in the statistics of runs, newest first."""
        return filter(counts, self.heads)

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
        found = median(self.runs.newest_lengths)
        if found is not None:
            return found
        return self.routine.planned_run or None if self.routine is not None else None

    @property
    def remaining(self) -> timedelta | None:
        """How long it still takes from now on: all of it, or what an open run has left to do."""
        if self.run is None:
            return self.usual if (coming := self._coming) is None else coming
        return remaining(self.run, self.usual, self.heads)

    @property
    def _coming(self) -> timedelta | None:
        """What runs usually take that did the steps with alternatives as the next one will; None of too few."""
        if self.routine is None or not any(step.alternatives for step in self.routine.steps):
            return None
        from procroutine.insight.done_with import FEWEST, choices_to_come, done_with

        heads = list(islice(self.counted, LOOKED_AT))
        alike = done_with(choices_to_come(self.routine, self.heads), heads).alike(heads)
        return median([head.active for head in alike[:SPAN]]) if len(alike) >= FEWEST else None

    def due_later_this_week(self) -> tuple[Period, ...]:
        """Give what falls due this week after its present period, and after the due one where that is still to do."""
        present, due = self.standing.present, self.standing.due
        if self.routine is None or self.routine.schedule is None or present is None or self.week in self.off_weeks:
            return ()
        after = max(present.end, self.now.date())
        if due is not None and not (self.done and self.standing.state is DueState.DONE):
            after = max(after, due.end)
        later = occurrences(self.routine.schedule, after, self.week.sunday) if after < self.week.sunday else ()
        return tuple(period for period in later if period.start > after)


def recent_weeks(one: RoutineWeek, count: int) -> tuple[WeeklyValue, ...]:
    """Give so many weeks, up to the present one if it has a run, else up to the one before."""
    first = one.week + -count
    values = weekly_values(since(one.heads, first), one.goal, one.goal_per, first, one.week)
    return values[1:] if values[-1].value is not None else values[:-1]


def recent_values(one: RoutineWeek, count: int) -> list[timedelta | None]:
    """Give what so many weeks are charted with, those that `recent_weeks` gives."""
    weeks = _weeks_to(one.week, count)
    values = [charted_value(runs, total, one.goal_per) for runs, total in one.runs.in_weeks(weeks)]
    return values[1:] if values[-1] is not None else values[:-1]


@lru_cache(maxsize=2)
def _weeks_to(week: Week, count: int) -> tuple[Week, ...]:
    return tuple(week + number for number in range(-count, 1))


def remaining(run: RunState, usual: timedelta | None, heads: Iterable[RunHead]) -> timedelta | None:
    """Give what an open run has left to do: its steps by their usual times, else the usual total less its own.

    None where neither is known. `heads` are the runs of its routine, newest first.
    """
    steps = [step for step in run.steps if step.state in ("pending", "current") and not run.is_outside(step)]
    chosen = _usual_as_chosen(run, heads) if any(step.alternative is not None for step in steps) else {}
    targets = [(step, chosen.get(step.id) or run.target(step)) for step in steps]
    if any(target is not None for _, target in targets):
        return sum((max(ZERO, (target or ZERO) - (step.active or ZERO)) for step, target in targets), ZERO)
    return None if usual is None else max(ZERO, usual - run.active)


def _usual_as_chosen(run: RunState, heads: Iterable[RunHead]) -> dict[str, timedelta | None]:
    """Give what the steps with alternatives usually take with what a run does them with, where that is known."""
    from procroutine.history.targets import times_of_steps, usual
    from procroutine.insight.done_with import choices_of, done_with

    before = [head for head in islice(heads, LOOKED_AT) if not head.left_out][::-1]
    ways = done_with(choices_of(run), before)
    times = ways.times(before, lambda runs: times_of_steps(head.step_times for head in runs))
    return {step_id: usual(times[step_id]) for step_id in ways.runs}


def files_changed(library: Library, zone: tzinfo) -> dict[str, date]:
    """Give the day on which each routine's file was last written: the first that is known of one never run."""
    seconds = {entry.id: library.stamps[entry.path][2] / 1e9 for entry in library.entries.values() if entry.routine}
    return {routine_id: datetime.fromtimestamp(moment, zone).date() for routine_id, moment in seconds.items()}


def since(heads: Iterable[RunHead], week: Week) -> Iterator[RunHead]:
    """Give the heads of a week and later, with a few from before it; they come newest first.

    A run's week is that of the zone where it began, so runs a day apart may stand in the wrong order of weeks.
    """
    earliest = week + -1
    return takewhile(lambda head: earliest <= head.week, heads)
