"""Grounds for the tests of the reports: routines, runs on certain days, weeks off, as of a moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from procroutine.history.heads import RunHead, WeekOff
from procroutine.history.routine_runs import by_routine
from procroutine.insight.report import week_report
from procroutine.insight.report_ground import Ground, ground_of
from procroutine.insight.views.report import ReportRoutine, WeekReport
from procroutine.routine.entries import Entry
from procroutine.weeks import Week

NOW = datetime(2026, 11, 19, 14, 5, tzinfo=UTC)
"""A Thursday of week 47."""
OLD = date(2020, 1, 1)
_NUMBERS = count(10**15)


def run_on(day: str, minutes: float = 50, routine: str = "posts", **given: Any) -> RunHead:
    """Make a finished run that began at a moment such as `11-17T09:20` of 2026, or of another year in full."""
    started = datetime.fromisoformat(day if day[4:5] == "-" and len(day) > 12 else f"2026-{day}")
    started = started if started.tzinfo else started.replace(tzinfo=UTC)
    active = timedelta(minutes=minutes)
    number = next(_NUMBERS)
    fields: dict[str, Any] = {
        "id": str(number),
        "routine": routine,
        "routine_name": routine.capitalize(),
        "revision": 1,
        "state": "finished",
        "week": Week.of(started),
        "started_at": started,
        "ended_at": started + active,
        "active": active,
        "paused": timedelta(),
        "waiting": timedelta(),
        "asleep": timedelta(),
        "goal": timedelta(hours=1),
        "steps_done": 5,
        "steps_total": 5,
        "complete": True,
        "outcome": None,
        "note": None,
        "device": "desk",
        "left_out": False,
        "corrected": False,
        "deleted": False,
        "step_times": {},
        "stamp": (number, "desk"),
        "day": started.date(),
    }
    return RunHead(**({key: value for key, value in fields.items() if key != "day"} | given))


def ground(
    entries: Iterable[Entry],
    heads: Iterable[RunHead] = (),
    weeks_off: Iterable[WeekOff] = (),
    now: datetime = NOW,
    written: date | Mapping[str, date] = OLD,
) -> Ground:
    """Put a ground together; every file was written long ago unless told otherwise."""
    entries = tuple(entries)
    newest_first = sorted(heads, key=lambda head: head.started_at, reverse=True)
    days = written if isinstance(written, Mapping) else {entry.id: written for entry in entries if entry.routine}
    return ground_of(entries, by_routine(newest_first), weeks_off, days, now)


def report(made: Ground, week: str = "2026-W46", **given: Any) -> WeekReport:
    """Report on a week, the one before the present by default."""
    return week_report(made, Week.parse(week), given.pop("records", {}), **given)


def only(made: WeekReport) -> ReportRoutine:
    """Give the one routine that is reported on."""
    (one,) = made.routines
    return one
