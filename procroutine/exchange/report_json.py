"""A report as JSON in the style of the contract: lengths in seconds, instants with their offset, absent is null.

Texts stand in it as people wrote them. The keys are listed in the README.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from procroutine.insight.views.report import (
    DueCounts,
    NextDue,
    OpenLine,
    ReportDue,
    ReportRoutine,
    ReportRun,
    TimeRow,
    WeekReport,
)
from procroutine.insight.views.report_year import YearCell, YearReport, YearRoutine, YearWeek
from procroutine.run.record import optional_seconds


def week_json(report: WeekReport) -> dict[str, Any]:
    """Give the report of a week."""
    return {
        "format": 1,
        "week": str(report.week),
        "as_of": _instant(report.as_of),
        "unfinished": report.unfinished,
        "due": _counts(report.counts),
        "runs": report.runs,
        "total_seconds": optional_seconds(report.total),
        "met": report.met,
        "met_of": report.met_of,
        "week_score": report.week_score,
        "routines": [_routine(one) for one in report.routines],
        "off": [{"routine": off.routine_id, "routine_name": off.routine, "reason": off.reason} for off in report.off],
        "systems": _times(report.systems),
        "people": _times(report.people),
        "unknown_runs": report.unknown_steps,
        "skipped_seconds": optional_seconds(report.skipped_time),
        "prepared_seconds": optional_seconds(report.prepared_time),
        "signals": [
            {
                "routine": signal.routine_id,
                "routine_name": signal.routine,
                "rule": signal.rule,
                "sentence": signal.sentence,
            }
            for signal in report.signals
        ],
        "redlines": [
            {"routine": line.routine_id, "routine_name": line.routine, **_line(line)} for line in report.redlines
        ],
        "loose_ends": [{**_line(line), "put_off_weeks": line.put_off_weeks} for line in report.loose_ends],
        "next_week": {
            "week": str(report.next.week),
            "total_seconds": optional_seconds(report.next.total),
            "unknown": report.next.unknown,
            "due": [_next(due) for due in report.next.dues],
        },
        "advice": report.advice,
    }


def _counts(counts: DueCounts) -> dict[str, int]:
    return {
        "due": counts.due,
        "done": counts.done,
        "late": counts.late,
        "not_done": counts.not_done,
        "overdue": counts.overdue,
        "open": counts.open,
        "off": counts.off,
    }


def _routine(one: ReportRoutine) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "due": [_due(due) for due in one.dues],
        "runs": [_run(run) for run in one.runs],
        "total_seconds": optional_seconds(one.total),
        "value_seconds": optional_seconds(one.value),
        "goal_seconds": optional_seconds(one.goal),
        "goal_per": one.goal_per.value,
        "met": one.met,
        "usual_seconds": optional_seconds(one.usual),
        "week_score": one.week_score,
        "score": one.score,
        "streak": one.streak,
        "streak_weeks": one.streak_weeks,
        "put_off": one.put_off,
        "put_off_weeks": one.put_off_weeks,
        "remarks": list(one.remarks),
    }


def _due(due: ReportDue) -> dict[str, Any]:
    return {
        "due_at": _instant(due.at),
        "has_time": due.has_time,
        "any_day": due.any_day,
        "state": due.state.value,
        "done_at": _instant(due.done_at),
        "days_late": due.days_late,
        "reason": due.reason,
    }


def _run(run: ReportRun) -> dict[str, Any]:
    return {
        "id": run.id,
        "state": run.state,
        "started_at": _instant(run.started_at),
        "active_seconds": optional_seconds(run.active),
        "steps_done": run.steps_done,
        "steps": run.steps_total,
        "complete": run.complete,
        "outcome": run.outcome,
        "corrected": run.corrected,
        "note": run.note,
        "reason": run.reason,
    }


def _times(rows: Iterable[TimeRow]) -> list[dict[str, Any]]:
    return [
        {
            "name": row.name,
            "total_seconds": optional_seconds(row.total),
            "share": row.share,
            "usual_seconds": optional_seconds(row.usual),
            "planned_seconds": optional_seconds(row.planned),
        }
        for row in rows
    ]


def _line(line: OpenLine) -> dict[str, Any]:
    return {"id": line.id, "text": line.text, "written": _day(line.written)}


def _next(due: NextDue) -> dict[str, Any]:
    return {
        "routine": due.routine_id,
        "routine_name": due.routine,
        "due_at": _instant(due.at),
        "has_time": due.has_time,
        "any_day": due.any_day,
        "usual_seconds": optional_seconds(due.usual),
        "overdue": due.overdue,
        "off": due.reason,
    }


def year_json(report: YearReport) -> dict[str, Any]:
    """Give the report of a year."""
    return {
        "format": 1,
        "year": report.year,
        "as_of": _instant(report.as_of),
        "unfinished": report.unfinished,
        "due": _counts(report.counts),
        "runs": report.runs,
        "total_seconds": optional_seconds(report.total),
        "met": report.met,
        "met_of": report.met_of,
        "left_out": report.left_out,
        "abandoned": report.abandoned,
        "best_weeks": [str(week) for week in report.best],
        "weeks": [_week(week) for week in report.weeks],
        "routines": [_year_routine(one) for one in report.routines],
        "advice": report.advice,
    }


def _week(week: YearWeek) -> dict[str, Any]:
    return {
        "week": str(week.week),
        "due": _counts(week.counts),
        "runs": week.runs,
        "total_seconds": optional_seconds(week.total),
        "met": week.met,
        "met_of": week.met_of,
        "off": week.off,
    }


def _year_routine(one: YearRoutine) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "goal_seconds": optional_seconds(one.goal),
        "goal_per": one.goal_per.value,
        "runs": one.runs,
        "total_seconds": optional_seconds(one.total),
        "median_seconds": optional_seconds(one.median),
        "met": one.met,
        "met_of": one.met_of,
        "due": _counts(one.counts),
        "weeks": [_cell(cell) for cell in one.cells],
    }


def _cell(cell: YearCell) -> dict[str, Any]:
    return {
        "week": str(cell.week),
        "state": cell.state.value,
        "value_seconds": optional_seconds(cell.value),
        "runs": cell.runs,
        "off": cell.reason,
    }


def _instant(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
