"""Steps that could go: those left out without harm to the outcome, and those often left out (ECRS: eliminate)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from procroutine.improvement.exact import median_interval
from procroutine.improvement.ground import FEWEST, RECENT, GroundRun, RoutineGround, middle_of
from procroutine.improvement.levers.chance import Chance, sureness
from procroutine.improvement.levers.lever import ZERO, Figure, Lever, Missing, Try
from procroutine.improvement.levers.naming import among, names_of
from procroutine.improvement.outcomes import Outcomes, chance_if_worse, outcomes_of
from procroutine.values import Value

KIND = "eliminate"
_EACH_SIDE = 5
"""Runs with a known outcome that each side needs, with it and without."""
_OFTEN = 1 / 3
"""Of the newest runs; a step left out so often is named even where the outcomes tell nothing."""


class Absence(Value):
    """Steps that were always done or left out together, and the runs with them and without."""

    steps: tuple[str, ...]
    beside: tuple[GroundRun, ...]
    """Finished runs in which they were done, oldest first."""
    without: tuple[GroundRun, ...]

    @property
    def can_be_tested(self) -> bool:
        """Whether runs enough tell their outcome on both sides; what they tell makes no difference here."""
        return min(outcomes_of(self.beside).known, outcomes_of(self.without).known) >= _EACH_SIDE

    @property
    def times(self) -> tuple[timedelta, ...]:
        """What they took together, in the newest runs in which they were done."""
        lengths = (
            [time for step in self.steps if (time := run.time(step)) is not None] for run in self.beside[-RECENT:]
        )
        return tuple(sum(each, ZERO) for each in lengths if each)

    def share_done(self, ground: RoutineGround) -> float:
        """Give in what part of the newest runs they were done."""
        newest = {run.id for run in ground.finished[-RECENT:]}
        done, left = (sum(run.id in newest for run in runs) for runs in (self.beside, self.without))
        return done / (done + left) if done + left else 0.0


def absences(ground: RoutineGround) -> tuple[Absence, ...]:
    """Give the steps that were left out in some runs and done in others; together what always went together."""
    groups: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = defaultdict(list)
    runs = {run.id: run for run in ground.finished}
    for step in ground.steps:
        if step.prepare:
            continue
        with_work = [run for run in runs.values() if (part := run.steps.get(step.id)) is not None and part.same]
        done = tuple(run.id for run in with_work if run.done(step.id))
        left = tuple(run.id for run in with_work if not run.done(step.id))
        if done and left:
            groups[done, left].append(step.id)
    return tuple(
        Absence(
            steps=tuple(steps),
            beside=tuple(runs[one] for one in done),
            without=tuple(runs[one] for one in left),
        )
        for (done, left), steps in groups.items()
    )


def levers(ground: RoutineGround, chance: Chance) -> Iterator[Lever | Missing]:
    """Find the steps that could go; each claim takes its part of the chance of `eliminate`."""
    found = absences(ground)
    tested = [one for one in found if one.can_be_tested]
    tail = chance.tail(KIND, len(tested))
    for one in found:
        if one in tested and (lever := shown_lever(ground, one, tail, KIND)) is not None:
            yield lever
        elif (often := _often_left_out(ground, one)) is not None:
            yield often
    yield from _unknown(ground, found)


def shown_lever(ground: RoutineGround, one: Absence, tail: float, kind: str) -> Lever | None:
    """Give the lever where the output was as often right without the steps; None where that is not shown."""
    without, beside = outcomes_of(one.without), outcomes_of(one.beside)
    if chance_if_worse(without, beside) > tail:
        return None
    lasted = median_interval(one.times, tail)
    if lasted is None:
        return None
    a_week = ground.a_week * one.share_done(ground)
    lever, it = _lever(ground, one, kind, without, beside), "it" if len(one.steps) == 1 else "them"
    return lever.replaced(
        sentence=f"Drop {names_of(ground, one.steps)}: the output was right in {without.words} without {it}"
        f" and in {beside.words} with {it}.",
        how=f"Middle time in the {len(one.times)} newest runs with it, times {a_week:.2f} a week; interval by order"
        f" statistics at {sureness(tail)}. Were the output right in a quarter of runs less without, outcomes like"
        f" these would come with a chance of at most {tail:.2g}. Runs without were chosen, not drawn by lot: leave it"
        " out a few times where you would do it.",
    ).saving(lasted.times(a_week))


def _lever(ground: RoutineGround, one: Absence, kind: str, without: Outcomes, beside: Outcomes) -> Lever:
    a_week = ground.a_week * one.share_done(ground)
    waits = [sum((wait.length for wait in run.waits if wait.step in one.steps), ZERO) for run in one.beside[-RECENT:]]
    return Lever(
        kind=kind,
        routine=ground.routine.id,
        steps=one.steps,
        person=_person(ground, one.steps),
        at_stake=middle_of(one.times) * a_week,
        lead=middle_of(waits) * a_week,
        sentence="",
        how="",
        evidence=(
            Figure(what="right without", count=without.right, of=without.known),
            Figure(what="right with", count=beside.right, of=beside.known),
            Figure(what="left out", count=len(one.without), of=len(one.without) + len(one.beside)),
            Figure(what="middle time", length=middle_of(one.times)),
            Figure(what="middle of the rest with", length=_rest(one.beside, one.steps)),
            Figure(what="middle of the rest without", length=_rest(one.without, one.steps)),
            Figure(what="times a week", count=a_week),
        ),
        tries=tuple(Try(change="drop", value=step) for step in one.steps),
    )


def _rest(runs: Sequence[GroundRun], steps: Sequence[str]) -> timedelta:
    """Give the middle of what all other steps took."""
    newest = runs[-RECENT:]
    return middle_of(
        run.active - sum((part.active or ZERO for step in steps if (part := run.steps.get(step))), ZERO)
        for run in newest
    )


def _person(ground: RoutineGround, steps: Sequence[str]) -> str | None:
    """Give who does them, where it is one other than the owner."""
    people = {step.person for step in ground.steps if step.id in steps}
    return people.pop() if len(people) == 1 and people != {ground.routine.owner} else None


def _often_left_out(ground: RoutineGround, one: Absence) -> Lever | None:
    if 1 - one.share_done(ground) < _OFTEN or len(one.without) < _EACH_SIDE:
        return None
    without, beside = outcomes_of(one.without), outcomes_of(one.beside)
    if one.can_be_tested and without.share < beside.share:
        return None
    known = (
        f"right in {without.words} without and in {beside.words} with, too few to be sure"
        if one.can_be_tested
        else f"only {without.known} of {len(one.without)} runs without say whether the output was right"
    )
    return _lever(ground, one, KIND, without, beside).replaced(
        sentence=f"{names_of(ground, one.steps)} was left out in"
        f" {among(len(one.without), len(one.without) + len(one.beside))} runs: {known}.",
        how="What it saves is not known as long as the outcomes do not tell whether it can go.",
    )


def _unknown(ground: RoutineGround, found: Iterable[Absence]) -> Iterator[Missing]:
    newest = ground.finished[-RECENT:]
    known = outcomes_of(newest).known
    if known < FEWEST:
        yield Missing(
            routine=ground.routine.id,
            kind=KIND,
            sentence=f"{known} of the last {len(newest)} runs say whether the output was right; say it at the finish,"
            " and the review can tell which steps the output does not need.",
        )
    elif not any(one.can_be_tested for one in found):
        yield Missing(
            routine=ground.routine.id,
            kind=KIND,
            sentence=f"No step was both done and left out in {_EACH_SIDE} runs with a known outcome: to find out"
            " whether one is needed, skip it every other time and say at the finish what came of it.",
        )
