"""What Trends draws."""

from __future__ import annotations

from datetime import timedelta

from procroutine.insight.views.common import ChartData, ChartPoint, ShareRow, Standing
from procroutine.text import Shown
from procroutine.values import Value


class TrendPoint(ChartPoint):
    """One week, or one day, of the chart of Trends."""

    ordinal: int
    """Of the day, or of the week's Monday."""
    corrected: bool
    """Whether a run of it was corrected."""


class Reading(Value):
    """A point of the chart in words."""

    label: str
    """`Wed 19 Aug`, of several runs `week 34`; with the year where that is another."""
    name: str
    """For other programs: `2026-W34`, of a day `2026-08-19`."""
    remarks: tuple[Shown, ...] = ()
    """Such as `mean of 3 runs`, `corrected`, `missed`."""
    signals: tuple[str, ...] = ()
    """The signals that it completes."""
    usual: str = ""
    """The usual range in force: `usual 52m to 1h04, middle 58m`; empty without limits."""


class TrendsView(Value):
    """The trends of one routine."""

    routine_id: str
    name: Shown
    facts: str
    """`26 weeks · 25 runs · v1 to v4`."""
    weeks: int
    """How many are shown; 0 for all."""
    last: timedelta | None
    last_vs_goal: timedelta | None
    last_standing: Standing
    median: timedelta | None
    """Of the last eight weeks with a run."""
    median_was: timedelta | None
    """Of the first eight shown."""
    median_change: float | None
    """Relative, such as -0.28."""
    best: timedelta | None
    best_day: str
    goal: timedelta | None
    met: int
    met_of: int
    """Of how many last weeks `met` were at or under the goal; at most eight."""
    chart: ChartData
    steps: tuple[ShareRow, ...]
    systems: tuple[ShareRow, ...]
    people: tuple[ShareRow, ...]
    by_day: bool = False
    """Whether a point is a day with runs, not a week."""
    by_medians: bool = False
    """Whether the limits are those by medians."""
    is_sum: bool = False
    """Whether a point is the sum of its runs, as the goal is one of the week, and not their mean."""
    charted: str = "Total time per week"
    """What a point is."""
    readings: tuple[Reading, ...] = ()
    """Of the points of the chart, in their order."""
    goal_short: str = ""
    """How the goal stands to the limits: `under on average, some weeks over`."""
    goal_sentence: str = ""
    """The same as a sentence."""
    standing: str = ""
    """The newest signal that still stands, after its week or day; empty without one."""
    usual: str = ""
    """The usual range in force, or why there is none."""
    left_out: int = 0
    """Runs of these weeks that are kept out of the figures."""
