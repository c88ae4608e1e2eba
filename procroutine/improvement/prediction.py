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
from itertools import pairwise
from typing import TYPE_CHECKING

from procroutine.history.targets import usual
from procroutine.improvement.basis import FEWEST_TIMED
from procroutine.improvement.lead import besides
from procroutine.improvement.prediction_remarks import remarks_of
from procroutine.improvement.work import present_work, staying_inside, work_of
from procroutine.insight.flow import hand_offs, settled, switches
from procroutine.insight.odds import EachDrawn, StepTimes, all_drawn, drawn_in_slices
from procroutine.insight.weekly import median

if TYPE_CHECKING:
    from fractions import Fraction

    from procroutine.improvement.basis import Basis
    from procroutine.improvement.draft import Draft
    from procroutine.improvement.work import Part, Work
    from procroutine.routine.model import Step


def waits_otherwise(draft: Draft, work: Work, basis: Basis, there: Collection[str]) -> dict[str, timedelta]:
    """Give what was waited in the middle when steps were done as they would be, where that was often enough.

    A person is waited for behind the step before theirs as well; where that is not `there` any more, it
    is waited at their own.
    """
    before = {step.id: earlier.id for earlier, step in pairwise(draft.routine.steps)}
    at_own, at_earlier = dict[str, timedelta](), dict[str, timedelta]()
    for part in work.parts if basis.beside else ():
        step, earlier = part.step.id, before.get(part.step.id) if part.person is not None else None
        known = [one.waits for one in basis.otherwise(part) if one.waits is not None] if part.share else []
        if len(known) < FEWEST_TIMED:
            continue
        own = [waits.get(step, ZERO) for waits in known]
        if earlier is not None:
            behind = [waits.get(earlier, ZERO) for waits in known]
            if earlier in there:
                at_earlier[earlier] = median(behind) or ZERO
            else:
                own = [one + other for one, other in zip(own, behind, strict=True)]
        at_own[step] = median(own) or ZERO
    return at_earlier | at_own


ZERO = timedelta()
DRAWN, USUAL, PLANNED = "draws", "usual", "planned"
"""What a total is: the middle of the draws, the sum of the usual times, or that of the planned ones."""
_Total = tuple[timedelta | None, str | None, float | None]
_MOST_WAYS = 8
"""Ways in which a run is done in turns that are drawn each by itself."""


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
        if not draft.changes:
            return self._prediction(draft, (before, before), (work, work))
        steps, then = tuple(one.step for one in draft.steps), work_of(draft, basis.times, basis.used)
        done_as = [part for one in draft.steps for part in one.done_as]
        there = {step.id for one in draft.steps for step in staying_inside(draft, one)}
        waited = _beside(steps, there, waits_otherwise(draft, then, basis, there), basis)
        return self._prediction(draft, (before, self._figures(steps, done_as, then, waited)), (work, then))

    def _prediction(self, draft: Draft, figures: tuple[Figures, Figures], works: tuple[Work, Work]) -> Prediction:
        """Put the figures now and then together with what is to be known of them."""
        basis, (now, then) = self.basis, figures
        remarks = tuple(remarks_of(draft, basis, *works, then.switches - now.switches))
        return Prediction(now, then, remarks, bool(basis.beside), _takes_turns(works[1], basis))

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


def _takes_turns(work: Work, basis: Basis) -> bool:
    return any(basis.turns_of(part) for part in work.parts)
