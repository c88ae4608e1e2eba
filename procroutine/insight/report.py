"""The report of one week: what was due and done, where the time went, and what the week after holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING

from procroutine.errors import BadInput
from procroutine.history.targets import usual
from procroutine.insight.comparisons import times_of_runs
from procroutine.insight.done_with import choices_of, done_with
from procroutine.insight.report_due import counts_of
from procroutine.insight.report_ground import DAY, span_of
from procroutine.insight.report_next import next_week
from procroutine.insight.report_routine import RoutineInWeek
from procroutine.insight.shares import part
from procroutine.insight.views.report import OffWeek, OpenLine, TimeRow, WeekReport
from procroutine.values import Value
from procroutine.weeks import Week

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.history.recorded_runs import RecordedRun
    from procroutine.insight.report_ground import Ground, RoutineGround
    from procroutine.routine.model import Routine
    from procroutine.run.states import RunState

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
    """Give the time of each system, by its name; most time first, what names none last.

    The time of a step with several is divided evenly over them, as `shares` divides it.
    """
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


ZERO = timedelta()


def check_week(week: Week, now: datetime) -> None:
    """Refuse a week that has not begun; BadInput."""
    present = Week.of(now.date())
    if present < week:
        raise BadInput(f"{week} has not begun", f"name {present} or an earlier week")


def week_report(
    ground: Ground,
    week: Week,
    records: Mapping[str, RecordedRun],
    open_runs: Sequence[RunState] = (),
    redlines: Sequence[OpenLine] = (),
    loose_ends: Sequence[OpenLine] = (),
    real_changes: Mapping[str, Collection[int]] = MappingProxyType({}),
    *,
    by_medians: bool = False,
) -> WeekReport:
    """Report on a week as of its end, or of now where it is not over; BadInput where it has not begun.

    `records` has the week's ended runs in full by their ids, as far as they can be read; `redlines` and `loose_ends`
    are what is still open of those that were written by then; `real_changes` has the revisions that the person marked
    as such, by routine. Signals are those that Trends shows in that week, by limits `by_medians` where they chose so.
    """
    check_week(week, ground.now)
    span = span_of(week.monday, week.sunday, ground.now)
    running = [run for run in open_runs if run.week == week]
    found = [RoutineInWeek(one, week, span, records, _of(one, ground, running)) for one in ground.routines]
    parts = sorted((one for one in found if one.dues or one.runs), key=RoutineInWeek.order)
    routines = tuple(one.report() for one in parts)
    runs = [records[head.id].run for one in parts for head in one.counted if head.id in records]
    steps = [step for one in parts for step in _steps(one, week, records)]
    count = sum(len(one.counted) for one in parts)
    scores = [routine.week_score for routine in routines if routine.week_score is not None]
    ahead = next_week(ground.routines, span, week + 1)
    return WeekReport(
        week=week,
        as_of=span.as_of,
        unfinished=span.unfinished,
        counts=counts_of(due for one in parts for due in one.dues),
        routines=routines,
        off=_off(ground, week),
        total=sum((routine.total for routine in routines), ZERO),
        runs=count,
        met=sum(routine.met is True for routine in routines),
        met_of=sum(routine.met is not None for routine in routines),
        week_score=sum(scores) / len(scores) if scores else None,
        systems=by_system(steps),
        people=by_person(steps),
        unknown_steps=count - len(runs),
        skipped_time=sum((_skipped(run) for run in runs), ZERO),
        prepared_time=sum((step.prepared for run in runs for step in run.steps if step.prepared), ZERO),
        signals=tuple(
            signal for one in parts for signal in one.signals(real_changes.get(one.one.id, ()), by_medians=by_medians)
        ),
        redlines=tuple(redlines),
        loose_ends=tuple(loose_ends),
        next=ahead,
        advice=None if routines else advice_for(ground, f"{week}", week, bool(ahead.dues)),
    )


def advice_for(ground: Ground, named: str, last: Week, has_next: bool) -> str:
    """Say what to do where a stretch of weeks up to one has nothing to report."""
    if not ground.has_routines and not ground.routines:
        return "There is no routine yet. Write the first one: procroutine new NAME"
    first_day = min((day for one in ground.routines for day in one.runs.days), default=None)
    if first_day is None:
        schedule = "" if has_next else ", or give it a schedule: procroutine edit ROUTINE"
        return f"Nothing was due and nothing has been run yet. Begin with one: procroutine start ROUTINE{schedule}"
    if last < Week.of(first_day):
        return f"Nothing was due and nothing run in {named}: the first run there is belongs to {Week.of(first_day)}."
    return f"Nothing was due and nothing run in {named}."


def _of(one: RoutineGround, ground: Ground, runs: Iterable[RunState]) -> list[RunState]:
    return [run for run in runs if ground.owners.get(run.routine, run.routine) == one.id]


def _steps(one: RoutineInWeek, week: Week, records: Mapping[str, RecordedRun]) -> list[DoneStep]:
    runs = [records[head.id].run for head in one.counted if head.id in records]
    before = runs_before(one.one, week) if runs else []
    return [step for run in runs for step in done_steps(run, usual_times(before, run), one.one.routine)]


def _off(ground: Ground, week: Week) -> tuple[OffWeek, ...]:
    return tuple(
        OffWeek(
            routine_id=off.routine,
            routine=None if off.routine is None else ground.names.get(off.routine, off.routine),
            reason=off.reason,
        )
        for off in ground.weeks_off
        if off.week == week
    )


def _skipped(run: RunState) -> timedelta:
    return sum((step.active for step in run.steps if step.state == "skipped" and step.active is not None), ZERO)
