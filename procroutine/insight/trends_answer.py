"""The answer of `trends --json` (CONTRACT, JSON).

Limits, signals and verdicts come from the whole history; the number of weeks only chooses what is
listed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from procroutine.insight.behaviour import Limits, Point, Stretch, points_of, signals, stretches
from procroutine.insight.comparisons import counted_runs
from procroutine.insight.flow import hand_offs, switches
from procroutine.insight.revision_runs import revision_runs, verdict_answer
from procroutine.insight.shares import part, step_figures, time_by_person, time_by_system, whole
from procroutine.insight.trends_plot import weeks_ever
from procroutine.run.record import optional_seconds
from procroutine.weeks import Week

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.insight.shares import StepFigures
    from procroutine.insight.weekly import WeeklyValue
    from procroutine.routine.model import Routine


def trends_answer(
    routine: Routine,
    heads: Sequence[RunHead],
    this_week: Week,
    weeks: int,
    notes: Mapping[int, str | None],
    real_changes: Collection[int] = (),
    off: Collection[Week] = (),
) -> dict[str, Any]:
    """Give a routine's trends from all its runs, in any order, listing the last so many weeks (0: all).

    `notes` has the notes of its revisions by number; `real_changes` the revisions that the person
    marked as a real change; `off` the weeks that were declared off for it.
    """
    ever = weeks_ever(routine, heads, this_week)
    listed = ever[-weeks:] if weeks else ever
    points = points_of(ever)
    parts = stretches(points, real_changes)
    since = listed[0].week if listed else this_week
    figures = step_figures(routine, counted_runs(heads))
    return {
        "format": 1,
        "routine": routine.id,
        "routine_name": routine.name,
        "goal_seconds": optional_seconds(routine.goal),
        "goal_per": routine.goal_per.value,
        "weeks": [_week(value, this_week, value.week in off) for value in listed],
        "limits": [
            _limits(points, one, one.limits) for one in parts if one.limits and since <= points[one.end - 1].week
        ],
        "signals": [
            {"week": str(points[signal.place].week), "rule": signal.rule}
            for signal in signals(points, parts)
            if since <= points[signal.place].week
        ],
        "revisions": [
            {
                "number": one.number,
                "first_week": str(one.after[0].week),
                "note": notes.get(one.number),
                **verdict_answer(one.verdict),
            }
            for one in revision_runs(heads)
        ],
        "steps": _steps(figures),
        "systems": [
            {"id": system_id, "name": _system_name(routine, system_id), **_share(time, figures)}
            for system_id, time in time_by_system(figures).items()
        ],
        "people": [{"name": name, **_share(time, figures)} for name, time in time_by_person(figures).items()],
        "switches": switches(routine.steps),
        "hand_offs": hand_offs(routine.steps),
    }


def _week(value: WeeklyValue, this_week: Week, off: bool) -> dict[str, Any]:
    return {
        "week": str(value.week),
        "runs": len(value.runs),
        "total_seconds": optional_seconds(value.total),
        "mean_seconds": optional_seconds(value.mean),
        "value_seconds": optional_seconds(value.value),
        "met": value.met,
        "unfinished": value.week == this_week,
        "off": off,
    }


def _limits(points: Sequence[Point], stretch: Stretch, limits: Limits) -> dict[str, Any]:
    return {
        "from_week": str(points[stretch.start].week),
        "to_week": str(points[stretch.end - 1].week),
        "revision": stretch.revision,
        "center_seconds": optional_seconds(limits.centre),
        "upper_seconds": optional_seconds(limits.upper),
        "lower_seconds": optional_seconds(limits.lower_shown),
        "mean_moving_range_seconds": optional_seconds(limits.moving_range),
        "moving_range_limit_seconds": optional_seconds(limits.range_limit),
        "soft": limits.soft,
    }


def _steps(figures: Sequence[StepFigures]) -> list[dict[str, Any]]:
    """Give every step of the definition, the slowest by median first, those never done last."""
    total = whole(figures)
    return [
        {
            "id": one.step.id,
            "title": one.step.title,
            "runs": len(one.times),
            "best_seconds": optional_seconds(one.best),
            "median_seconds": optional_seconds(one.median),
            "last_seconds": optional_seconds(one.last),
            "share": None if one.median is None else part(one.median, total),
        }
        for one in sorted(figures, key=lambda one: one.median or timedelta(-1), reverse=True)
    ]


def _share(time: timedelta, figures: Sequence[StepFigures]) -> dict[str, Any]:
    return {"median_seconds": optional_seconds(time), "share": part(time, whole(figures))}


def _system_name(routine: Routine, system_id: str) -> str:
    system = routine.systems.get(system_id)
    return system_id if system is None else system.name
