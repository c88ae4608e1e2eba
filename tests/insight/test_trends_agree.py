"""What Trends draws by means is what `trends --json` says, and the other way round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest

from procroutine.insight.trends_answer import trends_answer
from procroutine.insight.trends_view import trends_view
from procroutine.insight.views.common import Mark
from procroutine.routine.model import GoalPer, Routine, Step
from procroutine.routine.schedule import parse_schedule
from procroutine.weeks import Week

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead

THIS_WEEK = Week(year=2026, number=47)
LAST = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)


def a_routine(random: Random) -> Routine:
    return Routine(
        id="posts",
        name="Weekly posts",
        goal=random.choice((None, timedelta(minutes=58), timedelta(hours=1), timedelta(hours=3))),
        goal_per=random.choice((GoalPer.RUN, GoalPer.WEEK)),
        schedule=random.choice((None, parse_schedule("weekly on Monday"), parse_schedule("daily"))),
        steps=(Step(id="a", title="Write"),),
    )


@pytest.mark.parametrize("seed", range(20))
def test_weeks_limits_and_signals_are_the_same_in_both(make_head: Callable[..., RunHead], seed: int) -> None:
    random = Random(seed)
    routine = a_routine(random)
    heads, revision, level = [], 1, 60
    for back in reversed(range(random.choice((0, 3, 12, 60, 110)))):
        if random.random() < 0.06:
            revision, level = revision + 1, level + random.choice((-8, 0, 5))
        for _ in range(random.choice((0, 1, 1, 1, 2))):
            minutes = level + random.randint(-3, 3) + 40 * (random.random() < 0.03)
            heads.append(
                make_head(
                    started_at=LAST - timedelta(weeks=back, hours=random.randint(0, 20)),
                    active=timedelta(minutes=minutes),
                    revision=revision,
                    left_out=random.random() < 0.05,
                    state="abandoned" if random.random() < 0.05 else "finished",
                )
            )
    real_changes = {number for number in range(2, revision + 1) if random.random() < 0.2}
    off = {THIS_WEEK + -back: "holiday" for back in random.sample(range(60), 4)}
    for weeks in (0, 26, 8):
        answer = trends_answer(routine, heads, THIS_WEEK, weeks, {}, real_changes)
        chart = (view := trends_view(routine, heads, THIS_WEEK, weeks, off, real_changes)).chart
        drawn = {str(point.week): point for point in chart.points}
        assert len(drawn) == len(chart.points)
        for week in answer["weeks"]:
            point = drawn.pop(week["week"], None)
            value = week["value_seconds"]
            assert (None if point is None or point.value is None else point.value.total_seconds()) == value
            assert point is None or (len(point.run_ids), point.unfinished) == (week["runs"], week["unfinished"])
            assert (
                week["met"] is None or point is None or (point.vs_goal or timedelta()) <= timedelta() or not week["met"]
            )
        assert drawn == {}
        assert [
            (
                band.centre.total_seconds(),
                band.low.total_seconds(),
                band.high.total_seconds(),
                band.soft,
                str(next(point.week for point in reversed(chart.points[: band.end]) if point.value is not None)),
            )
            for band in chart.bands
        ] == [
            (one["center_seconds"], one["lower_seconds"], one["upper_seconds"], one["soft"], one["to_week"])
            for one in answer["limits"]
        ]
        begins = [str(chart.points[band.start].week) for band in chart.bands[1 if weeks else 0 :]]
        assert begins == [one["from_week"] for one in answer["limits"][1 if weeks else 0 :]]
        told = Counter(
            str(point.week) for point, reading in zip(chart.points, view.readings, strict=True) for _ in reading.signals
        )
        assert told == Counter(signal["week"] for signal in answer["signals"])
        outside = {str(point.week) for point in chart.points if point.mark is Mark.OUTSIDE}
        assert outside == {signal["week"] for signal in answer["signals"] if signal["rule"] == "outside"}
