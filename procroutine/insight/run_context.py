"""What a run is seen against: the runs before it, their notes, and the goal that is left for it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.insight.comparisons import Comparisons, counted_runs
from procroutine.insight.done_with import IN_ANY_WAY
from procroutine.insight.weekly import counts
from procroutine.routine.model import GoalPer, Routine, Step, System

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.insight.done_with import DoneWith
    from procroutine.routine.entries import Entry
    from procroutine.run.states import RunState
    from procroutine.weeks import Week

NOTES_BACK = 3
"""Runs before that are looked through for a note on a step."""


def runs_before(run: RunState, heads: Iterable[RunHead]) -> list[RunHead]:
    """Give the runs whose steps count and that began before this one, oldest to newest."""
    return [head for head in counted_runs(heads, before=run.started_at) if head.id != run.id]


def comparisons_for(
    run: RunState, before: Sequence[RunHead], chosen: str = "usual", ways: DoneWith = IN_ANY_WAY
) -> Comparisons:
    """Give what the steps of a run are held against; what is split over them is the goal of this run alone.

    `ways` are those in which it does its steps that have alternatives.
    """
    goal = goal_for(run, before)
    definition = dict(run.definition) | {"goal_seconds": None if goal is None else goal.total_seconds()}
    return Comparisons.of([step.id for step in run.steps], before, definition, chosen, outside(run), ways)


def outside(run: RunState) -> frozenset[str]:
    """Give the ids of the steps that are no part of the run's own time."""
    return frozenset(step.id for step in run.steps if run.is_outside(step))


def with_goal_of_week(entries: Iterable[Entry]) -> frozenset[str]:
    """Give the ids, former ones too, of routines whose goal no single run of theirs is held against."""
    weekly = [one.routine for one in entries if one.routine is not None and one.routine.goal_per is GoalPer.WEEK]
    return frozenset(one for routine in weekly for one in (routine.id, *routine.previous_ids))


def goal_for(run: RunState, before: Iterable[RunHead]) -> timedelta | None:
    """Give what the run may take: its goal, or what earlier runs of its week have left of one of the week."""
    if run.goal is None or not run.is_goal_of_week:
        return run.goal
    return left_of_week(run.goal, run.week, before)


def own_goal(run: RunState, goal_per_week: Callable[[], Collection[str]]) -> timedelta | None:
    """Give the goal that a run is held against alone; None where there is none, or one of the week.

    What the goal of an imported run was for nobody wrote down: that tells its routine as it is now, by the ids that
    `goal_per_week` gives.
    """
    if not run.definition and run.goal is not None and run.routine in goal_per_week():
        return None
    return run.own_goal


def left_of_week(goal: timedelta, week: Week, runs: Iterable[RunHead]) -> timedelta:
    """Give what the runs of a week that count have left of its goal; zero where they took more."""
    spent = sum((head.active for head in runs if counts(head) and head.week == week), timedelta())
    return max(goal - spent, timedelta())


def last_notes(
    run: RunState, before: Sequence[RunHead], past: Callable[[str], RunState | None]
) -> dict[str, tuple[str, str]]:
    """Give the newest note on each step out of the last few runs: `week 46`, and what it says."""
    notes: dict[str, tuple[str, str]] = {}
    for head in reversed(before[-NOTES_BACK:]):
        found = past(head.id)
        for step in found.steps if found is not None else ():
            if step.note is not None:
                week = f"week {head.week.number}"
                label = week if head.week.year == run.week.year else f"{week} {head.week.year}"
                notes.setdefault(step.id, (label, step.note))
    return notes


def routine_of_run(run: RunState) -> Routine:
    """Give the definition of a routine whose file is gone, as far as its run tells it; it has no schedule."""
    systems = run.definition.get("systems", {})
    return Routine(
        id=run.routine,
        name=run.routine_name,
        steps=tuple(
            Step(id=step.id, title=step.title, planned=step.planned, systems=step.systems, person=step.person)
            for step in run.steps
        ),
        systems={key: System(id=key, name=system.get("name") or key) for key, system in systems.items()},
        goal=run.goal,
        goal_per=GoalPer.WEEK if run.is_goal_of_week else GoalPer.RUN,
    )
