"""What the reports rest on: every routine with its whole past, and what was in force on a day of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from procroutine.errors import BadInput
from procroutine.history.routine_runs import NO_RUNS, joined
from procroutine.insight.routine_weeks import in_force_from
from procroutine.routine.entries import present_ids
from procroutine.routine.schedule import Schedule, parse_schedule
from procroutine.values import Value
from procroutine.weeks import Week

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead, WeekOff
    from procroutine.history.routine_runs import RoutineRuns
    from procroutine.routine.entries import Entry
    from procroutine.routine.model import Routine

DAY = timedelta(days=1)


class Span(Value):
    """Days that are reported on, and up to which instant of them."""

    first: date
    last: date
    as_of: datetime
    """Their end, or now where they are not over; aware, in the zone of the person."""
    unfinished: bool

    @property
    def zone(self) -> tzinfo:
        """The zone of the person."""
        return self.as_of.tzinfo or UTC

    @property
    def today(self) -> date:
        """The day of `as_of`: of days that are over, the one after the last."""
        return self.as_of.date()

    @property
    def last_run_day(self) -> date:
        """The last day of which runs are known."""
        return min(self.last, self.today)


def span_of(first: date, last: date, now: datetime) -> Span:
    """Give the span of some days as of now, in the zone of now; of days that are over, as of their end."""
    end = datetime.combine(last + DAY, time(), tzinfo=now.tzinfo)
    unfinished = now.astimezone(UTC) < end.astimezone(UTC)
    return Span(first=first, last=last, as_of=now if unfinished else end, unfinished=unfinished)


class RoutineGround(Value):
    """One routine with its whole past."""

    id: str
    name: str
    routine: Routine | None
    """None where its file is gone or has problems."""
    gone: bool
    """Whether its file is gone."""
    runs: RoutineRuns
    """Its runs under its present and former ids."""
    written: date | None
    """When its file was last written."""
    off: Mapping[Week, str]
    """Its weeks off, those of all routines too, with the reasons."""

    def until(self, last: date) -> Iterator[RunHead]:
        """Give its finished and abandoned runs that began up to a day, newest first, read as they are asked for."""
        return (head for head in self.runs.heads if head.day <= last)

    def between(self, first: date, last: date) -> list[RunHead]:
        """Give its finished and abandoned runs that began between two days, both included, oldest first."""
        # They come in the order of instants, in which the days of several zones may be mixed.
        recent = takewhile(lambda head: head.day >= first - 2 * DAY, self.until(last))
        return sorted((head for head in recent if head.day >= first), key=lambda head: (head.started_at, head.id))

    def days_until(self, last: date) -> list[date]:
        """Give the days on which finished runs began, up to one, in no order."""
        return [day for day in self.runs.days if day <= last]

    def in_force(self, first: date, last: date) -> tuple[Schedule | None, date | None]:
        """Give the schedule that was in force on the last of some days, and the day from which it was known.

        A file tells only the present one; before it was changed the runs tell, and of a file that is gone they tell
        up to the last of them.
        """
        ran = min(self.runs.days, default=None)
        if self.routine is not None:
            since = self._since(self.routine.schedule)
            if since is None or since <= last:
                return self.routine.schedule, since or ran or self.written
        elif self.gone and all(head.day < first for head in islice(self.runs.heads, 1)):
            return None, None
        then = next((head.schedule for head in self.until(last) if head.schedule is not None), None)
        return _parsed(then), ran

    def _since(self, schedule: Schedule | None) -> date | None:
        """Give from when the present schedule is known, where it was ever another."""
        text = "" if schedule is None else schedule.text
        return None if self.runs.schedules <= {text} else in_force_from(text, self.runs.heads, self.written)


def _parsed(text: str | None) -> Schedule | None:
    try:
        return parse_schedule(text) if text else None
    except BadInput:
        return None  # a run that was brought in may tell a schedule that is none


class Ground(Value):
    """All routines and what was said about weeks, as of now."""

    routines: tuple[RoutineGround, ...]
    names: Mapping[str, str]
    """Of every routine, by its present and its former ids."""
    owners: Mapping[str, str]
    """The present id for each former one."""
    weeks_off: tuple[WeekOff, ...]
    now: datetime
    """Aware, in the zone of the person."""

    @property
    def has_routines(self) -> bool:
        """Whether there is any routine file."""
        return not all(one.gone for one in self.routines)


def ground_of(
    entries: Iterable[Entry],
    runs: Mapping[str, RoutineRuns],
    weeks_off: Iterable[WeekOff],
    written: Mapping[str, date],
    now: datetime,
) -> Ground:
    """Put together the ground from all there is."""
    by_id = {entry.id: entry for entry in entries}
    owners = present_ids(by_id)
    own: dict[str, list[RoutineRuns]] = defaultdict(list)
    for one, part in runs.items():
        own[owners.get(one, one)].append(part)
    off = tuple(weeks_off)
    routines = tuple(
        _routine(one, by_id.get(one), own.get(one, []), written.get(one), _reasons(one, off, owners))
        for one in [*by_id, *(gone for gone in own if gone not in by_id)]
    )
    names = {one.id: one.name for one in routines}
    names |= {former: names[present] for former, present in owners.items() if present in names}
    return Ground(routines=routines, names=names, owners=owners, weeks_off=off, now=now)


def _routine(
    routine_id: str, entry: Entry | None, parts: list[RoutineRuns], written: date | None, off: Mapping[Week, str]
) -> RoutineGround:
    runs = joined(parts) if parts else NO_RUNS
    name = entry.name if entry is not None else None
    if name is None:
        name = next((head.routine_name for head in runs.heads), None)
    return RoutineGround(
        id=routine_id,
        name=name or routine_id,
        routine=None if entry is None else entry.routine,
        gone=entry is None,
        runs=runs,
        written=written,
        off=off,
    )


def _reasons(routine_id: str, weeks_off: Iterable[WeekOff], owners: Mapping[str, str]) -> dict[Week, str]:
    """Give the weeks off of one routine; where it has a reason of its own, that one."""
    found: dict[Week, str] = {}
    own: dict[Week, str] = {}
    for off in weeks_off:
        if off.routine is None:
            found[off.week] = off.reason
        elif owners.get(off.routine, off.routine) == routine_id:
            own[off.week] = off.reason
    return found | own
