"""Reading what a flow map is drawn from: a routine with its runs, or one run."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from procroutine.durations import total_time
from procroutine.errors import NotFound
from procroutine.history.past_stretches import stretches_of
from procroutine.improvement.basis_reading import read_basis
from procroutine.improvement.draft import Draft
from procroutine.improvement.flow_layout import laid_out
from procroutine.improvement.flow_map import ZERO, By, FlowMap, FlowPart, Lately, Pause, Source
from procroutine.improvement.lead import usual_waits
from procroutine.improvement.prediction import DRAWN, predict
from procroutine.improvement.present import present_heads
from procroutine.improvement.work import WHOLE, Part, present_work
from procroutine.insight.dates import short_date
from procroutine.insight.flow import settled
from procroutine.insight.inside import is_mostly_inside
from procroutine.insight.run_context import routine_of_run
from procroutine.insight.weekly import counts
from procroutine.run.stretches import ASLEEP, PAUSED, PREPARED, WAITED, stretches_of_events, stretches_of_record
from procroutine.text import Shown, shown

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.history.home import Home
    from procroutine.improvement.basis import Basis
    from procroutine.insight.past_viewer import PastViewer
    from procroutine.routine.model import Routine, Step, System
    from procroutine.run.states import RunState, StepState
    from procroutine.run.stretches import Stretch


def parts_of_routine(
    routine: Routine,
    usual: Mapping[str, timedelta | None],
    waited: Mapping[str, timedelta] | None,
    within: Collection[str],
    used: Mapping[str, tuple[str, ...]],
    ahead: Collection[str] = (),
) -> tuple[FlowPart, ...]:
    """Give the steps of a definition in their order, each with its usual time, and the waits after them.

    `waited` is what was usually waited in or after a step, or, of those `ahead`, before it; before the first
    run (None) the waits that the file names stand. Steps that are not `within` the run are done before it;
    `used` as in `flow.settled`.
    """
    found: list[FlowPart] = []
    for number, step in enumerate(routine.steps, start=1):
        if waited is None:
            pause, length = Pause.WRITTEN, step.wait or ZERO
        else:
            pause, length = Pause.WAITED, waited.get(step.id, ZERO)
        if is_ahead := bool(length and found and step.id in ahead):
            found.append(found[-1].replaced(length=length, source=None, pause=pause))
        found.append(_defined(step, number, usual.get(step.id), step.id not in within, used))
        if length and not is_ahead:
            found.append(found[-1].replaced(length=length, source=None, pause=pause))
    return tuple(found)


def _defined(
    step: Step, number: int, usual: timedelta | None, before: bool, used: Mapping[str, tuple[str, ...]]
) -> FlowPart:
    source = Source.USUAL if usual is not None else Source.PLANNED if step.planned is not None else Source.UNKNOWN
    return FlowPart(
        step=step.id,
        title=step.title,
        number=number,
        length=usual if usual is not None else step.planned or ZERO,
        source=source,
        systems=step.systems,
        either=() if step.systems else step.alternatives,
        done_with=settled((step,), used)[0].systems,
        person=step.person,
        before=before,
    )


_PAUSES = {PAUSED: Pause.PAUSED, WAITED: Pause.WAITED, ASLEEP: Pause.ASLEEP}


def parts_of_run(run: RunState, stretches: Iterable[Stretch]) -> tuple[FlowPart, ...]:
    """Give what was really done in a run, in the order of time, from where its time went."""
    steps = {step.id: (number, step) for number, step in enumerate(run.steps, start=1)}
    return tuple(_part(stretch, *steps[stretch.step]) for stretch in stretches if stretch.step in steps)


def _part(stretch: Stretch, number: int, step: StepState) -> FlowPart:
    source, pause = Source.SKIPPED if step.state == "skipped" else Source.REAL, _PAUSES.get(stretch.kind)
    return FlowPart(
        step=step.id,
        title=step.title,
        number=number,
        length=stretch.length,
        source=None if pause is not None else source,
        pause=pause,
        text=stretch.text,
        systems=step.systems,
        done_with=step.systems,
        person=step.person,
        before=stretch.kind == PREPARED,
    )


NEWEST = 8
"""Finished runs that say how much of the time was work lately."""
MOST_RUNS = 30
"""Runs that are offered to be drawn."""


def flow_of_routine(home: Home, past: PastViewer, routine_id: str, by: By = By.SYSTEM) -> FlowMap:
    """Draw the flow of a routine as it is defined, with what its steps usually take; NotFound where nobody knows it."""
    routine, heads = past.routine(routine_id), past.heads_of(routine_id)
    newest = present_heads(reversed(heads))[: -NEWEST - 1 : -1]
    flow = defined_flow(routine, read_basis(home, past, routine_id), by)
    why_not = past.why_not_as_filed(routine_id)
    what = f"as in its newest run, since {why_not}" if why_not else flow.what
    return flow.replaced(what=what, lately=_lately(newest), runs=_named(heads))


def defined_flow(routine: Routine, basis: Basis, by: By = By.SYSTEM) -> FlowMap:
    """Draw the flow of a definition, with the total and the lead time that what-if tells of it.

    The bars are what each step usually takes: where the total is drawn they need not add up to it. The gaps are
    the waits of the present runs, each of those in which its step was done.
    """
    now = predict(Draft.of(routine), basis).now
    work = {part.step.id: part for part in present_work(routine, basis.times, basis.used).parts}
    usual = {step.id: basis.usual_of(work.get(step.id, Part(step, WHOLE))) for step in routine.steps}
    within = {step.id for step in routine.steps if is_mostly_inside(step, basis.times)}
    waited, ahead = (
        usual_waits(basis.beside) if basis.beside else None,
        {step for run in basis.beside for step in run.ahead},
    )
    parts = parts_of_routine(routine, usual, waited, within, basis.used, ahead)
    lanes, pieces = laid_out(parts, routine.systems, by)
    return FlowMap(
        routine_id=routine.id,
        name=shown(routine.name),
        run_id=None,
        what="as defined",
        by=by,
        lanes=lanes,
        pieces=pieces,
        active=now.total or ZERO,
        is_drawn=now.total_from == DRAWN,
        prepared=_sum(part for part in parts if part.pause is None and part.before),
        lead=now.lead or ZERO,
        lead_as="as your last runs" if basis.beside else "as written",
    )


def flow_of_run(home: Home, past: PastViewer, run_id: str, by: By = By.SYSTEM) -> FlowMap:
    """Draw what was really done in a run, in an open one so far; NotFound where there is none."""
    run, stretches = _run_with_stretches(home, run_id)
    flow = done_flow(run, parts_of_run(run, stretches), _systems(run, past), by)
    return flow.replaced(runs=_named(past.heads_of(run.routine)))


def run_of_routine(home: Home, past: PastViewer, routine_id: str, name: str) -> str:
    """Find a run of a routine by a beginning of its id, or the `last` that ended; NotFound where it is none of its."""
    if name == "last":
        newest = next((head.id for head in past.heads_of(routine_id) if counts(head)), None)
        if newest is None:
            raise NotFound(f"{routine_id} has no finished run", "leave --run out to see it as it is defined")
        return newest
    run = home.find_run(name)
    own = {routine_id, *home.former_ids(routine_id)}
    if run.routine not in own:
        raise NotFound(f"run {name} is one of {run.routine}, not of {routine_id}", f"name {run.routine} instead")
    return run.id


def done_flow(run: RunState, parts: Sequence[FlowPart], systems: Mapping[str, System], by: By = By.SYSTEM) -> FlowMap:
    """Draw what was done in a run from its stretches."""
    lanes, pieces = laid_out(parts, systems, by)
    day = run.started_at.date()
    return FlowMap(
        routine_id=run.routine,
        name=shown(run.routine_name),
        run_id=run.id,
        what=f"{'open run' if run.is_open else 'run'} of {short_date(day)} {day.year}",
        by=by,
        lanes=lanes,
        pieces=pieces,
        active=run.active,
        prepared=_sum(part for part in parts if part.pause is None and part.before),
        lead=run.active + run.paused + run.waiting + run.asleep,
        skipped=sum(step.state == "skipped" for step in run.steps),
    )


def _sum(parts: Iterable[FlowPart]) -> timedelta:
    return sum((part.length for part in parts), ZERO)


def _run_with_stretches(home: Home, run_id: str) -> tuple[RunState, tuple[Stretch, ...]]:
    run = home.find_run(run_id)
    if run.is_open:
        return run, stretches_of_events(home.open_live(run.id).events, home.clock.read())
    past = home.history().run(run.id)
    return run, stretches_of_record(run) if past is None else stretches_of(past)


def _systems(run: RunState, past: PastViewer) -> Mapping[str, System]:
    """Give the systems as the run recorded them; of one that recorded none the present ones."""
    if run.definition:
        return routine_of_run(run).systems
    try:
        return past.routine(run.routine).systems
    except NotFound:
        return {}


def _lately(heads: Sequence[RunHead]) -> Lately | None:
    if not heads:
        return None
    active = sum((head.active for head in heads), ZERO)
    rest = sum((head.waiting + head.paused + head.asleep for head in heads), ZERO)
    return Lately(runs=len(heads), active=active, lead=active + rest)


def _named(heads: Iterable[RunHead]) -> tuple[tuple[str, Shown], ...]:
    """Name the runs that can be drawn: by day, and how long they took."""
    newest = islice((head for head in heads if counts(head)), MOST_RUNS)
    return tuple(
        (head.id, Shown(f"{short_date(head.day)} {head.day.year}, {total_time(head.active)}")) for head in newest
    )
