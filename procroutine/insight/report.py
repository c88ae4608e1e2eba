"""The report of one week: what was due and done, where the time went, and what the week after holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from procroutine.errors import BadInput
from procroutine.insight.report_due import counts_of
from procroutine.insight.report_ground import span_of
from procroutine.insight.report_next import next_week
from procroutine.insight.report_routine import RoutineInWeek
from procroutine.insight.report_time import DoneStep, by_person, by_system, done_steps, runs_before, usual_times
from procroutine.insight.views.report import OffWeek, OpenLine, WeekReport
from procroutine.weeks import Week

if TYPE_CHECKING:
    from procroutine.history.recorded_runs import RecordedRun
    from procroutine.insight.report_ground import Ground, RoutineGround
    from procroutine.run.states import RunState

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
