"""How a routine keeps its goal, in one sentence: the goal held against the limits in force (FORMULAS 2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.durations import total_time
from procroutine.text import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from procroutine.insight.behaviour import Limits


LAST, ENOUGH = 5, 4
"""Of so many newest points so many are enough to tell how a routine keeps its goal now."""


@dataclass(frozen=True, slots=True)
class GoalStatement:
    """What can be said, in few words and as a sentence."""

    short: str
    """Such as `reliably under`."""
    sentence: str


def goal_statement(
    limits: Limits | None, goal: timedelta | None, unit: str = "week", lately: Sequence[timedelta] = ()
) -> GoalStatement:
    """Say how the limits in force stand to a goal; `unit` is what a point stands for.

    On limits that are soft it is said on how many points they rest; also where most of the newest points
    (`lately`), or enough of the last of them, stand to the goal the other way, so that nothing is said of now that was
    true long ago.
    """
    if goal is None:
        return GoalStatement("no goal", "It has no goal.")
    written = total_time(goal)
    if limits is None:
        return GoalStatement(
            f"too few {unit}s to say", f"Too few {unit}s yet to say how it keeps its goal of {written}."
        )
    if otherwise := _lately_otherwise(limits, goal, unit, lately):
        return otherwise
    short, sentence = _against(limits, goal, unit, written)
    return GoalStatement(
        short, f"{sentence}, as far as {counted(limits.count, unit)} can tell." if limits.soft else f"{sentence}."
    )


def _lately_otherwise(limits: Limits, goal: timedelta, unit: str, lately: Sequence[timedelta]) -> GoalStatement | None:
    """Give what is said of a mean on whose other side most of the newest points are."""
    if _is_even(limits, goal):
        return None
    is_under = limits.centre < goal
    otherwise = [(value > goal) is is_under for value in lately]
    if 2 * sum(otherwise) <= len(lately):
        otherwise = otherwise[-LAST:]
        if sum(otherwise) < ENOUGH:
            return None
    side, other = ("under", "over") if is_under else ("over", "under")
    often = f"{sum(otherwise)} of the last {len(otherwise)} were {'over' if is_under else 'at or under'} it"
    mean = f"It is {side} its goal of {total_time(goal)} on average of {counted(limits.count, unit)}"
    return GoalStatement(f"{side} on average, lately {other}", f"{mean}, but {often}.")


def _is_even(limits: Limits, goal: timedelta) -> bool:
    """Say whether all points are just at the goal."""
    return limits.centre == goal and not limits.moving_range


def _against(limits: Limits, goal: timedelta, unit: str, written: str) -> tuple[str, str]:
    if _is_even(limits, goal):
        return "at it, none over", f"It is at its goal of {written}, no {unit} over"
    if limits.upper < goal:
        return "reliably under", f"It is reliably under its goal of {written}"
    if limits.centre < goal:
        return (
            f"under on average, some {unit}s over",
            f"It is under its goal of {written} on average, some {unit}s over",
        )
    if limits.lower <= goal:
        return (
            f"over on average, some {unit}s under",
            f"It is over its goal of {written} on average, some {unit}s under",
        )
    return "will not get there without a change", f"It will not get to its goal of {written} without a change"
