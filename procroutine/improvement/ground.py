"""What the review rests on: every routine with its newest runs, step by step, and what a week of it is worth."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from procroutine.improvement.present import Present, RunLength, changed_at
from procroutine.insight.weekly import median
from procroutine.routine.schedule import occurrences
from procroutine.values import Value

if TYPE_CHECKING:
    from procroutine.routine.model import Routine, Step

ZERO = timedelta()
FEWEST = 6
"""Finished runs that a routine needs before anything is said about it."""
RECENT = 39
"""Runs that say how things are now: three quarters of a year of weekly ones."""
DONE, SKIPPED = "done", "skipped"
_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_YEAR_OF_WEEKS = 52

Found = TypeVar("Found")
Progress = Callable[[int, int], None]
"""Told how many files were read, and of how many."""


class StepPart(NamedTuple):
    """One step in one run; there are hundreds of thousands of them."""

    id: str
    state: str
    """`done` or `skipped`."""
    active: timedelta | None
    """None where it was never begun, and where the time may hold another step's work (imported ones)."""
    prepared: timedelta | None
    """What it took before the run, and not in `active`."""
    systems: tuple[str, ...]
    """What it was done with in this run."""
    person: str | None
    same: bool
    """Whether the work in it is what the present definition says, but for what it is done with and by whom."""

    @property
    def taken(self) -> timedelta | None:
        """What it took where it was done."""
        return self.active if self.state == DONE else None

    @property
    def timed(self) -> timedelta | None:
        """What it took where all of it was done within the run; of a prepared step what is left there says nothing."""
        return self.active if self.state == DONE and self.prepared is None else None


class Wait(Value):
    """Time of a run in which it waited for something."""

    step: str | None
    """The step in, behind or before which it was waited (`waits.waits_of`, `waits.told_apart`)."""
    text: str | None
    """What for, in the person's words."""
    length: timedelta
    before: str | None = None
    """The step at hand, of which nothing was done yet; None where something was."""

    @property
    def is_ahead(self) -> bool:
        """Whether it was waited before the step that it belongs to."""
        return self.step is not None and self.before == self.step


class GroundRun(Value):
    """One finished or abandoned run that counts."""

    id: str
    day: date
    finished: bool
    revision: int | None
    active: timedelta
    waiting: timedelta
    lead: timedelta
    """From its start to its end: active, paused, waiting and asleep together."""
    outcome: str | None
    """`met`, `partly`, `missed`, or None where nobody said."""
    steps: Mapping[str, StepPart]
    """By id, in the order of the list."""
    order: tuple[str, ...]
    """Ids of the steps that were done, in the order in which they were."""
    waits: tuple[Wait, ...] = ()

    def done(self, step: str) -> bool:
        """Say whether a step was done in it."""
        part = self.steps.get(step)
        return part is not None and part.state == DONE

    def time(self, step: str) -> timedelta | None:
        """Give the active time of a step that was done; None of one that was not."""
        part = self.steps.get(step)
        return None if part is None else part.taken


class RoutineGround(Value):
    """One routine with its newest runs."""

    __slots__ = ("_worked_out",)

    routine: Routine
    runs: tuple[GroundRun, ...]
    """Those that count, oldest first: abandoned ones too, of which only the steps count."""
    a_week: float
    """Runs a week, by the schedule, else by how many there were in the weeks between first and last."""
    total_runs: int
    """Finished runs that count, older ones too."""
    left_out: int = 0
    """Finished runs that the person keeps out of the statistics."""
    former_titles: Mapping[str, str] = MappingProxyType({})
    """Of steps that are gone, by id, as they were called last."""

    @property
    def present(self) -> Present:
        """The newest runs that say how it goes now: since the last revision that clearly changed the times."""
        return self.once("present", lambda: _present(self.finished))

    def once(self, what: Hashable, work: Callable[[], Found]) -> Found:
        """Give what is worked out from it, once for all who ask for the same."""
        worked_out: dict[Hashable, Found] | None = getattr(self, "_worked_out", None)
        if worked_out is None:
            worked_out = {}
            object.__setattr__(self, "_worked_out", worked_out)
        if what not in worked_out:
            worked_out[what] = work()
        return worked_out[what]

    @property
    def finished(self) -> tuple[GroundRun, ...]:
        """Its finished runs, oldest first."""
        return self.once("finished", lambda: tuple(run for run in self.runs if run.finished))

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of the present definition."""
        return self.routine.steps

    @property
    def revision(self) -> int | None:
        """The one in force, by the newest finished run that has any; None where all were imported."""
        return next((run.revision for run in reversed(self.finished) if run.revision is not None), None)

    @property
    def why_none(self) -> str:
        """Say why no finished run counts, where none does."""
        if not self.left_out:
            return "There is no finished run yet"
        return (
            f"{'The only run is' if self.left_out == 1 else f'All {self.left_out} runs are'} left out of the statistics"
        )

    def title(self, step_id: str) -> str:
        """Give a step's title; of one that is gone the last it had, or its id where no run tells one."""
        former = self.former_titles.get(step_id, step_id)
        return next((step.title for step in self.steps if step.id == step_id), former)

    def system(self, system_id: str) -> str:
        """Give a system's name."""
        system = self.routine.systems.get(system_id)
        return system_id if system is None else system.name

    def times(self, step_id: str, *, same: bool = True, count: int = RECENT) -> tuple[timedelta, ...]:
        """Give the newest times of a step as it goes now, oldest first; with `same` only of the work that it now is.

        Earlier ones only of a step that was not done since the last revision that clearly changed the times.
        """
        runs = self.timed(step_id, same=same, count=count)
        return tuple(time for run in runs if (time := run.steps[step_id].timed) is not None)

    def timed(self, step_id: str, *, same: bool = True, count: int = RECENT) -> tuple[GroundRun, ...]:
        """Give the runs whose times `times` gives."""
        return self.once(("timed", step_id, same, count), lambda: self._timed(step_id, same, count))

    def _timed(self, step_id: str, same: bool, count: int) -> tuple[GroundRun, ...]:
        found: list[GroundRun] = []
        first = self.present.runs[0].id if self.present.since is not None else None
        for run in reversed(self.runs):
            part = run.steps.get(step_id)
            if part is not None and (part.same or not same) and part.timed is not None:
                found.append(run)
                if len(found) == count:
                    break
            if run.id == first and found:
                break
        return tuple(reversed(found))

    def middle(self, step_id: str) -> timedelta | None:
        """Give the middle of a step's newest times; None where it was never done."""
        return median(self.times(step_id))

    def weekly(self, a_run: timedelta) -> timedelta:
        """Give what so much a run is a week."""
        return a_run * self.a_week


def _present(finished: Sequence[GroundRun]) -> Present:
    lengths = [RunLength(revision=run.revision, active=run.active, beside=run.lead - run.active) for run in finished]
    place = changed_at(lengths)
    return Present(runs=tuple(finished[place:][-RECENT:]), since=finished[place].revision if place else None)


class Unread(Value):
    """A routine with runs of which nothing can be said."""

    routine: str
    runs: int
    """Finished ones that count."""
    has_file: bool
    """Whether there is a file, which then has problems."""


class Ground(Value):
    """All routines of the person."""

    routines: tuple[RoutineGround, ...]
    """Those with a file that can be read, by name."""
    now: datetime
    """Aware, in the zone of the person."""
    unread: tuple[Unread, ...] = ()
    """Those with runs but without a file that can be read, most runs first."""

    @property
    def families(self) -> int:
        """How many routines have runs enough for claims, among which the chance of a false one is shared."""
        return max(1, sum(len(one.finished) >= FEWEST for one in self.routines))

    def of(self, routine_id: str) -> RoutineGround | None:
        """Give one routine; None where it has no file that can be read."""
        return next((one for one in self.routines if one.routine.id == routine_id), None)


def runs_a_week(routine: Routine, days: Sequence[date], today: date) -> float:
    """Give the runs of a week: by the schedule, else those on some days by the weeks between the first and the last.

    Runs within less than a week count as those of one week; without any it is 0.
    """
    if routine.schedule is not None:
        due = occurrences(routine.schedule, today, today + _YEAR_OF_WEEKS * _WEEK - _DAY)
        if due:
            return len(due) / _YEAR_OF_WEEKS
    if not days:
        return 0.0
    return len(days) / max(1.0, (max(days) - min(days)) / _WEEK)


def middle_of(lengths: Iterable[timedelta]) -> timedelta:
    """Give the middle length; nothing of none."""
    return median(lengths) or ZERO
