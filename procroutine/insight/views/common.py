"""What several screens draw: how a figure stands, charts, and parts of the time."""

from __future__ import annotations

from datetime import timedelta

from procroutine.choices import Choice
from procroutine.text import Shown
from procroutine.values import Value
from procroutine.weeks import Week


class Standing(Choice):
    """How a total or a step stands against what it is held against."""

    MET = "met"
    """At or under."""
    OVER = "over"
    """Over, by no more than a tenth."""
    FAR_OVER = "far over"
    """More than a tenth over."""
    NONE = "none"
    """Nothing to hold it against."""


class Mark(Choice):
    """What a point of the chart is drawn as."""

    MET = "met"
    OVER = "over"
    OUTSIDE = "outside"
    MISSED = "missed"


class ChartPoint(Value):
    """One week of the chart."""

    week: Week
    day: str
    """The day it is named by, such as `Wed 19 Aug`: of its last run, else its Monday."""
    month: str
    """`Aug`, and with the year in January: `Jan 2026`."""
    value: timedelta | None
    """None: no run in that week."""
    mark: Mark
    unfinished: bool = False
    """Whether it is the present week."""
    off: bool = False
    """Whether the week was declared off."""
    run_ids: tuple[str, ...] = ()
    """Runs of that week, oldest first."""
    vs_goal: timedelta | None = None
    vs_before: timedelta | None = None
    """Difference to the last week that had a run."""

    @property
    def ordinal(self) -> int:
        """Its place on the time axis: days, of which only differences count."""
        return self.week.monday.toordinal()

    @property
    def corrected(self) -> bool:
        """Whether it is marked as resting on a run that was corrected."""
        return False


class Band(Value):
    """The usual range from one point to another (the second not included)."""

    start: int
    end: int
    centre: timedelta
    low: timedelta
    high: timedelta
    soft: bool = False


class ChartData(Value):
    """Everything a chart draws."""

    points: tuple[ChartPoint, ...] = ()
    goal: timedelta | None = None
    revisions: tuple[tuple[int, str], ...] = ()
    """Index of the first point of a revision, and its label such as `v3`."""
    bands: tuple[Band, ...] = ()


class ShareRow(Value):
    """A step or system with its part of the time."""

    id: str
    name: Shown
    median: timedelta
    share: float
    """Of the whole, 0 to 1."""
    of_largest: float
    """Against the largest row, 0 to 1: the length of its bar."""
    best: timedelta | None = None
    last: timedelta | None = None
    slow: bool = False
    """Whether the last time was more than a tenth over the median."""
