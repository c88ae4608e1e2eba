"""What a draft of a checklist would come to, against the checklist as it is (FORMULAS 4 and 6).

Nothing is promised that the person's own runs do not show. A step that is dropped takes its times
with it, and so does one that is prepared, of the hour. One that is merged or split takes what its
work took; one whose planned time was set takes that; any other system or person changes no time,
since nobody has done it so. Another number of switches changes the total only where it is known what
a switch costs.

The times of each step are drawn from the same seeds as before its neighbours were changed, so that
what differs is the change and not the draws.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from procroutine.history.targets import usual
from procroutine.insight.flow import hand_offs, switches
from procroutine.insight.odds import StepTimes, odds
from procroutine.insight.run_odds import NoOdds

if TYPE_CHECKING:
    from procroutine.improvement.draft import Draft, DraftStep
    from procroutine.routine.model import Step

ZERO = timedelta()
DRAWN, USUAL, PLANNED = "draws", "usual", "planned"
"""What a total is: the middle of the draws, the sum of the usual times, or that of the planned ones."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What a finished run took besides its active time."""

    length: timedelta
    """Paused, waiting and asleep."""
    waits: Mapping[str, timedelta]
    """How much of it the run waited at each step."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What predictions about one routine rest on."""

    times: Mapping[str, tuple[timedelta, ...]]
    """Active times of its steps as they are now, oldest first."""
    goal: timedelta | None
    no_odds: NoOdds | None
    """Why no odds are given, where none are."""
    beside: tuple[Beside, ...] = ()
    """Of its finished runs, oldest first."""
    switch_cost: timedelta | None = None
    """What one switch takes; None where that is not known."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What one state of a checklist comes to."""

    total: timedelta | None
    """Active time of a run; None where nothing is known of any step."""
    total_from: str | None
    """What the total is: `draws`, `usual` or `planned`."""
    chance: float | None
    """Odds of the goal, from 0 to 1."""
    no_odds: str | None
    """Why there are none."""
    switches: int
    hand_offs: int
    lead: timedelta | None
    """From the start to the end of a run: its total, and what it usually pauses, waits and sleeps."""
    order: tuple[str, ...]
    """Ids of the steps."""
    only_planned: tuple[str, ...]
    """Ids of steps that were never done as they are, for which their planned time stands in, or nothing."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """A draft against what is."""

    now: Figures
    then: Figures
    remarks: tuple[str, ...]
    """What is to be known about it, one sentence each."""


def predict(draft: Draft, basis: Basis) -> Prediction:
    """Predict what the changes of a draft would bring."""
    now, work = _now(draft), _work(draft)
    ahead, more = switches(draft.routine.steps), _switch_cost(draft, basis)
    before = _figures(draft.routine.steps, now, ZERO, basis, frozenset())
    if not draft.changes:
        return Prediction(before, before, ())
    steps = tuple(one.step for one in draft.steps)
    after = _figures(steps, work.steps, work.fixed + more, basis, _not_waited_for(draft))
    return Prediction(before, after, (*draft.remarks, *_remarks(draft, basis, after.switches - ahead)))


def _switch_cost(draft: Draft, basis: Basis) -> timedelta:
    """Give what the other number of switches adds; nothing where a switch's cost is not known."""
    if basis.switch_cost is None:
        return ZERO
    return basis.switch_cost * (switches(one.step for one in draft.steps) - switches(draft.routine.steps))


@dataclass(frozen=True, slots=True)
class _Part:
    """How much of the work of a present step is done inside the hour."""

    step: Step
    share: Fraction


@dataclass(frozen=True, slots=True)
class _Work:
    """The work inside the hour."""

    fixed: timedelta
    """What was set by the person."""
    steps: tuple[_Part, ...]
    """One for each present step, those that are gone too, so that the others are drawn as before."""


def _now(draft: Draft) -> tuple[_Part, ...]:
    return tuple(_Part(step, Fraction(1)) for step in _inside(draft))


def _inside(draft: Draft) -> Iterable[Step]:
    return (step for step in draft.routine.steps if not step.prepare)


def _work(draft: Draft) -> _Work:
    inside = [one for one in draft.steps if not one.step.prepare]
    fixed = sum((one.step.planned or ZERO for one in inside if one.is_planned), ZERO)
    shares = dict.fromkeys((step.id for step in _inside(draft)), Fraction())
    for one in inside:
        if not one.is_planned:
            for step_id in one.made_of:
                shares[step_id] += one.share
    return _Work(fixed, tuple(_Part(step, shares[step.id]) for step in _inside(draft)))


def _figures(
    steps: Sequence[Step], work: Sequence[_Part], fixed: timedelta, basis: Basis, gone: frozenset[str]
) -> Figures:
    drawn = [_step_times(part, basis) for part in work]
    total, total_from, chance = _total(drawn, fixed, basis)
    return Figures(
        total=total,
        total_from=total_from,
        chance=chance,
        no_odds=_why_not(basis, drawn) if chance is None else None,
        switches=switches(steps),
        hand_offs=hand_offs(steps),
        lead=None if total is None else total + _beside(steps, basis, gone),
        order=tuple(step.id for step in steps),
        only_planned=tuple(part.step.id for part in work if part.share and not basis.times.get(part.step.id)),
    )


def _step_times(part: _Part, basis: Basis) -> StepTimes:
    times = basis.times.get(part.step.id, ()) if part.share else ()
    planned = part.step.planned if part.share else None
    return StepTimes(
        id=part.step.id,
        times=tuple(_share(time, part.share) for time in times),
        planned=planned and _share(planned, part.share),
    )


def _share(length: timedelta, share: Fraction) -> timedelta:
    return length if share == 1 else length * share.numerator / share.denominator


def _total(
    drawn: Sequence[StepTimes], fixed: timedelta, basis: Basis
) -> tuple[timedelta | None, str | None, float | None]:
    """Give the total, what it is, and the odds."""
    if any(step.times for step in drawn) and basis.no_odds is None:
        found = odds(fixed, drawn, basis.goal)
        return found.middle, DRAWN, found.chance
    known = [usual(step.times) or step.planned for step in drawn]
    if not any(known) and not fixed:
        return None, None, None
    total = sum((length for length in known if length is not None), fixed)
    return total, USUAL if any(step.times for step in drawn) else PLANNED, None


def _why_not(basis: Basis, drawn: Sequence[StepTimes]) -> str:
    if basis.no_odds is not None:
        return basis.no_odds.reason
    if basis.goal is None:
        return "no odds: there is no goal"
    return "no odds: none of the steps was ever done in this form"


def _beside(steps: Iterable[Step], basis: Basis, gone: frozenset[str]) -> timedelta:
    """Give what a run usually takes besides, without the waits at steps that are gone.

    Without any runs these are the waits that the steps name.
    """
    lengths = [
        run.length - sum((length for step_id, length in run.waits.items() if step_id in gone), ZERO)
        for run in basis.beside
    ]
    if lengths:
        return usual(lengths) or ZERO
    return sum((step.wait for step in steps if step.wait and not step.prepare), ZERO)


def _not_waited_for(draft: Draft) -> frozenset[str]:
    """Give the present steps at which nothing would be waited for inside a run."""
    there = {step_id for one in draft.steps if not one.step.prepare for step_id in one.made_of}
    return frozenset(step.id for step in draft.routine.steps if step.id not in there)


def _remarks(draft: Draft, basis: Basis, more_switches: int) -> Iterable[str]:
    if more_switches and basis.switch_cost is None:
        count = abs(more_switches)
        less = f"{count} switch{'' if count == 1 else 'es'} {'fewer' if more_switches < 0 else 'more'}"
        yield f"what a switch costs you is not known, so {less} changes no time here"
    for one in draft.steps:
        yield from _remarks_on(one)


def _remarks_on(one: DraftStep) -> Iterable[str]:
    name = one.step.title
    if one.is_planned:
        yield f"“{name}” is taken to need just its planned time"
        return
    for kind, what in (("system", "with other systems"), ("person", "by another person")):
        if kind in one.changes:
            yield f"“{name}” keeps its times: it was never timed when done {what}"
