"""The right side of the Run screen: one step, with its clock, its instructions and its systems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from procroutine.insight.addresses import may_open
from procroutine.insight.comparisons import BEST_RUN, NAMES, SUM_OF_BEST
from procroutine.insight.views.run import Figure, Level, Link, StepPanel, SystemChoice
from procroutine.text import Shown, in_one_line, shown

if TYPE_CHECKING:
    from procroutine.insight.comparisons import Comparisons
    from procroutine.run.live import RunState, StepState

ZERO = timedelta()
_LABELS = {BEST_RUN: NAMES[BEST_RUN], SUM_OF_BEST: "best"}
"""What the time of one step is called in a comparison, where that is not the name of the comparison."""
LATE = 1.5
"""A step that takes so many times its usual time is late."""
DIGITS = 9
"""Systems that can be opened with a key of their own."""


def step_panel(
    run: RunState, place: int, comparisons: Comparisons, last_notes: Mapping[str, tuple[str, str]]
) -> StepPanel:
    """Draw the step at an index, whether or not it is the running one."""
    step = run.steps[place]
    is_current = place == run.current
    time = time_on(run, place) or ZERO
    return StepPanel(
        id=step.id,
        number=place + 1,
        count=len(run.steps),
        title=shown(step.title),
        is_current=is_current,
        time=time,
        level=_level(run, time, comparisons.usual(step.id, step.planned)),
        figures=tuple(_figures(step, time, comparisons)),
        compared=comparisons.target(step.id, step.planned)[0],
        best=comparisons.best(step.id),
        instructions=shown(step.definition.get("instructions") or "", lines=True),
        checklist=tuple(
            (shown(item), number in step.ticked) for number, item in enumerate(step.definition.get("checklist", ()))
        ),
        last_note=_last_note(last_notes.get(step.id)),
        notes=tuple(shown(note) for note in step.notes),
        links=tuple(links_of(step, run.definition.get("systems", {}))),
        choice=_choice(step, run.definition.get("systems", {})),
    )


def time_on(run: RunState, place: int) -> timedelta | None:
    """Give the time of the step at an index, of a prepared one what that took; None where it was never begun."""
    step = run.steps[place]
    if step.active is None:
        return step.prepared
    return run.step_elapsed if place == run.current else step.active


def _level(run: RunState, time: timedelta, usual: timedelta | None) -> Level:
    if run.state == "paused":
        return Level.PAUSED
    if usual is None or time <= usual:
        return Level.USUAL
    return Level.LATE if time > usual * LATE else Level.OVER


def _figures(step: StepState, time: timedelta, comparisons: Comparisons) -> Iterable[Figure]:
    """Give usual, best and last, with the chosen comparison before them where it is another; else the plan."""
    by_name = comparisons.by_name
    names = dict.fromkeys((comparisons.chosen, "usual", SUM_OF_BEST, "last"))
    found = [(_LABELS.get(name, name), by_name[name][step.id]) for name in names if step.id in by_name[name]]
    if not found and step.planned is not None:
        found = [("planned", step.planned)]
    for name, target in found:
        yield Figure(label=name, time=target, left=target - time)


def _last_note(note: tuple[str, str] | None) -> tuple[str, Shown] | None:
    return None if note is None else (note[0], in_one_line(note[1]))


def _choice(step: StepState, systems: Mapping[str, Mapping[str, Any]]) -> SystemChoice | None:
    alternatives = list(step.definition.get("alternatives", ()))
    if step.alternative is None or step.alternative not in alternatives or len(alternatives) < 2:
        return None
    following = alternatives[(alternatives.index(step.alternative) + 1) % len(alternatives)]
    return SystemChoice(
        system=_name(step.alternative, systems),
        next=following,
        next_name=_name(following, systems),
        others=len(alternatives) - 1,
    )


def _name(system_id: str, systems: Mapping[str, Mapping[str, Any]]) -> Shown:
    return shown(systems.get(system_id, {}).get("name") or system_id)


def links_of(step: StepState, systems: Mapping[str, Mapping[str, Any]]) -> Iterable[Link]:
    """Give the step's systems, then the alternatives, each with the digit that opens it; at most nine."""
    ids = dict.fromkeys((*step.systems, *step.definition.get("alternatives", ())))
    for digit, system_id in enumerate(list(ids)[:DIGITS], start=1):
        system = systems.get(system_id, {})
        url = system.get("url")
        yield Link(
            digit=digit,
            name=_name(system_id, systems),
            url=url,
            opens=url is not None and may_open(url),
        )
