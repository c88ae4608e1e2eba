"""What a draft of a checklist would come to, against the checklist as it is (FORMULAS 4 and 6).

Nothing is promised that the person's own runs do not show. A step that is dropped takes its times
with it, and so does one that is prepared, of the hour. One that is merged or split takes what its
work took; one whose planned time was set takes that. One that may be done before the run already
counts with what it took within each run, now and then alike. With another system or person a step takes what
it took whenever it was done so, waits and all, and where it hardly was, what it takes now. Another number of switches
changes the total only where the runs show what a switch costs.

The times of each step are drawn from the same seeds as before its neighbours were changed, so that
what differs is the change and not the draws.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.durations import step_time, total_time
from procroutine.errors import quoted
from procroutine.history.targets import usual
from procroutine.improvement.basis import FEWEST_TIMED
from procroutine.improvement.change import PERSON, PREPARE, SYSTEM
from procroutine.improvement.draft_remarks import remarks_on
from procroutine.improvement.lead import besides
from procroutine.improvement.waits_otherwise import waits_otherwise
from procroutine.improvement.work import present_work, staying_inside, work_of
from procroutine.insight.flow import hand_offs, settled, switches
from procroutine.insight.odds import EachDrawn, StepTimes, all_drawn, drawn_in_slices
from procroutine.insight.weekly import median
from procroutine.text import counted

if TYPE_CHECKING:
    from fractions import Fraction

    from procroutine.improvement.basis import Basis
    from procroutine.improvement.draft import Draft
    from procroutine.improvement.work import Part, Work
    from procroutine.routine.model import Step

ZERO = timedelta()
DRAWN, USUAL, PLANNED = "draws", "usual", "planned"
"""What a total is: the middle of the draws, the sum of the usual times, or that of the planned ones."""
_Total = tuple[timedelta | None, str | None, float | None]
_MOST_WAYS = 8
"""Ways in which a run is done in turns that are drawn each by itself."""
NEWEST = 8
"""Runs that are looked at for whether steps were done in them, or before."""


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
    """From the start to the end of a run: its total, and what it takes besides (`lead`)."""
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
    has_runs: bool = False
    """Whether there are finished runs, which say what a run takes besides its work."""
    in_turns: bool = False
    """Whether steps would still be done with several systems in turns, so that the total is a mean."""


def predict(draft: Draft, basis: Basis) -> Prediction:
    """Predict what the changes of a draft would bring."""
    return Predictor(basis).predict(draft)


class Predictor:
    """Predicts drafts of one routine; what it has drawn for one it does not draw again for another."""

    def __init__(self, basis: Basis) -> None:
        """Take what predictions rest on."""
        self.basis = basis
        self._drawn = EachDrawn()
        self._totals: dict[Work, _Total] = {}

    def predict(self, draft: Draft) -> Prediction:
        """Predict what the changes of a draft would bring."""
        basis, present = self.basis, draft.routine.steps
        waited = _beside(present, [step.id for step in present], {}, basis)
        work = present_work(draft.routine, basis.times, basis.used)
        before = self._figures(present, present, work, waited)
        known = (*basis.remarks, *remarks_on(draft), *_early(draft, basis), *_set_to_order(work, basis))
        if not draft.changes:
            return Prediction(
                before, before, (*known, *_turns(work, draft, basis)), bool(basis.beside), _takes_turns(work, basis)
            )
        steps, work = tuple(one.step for one in draft.steps), work_of(draft, basis.times, basis.used)
        done_as = [part for one in draft.steps for part in one.done_as]
        there = {step.id for one in draft.steps for step in staying_inside(draft, one)}
        waited = _beside(steps, there, waits_otherwise(draft, work, basis, there), basis)
        after = self._figures(steps, done_as, work, waited)
        more = after.switches - before.switches
        remarks = (*known, *_without(draft, basis), *_turns(work, draft, basis), *_remarks(draft, work, basis, more))
        return Prediction(before, after, remarks, bool(basis.beside), _takes_turns(work, basis))

    def _figures(self, steps: Sequence[Step], done_as: Sequence[Step], work: Work, waited: timedelta) -> Figures:
        basis = self.basis
        total, total_from, chance = self._total(work)
        return Figures(
            total=total,
            total_from=total_from,
            chance=chance,
            no_odds=_why_not(basis, work) if chance is None else None,
            switches=switches(settled(done_as, basis.used)),
            hand_offs=hand_offs(steps),
            lead=None if total is None else total + waited,
            order=tuple(step.id for step in steps),
            only_planned=tuple(part.step.id for part in work.parts if part.share and not basis.times_of(part)),
        )

    def _total(self, work: Work) -> _Total:
        """Give the total, what it is, and the odds: of steps that take turns as often as each way has its turn."""
        if work not in self._totals:
            ways = list(_ways(work, self.basis))
            found = [(share, self._total_of(one)) for share, one in ways]
            self._totals[work] = found[0][1] if len(found) == 1 else _mean(found)
        return self._totals[work]

    def _total_of(self, work: Work) -> _Total:
        drawn = [_step_times(part, self.basis) for part in work.parts]
        return _total(drawn, work.supposed, self.basis, self._drawn)


def _ways(work: Work, basis: Basis) -> Iterator[tuple[float, Work]]:
    """Give the ways in which the work is done in turns, each with how often: one, where no step takes turns.

    Of many such steps the last ones are drawn from all their times together.
    """
    ways: list[tuple[float, tuple[Part, ...]]] = [(1.0, ())]
    for part in work.parts:
        turns = basis.turns_of(part)
        each = [(turn.share, one) for turn, one in turns] if len(ways) * len(turns) <= _MOST_WAYS else []
        ways = [(share * own, (*parts, one)) for share, parts in ways for own, one in each or [(1.0, part)]]
    return ((share, replace(work, parts=parts)) for share, parts in ways)


def _mean(ways: Sequence[tuple[float, _Total]]) -> _Total:
    total = sum((share * (found[0] or ZERO) for share, found in ways), ZERO)
    chances = [(share, found[2]) for share, found in ways]
    known = all(chance is not None for _, chance in chances)
    return total, ways[0][1][1], sum(share * (chance or 0.0) for share, chance in chances) if known else None


def _step_times(part: Part, basis: Basis) -> StepTimes:
    return StepTimes(
        id=part.step.id,
        times=tuple(_share(time, part.share) for time in basis.times_of(part)),
        planned=part.step.planned and _share(part.step.planned, part.share),
    )


def _share(length: timedelta, share: Fraction) -> timedelta:
    return length if share == 1 else length * share.numerator / share.denominator


def _total(drawn: Sequence[StepTimes], fixed: timedelta, basis: Basis, each: EachDrawn) -> _Total:
    """Give the total, what it is, and the odds."""
    if any(step.times for step in drawn) and basis.no_odds is None:
        found = all_drawn(drawn_in_slices(fixed, drawn, basis.goal, drawn=each))
        return found.middle, DRAWN, found.chance
    known = [usual(step.times) if step.times else step.planned for step in drawn]
    if not any(known) and not fixed:
        return None, None, None
    total = sum((length for length in known if length is not None), fixed)
    return total, USUAL if any(step.times for step in drawn) else PLANNED, None


def _why_not(basis: Basis, work: Work) -> str:
    if basis.no_odds is not None:
        return basis.no_odds.reason
    if not any(basis.times_of(part) for part in work.parts):
        return "no odds: none of the steps was ever done in this form"
    return basis.no_goal


def _beside(
    steps: Iterable[Step], waited_at: Collection[str], otherwise: Mapping[str, timedelta], basis: Basis
) -> timedelta:
    """Give what a run takes besides its work: as the runs did, before the first of them as the file says."""
    if basis.beside:
        return besides(basis.beside, waited_at, otherwise)
    return sum((step.wait for step in steps if step.wait and not step.prepare), ZERO)


def _early(draft: Draft, basis: Basis) -> Iterator[str]:
    """Say of steps that may be done before the run how often they were done in it."""
    for one in draft.steps:
        for step in staying_inside(draft, one):
            newest = basis.times.get(step.id, ())[-NEWEST:]
            if step.prepare and (held := sum(map(bool, newest))):
                which = f"{held} of your last {len(newest)} runs" if len(newest) > 1 else "your last run"
                yield f"{quoted(step.title)} may be done before the run, but {which} held it, so it counts"


def _without(draft: Draft, basis: Basis) -> Iterator[str]:
    """Say what runs took in which all was left out that would be dropped: work may come back in other steps."""
    there = {step_id for one in draft.steps for step_id in one.made_of}
    gone = {step.id: quoted(step.title) for step in draft.routine.steps if step.id not in there}
    lengths = [run.active for run in basis.beside if run.active is not None and gone.keys() <= run.missing]
    if gone and len(lengths) >= FEWEST_TIMED:
        middle = median(lengths) or ZERO
        what = next(iter(gone.values())) if len(gone) == 1 else "them"
        met = sum(length <= basis.goal for length in lengths) if basis.goal is not None else 0
        within = f", {met} of them within {total_time(basis.goal)}" if basis.goal is not None else ""
        took = f"in the middle these took {step_time(middle)}{within}"
        yield f"{len(lengths)} of your newest {len(basis.beside)} runs were done without {what}: {took}"


def _takes_turns(work: Work, basis: Basis) -> bool:
    return any(basis.turns_of(part) for part in work.parts)


def _set_to_order(work: Work, basis: Basis) -> Iterator[str]:
    """Say where runs were done in another order than the list says, and their times are set to it."""
    had = {part.step.id: basis.switched.get(part.step.id, ())[-NEWEST:] for part in work.parts}
    if basis.switch_cost and any((not part.switched_now) in had[part.step.id] for part in work.parts):
        cost = step_time(basis.switch_cost)
        yield f"what runs took in another order is set to the one of the list: a switch costs you {cost}"


def _turns(work: Work, draft: Draft, basis: Basis) -> Iterator[str]:
    """Say which steps would be done with several systems in turns."""
    for part in work.parts:
        if turns := basis.turns_of(part):
            names = [" + ".join(map(draft.name_of_system, turn.systems)) for turn, _ in turns]
            yield f"{quoted(part.step.title)} takes turns with {' and '.join(names)}, as in your last runs"


def _remarks(draft: Draft, work: Work, basis: Basis, more: int) -> Iterator[str]:
    """Say what the figures of a changed draft rest on, which has so many `more` switches, below 0 fewer."""
    if more * work.more_switches > 0 and not basis.switch_cost:
        shown_none = basis.switch_cost is not None
        why = "your runs show no cost of a switch" if shown_none else "what a switch costs you is not known"
        yield f"{why}, so {'fewer' if more < 0 else 'more'} switches change no time here"
    for one in draft.steps:
        if one.is_planned:
            yield f"{quoted(one.step.title)} is taken to need just its planned time"
        if PREPARE in one.changes:
            yield f"{quoted(one.step.title)} takes its time before the run: the work stays"
    otherwise = {part.step.id for part in work.parts if _otherwise(part, draft)}
    for one in draft.steps:
        if one.share < 1 and {SYSTEM, PERSON} & {*one.changes} and not (one.is_planned or otherwise & {*one.made_of}):
            yield f"{quoted(one.step.title)} keeps its times: no part of a step was timed by itself"
    for part in work.parts:
        yield from _remarks_on(part, basis, draft)


def _remarks_on(part: Part, basis: Basis, draft: Draft) -> Iterator[str]:
    """Say where the times of a step come from that would be done otherwise."""
    how = _otherwise(part, draft)
    if not part.share or not how:
        return
    found = basis.otherwise(part)
    if len(found) >= FEWEST_TIMED:
        waits = ", and their waits" * any(one.waits for one in found)
        yield f"{quoted(part.step.title)} was done {how} {len(found)} times: these times are taken{waits}"
    else:
        timed = "never" if not found else f"only {counted(len(found), 'time')}"
        yield f"{quoted(part.step.title)} keeps its times: it was {timed} timed when done {how}"


def _otherwise(part: Part, draft: Draft) -> str:
    names = [draft.name_of_system(name) for name in part.systems or ()]
    with_what = "" if part.systems is None else f"with {' and '.join(names) or 'no system'}"
    return " ".join(filter(None, (with_what, "" if part.person is None else f"by {part.person}")))
