"""The answer of `trends --backtest --json`: whether this routine's odds could have been believed so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from procroutine.insight.backtest import Band, backtest
from procroutine.insight.odds import FEWEST
from procroutine.insight.weekly import counts
from procroutine.routine.model import GoalPer
from procroutine.run.record import optional_seconds
from procroutine.text import counted

if TYPE_CHECKING:
    from datetime import timedelta

    from procroutine.history.heads import RunHead
    from procroutine.routine.model import Routine

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
