"""What `routines --json` answers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from procroutine.insight.score import score_of
from procroutine.run.record import optional_seconds

if TYPE_CHECKING:
    from procroutine.insight.routine_week import RoutineWeek
    from procroutine.insight.routine_weeks import KnownPast
    from procroutine.routine.model import Problem


def routines_json(past: KnownPast, now: datetime) -> dict[str, Any]:
    """Give every routine as CONTRACT.md says, at an instant in the zone of the person."""
    return {"format": 1, "routines": [_routine(one) for one in past.routines((), now)]}


def _routine(one: RoutineWeek) -> dict[str, Any]:
    routine, entry = one.routine, one.entry
    last = next(one.counted, None)
    planned = routine.planned if routine is not None else timedelta()
    return {
        "id": one.id,
        "name": entry.name if entry is not None else None,
        "goal_seconds": optional_seconds(one.goal),
        "goal_per": one.goal_per.value,
        "phase": routine.phase.value if routine is not None else None,
        "revision": one.revision,
        "due": one.standing.state.value,
        "due_at": one.standing.due_at.isoformat(timespec="milliseconds") if one.standing.due_at is not None else None,
        "last_seconds": optional_seconds(last.active if last is not None else None),
        "last_ended_at": last.ended_at.isoformat(timespec="milliseconds") if last is not None else None,
        "streak_weeks": one.standing.streak_weeks,
        "put_off_weeks": one.standing.put_off_weeks,
        "score": None if (score := score_of(one)) is None else round(score, 3),
        "steps": len(routine.steps) if routine is not None else None,
        "planned_seconds": optional_seconds(planned or None),
        "problems": [problem_json(problem) for problem in entry.problems] if entry is not None else [],
    }


def problem_json(problem: Problem) -> dict[str, Any]:
    """Give a problem in the form of `check --json`."""
    return {
        "file": problem.file,
        "line": problem.line,
        "key": problem.key,
        "problem": problem.problem,
        "remedy": problem.remedy,
    }
