"""What the what-if screen draws: the checklist with what is changed in it, and the figures now and then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.durations import signed, span, total_time
from procroutine.errors import quoted
from procroutine.improvement.change import MERGE, MOVE, PERSON, PLAN, PREPARE, SPLIT, SYSTEM
from procroutine.improvement.draft import Draft
from procroutine.improvement.outcome_of_change import worth_telling
from procroutine.improvement.prediction import DRAWN
from procroutine.improvement.prediction_remarks import NEWEST
from procroutine.improvement.work import WHOLE, Part, staying_inside, work_of
from procroutine.insight.inside import is_mostly_inside
from procroutine.insight.outlook import percent
from procroutine.insight.views.common import Standing
from procroutine.insight.weekly import standing_of
from procroutine.text import Shown, counted, shown
from procroutine.values import Value

if TYPE_CHECKING:
    from procroutine.improvement.basis import Basis
    from procroutine.improvement.draft import DraftStep
    from procroutine.improvement.fewest_switches import FewestSwitches
    from procroutine.improvement.outcome_of_change import OutcomeOfChange
    from procroutine.improvement.prediction import Figures, Prediction
    from procroutine.routine.model import Step

_WORDS = {
    MOVE: "moved",
    MERGE: "merged",
    SPLIT: "part",
    PREPARE: "prepared",
    PLAN: "supposed",
    SYSTEM: "other system",
    PERSON: "other person",
}

_HOUR = timedelta(hours=1)


class WhatIfRow(Value):
    """A step as it would be, or one that is dropped."""

    step_id: str
    number: str
    """Its place; empty of a dropped one."""
    title: Shown
    systems: Shown
    person: Shown
    time: timedelta | None
    """What it takes; None where nothing is known."""
    is_dropped: bool
    is_before: bool
    """Whether it is done before the run, outside its time."""
    what: str
    """What is changed in it, in words; empty where nothing is."""


class WhatIfFigure(Value):
    """One figure now and then; `change` is empty where there is none."""

    label: str
    now: str
    then: str
    change: str = ""
    standing: Standing = Standing.NONE
    """How the one then stands against the goal."""


class WhatIfView(Value):
    """All of it."""

    name: Shown
    facts: str
    rows: tuple[WhatIfRow, ...]
    figures: tuple[WhatIfFigure, ...]
    changes: tuple[Shown, ...]
    remarks: tuple[Shown, ...]
    suggestion: Shown
    """The order with the fewest switches, where nothing is changed yet and it has fewer; else empty."""
    kept: tuple[Shown, ...]
    """What became of what was kept last."""


def what_if_view(
    draft: Draft,
    basis: Basis | None,
    prediction: Prediction | None,
    fewest: FewestSwitches | None = None,
    kept: Sequence[OutcomeOfChange] = (),
) -> WhatIfView:
    """Draw a draft; basis and prediction are None while the runs are still read."""
    rows = tuple(_rows(draft, basis))
    return WhatIfView(
        name=shown(draft.routine.name),
        facts=f"what if: {counted(len(draft.changes), 'change')}" if draft.changes else "what if: nothing changed yet",
        rows=rows,
        figures=() if prediction is None else tuple(_figures(draft, prediction)),
        changes=tuple(shown(words) for words in draft.in_words()),
        remarks=() if prediction is None else tuple(_remarks(prediction, basis, _added(rows))),
        suggestion=shown("" if fewest is None or draft.changes else _suggestion(fewest)),
        kept=tuple(shown(sentence) for one in worth_telling(kept) for sentence in _told(one)),
    )


def _told(one: OutcomeOfChange) -> Iterator[str]:
    """Say what was changed, what was predicted of it and what came."""
    yield f"v{one.revision}: {'; '.join(one.prediction.changes)}."
    yield from one.sentences()
    if not (one.runs or one.changed_since):
        yield "Until then the figures here are those of the runs before it."


def _rows(draft: Draft, basis: Basis | None) -> Iterator[WhatIfRow]:
    """Give the steps, each dropped one behind the one that it stood behind."""
    there = {step_id for one in draft.steps for step_id in one.made_of}
    behind: dict[str | None, list[Step]] = {}
    last = None
    for step in draft.routine.steps:
        if step.id in there:
            last = step.id
        else:
            behind.setdefault(last, []).append(step)
    parts = {} if basis is None else {part.step.id: part for part in work_of(draft, basis.times, basis.used).parts}
    yield from (_dropped(draft, step, basis, parts) for step in behind.pop(None, ()))
    for number, one in enumerate(draft.steps, start=1):
        yield _row(draft, one, number, basis, parts)
        for step_id in one.made_of:
            yield from (_dropped(draft, step, basis, parts) for step in behind.pop(step_id, ()))


def _row(draft: Draft, one: DraftStep, number: int, basis: Basis | None, parts: Mapping[str, Part]) -> WhatIfRow:
    step, times = one.step, {} if basis is None else basis.times
    return WhatIfRow(
        step_id=step.id,
        number=str(number),
        title=shown(step.title),
        systems=_names(draft, step),
        person=shown(step.person or ""),
        time=_time(draft, one, basis, parts),
        is_dropped=False,
        is_before=step.prepare and not any(is_mostly_inside(own, times) for own in staying_inside(draft, one)),
        what=", ".join(dict.fromkeys(_WORDS[kind] for kind in one.changes if kind in _WORDS)),
    )


def _dropped(draft: Draft, step: Step, basis: Basis | None, parts: Mapping[str, Part]) -> WhatIfRow:
    part = parts.get(step.id, Part(step, WHOLE))
    times = {} if basis is None else basis.times
    return WhatIfRow(
        step_id=step.id,
        number="",
        title=shown(step.title),
        systems=_names(draft, step),
        person=shown(step.person or ""),
        time=_usual_or_planned(replace(part, share=WHOLE, switched=part.switched_now), basis),
        is_dropped=True,
        is_before=not is_mostly_inside(step, times),
        what="dropped",
    )


def _names(draft: Draft, step: Step) -> Shown:
    chosen = ", ".join(map(draft.name_of_system, step.systems))
    return shown(chosen or " or ".join(map(draft.name_of_system, step.alternatives)))


def _time(draft: Draft, one: DraftStep, basis: Basis | None, parts: Mapping[str, Part]) -> timedelta | None:
    """Give what a step usually takes as it would be, else what it is planned to."""
    if one.is_planned or basis is None:
        return one.step.planned
    present = {step.id: step for step in draft.routine.steps}
    of_work = (parts.get(step_id, Part(present[step_id], WHOLE)) for step_id in one.made_of)
    times = [_usual_or_planned(replace(part, share=one.share), basis) for part in of_work]
    known = [time for time in times if time is not None]
    return sum(known, timedelta()) * one.share.numerator / one.share.denominator if known else None


def _usual_or_planned(part: Part, basis: Basis | None) -> timedelta | None:
    found = None if basis is None else basis.usual_of(part)
    return part.step.planned if found is None else found


def _figures(draft: Draft, prediction: Prediction) -> Iterator[WhatIfFigure]:
    now, then, goal = prediction.now, prediction.then, draft.routine.goal_of_run
    yield WhatIfFigure(
        label="total",
        now=_length(now.total),
        then=_length(then.total),
        change=_longer(now.total, then.total),
        standing=standing_of(then.total, goal),
    )
    yield WhatIfFigure(label=f"odds of {total_time(goal)}" if goal else "odds", now=_odds(now), then=_odds(then))
    for label, before, after in (
        ("switches", now.switches, then.switches),
        ("hand-offs", now.hand_offs, then.hand_offs),
    ):
        yield WhatIfFigure(label=label, now=str(before), then=str(after), change=_more(after - before))
    yield WhatIfFigure(
        label="lead time", now=_span(now.lead), then=_span(then.lead), change=_longer(now.lead, then.lead)
    )


def _added(rows: Iterable[WhatIfRow]) -> timedelta:
    """Add up what the steps usually take of the run."""
    return sum((row.time or timedelta() for row in rows if not (row.is_dropped or row.is_before)), timedelta())


def _remarks(prediction: Prediction, basis: Basis | None, added: timedelta) -> Iterator[Shown]:
    """Give what is to be known, as sentences."""
    reasons = dict.fromkeys(filter(None, (prediction.now.no_odds, prediction.then.no_odds)))
    rests_on = "; ".join(filter(None, (_of_total(prediction, basis), _of_lead(prediction))))
    for remark in filter(None, (*reasons, rests_on, _half_within(prediction, added), *prediction.remarks)):
        yield shown(f"{remark[0].upper()}{remark[1:]}{'' if remark.endswith('?') else '.'}")


def _of_total(prediction: Prediction, basis: Basis | None) -> str:
    """Say of which runs the total is."""
    both = prediction.then, prediction.now
    if (summed := _summed(prediction)) is not None:
        return f"the total adds up the {summed} times of all steps"
    if all(one.total is None for one in both):
        return ""
    what = "total and odds are" if any(one.chance is not None for one in both) else "the total is"
    return f"{what} of runs with every step done, the newest counting most{_left_out(basis)}"


def _summed(prediction: Prediction) -> str | None:
    """Say of which times the totals are sums; None where they are drawn."""
    both = prediction.then.total_from, prediction.now.total_from
    return next((one for one in both if one not in (DRAWN, None)), None)


def _half_within(prediction: Prediction, added: timedelta) -> str:
    """Say where a total that was drawn is not the sum of the times beside the steps."""
    total = prediction.then.total
    if total is None or _summed(prediction) or prediction.in_turns or _length(total) == total_time(added):
        return ""
    return f"half of such runs stay within the total; the usual times add up to {total_time(added)}"


def _left_out(basis: Basis | None) -> str:
    """Say how many of the newest runs did not do every step."""
    newest = () if basis is None else basis.beside[-NEWEST:]
    count = sum(bool(run.missing) for run in newest)
    return f"; {count} of your last {len(newest)} did not do all" if count else ""


def _of_lead(prediction: Prediction) -> str:
    if all(one.lead == one.total for one in (prediction.now, prediction.then)):
        return ""
    runs = "middle of what your runs paused, waited and slept"
    return f"the lead time has the {runs if prediction.has_runs else 'waits that the file names'}"


def _suggestion(fewest: FewestSwitches) -> str:
    if fewest.switches >= fewest.switches_now:
        return ""
    best = "; no order has fewer" if fewest.exact else "; a good order, perhaps not the best"
    return (
        f"In another order {counted(fewest.switches, 'switch', 'switches')} would do, not {fewest.switches_now}"
        f" ({counted(fewest.moved, 'step')} moved{best})."
    )


def _odds(figures: Figures) -> str:
    return "–" if figures.chance is None else percent(figures.chance)


def _length(length: timedelta | None) -> str:
    return "–" if length is None else total_time(length)


def _span(length: timedelta | None) -> str:
    return "–" if length is None else span(length)


def _longer(before: timedelta | None, after: timedelta | None) -> str:
    if before is None or after is None or before == after:
        return ""
    return signed(after - before, "span" if abs(after - before) >= _HOUR else "step")


def _more(count: int) -> str:
    return "" if not count else f"{'+' if count > 0 else '−'}{abs(count)}"


def dropped_already(row: WhatIfRow) -> str:
    """Say why nothing can be done with a dropped step."""
    return f"{quoted(row.title)} is dropped; u takes the last change back."
