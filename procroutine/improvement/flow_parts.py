"""The parts of a flow: of the definition with usual times and waits, and of one run as its time went."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.improvement.flow_map import ZERO, FlowPart, Pause, Source
from procroutine.insight.flow import settled
from procroutine.run.stretches import ASLEEP, PAUSED, PREPARED, WAITED

if TYPE_CHECKING:
    from procroutine.routine.model import Routine, Step
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
