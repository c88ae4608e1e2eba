"""Where the time of a week went: by system and by person, against what the same steps usually take.

The time of a step with several systems is divided evenly over them, as `shares` divides it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from procroutine.history.targets import usual
from procroutine.insight.comparisons import times_of_runs
from procroutine.insight.done_with import choices_of, done_with
from procroutine.insight.report_ground import DAY
from procroutine.insight.shares import part
from procroutine.insight.views.report import TimeRow
from procroutine.values import Value

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.insight.report_ground import RoutineGround
    from procroutine.routine.model import Routine
    from procroutine.run.states import RunState
    from procroutine.weeks import Week

ZERO = timedelta()
RECENT = 40
"""Runs back from which a step's usual time is taken: those before weigh less than a ten-thousandth."""


class DoneStep(Value):
    """What one step that was done adds to one of its systems, or to its person."""

    active: timedelta
    usual: timedelta | None
    planned: timedelta | None
    systems: tuple[str, ...]
    """Their names."""
    person: str | None


def done_steps(run: RunState, usual_times: Mapping[str, timedelta], routine: Routine | None) -> tuple[DoneStep, ...]:
    """Give the done steps of a run with what they usually take.

    What its systems are called tells its definition; of an imported one, which has none, the `routine` as it is now.
    """
    systems = {} if routine is None else {system.id: system.name for system in routine.systems.values()}
    recorded = run.definition.get("systems", {})
    systems |= {key: str(one["name"]) for key, one in recorded.items() if one and one.get("name")}
    return tuple(
        DoneStep(
            active=step.active,
            usual=usual_times.get(step.id),
            planned=step.planned,
            systems=tuple(systems.get(system, system) for system in step.systems),
            person=step.person,
        )
        for step in run.steps
        if step.state == "done" and step.active is not None
    )


def runs_before(one: RoutineGround, week: Week) -> list[RunHead]:
    """Give the newest runs of a routine before a week whose steps count, oldest first."""
    earlier = (head for head in one.until(week.monday - DAY) if not head.left_out)
    return [*islice(earlier, RECENT)][::-1]


def usual_times(before: Sequence[RunHead], run: RunState) -> dict[str, timedelta]:
    """Give what each step usually took in runs (FORMULAS 1), one with alternatives as it is done in a run."""
    times = done_with(choices_of(run), before).times(before, times_of_runs)
    found = {step_id: usual(own) for step_id, own in times.items()}
    return {step_id: middle for step_id, middle in found.items() if middle is not None}


def by_system(steps: Iterable[DoneStep]) -> tuple[TimeRow, ...]:
    """Give the time of each system, by its name; most time first, what names none last."""
    return _rows((name, one, len(one.systems)) for one in steps for name in one.systems or (None,))


def by_person(steps: Iterable[DoneStep]) -> tuple[TimeRow, ...]:
    """Give the time of each person; most time first, what names nobody last."""
    return _rows((one.person, one, 1) for one in steps)


def _rows(named: Iterable[tuple[str | None, DoneStep, int]]) -> tuple[TimeRow, ...]:
    """Make the rows from steps under the names they count for, with over how many each is divided."""
    parts: dict[str | None, list[tuple[DoneStep, int]]] = defaultdict(list)
    for name, one, count in named:
        parts[name].append((one, max(count, 1)))
    totals = {name: _sum(one.active / count for one, count in own) or ZERO for name, own in parts.items()}
    whole = sum(totals.values(), ZERO)
    rows = (
        TimeRow(
            name=name,
            total=totals[name],
            share=part(totals[name], whole),
            usual=_sum(None if one.usual is None else one.usual / count for one, count in own),
            planned=_sum(None if one.planned is None else one.planned / count for one, count in own),
        )
        for name, own in parts.items()
    )
    return tuple(sorted(rows, key=lambda row: (row.name is None, -row.total, row.name or "")))


def _sum(lengths: Iterable[timedelta | None]) -> timedelta | None:
    """Add lengths up; None where one of them is not known, since the sum would be of something else."""
    total = ZERO
    for length in lengths:
        if length is None:
            return None
        total += length
    return total
