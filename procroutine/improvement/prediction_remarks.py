"""What is to be known of a prediction, one sentence each: where its times come from, and what they leave out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.durations import step_time, total_time
from procroutine.errors import quoted
from procroutine.improvement.basis import FEWEST_TIMED
from procroutine.improvement.change import PERSON, PREPARE, SYSTEM
from procroutine.improvement.draft_remarks import remarks_on
from procroutine.improvement.work import staying_inside
from procroutine.insight.weekly import median
from procroutine.text import counted

if TYPE_CHECKING:
    from procroutine.improvement.basis import Basis
    from procroutine.improvement.draft import Draft
    from procroutine.improvement.work import Part, Work

ZERO = timedelta()
NEWEST = 8
"""Runs that are looked at for whether steps were done in them, or before."""
_MOST_NAMED = 3
"""Steps that are named of those that were never done."""


def remarks_of(draft: Draft, basis: Basis, now: Work, then: Work, more_switches: int) -> Iterator[str]:
    """Give what is to be known of the prediction of a draft, from the work now and then; fewer switches are below 0."""
    yield from basis.remarks
    yield from remarks_on(draft)
    yield from _only_planned(then, basis)
    yield from _held_inside(draft, basis)
    yield from _set_to_order(now, basis)
    yield from _without_dropped(draft, basis)
    yield from _taking_turns(then, draft, basis)
    if draft.changes:
        yield from _of_changes(draft, then, basis, more_switches)


def _held_inside(draft: Draft, basis: Basis) -> Iterator[str]:
    """Say of steps that may be done before the run how often they were done in it."""
    for one in draft.steps:
        for step in staying_inside(draft, one):
            newest = basis.times.get(step.id, ())[-NEWEST:]
            if step.prepare and (held := sum(map(bool, newest))):
                which = f"{held} of your last {len(newest)} runs" if len(newest) > 1 else "your last run"
                yield f"{quoted(step.title)} may be done before the run, but {which} held it, so it counts"


def _without_dropped(draft: Draft, basis: Basis) -> Iterator[str]:
    """Say what runs took that did all but what would be dropped: work may come back in other steps.

    Where they are too few, those count too that left out more.
    """
    there = {step_id for one in draft.steps for step_id in one.made_of}
    gone = {step.id: quoted(step.title) for step in draft.routine.steps if step.id not in there}
    known = [run for run in basis.beside if run.active is not None and gone.keys() <= run.missing]
    alone = [run for run in known if run.missing == gone.keys()]
    runs = alone if len(alone) >= FEWEST_TIMED else known
    if not gone or len(runs) < FEWEST_TIMED:
        return
    lengths = [run.active or ZERO for run in runs]
    what = next(iter(gone.values())) if len(gone) == 1 else "them"
    did = f"did all but {what}" if runs is alone else f"were done without {what}, some without others too"
    goal = basis.goal
    within = "" if goal is None else f", {sum(length <= goal for length in lengths)} of them within {total_time(goal)}"
    took = f"in the middle these took {step_time(median(lengths) or ZERO)}{within}"
    yield f"{len(runs)} of your newest {len(basis.beside)} runs {did}: {took}"


def _only_planned(work: Work, basis: Basis) -> Iterator[str]:
    """Say which steps were never done as they are, where others were: nothing else tells of them than their plan."""
    there = [(part.step, bool(basis.times_of(part))) for part in work.parts if part.share]
    new = [step for step, is_timed in there if not is_timed]
    if new and len(new) < len(there):
        titles = [quoted(step.title) for step in new[:_MOST_NAMED]]
        more = f" and {len(new) - _MOST_NAMED} more" if len(new) > _MOST_NAMED else ""
        what = "what is planned counts, and no waits" if any(step.planned for step in new) else "no time counts"
        yield f"{', '.join(titles)}{more} {'was' if len(new) == 1 else 'were'} never done as now: {what}"


def _set_to_order(work: Work, basis: Basis) -> Iterator[str]:
    """Say where runs were done in another order than the list says, and their times are set to it."""
    had = {part.step.id: basis.switched.get(part.step.id, ())[-NEWEST:] for part in work.parts}
    if basis.switch_cost and any((not part.switched_now) in had[part.step.id] for part in work.parts):
        cost = step_time(basis.switch_cost)
        yield f"what runs took in another order is set to the one of the list: a switch costs you {cost}"


def _taking_turns(work: Work, draft: Draft, basis: Basis) -> Iterator[str]:
    """Say which steps would be done with several systems in turns."""
    for part in work.parts:
        if turns := basis.turns_of(part):
            names = [" + ".join(map(draft.name_of_system, turn.systems)) for turn, _ in turns]
            yield f"{quoted(part.step.title)} takes turns with {' and '.join(names)}, as in your last runs"


def _of_changes(draft: Draft, work: Work, basis: Basis, more: int) -> Iterator[str]:
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
