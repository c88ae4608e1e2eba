"""The page of one step, and the answer of `step --json`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from procroutine.insight.dates import day_and_month, month_name, short_date
from procroutine.insight.views.common import ChartData, Mark
from procroutine.insight.views.step_page import StepPage, StepPageNote
from procroutine.insight.views.trends import TrendPoint
from procroutine.run.record import optional_seconds
from procroutine.text import counted, in_one_line, shown

if TYPE_CHECKING:
    from procroutine.insight.step_past import StepChange, StepNote, StepPast, StepWeek
    from procroutine.routine.model import Routine
    from procroutine.weeks import Week

MOST_NOTES = 200
"""Notes on the page; older ones are in History."""


def step_page(routine: Routine, past: StepPast, this_week: Week, weeks: int) -> StepPage:
    """Draw a step of a routine over so many weeks (0: all)."""
    step = past.step
    systems = [routine.systems[one].name if one in routine.systems else one for one in step.systems]
    where = f"step {past.place} of {len(routine.steps)} of {routine.name}"
    return StepPage(
        routine_id=routine.id,
        step_id=step.id,
        name=shown(step.title),
        place=shown(" · ".join([where, *systems, *([step.person] if step.person else [])])),
        facts=facts_of(len(past.times), past.runs, past.skipped, past.left_out, weeks),
        chart=ChartData(points=tuple(_points(past.weeks, this_week)), revisions=tuple(_starts(past))),
        last=past.last,
        usual=past.usual,
        best=past.best,
        median=past.median,
        planned=step.planned,
        changes=tuple(shown(_change(change)) for change in reversed(past.changes)),
        notes=tuple(_note(note, this_week) for note in past.notes[:MOST_NOTES]),
        has_choice=len(step.alternatives) > 1,
    )


def facts_of(times: int, runs: int, skipped: int, left_out: int, weeks: int) -> str:
    """Give `last 26 weeks · done 21 times · skipped in 3 of 24 runs`, the latter as far as it is known of any run.

    Behind it stands how many runs with it are left out of the figures.
    """
    more = [f"{left_out} left out"] if left_out else []
    if not runs and not times:
        none = f"not done in the last {counted(weeks, 'week')}" if weeks else "no runs yet"
        return " · ".join(["no runs that count" if left_out else none, *more])
    span = f"last {counted(weeks, 'week')}" if weeks else "all weeks"
    skips = f"skipped in {skipped} of {counted(runs, 'run')}" if skipped else "never skipped"
    return " · ".join([span, f"done {counted(times, 'time')}", *([skips] if runs else []), *more])


def _points(weeks: Sequence[StepWeek], this_week: Week) -> Iterator[TrendPoint]:
    before = None
    for one in weeks:
        day = one.runs[-1].day if one.runs else one.week.monday
        yield TrendPoint(
            week=one.week,
            day=short_date(day),
            month=month_name(day),
            value=one.mean,
            mark=Mark.MISSED if one.mean is None else Mark.OVER,
            unfinished=one.week == this_week,
            run_ids=tuple(head.id for head in one.runs),
            vs_before=None if one.mean is None or before is None else one.mean - before,
            ordinal=one.week.monday.toordinal(),
            corrected=any(head.corrected for head in one.runs),
        )
        before = before if one.mean is None else one.mean


def _starts(past: StepPast) -> Iterator[tuple[int, str]]:
    """Give the first point of each revision that changed the step, and its label; none before the first point."""
    newest = [max((head.revision or 0 for head in one.runs), default=0) for one in past.weeks]
    for change in past.changes:
        place = next((place for place, number in enumerate(newest) if number >= change.number), None)
        if place is not None and any(0 < number < change.number for number in newest[:place]):
            yield place, f"v{change.number}"


def _change(change: StepChange) -> str:
    return _change_words(change.number, change.day, change.what)


def _change_words(number: int, day: date | None, what: str) -> str:
    return f"v{number}{'' if day is None else f' {day_and_month(day)} {day.year}'}: {what}"


def changes_in_words(revisions: Sequence[dict[str, Any]]) -> list[str]:
    """Give the revisions of the answer in words, newest first."""
    return [
        _change_words(one["number"], None if one["date"] is None else date.fromisoformat(one["date"]), one["what"])
        for one in reversed(revisions)
    ]


def _note(note: StepNote, this_week: Week) -> StepPageNote:
    day = note.head.day
    return StepPageNote(
        run_id=note.head.id,
        day=short_date(day) if day.year == this_week.year else f"{short_date(day)} {day.year}",
        time=note.time,
        systems=shown(", ".join(note.systems)),
        text=in_one_line(note.text),
    )


def step_answer(routine: Routine, past: StepPast) -> dict[str, Any]:
    """Give what `step --json` prints."""
    figures = ("last", "usual", "best", "median")
    return {
        "format": 1,
        "routine": routine.id,
        "routine_name": routine.name,
        "step": past.step.id,
        "title": past.step.title,
        "planned_seconds": optional_seconds(past.step.planned),
        **{f"{name}_seconds": optional_seconds(getattr(past, name)) for name in figures},
        "times": len(past.times),
        "runs": past.runs,
        "skipped": past.skipped,
        "left_out": past.left_out,
        "weeks": [
            {"week": str(one.week), "runs": len(one.runs), "mean_seconds": optional_seconds(one.mean)}
            for one in past.weeks
        ],
        "revisions": [
            {"number": one.number, "date": None if one.day is None else one.day.isoformat(), "what": one.what}
            for one in past.changes
        ],
        "notes": [
            {
                "run": one.head.id,
                "started_at": one.head.started_at.isoformat(timespec="milliseconds"),
                "text": one.text,
                "time_seconds": optional_seconds(one.time),
                "systems": list(one.systems),
            }
            for one in past.notes
        ],
    }
