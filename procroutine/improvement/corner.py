"""Does a routine do the right thing, and does it do it in time? What follows: work on systems, or on the process."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.durations import step_time, total_time
from procroutine.improvement.outcomes import Outcomes, outcomes_of, saying
from procroutine.improvement.phase_ground import ENOUGH, LAST_WEEKS
from procroutine.insight.weekly import median
from procroutine.routine.model import GoalPer
from procroutine.text import counted
from procroutine.values import Value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from procroutine.improvement.ground import GroundRun, RoutineGround
    from procroutine.improvement.present import Present

BOTH, SLOW, WRONG, NEITHER, UNKNOWN = (
    *("effective_efficient", "effective_slow", "fast_not_right"),
    *("neither", "unknown"),
)
NEWEST = 13
"""Of the present runs those that are looked at: a quarter of a year of weekly ones."""
FEWEST_KNOWN = 4
"""Of them, those that must say what came of them."""
MOSTLY = 0.8
"""A routine is effective where so many of them produced their output."""


class Corner(Value):
    """Where a routine stands."""

    corner: str
    """`effective_efficient`, `effective_slow`, `fast_not_right`, `neither` or `unknown`."""
    outcomes: Outcomes
    """Of the newest runs."""
    middle: timedelta | None
    """The middle run of them, or the middle of their whole weeks where the goal is one of the week."""
    goal: timedelta | None
    sentence: str

    @property
    def against_goal(self) -> str:
        """Give the middle beside the goal, as `25m of 15m`; empty where one of them is not known."""
        return "" if self.middle is None or self.goal is None else against(self.middle, self.goal)


def against(middle: timedelta, goal: timedelta) -> str:
    """Give a length beside its goal, with seconds where the minutes would look the same."""
    form = step_time if total_time(middle) == total_time(goal) and middle != goal else total_time
    return f"{form(middle)} of {form(goal)}"


def farthest_over(corners: Mapping[str, Corner]) -> str | None:
    """Give the routine whose middle lies over its goal by the largest part of it; None where none does."""
    over = {
        routine: one.middle / one.goal
        for routine, one in corners.items()
        if one.middle is not None and one.goal is not None and one.middle > one.goal and one.corner in (SLOW, NEITHER)
    }
    return max(over, key=lambda routine: (over[routine], routine), default=None)


def corner_of(ground: RoutineGround, today: date) -> Corner:
    """Find the corner of a routine from its newest runs; unknown where goal, outcomes or runs are missing."""
    lately, goal = ground.present.newest(NEWEST), ground.routine.goal
    runs = lately.runs
    outcomes, middle = outcomes_of(runs), _middle(ground, runs, today)
    missing = _missing(len(runs), outcomes, goal)
    if missing is not None or middle is None or goal is None:
        none = "No week with a run is over yet" if runs else ground.why_none
        sentence = f"{missing or none}. In doubt, work on the process."
        return Corner(corner=UNKNOWN, outcomes=outcomes, middle=middle, goal=goal, sentence=sentence)
    right, quick = outcomes.share >= MOSTLY, middle <= goal
    corner = {(True, True): BOTH, (True, False): SLOW, (False, True): WRONG, (False, False): NEITHER}[right, quick]
    takes = f"the middle {_unit(ground, lately)} takes {against(middle, goal)}"
    figures = f"the output was right in {outcomes.words}, and {takes}{_of_the_last(ground, lately, goal, quick=quick)}"
    return Corner(corner=corner, outcomes=outcomes, middle=middle, goal=goal, sentence=f"{_ADVICE[corner]}: {figures}.")


_ADVICE = {
    BOTH: "Right and in time",
    SLOW: "Right but slow, so work on the systems",
    WRONG: "In time but not right, so work on the process",
    NEITHER: "Neither right nor in time, so work on the process first",
}


def _of_the_last(ground: RoutineGround, lately: Present, goal: timedelta, *, quick: bool) -> str:
    """Say of the last five runs, by which a path is gone on with, where most stand to the goal otherwise."""
    last = lately.newest(LAST_WEEKS).runs
    otherwise = sum((run.active <= goal) is not quick for run in last)
    if ground.routine.goal_per is GoalPer.WEEK or otherwise < ENOUGH:
        return ""
    return f", but {otherwise} of the last {len(last)} took {'' if quick else 'no '}longer than {total_time(goal)}"


def _unit(ground: RoutineGround, lately: Present) -> str:
    """Say of what the middle is: `week`, `of the newest 13 runs`, `of the newest 6 runs, since revision 2,`."""
    if ground.routine.goal_per is GoalPer.WEEK:
        return "week" if lately.since is None else f"week since revision {lately.since}"
    return f"of {lately.clause}"


def _missing(runs: int, outcomes: Outcomes, goal: timedelta | None) -> str | None:
    if not runs:
        return None
    if goal is None:
        return "There is no goal to hold the time against"
    if outcomes.known < FEWEST_KNOWN:
        if runs < FEWEST_KNOWN:
            there = f"{counted(runs, 'finished run')} {'is' if runs == 1 else 'are'} there"
            return f"Only {there}, and {FEWEST_KNOWN} that say whether the output was right are needed"
        known = saying(outcomes.known, f"the last {runs} runs")
        only = f"Only {known}" if outcomes.known else f"{known[0].upper()}{known[1:]}"
        return f"{only} whether the output was right, and {FEWEST_KNOWN} are needed"
    return None


def _middle(ground: RoutineGround, runs: Sequence[GroundRun], today: date) -> timedelta | None:
    """Give the middle run; with a goal of the week the middle of their weeks, each whole, the present one left out."""
    if ground.routine.goal_per is not GoalPer.WEEK:
        return median(run.active for run in runs)
    weeks = dict.fromkeys((_week(run.day) for run in runs if _week(run.day) != _week(today)), timedelta())
    for run in ground.finished:
        if _week(run.day) in weeks:
            weeks[_week(run.day)] += run.active
    return median(weeks.values())


def _week(day: date) -> tuple[int, int]:
    return day.isocalendar()[:2]
