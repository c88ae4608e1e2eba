"""The made-up past of one routine: its revisions, when each began, and all its runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from procroutine.history.demo_calendar import PresentWeek, starts_of
from procroutine.history.demo_plan import PARTS, PLANS, Plan
from procroutine.history.demo_revisions import revisions_of
from procroutine.history.demo_runs import Edition, MadeRun, Person, make_run
from procroutine.routine.model import Routine
from procroutine.routine.revision import content_hash
from procroutine.routine.snapshots import snapshot_of

_EARLY = (timedelta(weeks=6), 0.15)
"""When the first change came: after so long, or this part of the whole time if that is sooner."""
_MIDDLE = (timedelta(weeks=20), 0.4)
_LATE = (timedelta(weeks=15), 0.3)
"""How long ago the last change was, so that the last half year shows it."""


@dataclass(frozen=True, slots=True)
class Past:
    """One routine's past before it is played."""

    routine: Routine
    plan: Plan
    editions: tuple[Edition, ...]
    begins: tuple[date, ...]
    """First day of each edition."""
    starts: tuple[datetime, ...]
    chance: Random

    def runs(self, device: str, zone: str, now: datetime) -> Iterator[MadeRun]:
        """Make up its runs, oldest first; those that would end after `now` are left out."""
        person = Person(self.plan, self.chance, device, zone)
        for start in self.starts:
            newest = max(place for place, day in enumerate(self.begins) if place == 0 or day <= start.date())
            made = make_run(self.editions[newest], start, person)
            if made.state.ended_at is not None and made.state.ended_at < now:
                yield made


def past_of(routine: Routine, others: Mapping[str, Routine], first: date, present: PresentWeek, seed: int) -> Past:
    """Make up the past of a routine from a day on; the same for the same seed, whatever other routines there are."""
    plan = PLANS.get(routine.id, Plan())
    chance = Random(f"{seed} {routine.id}")
    editions = tuple(_edition(number, made) for number, made in enumerate(revisions_of(routine, plan, others), start=1))
    begins = _begins(len(editions), first, present.now.date(), chance)
    starts = () if routine.id in PARTS else starts_of(routine, plan, first, present, chance)
    return Past(routine, plan, editions, begins, starts, chance)


def _edition(number: int, routine: Routine) -> Edition:
    snapshot = snapshot_of(routine)
    return Edition(number, content_hash(snapshot), snapshot)


def _begins(count: int, first: date, today: date, chance: Random) -> tuple[date, ...]:
    """Give the first day of each edition: the early ones soon after the beginning, the last one lately."""
    span = today - first
    shift = timedelta(days=chance.randrange(-10, 11)) if span > timedelta(weeks=52) else timedelta()
    early = [first + min(after, span * part) + shift for after, part in (_EARLY, _MIDDLE)]
    late = today - min(_LATE[0], span * _LATE[1]) + shift
    changes: Sequence[date] = [*early[: max(0, count - 2)], late][: count - 1]
    more = [early[-1] + (late - early[-1]) * (number + 1) / (count - 3) for number in range(count - 4)]
    return tuple(sorted([first, *changes, *more]))
