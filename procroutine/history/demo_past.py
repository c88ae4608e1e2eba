"""The made-up past of one routine: its revisions, when each began, and all its runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from procroutine.history.demo_calendar import PresentWeek, starts_of
from procroutine.history.demo_plan import PARTS, PLANS, Former, Plan, Slower
from procroutine.history.demo_runs import Edition, MadeRun, Person, make_run
from procroutine.routine.model import Routine, Step, System
from procroutine.routine.revision import content_hash
from procroutine.routine.snapshots import snapshot_of


def revisions_of(routine: Routine, plan: Plan, others: Mapping[str, Routine]) -> tuple[Routine, ...]:
    """Give the routine as it was in each of its revisions, oldest first; the last is as it is now.

    Changes that name steps the routine does not have are passed over, and revisions that would
    be the same as the one after them are left out.
    """
    first_form = others.get(plan.first_form or "")
    known = {**first_form.systems, **routine.systems} if first_form else routine.systems
    made = [_as_of(routine, plan, number, known) for number in range(1, plan.revisions + 1)]
    if first_form is not None and len(made) > 1:
        made[0] = routine.replaced(steps=first_form.steps, systems=first_form.systems, analysis=first_form.analysis)
    return tuple(earlier for earlier, later in zip(made, [*made[1:], None], strict=True) if earlier != later)


def _as_of(routine: Routine, plan: Plan, number: int, known: Mapping[str, System]) -> Routine:
    steps = list(routine.steps)
    systems = dict(routine.systems)
    for change in plan.changes:
        if isinstance(change, Slower) and change.changed_in > number:
            steps = [_slowed(step, change) for step in steps]
        elif isinstance(change, Former) and change.dropped_in > number:
            _put_back(steps, change, routine.owner)
            systems |= {name: known.get(name, System(id=name, name=name)) for name in change.systems}
    return routine.replaced(steps=tuple(steps), systems=systems)


def _slowed(step: Step, change: Slower) -> Step:
    if step.id != change.id or step.planned is None:
        return step
    return step.replaced(planned=timedelta(seconds=round(step.planned.total_seconds() * change.factor)))


def _put_back(steps: list[Step], former: Former, owner: str | None) -> None:
    place = next((place for place, step in enumerate(steps) if step.id == former.before), None)
    if place is None:
        return
    steps.insert(
        place,
        Step(
            id=former.id,
            title=former.title,
            planned=timedelta(minutes=former.minutes),
            systems=former.systems,
            person=steps[place].person or owner,
            section=steps[place].section,
        ),
    )


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
