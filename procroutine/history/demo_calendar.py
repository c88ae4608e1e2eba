"""When the runs of a made-up history began, and what is left open in the present week."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from random import Random

from procroutine.history.demo_plan import HOLIDAYS, PARTS, Plan
from procroutine.routine.model import Routine
from procroutine.routine.schedule import due_instant, occurrences
from procroutine.weeks import Week

_INTERRUPTED = ("social-posts", "bookkeeping-week", "workbook-sale", "coach-school-team")
"""Which routine is found paused: the first of these that is due by today."""
_LATE = ("workbook-sale", "bookkeeping-week", "coach-school-team", "social-posts", "post-construction-cleaning")
"""Which routine is found overdue: the first of these, other than the paused one, whose day is over."""
_PUT_OFF = "weekly-review"
_PUT_OFF_WEEKS = 3
_MISSED = 0.04
"""How often a due period goes by without a run and without being declared off."""
_ANOTHER_DAY = 0.12
"""How often it is done a day after it was due."""


@dataclass(frozen=True, slots=True)
class PresentWeek:
    """What is deliberately not done in the present period, so that every state is to be seen."""

    now: datetime
    zone: tzinfo
    paused: str | None
    """Id of the routine whose run is open."""
    overdue: str | None

    def leaves_open(self, routine_id: str) -> bool:
        """Say whether a routine has no finished run in its present period."""
        return routine_id in (self.paused, self.overdue)


def present_week(routines: Iterable[Routine], now: datetime) -> PresentWeek:
    """Choose what is found paused and what overdue at an aware instant; ValueError for one without a zone."""
    if now.tzinfo is None:
        raise ValueError("the present is an aware instant")
    due = {}
    for routine in routines:
        period = routine.schedule.rule.period_of(now.date()) if routine.schedule else None
        if period is not None and period.due <= now.date():
            due[routine.id] = period.due
    paused = next((name for name in _INTERRUPTED if name in due), None)
    overdue = next((name for name in _LATE if name != paused and due.get(name, now.date()) < now.date()), None)
    return PresentWeek(now, now.tzinfo, paused, overdue)


def weeks_off(first: date, now: datetime) -> tuple[tuple[Week, str], ...]:
    """Give the holidays from a day until the week before the present one, with their reasons."""
    return tuple(
        (week, reason)
        for year in range(first.year, now.year + 1)
        for week, reason in ((Week(year=year, number=number), reason) for number, reason in HOLIDAYS)
        if first <= week.monday and week < Week.of(now.date())
    )


def starts_of(routine: Routine, plan: Plan, first: date, present: PresentWeek, chance: Random) -> tuple[datetime, ...]:
    """Give the instants at which runs of a routine began, oldest first, in the zone of the present."""
    if routine.id in PARTS:
        return ()
    off = {week for week, _ in weeks_off(first, present.now)}
    made = _scheduled(routine, first, present, off, chance)
    if routine.schedule is None:
        made = _as_they_come(plan, first, present.now, off, chance)
    return tuple(sorted(start for start in made if start < present.now))


def _scheduled(
    routine: Routine, first: date, present: PresentWeek, off: set[Week], chance: Random
) -> Iterator[datetime]:
    if routine.schedule is None:
        return
    today = present.now.date()
    this_week = Week.of(today)
    for period in occurrences(routine.schedule, first, today):
        is_present = period.end >= today
        week = Week.of(period.due)
        missed = chance.random() < _MISSED and not is_present
        put_off = routine.id == _PUT_OFF and this_week - week <= _PUT_OFF_WEEKS
        open_now = is_present and (present.leaves_open(routine.id) or (period.due == today and _is_weekly(routine)))
        start = _about(due_instant(period, present.zone), chance)
        if chance.random() < _ANOTHER_DAY and period.end > period.due:
            start += timedelta(days=1)
        if not (missed or put_off or open_now or week in off):
            yield start


def _is_weekly(routine: Routine) -> bool:
    """Say whether it is a thing of the week; what is done every day has been done today too."""
    rule = routine.schedule.rule if routine.schedule else None
    return len(getattr(rule, "days", ())) == 1


def _about(due: datetime, chance: Random) -> datetime:
    minutes = min(max(chance.gauss(8, 18), -30), 150)
    return due + timedelta(milliseconds=round(minutes * 60_000) + chance.randrange(1000))


def _as_they_come(plan: Plan, first: date, now: datetime, off: set[Week], chance: Random) -> Iterator[datetime]:
    """Give requests from outside: on workdays, around ten and three."""
    for number in range((now.date() - first).days + 1):
        day = first + timedelta(days=number)
        if day.weekday() > 4 or Week.of(day) in off or chance.random() > plan.runs_a_week / 5:
            continue
        hour = chance.choice((10, 10, 15))
        yield _about(datetime.combine(day, time(hour, 5), tzinfo=now.tzinfo), chance)
