"""Whether this routine's odds could have been believed so far: what was given, against what came (FORMULAS 4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from procroutine.insight.comparisons import planned_times
from procroutine.insight.done_with import Choice, done_with
from procroutine.insight.odds import DRAWS, FEWEST, LOOKED_BACK, StepTimes, odds, times_of_same_content
from procroutine.insight.weekly import counts
from procroutine.routine.model import GoalPer
from procroutine.run.record import optional_seconds
from procroutine.text import counted

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.routine.model import Routine
    from procroutine.weeks import Week

ZERO = timedelta()

BANDS = 10


@dataclass(frozen=True, slots=True)
class Band:
    """The runs whose odds lay between two tenths, and how many of them kept the goal."""

    low: float
    high: float
    runs: int
    met: int
    expected: float
    """The mean of the odds that were given."""


def backtest(
    runs: Sequence[RunHead],
    snapshots: Mapping[int, Mapping[str, Any]],
    goal_per: GoalPer = GoalPer.RUN,
    draws: int = DRAWS,
) -> tuple[Band, ...]:
    """Give odds before every run but the first five, from the runs before it alone, and compare with what came.

    `runs` are those that count, oldest first; each is held against its own goal, of one of the week against what
    earlier runs of its week had left of it. What its goal was for tells its revision, else `goal_per`. Runs without
    a goal, and steps that were left out, are passed over.
    """
    given: list[tuple[float, bool]] = []
    spent: dict[Week, timedelta] = defaultdict(timedelta)
    for place, run in enumerate(runs):
        before = spent[run.week]
        spent[run.week] += run.active
        if place < FEWEST or run.goal is None or not run.step_times:
            continue
        snapshot = snapshots.get(run.revision) if run.revision is not None else None
        is_of_week = goal_per is GoalPer.WEEK if snapshot is None else snapshot.get("goal_per") == GoalPer.WEEK.value
        aim = max(run.goal - before, ZERO) if is_of_week else run.goal
        times = _times(run, runs[max(0, place - LOOKED_BACK) : place], snapshot or _as_done(run), snapshots)
        planned = planned_times(snapshot or {})
        steps = [StepTimes(id=one, times=tuple(times.get(one, ())), planned=planned.get(one)) for one in run.step_times]
        chance = odds(ZERO, steps, aim, draws).chance
        if chance is not None:
            given.append((chance, sum(run.step_times.values(), ZERO) <= aim))
    return bands(given)


def bands(given: Iterable[tuple[float, bool]]) -> tuple[Band, ...]:
    """Sort pairs of odds and whether the goal was kept into tenths, the empty ones left out."""
    parts: dict[int, list[tuple[float, bool]]] = {}
    for chance, met in given:
        parts.setdefault(min(int(chance * BANDS), BANDS - 1), []).append((chance, met))
    return tuple(
        Band(
            low=place / BANDS,
            high=(place + 1) / BANDS,
            runs=len(pairs),
            met=sum(met for _, met in pairs),
            expected=sum(chance for chance, _ in pairs) / len(pairs),
        )
        for place, pairs in sorted(parts.items())
    )


def _times(
    run: RunHead, before: Sequence[RunHead], snapshot: Mapping[str, Any], snapshots: Mapping[int, Mapping[str, Any]]
) -> dict[str, list[timedelta]]:
    """Give what the steps of a run were drawn from, those with alternatives as it did them."""
    choices = [Choice(step=step, system=system, alternatives=()) for step, system in (run.alternatives or {}).items()]
    return done_with(choices, before).times(before, lambda runs: times_of_same_content(snapshot, runs, snapshots))


def _as_done(run: RunHead) -> dict[str, Any]:
    return {"steps": [{"id": step_id} for step_id in run.step_times]}


DRAWS = 2_000
"""Draws before each past run: a chance is then right to about one in a hundred."""
_ENOUGH = 20
"""Runs below which kept and expected goals say little about the odds."""
_SURE = 2.0
"""Standard errors that kept goals may differ from the expected ones by chance."""


def backtest_answer(
    routine: Routine, heads: Sequence[RunHead], snapshots: Mapping[int, Mapping[str, Any]]
) -> dict[str, Any]:
    """Give odds before every past run from those before it, in bands of ten in a hundred, with the goals kept.

    Each run is held against its own goal, one without against the routine's; of a goal of the week against what
    earlier runs of its week had left of it.
    """
    runs = sorted((head for head in heads if counts(head)), key=lambda head: (head.started_at, head.id))
    with_goals = [run if run.goal is not None else run.replaced(goal=routine.goal) for run in runs]
    found = backtest(with_goals, snapshots, routine.goal_per, DRAWS)
    return {
        "format": 1,
        "routine": routine.id,
        "goal_seconds": optional_seconds(routine.goal),
        "goal_per": routine.goal_per.value,
        "runs": sum(band.runs for band in found),
        "met": sum(band.met for band in found),
        "expected": sum(band.expected * band.runs for band in found),
        "bands": [
            {
                "low": band.low,
                "high": band.high,
                "runs": band.runs,
                "met": band.met,
                "odds": band.expected,
                "share_met": band.met / band.runs,
            }
            for band in found
        ],
        "sentence": _sentence(found, [run.goal for run in with_goals], routine.goal_per),
    }


def _sentence(found: Sequence[Band], goals: Sequence[timedelta | None], goal_per: GoalPer) -> str:
    runs, met = sum(band.runs for band in found), sum(band.met for band in found)
    if not runs:
        if len(goals) > FEWEST and not any(goals):
            return "Odds need a goal, and none of the runs has one."
        none = f"Odds need {FEWEST} runs before the one they are for, and a goal"
        return f"{none}; there {'is 1 run' if len(goals) == 1 else f'are {len(goals)} runs'}."
    expected = sum(band.expected * band.runs for band in found)
    goal = "what was left of the week's goal" if goal_per is GoalPer.WEEK else "the goal"
    said = f"Of {counted(runs, 'run')} {met} kept {goal}; the odds promised {expected:.1f}."
    if runs < _ENOUGH:
        return f"{said} Below {_ENOUGH} runs that says little."
    by_chance = sum(band.expected * (1 - band.expected) * band.runs for band in found) ** 0.5
    if abs(met - expected) <= _SURE * max(by_chance, 0.5):
        return f"{said} The odds can be believed."
    return f"{said} The odds promised too {'much' if met < expected else 'little'}."
