"""What is to be said of a routine's week beyond its figures, in sentences; names and notes in them are raw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from procroutine.durations import total_time
from procroutine.insight.dates import clock_time, day_name
from procroutine.insight.views.report import DueState
from procroutine.text import counted

if TYPE_CHECKING:
    from procroutine.insight.views.report import NextDue, ReportDue, ReportRoutine, ReportRun
    from procroutine.routine.due import DueStanding

NEEDS_A_SYSTEM = 3
"""Periods put off from which on a routine wants to be worked on (FORMULAS 8)."""

WORTH_SAYING = 3
"""Weeks in a row from which on a streak is named."""


def remarks_on(standing: DueStanding, runs: Iterable[ReportRun]) -> tuple[str, ...]:
    """Give the sentences on what a routine put off, and on each of its runs that has something to be said."""
    return (*_put_off(standing), *(line for run in runs if (line := _run_line(run))))


def _put_off(standing: DueStanding) -> Iterator[str]:
    if standing.put_off < 2:
        return
    how_often = f"{standing.put_off} times"
    if standing.put_off_weeks == standing.put_off:
        how_often = counted(standing.put_off_weeks, "week")
    sign = ": a sign that it needs a system of its own" if standing.put_off >= NEEDS_A_SYSTEM else ""
    yield f"put off {how_often} in a row{sign}"


def _run_line(run: ReportRun) -> str:
    parts = list(_about(run))
    return f"{day_name(run.started_at)} {clock_time(run.started_at)}: {'; '.join(parts)}" if parts else ""


def _about(run: ReportRun) -> Iterator[str]:
    if run.state == "abandoned":
        yield f"abandoned after {total_time(run.active)}, not counted"
    elif run.state == "left_out":
        yield f"{total_time(run.active)}, left out of the figures" + (f" ({run.reason})" if run.reason else "")
    elif run.state == "open":
        yield f"still open, {total_time(run.active)} so far, not counted yet"
    elif run.steps_done < run.steps_total:
        yield f"{run.steps_done} of {counted(run.steps_total, 'step')} done, the rest skipped"
    if run.outcome in ("partly", "missed"):
        yield "output only in part" if run.outcome == "partly" else "output missed"
    if run.corrected:
        yield "its time was corrected"
    if run.note:
        yield f"“{run.note}”"


def due_words(one: ReportRoutine) -> str:
    """Say in few words when a routine was due and what became of that: `Mon 09:00, done Wed, 2 days late`."""
    if not one.dues:
        days = dict.fromkeys(day_name(run.started_at) for run in one.runs if run.state != "open")
        return f"run {', '.join(days)}; not due" if days else "not due"
    if len(one.dues) > 1:
        return _several(one.dues)
    (due,) = one.dues
    return f"{when(due)}{_became(due)}"


def streak_words(one: ReportRoutine) -> str:
    """Give `12 weeks in a row` of a routine that was done in so many, from three on."""
    return f"{one.streak_weeks} weeks in a row" if one.streak_weeks >= WORTH_SAYING and one.dues else ""


def when(due: ReportDue | NextDue) -> str:
    """Give `Mon 09:00`, `Mon`, or `by Sun` where any day up to that one would do."""
    day = f"by {day_name(due.at)}" if due.any_day else day_name(due.at)
    return f"{day} {clock_time(due.at)}" if due.has_time else day


def _became(due: ReportDue) -> str:
    done = "" if due.done_at is None else day_name(due.done_at)
    if due.state is DueState.DONE:
        same_day = due.done_at is not None and due.done_at.date() == due.at.date()
        return ", done" if same_day else f", done {done}"
    if due.state is DueState.LATE:
        return f", done {done}, {counted(due.days_late, 'day')} late"
    return {
        DueState.NOT_DONE: ", not done",
        DueState.OVERDUE: f", {counted(due.days_late, 'day')} overdue",
        DueState.OPEN: ", to come",
        DueState.OFF: ", off" + (f": {due.reason}" if due.reason else ""),
    }[due.state]


def _several(dues: tuple[ReportDue, ...]) -> str:
    """Say of several due dates how many were done, and name the days of the others."""
    states = [due.state for due in dues]
    done = states.count(DueState.DONE) + states.count(DueState.LATE)
    expected = len(states) - states.count(DueState.OFF)
    parts = [f"{done} of {expected} done"] if expected else []
    parts += [f"{late} late"] if (late := states.count(DueState.LATE)) else []
    for state, words in (
        (DueState.NOT_DONE, "not"),
        (DueState.OVERDUE, "overdue"),
        (DueState.OPEN, "to come"),
        (DueState.OFF, "off"),
    ):
        days = [day_name(due.at) for due in dues if due.state is state]
        if days:
            parts.append(f"{words} {', '.join(days)}")
    return "; ".join(parts)
