"""How a run will come out, in words: its odds, and whether it fits before its deadline."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from procroutine.durations import step_time, total_time
from procroutine.insight.comparisons import BEST_RUN, GOAL, SUM_OF_BEST
from procroutine.insight.dates import later, near_time
from procroutine.insight.goal_words import NOTHING_LEFT
from procroutine.insight.pace import goes_on_at
from procroutine.insight.run_odds import NoOdds
from procroutine.insight.views.run import DeadlineLine, OddsLine
from procroutine.text import Shown, counted, shown

if TYPE_CHECKING:
    from procroutine.insight.comparisons import Comparisons
    from procroutine.insight.odds import Odds
    from procroutine.insight.run_view import Fit
    from procroutine.run.states import RunState

ZERO = timedelta()
_MEANINGS = {
    "usual": "the usual time of each step, newer runs weighing more",
    BEST_RUN: "your best run: the quickest with every step done",
    SUM_OF_BEST: "the best time of each step, whenever that was: the sum of best",
    "last": "each step as it went last time",
    "average": "the average of each step, newer runs weighing more",
    "planned": "the plan, whatever the history says",
}
_NAMED = 3
"""Steps to leave out that are named; the others are counted."""


def meaning_of(comparisons: Comparisons) -> str:
    """Give what the chosen comparison holds a run against, in words."""
    if comparisons.chosen != GOAL:
        return _MEANINGS[comparisons.chosen]
    hard = f", which is {comparisons.how_hard:.2f} of the way from your best to your worst"
    return f"the goal, split over the steps{hard if comparisons.how_hard is not None else ''}"


def what_came_next(comparisons: Comparisons, before: str) -> str:
    """Say what a run is held against now, where the person asked for another comparison than `before`."""
    if comparisons.chosen == before:
        return f"There is nothing else to hold it against yet than {before}."
    return f"Against {meaning_of(comparisons)}."


def percent(chance: float) -> str:
    """Give `62 %`; what was drawn always or never is still not certain: `over 99 %`, `under 1 %`."""
    if chance > 0.99:
        return "over 99 %"
    return "under 1 %" if chance < 0.01 else f"{round(chance * 100)} %"


def odds_line(found: Odds | NoOdds | None, run: RunState, now: datetime, goal: timedelta | None) -> OddsLine | None:
    """Put odds into words, or say why there are none; None while they are not known."""
    if found is None:
        return None
    if isinstance(found, NoOdds):
        return OddsLine(chance=Shown(found.reason), short=Shown(found.reason.partition(":")[0]))
    chance = short = Shown("")
    if goal is not None and not goal:
        chance = short = Shown(NOTHING_LEFT)
    elif found.chance is not None and goal is not None:
        within = f"within {total_time(goal).removesuffix('00')}"
        chance = Shown(f"{percent(found.chance)} to finish {within}")
        short = Shown(f"{percent(found.chance)} {within}")
    half, likely = (_clock_at(total, run, now) for total in (found.middle, found.likely))
    count = len(found.only_planned)
    return OddsLine(
        chance=chance,
        short=short,
        times=Shown(f"50 % by {half}, 85 % by {likely}"),
        caution=Shown(f"{counted(count, 'step')} only as planned") if count else Shown(""),
    )


def _clock_at(total: timedelta, run: RunState, now: datetime) -> str:
    """Give the clock time at which a total is reached; what is behind already is reached now."""
    return near_time(later(goes_on_at(run, now), max(total - run.active, ZERO)), now)


def deadline_line(
    fit: Fit | None, now: datetime, found: Odds | NoOdds | None = None, spent: timedelta = ZERO
) -> DeadlineLine | None:
    """Say whether a run fits before its deadline, how likely that is, and what to leave out where it does not.

    The odds are those of the whole run, of which so much is `spent`.
    """
    if fit is None:
        return None
    by = near_time(fit.deadline, now)
    chance = None
    if found is not None and not isinstance(found, NoOdds):
        chance = found.chance_within(spent + fit.time_left)
    odds = Shown("" if chance is None else f"{percent(chance)} to finish by {by}")
    if fit.fits:
        spare = Shown(f"{_length(fit.spare)} to spare")
        return DeadlineLine(fits=True, lead=Shown(f"By {by}: fits"), advice=spare, odds=odds)
    short = Shown(f"By {by}: {_length(-fit.spare)} short")
    return DeadlineLine(fits=False, lead=short, advice=_advice(fit), odds=odds)


def _length(length: timedelta) -> str:
    return step_time(length) if length < timedelta(hours=1) else total_time(length)


def _advice(fit: Fit) -> Shown:
    names = [shown(step.title) for step in fit.leave_out]
    if not names:
        return Shown("nothing optional to leave out")
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    together = ", ".join(names[:_NAMED]) + more
    return Shown(f"leave out {together} and it fits" if fit.fits_then else f"too long even without {together}")
