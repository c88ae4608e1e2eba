"""The goal against the limits in force."""

from __future__ import annotations

from datetime import timedelta

import pytest

from procroutine.insight.behaviour import Limits
from procroutine.insight.goal_statement import goal_statement

LIMITS = Limits(centre=timedelta(minutes=60), moving_range=timedelta(minutes=3), count=12)
"""Upper 67.98, lower 52.02 minutes."""


@pytest.mark.parametrize(
    ("minutes", "short", "sentence"),
    [
        (67.99, "reliably under", "It is reliably under its goal of 1h08."),
        (67.98, "under on average, some weeks over", "It is under its goal of 1h08 on average, some weeks over."),
        (60.01, "under on average, some weeks over", "It is under its goal of 1h00 on average, some weeks over."),
        (60, "over on average, some weeks under", "It is over its goal of 1h00 on average, some weeks under."),
        (52.02, "over on average, some weeks under", "It is over its goal of 52m on average, some weeks under."),
        (52.01, "will not get there without a change", "It will not get to its goal of 52m without a change."),
    ],
)
def test_the_goal_lies_beyond_a_limit_or_between_one_and_the_middle(minutes: float, short: str, sentence: str) -> None:
    statement = goal_statement(LIMITS, timedelta(minutes=minutes))
    assert (statement.short, statement.sentence) == (short, sentence)


def test_what_most_of_the_last_weeks_did_is_said_where_it_was_otherwise_before() -> None:
    lately = [timedelta(minutes=length) for length in (58, 58, 59, 58, 61, 61, 58, 58)]
    over = goal_statement(LIMITS, timedelta(minutes=59), lately=lately)
    assert over.short == "over on average, lately under"
    assert over.sentence == (
        "It is over its goal of 59m on average of 12 weeks, but 6 of the last 8 were at or under it."
    )
    under = goal_statement(LIMITS, timedelta(minutes=61), lately=[*lately[:3], *[timedelta(minutes=62)] * 5])
    assert under.sentence.endswith("under its goal of 1h01 on average of 12 weeks, but 5 of the last 8 were over it.")
    last = [timedelta(minutes=length) for length in (66, 65, 64, 63, 59, 58, 62, 58, 59)]
    said = goal_statement(LIMITS, timedelta(minutes=59), lately=last[:8]).sentence
    assert said == "It is over its goal of 59m on average, some weeks under."
    said = goal_statement(LIMITS, timedelta(minutes=59), lately=last[1:]).sentence
    assert said.endswith("on average of 12 weeks, but 4 of the last 5 were at or under it.")
    for goal in (timedelta(minutes=63), timedelta(minutes=80)):
        assert goal_statement(LIMITS, goal, lately=lately) == goal_statement(LIMITS, goal)
    soft = Limits(centre=LIMITS.centre, moving_range=LIMITS.moving_range, count=8)
    said = goal_statement(soft, timedelta(minutes=59), lately=lately).sentence
    assert said == "It is over its goal of 59m on average of 8 weeks, but 6 of the last 8 were at or under it."
    even = Limits(centre=timedelta(minutes=30), moving_range=timedelta(), count=5)
    said = goal_statement(even, timedelta(minutes=30)).sentence
    assert said == "It is at its goal of 30m, no week over, as far as 5 weeks can tell."


def test_too_few_weeks_and_no_goal_are_said() -> None:
    assert (
        goal_statement(None, timedelta(hours=1)).sentence == "Too few weeks yet to say how it keeps its goal of 1h00."
    )
    assert goal_statement(LIMITS, None).short == "no goal"


def test_soft_limits_are_said_and_days_are_days() -> None:
    soft = Limits(centre=LIMITS.centre, moving_range=LIMITS.moving_range, count=7)
    sentence = goal_statement(soft, timedelta(minutes=61), "day").sentence
    assert sentence == "It is under its goal of 1h01 on average, some days over, as far as 7 days can tell."
    assert goal_statement(None, timedelta(hours=1), "day").short == "too few days to say"
