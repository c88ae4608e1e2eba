"""All routines together: what they take of a week, by day and in sum, against the hours the person has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from procroutine.durations import total_time
from procroutine.insight.dates import day_and_month
from procroutine.insight.report_words import NEEDS_A_SYSTEM
from procroutine.routine.schedule import occurrences
from procroutine.run.record import optional_seconds, seconds
from procroutine.values import Value

if TYPE_CHECKING:
    from datetime import date

    from procroutine.improvement.ground import Ground, GroundRun, RoutineGround, StepPart
    from procroutine.routine.model import Routine

ZERO = timedelta()
DAYS = 7
_WEEKS = 52
_WEEK = timedelta(weeks=1)
_SECOND = timedelta(seconds=1)
_UNEVEN = 0.02
"""Of a run a week; a year of weekly ones may have one more or less in 52 weeks."""
LAST = 8
"""Of the present runs those that say what a run takes."""
RESTS_ON = f"Runs a week × the mean of the newest runs, at most {LAST}"
"""What the load of a routine rests on: hours add up by the mean."""


class RoutineLoad(Value):
    """What one routine takes of a week."""

    routine: str
    name: str
    each: timedelta
    """What a run takes: the mean of the last ones with what is prepared before it, else what is planned."""
    from_plan: bool
    """Whether that is only planned."""
    a_week: float
    """Runs a week."""
    by_day: tuple[timedelta, ...]
    """What of a week falls on Monday to Sunday, on average over a year of its schedule."""
    any_day: timedelta
    """What of a week falls on no day that is known: without a schedule, or with one that names none."""
    idle_since: date | None = None
    """The day of its last run, where it would have been done three times since; else None."""

    @property
    def week(self) -> timedelta:
        """What it takes of a week."""
        return sum(self.by_day, self.any_day)


class WeekLoad(Value):
    """What all routines take of a week."""

    routines: tuple[RoutineLoad, ...]
    """The largest first; those that take nothing are left out."""
    hours: timedelta | None
    """What the person has for them; None where nobody said."""

    @property
    def total(self) -> timedelta:
        """What they take together."""
        return sum((one.week for one in self.routines), ZERO)

    @property
    def by_day(self) -> tuple[timedelta, ...]:
        """What falls on Monday to Sunday."""
        return tuple(sum((one.by_day[day] for one in self.routines), ZERO) for day in range(DAYS))

    @property
    def any_day(self) -> timedelta:
        """What falls on no day that is known."""
        return sum((one.any_day for one in self.routines), ZERO)

    @property
    def is_mean(self) -> bool:
        """Whether what falls on a day is a mean of weeks that differ, since something is not due in each of them."""
        return any(any(one.by_day) and abs(one.a_week - round(one.a_week)) > _UNEVEN for one in self.routines)

    @property
    def left(self) -> timedelta | None:
        """What is left of the hours, below zero where they do not suffice; None where nobody said how many."""
        return None if self.hours is None else self.hours - self.total

    @property
    def sentence(self) -> str:
        """How the load stands to the hours."""
        total = total_time(self.total)
        if self.left is None or self.hours is None:
            return f'{total} a week. Write hours_a_week = "10h" into config.toml to see whether that fits.'
        hours = total_time(self.hours)
        if self.left < ZERO:
            return f"{total} a week, {total_time(-self.left)} more than the {hours} you have."
        return f"{total} of the {hours} you have a week, {total_time(self.left)} left."


def week_load(ground: Ground, hours: timedelta | None = None) -> WeekLoad:
    """Add up what the routines take of a week."""
    found = [_routine_load(one, ground.now.date()) for one in ground.routines]
    return WeekLoad(
        routines=tuple(sorted((one for one in found if one.week), key=lambda one: (-one.week, one.routine))),
        hours=hours,
    )


def _routine_load(ground: RoutineGround, today: date) -> RoutineLoad:
    routine = ground.routine
    last = ground.present.newest(LAST).runs
    each = _rounded(sum(map(_work, last), ZERO) / len(last)) if last else routine.planned
    shares = _shares(routine, today)
    whole = _rounded(each * ground.a_week)
    by_day = tuple(_rounded(whole * share) for share in shares)
    return RoutineLoad(
        routine=routine.id,
        name=routine.name,
        each=each,
        from_plan=not last,
        a_week=ground.a_week,
        by_day=by_day,
        any_day=whole - sum(by_day, ZERO) if not any(shares) else ZERO,
        idle_since=_idle_since(ground, today),
    )


def _idle_since(ground: RoutineGround, today: date) -> date | None:
    last = ground.finished[-1].day if ground.finished else today
    return last if ground.a_week * ((today - last) / _WEEK) >= NEEDS_A_SYSTEM else None


def each_of(load: RoutineLoad) -> str:
    """Say how often a routine is done, and how long it takes: `5 × 14m`, `0.23 × 1h30 plan`.

    Of one that stands still also since when.
    """
    day = load.idle_since
    idle = "" if day is None else f", not done since {day_and_month(day)} {day.year}"
    return f"{often(load.a_week)} × {total_time(load.each)}{' plan' if load.from_plan else ''}{idle}"


def often(a_week: float) -> str:
    """Say how many runs a week has, so fine that what they come to follows: `5`, `1.56`, `0.077`."""
    return f"{a_week:.2f}".rstrip("0").rstrip(".") if a_week >= 1 else f"{a_week:.2g}"


def _work(run: GroundRun) -> timedelta:
    """Give the work of a run: what was prepared before it takes time of the week too."""
    return run.active + sum((part.prepared for part in run.steps.values() if part.prepared is not None), ZERO)


def _work_of(part: StepPart) -> timedelta:
    return (part.active or ZERO) + (part.prepared or ZERO)


def _shares(routine: Routine, today: date) -> Sequence[float]:
    """Give what part of a year's due times falls on Monday to Sunday; nothing where no day is named."""
    schedule = routine.schedule
    if schedule is None or schedule.any_day:
        return (0.0,) * DAYS
    due = [period.due.weekday() for period in occurrences(schedule, today, today + _WEEKS * _WEEK - timedelta(days=1))]
    return tuple(due.count(day) / len(due) for day in range(DAYS)) if due else (0.0,) * DAYS


def _rounded(length: timedelta) -> timedelta:
    return round(length / _SECOND) * _SECOND


class SharedSystem(Value):
    """A system that several routines use: what is learned or changed there counts for all of them."""

    name: str
    routines: tuple[str, ...]
    """Their ids, the one that uses it most first."""
    a_week: timedelta
    """What their steps with it take of a week; a step with several systems counts in equal parts for each."""


def shared_systems(ground: Ground) -> tuple[SharedSystem, ...]:
    """Give the systems that are in more than one routine, by their address or else their name, the largest first."""
    names: dict[str, str] = {}
    keys: dict[str, str] = {}
    used: dict[str, dict[str, timedelta]] = {}
    for one in ground.routines:
        for system, time in _by_system(one):
            known = one.routine.systems.get(system)
            name = system if known is None else known.name
            address = None if known is None else known.url
            by_name = f"name {name.strip().casefold()}"
            key = keys.get(f"address {address}" if address else by_name) or keys.get(by_name) or by_name
            keys.setdefault(by_name, key)
            if address:
                keys.setdefault(f"address {address}", key)
            names.setdefault(key, name)
            by_routine = used.setdefault(key, {})
            by_routine[one.routine.id] = by_routine.get(one.routine.id, ZERO) + time
    found = [
        SharedSystem(
            name=names[key],
            routines=tuple(sorted(by_routine, key=lambda routine: (-by_routine[routine], routine))),
            a_week=_rounded(sum(by_routine.values(), ZERO)),
        )
        for key, by_routine in used.items()
        if len(by_routine) > 1
    ]
    return tuple(sorted(found, key=lambda one: (-one.a_week, one.name)))


def _by_system(ground: RoutineGround) -> Iterator[tuple[str, timedelta]]:
    """Give what each system takes of a week, in parts, by the runs that the load rests on, else as it is planned."""
    last = ground.present.newest(LAST).runs
    parts = [(part.systems, _work_of(part) / len(last)) for run in last for part in run.steps.values()]
    if not last:
        parts = [((*step.systems, *step.alternatives), step.planned or ZERO) for step in ground.steps]
    for named, time in parts:
        systems = tuple(dict.fromkeys(named))
        for system in systems:
            yield system, ground.weekly(time) / len(systems)


def load_answer(load: WeekLoad) -> dict[str, Any]:
    """Give what `review --json` has under `load`; days are Monday to Sunday."""
    return {
        "total_seconds": seconds(load.total),
        "hours_seconds": optional_seconds(load.hours),
        "left_seconds": optional_seconds(load.left),
        "days_seconds": [seconds(day) for day in load.by_day],
        "any_day_seconds": seconds(load.any_day),
        "routines": [
            {
                "routine": one.routine,
                "each_seconds": seconds(one.each),
                "from_plan": one.from_plan,
                "runs_a_week": round(one.a_week, 3),
                "idle_since": None if one.idle_since is None else one.idle_since.isoformat(),
                "week_seconds": seconds(one.week),
            }
            for one in load.routines
        ],
    }


def shared_answer(shared: Sequence[SharedSystem]) -> list[dict[str, Any]]:
    """Give what `review --json` has under `shared_systems`."""
    return [{"name": one.name, "routines": list(one.routines), "week_seconds": seconds(one.a_week)} for one in shared]
