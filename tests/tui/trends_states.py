"""Trends in the states that a person meets, each drawn from made-up runs as the app draws it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from procroutine.history.heads import RunHead
from procroutine.insight.trends_view import trends_view
from procroutine.insight.views.trends import TrendsView
from procroutine.routine.model import GoalPer, Routine, Step, System
from procroutine.routine.schedule import parse_schedule
from procroutine.weeks import Week

THIS_WEEK = Week(year=2026, number=47)
MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
"""Of the present week."""
ROUTINE = Routine(
    id="posts",
    name="Weekly posts",
    goal=timedelta(hours=1),
    schedule=parse_schedule("weekly on Monday"),
    systems={"docs": System(id="docs", name="Docs"), "feeds": System(id="feeds", name="Feeds")},
    steps=(
        Step(id="gather", title="Gather what was said", systems=("docs",), person="Ana"),
        Step(id="write", title="Write seven posts", systems=("docs",), person="Ana"),
        Step(id="send", title="Enter them", systems=("feeds",), person="Ben"),
    ),
)
NO_GOAL = Routine(id="posts", name="Weekly posts", schedule=ROUTINE.schedule, steps=ROUTINE.steps)
FAR = Routine(id="posts", name="Weekly posts", goal=timedelta(hours=8), steps=ROUTINE.steps)
DAILY = Routine(
    id="posts",
    name="Daily posts",
    goal=timedelta(minutes=20),
    schedule=parse_schedule("weekdays"),
    systems=ROUTINE.systems,
    steps=ROUTINE.steps,
)
PER_WEEK = Routine(id="posts", name="Daily posts", goal=timedelta(hours=2), goal_per=GoalPer.WEEK, steps=ROUTINE.steps)


def head(number: int, started_at: datetime, minutes: float, **given: Any) -> RunHead:
    """Make a run of so many minutes, shared by its three steps."""
    active = timedelta(minutes=minutes)
    fields: dict[str, Any] = {
        "id": f"{10**15 + number}",
        "routine": "posts",
        "routine_name": "Weekly posts",
        "revision": 1,
        "state": "finished",
        "week": Week.of(started_at),
        "started_at": started_at,
        "ended_at": started_at + active,
        "active": active,
        "paused": timedelta(),
        "waiting": timedelta(),
        "asleep": timedelta(),
        "goal": timedelta(hours=1),
        "steps_done": 3,
        "steps_total": 3,
        "complete": True,
        "outcome": None,
        "note": None,
        "device": "desk",
        "left_out": False,
        "corrected": False,
        "deleted": False,
        "step_times": {"gather": active * 0.3, "write": active * 0.6, "send": active * 0.1},
        "stamp": (number, "desk"),
    }
    return RunHead(**(fields | given))


def weekly(minutes: Sequence[float | None], changes: Sequence[int] = ()) -> list[RunHead]:
    """Make a run a week up to the present one; at each of the changed places a new revision begins."""
    weeks = len(minutes)
    return [
        head(
            place,
            MONDAY - timedelta(weeks=weeks - 1 - place),
            length,
            revision=1 + sum(place >= change for change in changes),
        )
        for place, length in enumerate(minutes)
        if length is not None
    ]


def around(level: float, count: int, seed: int = 1, spread: float = 4) -> list[float]:
    """Give made-up minutes around a level."""
    random = Random(seed)
    return [level + random.uniform(-spread, spread) for _ in range(count)]


def half_a_year() -> list[RunHead]:
    """A routine that a change made quicker: a week outside, one missed, one off, a corrected run, two in one week."""
    minutes: list[float | None] = [*around(80, 14), *around(60, 12)]
    minutes[10], minutes[18], minutes[20] = 128, None, None
    heads = weekly(minutes, changes=(14,))
    heads[16] = heads[16].replaced(corrected=True)
    heads[20] = heads[20].replaced(left_out=True)
    return [*heads, head(90, MONDAY - timedelta(weeks=4, days=-2), 63, revision=2)]


def ten_years() -> list[RunHead]:
    """A routine done for ten years, at first ever quicker."""
    minutes = [*around(95, 60, 2, 9), *around(76, 200, 3, 7), *around(66, 160, 4), *around(57, 100, 5)]
    minutes[300] = 118
    return weekly(minutes, changes=(60, 260, 420))


def daily() -> list[RunHead]:
    """A routine done on weekdays for ten weeks."""
    days = [day for day in range(70) if day % 7 < 5 and day < 67]
    minutes = around(21, len(days), 6, 3)
    return [
        head(number, MONDAY - timedelta(weeks=9) + timedelta(days=day), length)
        for number, (day, length) in enumerate(zip(days, minutes, strict=True))
    ]


def missed() -> list[RunHead]:
    """A routine that was given up half a year ago."""
    return weekly([*around(60, 8), *[None] * 30])


def quicker() -> list[RunHead]:
    """A routine that has become quicker without a new revision: eight weeks in a row under the middle."""
    return weekly([*around(66, 17, 8), *around(57, 9, 9, 2)])


def outlier() -> list[RunHead]:
    """A steady routine with one week that was not."""
    return weekly([*around(62, 18, 7, 3), 131, *around(62, 7, 8, 3)])


STATES: dict[str, Callable[[], TrendsView]] = {
    "no run": lambda: trends_view(ROUTINE, [], THIS_WEEK),
    "1 week": lambda: trends_view(ROUTINE, weekly([58]), THIS_WEEK),
    "2 weeks": lambda: trends_view(ROUTINE, weekly([64, 58]), THIS_WEEK),
    "5 weeks": lambda: trends_view(ROUTINE, weekly(around(61, 5)), THIS_WEEK),
    "26 weeks": lambda: trends_view(ROUTINE, half_a_year(), THIS_WEEK, off={THIS_WEEK + -5: "holiday"}),
    "520 weeks": lambda: trends_view(ROUTINE, ten_years(), THIS_WEEK, 0),
    "all missed": lambda: trends_view(ROUTINE, missed(), THIS_WEEK),
    "one outlier": lambda: trends_view(ROUTINE, outlier(), THIS_WEEK),
    "a signal stands": lambda: trends_view(ROUTINE, quicker(), THIS_WEEK),
    "goal far away": lambda: trends_view(FAR, weekly(around(40, 12)), THIS_WEEK),
    "no goal": lambda: trends_view(NO_GOAL, weekly(around(40, 12)), THIS_WEEK),
    "by medians": lambda: trends_view(ROUTINE, outlier(), THIS_WEEK, by_medians=True),
    "weeks of a daily routine": lambda: trends_view(DAILY, daily(), THIS_WEEK),
    "days": lambda: trends_view(DAILY, daily(), THIS_WEEK, by_day=True),
    "days of a goal of the week": lambda: trends_view(PER_WEEK, daily(), THIS_WEEK, 8, by_day=True),
}
"""What draws each state."""
