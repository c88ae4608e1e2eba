"""Does a routine do the right thing, and does it do it in time? What follows: work on systems, or on the process."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.durations import step_time, total_time
from procroutine.improvement.outcomes import Outcomes, outcomes_of, saying
from procroutine.improvement.phase_ground import LAST_WEEKS
from procroutine.insight.goal_statement import ENOUGH
from procroutine.insight.weekly import median
from procroutine.routine.model import GoalPer
from procroutine.text import counted
from procroutine.values import Value

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from procroutine.improvement.ground import RoutineGround
    from procroutine.improvement.present import Present

BOTH, SLOW, WRONG, NEITHER, UNKNOWN = (
    *("effective_efficient", "effective_slow", "fast_not_right"),
    *("neither", "unknown"),
)
NEWEST = 13
"""Of the present runs those that are looked at, or of their weeks: a quarter of a year of weekly ones."""
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
    """The middle run of them, or the middle of the newest whole weeks where the goal is one of the week."""
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
    weeks = _whole_weeks(ground, today) if ground.routine.goal_per is GoalPer.WEEK else None
    outcomes = outcomes_of(runs)
    middle = median(run.active for run in runs) if weeks is None else median(weeks)
    missing = _missing(len(runs), outcomes, goal)
    if missing is not None or middle is None or goal is None:
        none = "No week with a run is over yet" if runs else ground.why_none
        sentence = f"{missing or none}. In doubt, work on the process."
        return Corner(corner=UNKNOWN, outcomes=outcomes, middle=middle, goal=goal, sentence=sentence)
    right, quick = outcomes.share >= MOSTLY, middle <= goal
    corner = {(True, True): BOTH, (True, False): SLOW, (False, True): WRONG, (False, False): NEITHER}[right, quick]
    of_what = lately.clause if weeks is None else lately.clause_of(len(weeks), "week")
    takes = f"the middle of {of_what} takes {against(middle, goal)}"
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


def _whole_weeks(ground: RoutineGround, today: date) -> list[timedelta]:
    """Give what the newest weeks with a present run took, each whole: without the present one, and one read in part."""
    since = ground.present.since
    first = next((place for place, run in enumerate(ground.finished) if run.revision == since), 0) if since else 0
    present = dict.fromkeys(_week(run.day) for run in ground.finished[first:])
    weeks = dict.fromkeys((_week(run.day) for run in ground.finished), timedelta())
    for run in ground.finished:
        weeks[_week(run.day)] += run.active
    in_part = {_week(today), *([next(iter(weeks))] if ground.total_runs > len(ground.finished) else [])}
    return [weeks[week] for week in present if week not in in_part][-NEWEST:]


def _week(day: date) -> tuple[int, int]:
    return day.isocalendar()[:2]
