"""Steps that could go: those left out without harm to the outcome, and those often left out (ECRS: eliminate)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from functools import partial

from procroutine.durations import step_time
from procroutine.improvement.absences import EACH_SIDE, Absence, absences
from procroutine.improvement.change import drop
from procroutine.improvement.elsewhere import all_else
from procroutine.improvement.ground import FEWEST, RECENT, GroundRun, RoutineGround, middle_of
from procroutine.improvement.lead import waited_at
from procroutine.improvement.levers.chance import Chance, one_in, sureness
from procroutine.improvement.levers.lever import ZERO, Earned, Figure, Lever, Missing
from procroutine.improvement.levers.naming import names_of
from procroutine.improvement.levers.needless import KIND, Needless, may_be_needless, more_without, needed, needless
from procroutine.improvement.more_runs import would_show
from procroutine.improvement.outcomes import MARGIN, is_surely_worse, outcomes_of, saying

_SECOND = timedelta(seconds=1)
OFTEN = 1 / 3
"""Of the newest runs; a step left out so often is named even where the outcomes tell nothing."""


def can_be_asked(ground: RoutineGround) -> bool:
    """Say whether steps were left out in runs enough to test whether any can go."""
    return len(ground.finished) >= FEWEST and any(one.can_be_tested for one in absences(ground))


def levers(ground: RoutineGround, chance: Chance) -> Iterator[Lever | Missing | Earned]:
    """Find the steps that could go; all claims, those about people too, share the chance of `eliminate`."""
    found = absences(ground)
    shown = {one.absence.steps: one for one in needless(found, chance)}
    for one in found:
        if one.person is None:
            can_go = shown.get(one.steps)
            more = partial(more_without, one, found, chance)
            lever = _may_go(ground, one, more) if can_go is None else lever_of(ground, can_go)
            if lever is not None:
                yield lever
    yield from (_earned(ground, one) for one in needed(found, chance))
    yield from _unknown(ground, found)


def _earned(ground: RoutineGround, one: Absence) -> Earned:
    without, beside = one.outcomes
    return Earned(
        routine=ground.routine.id,
        steps=one.steps,
        person=one.person or _person(ground, one.steps),
        sentence=f"Keep {names_of(ground, one.steps)}: the output was right in {beside.words} with"
        f" {_it(one)} and in {without.words} without, surely more often (Fisher's exact test).",
    )


def lever_of(ground: RoutineGround, shown: Needless) -> Lever:
    """Give the lever of steps that the output is shown not to need."""
    one, (without, beside) = shown.absence, shown.absence.outcomes
    a_week = ground.a_week * one.share_done(ground)
    it = _it(one)
    lever = basic_lever(ground, one).replaced(
        sentence=f"Drop {names_of(ground, one.steps)}: the output was right in {without.words} without {it}"
        f" and in {beside.words} with {it}.{_all_else(one, it)}",
        how=f"Middle time in the {len(one.times)} newest runs with {it}, less what the middle of all else is longer"
        f" without {it}, times {a_week:.2f} a week. Its interval is that of the time by order statistics at"
        f" {sureness(shown.tail)}, less what all else surely took longer at one end, and at the other what it, or any"
        " one other step, may have (at 95 %). In what-if and the flow map the last runs count most. Were the output"
        f" right in three runs of ten less without {it}, the chance of outcomes like these would be"
        f" {one_in(shown.chance)}. The runs without were chosen, not drawn by lot: leave {it} out a few times where you"
        " would not.",
    )
    return lever.saving(shown.saves.times(a_week))


def _it(one: Absence) -> str:
    return "it" if len(one.steps) == 1 else "them"


def _all_else(one: Absence, it: str) -> str:
    """Say what of the time came back in other steps."""
    back = one.came_back()
    if back is None or back.estimate < _SECOND:
        return ""
    return f" All else took {step_time(back.estimate)} longer without {it}, which is not counted as saved."


def basic_lever(ground: RoutineGround, one: Absence) -> Lever:
    """Give the lever of steps that could go with its figures, before it is said what it is shown to save."""
    a_week = ground.a_week * one.share_done(ground)
    waits = waited_at(ground, one.steps)
    without, beside = one.outcomes
    it, back = _it(one), one.came_back()
    return Lever(
        kind=KIND if one.person is None else "person",
        routine=ground.routine.id,
        steps=one.steps,
        person=one.person or _person(ground, one.steps),
        at_stake=middle_of(one.times) * a_week,
        lead=waits * a_week,
        sentence="",
        how="",
        evidence=(
            Figure(what="right without", count=without.right, of=without.known),
            Figure(what="right with", count=beside.right, of=beside.known),
            Figure(what="left out", count=one.left_out, of=one.left_out + len(one.beside)),
            Figure(what=f"runs that did not have {it}", count=len(one.without) - one.left_out),
            Figure(what="middle time", length=middle_of(one.times)),
            Figure(what=f"all other steps with {it}", length=middle_of(all_else(one.beside[-RECENT:], one.steps))),
            Figure(what=f"all other steps without {it}", length=middle_of(all_else(one.without[-RECENT:], one.steps))),
            Figure(what=f"whole runs with {it}", length=_middle_run(one.beside)),
            Figure(what=f"whole runs without {it}", length=_middle_run(one.without)),
            *([Figure(what=f"middle wait with {it}", length=waits)] if waits else []),
            *((Figure(what="may have come back", length=back.high),) if back is not None else ()),
            Figure(what="times a week", count=a_week),
        ),
        tries=tuple(map(drop, one.steps)),
    )


def _middle_run(runs: Sequence[GroundRun]) -> timedelta:
    return middle_of(run.active for run in runs[-RECENT:])


def _person(ground: RoutineGround, steps: Sequence[str]) -> str | None:
    """Give who does them, where it is one other than the owner."""
    people = {step.person for step in ground.steps if step.id in steps}
    return people.pop() if len(people) == 1 and people != {ground.routine.owner} else None


def _may_go(ground: RoutineGround, one: Absence, more: Callable[[], int | None]) -> Lever | None:
    """Give the lever of steps that may be needless, or that are often left out and nothing surely tells otherwise.

    They may be where the output was right without about as often: nearer to as often than to the margin.
    """
    without, beside = one.outcomes
    is_often = 1 - one.share_done(ground) >= OFTEN and one.left_out >= EACH_SIDE
    may_go = is_often or (one.can_be_tested and without.share > beside.share - MARGIN / 2)
    is_likely, is_asked = may_be_needless(one), may_go and not is_surely_worse(without, beside)
    if not is_likely and not is_asked:
        return None
    back, doubt = one.came_back(), "too few to be sure"
    if (
        back is not None
        and back.low > ZERO
        and (one.work_may_be_elsewhere or back.estimate >= middle_of(one.times) / 2)
    ):
        doubt = f"but all else took {step_time(back.estimate)} longer without, so the work may only move there"
        is_likely = False
    if not is_likely and not is_asked:
        return None
    known = (
        f"the output was right in {without.words} without and in {beside.words} with, {doubt}"
        if one.can_be_tested
        else f"{saying(without.known, 'the runs without')} whether the output was right, too few to know whether it can"
        " go"
    )
    was = "was" if len(one.steps) == 1 else "were"
    how = "left out" if one.left_out == len(one.without) else "not done"
    return basic_lever(ground, one).replaced(
        is_likely=is_likely,
        sentence=f"{names_of(ground, one.steps)} {was} {how} in {len(one.without)} of"
        f" {len(one.without) + len(one.beside)} runs; {known}."
        f"{would_show(more() if is_likely else None, f'without {_it(one)}, right as often,')}",
        how="Middle time, times how often it is done a week; that is saved only if the output does not need it, and"
        " its work does not come back in other steps.",
    )


def _unknown(ground: RoutineGround, found: Iterable[Absence]) -> Iterator[Missing]:
    newest = ground.finished[-RECENT:]
    known = outcomes_of(newest).known
    if known < FEWEST:
        yield Missing(
            routine=ground.routine.id,
            kind=KIND,
            sentence=f"Only {saying(known, f'the last {len(newest)} runs')} whether the output was right; say it at the"
            " finish, and the review can tell which steps the output does not need."
            if known
            else f"None of the last {len(newest)} runs says whether the output was right; say it at the finish, and the"
            " review can tell which steps the output does not need.",
        )
    elif not any(one.can_be_tested for one in found):
        yield Missing(
            routine=ground.routine.id,
            kind=KIND,
            sentence=f"No step was left out in a fifth of the runs, and in {EACH_SIDE} that say what came of them: to"
            " find out whether one is needed, skip it every other time and say at the finish whether the output was"
            " right.",
        )
