"""The table of past runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from procroutine.insight.history_view import history_view, newest_first
from procroutine.insight.views.common import Standing
from procroutine.weeks import Week

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead

THIS_WEEK = Week(year=2026, number=47)


def test_every_week_is_named_once_and_the_newest_comes_first(make_head: Callable[..., RunHead]) -> None:
    monday = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)
    heads = [
        make_head(a=60, started_at=monday),
        make_head(a=60, started_at=datetime(2025, 12, 29, 9, 0, tzinfo=UTC)),
        make_head(a=60, started_at=datetime(2025, 12, 24, 9, 0, tzinfo=UTC)),
        make_head(a=60, started_at=monday + timedelta(days=1)),
        make_head(a=60, started_at=monday + timedelta(days=7)),
    ]
    view = history_view(heads, THIS_WEEK)
    assert [row.week for row in view.rows] == ["W47", "W46", "", "W1", "W52 2025"]
    assert [row.finished for row in view.rows][:3] == ["Mon 16 09:01", "Tue 10 09:01", "Mon 09 09:01"]


def test_a_run_over_midnight_on_sunday_stays_in_the_week_it_began(make_head: Callable[..., RunHead]) -> None:
    sunday = make_head(a=7200, started_at=datetime(2026, 11, 15, 23, 30, tzinfo=UTC))
    monday = make_head(a=60, started_at=datetime(2026, 11, 16, 0, 10, tzinfo=UTC))
    view = history_view([sunday, monday], THIS_WEEK)
    assert [(row.week, row.finished) for row in view.rows] == [("W47", "Mon 16 00:11"), ("W46", "Mon 16 01:30")]


def test_of_two_runs_that_ended_together_the_later_begun_comes_first(make_head: Callable[..., RunHead]) -> None:
    noon = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
    long, short = (make_head(a=minutes * 60, started_at=noon - timedelta(minutes=minutes)) for minutes in (30, 5))
    assert newest_first([long, short]) == newest_first([short, long]) == [short, long]


def test_the_facts_count_weeks_runs_and_time(make_head: Callable[..., RunHead]) -> None:
    heads = [make_head(a=3600), make_head(a=5400)]
    assert history_view(heads, THIS_WEEK).facts == "last 11 weeks · 2 runs · 2h30"
    assert history_view(heads[:1], heads[0].week).facts == "this week · 1 run · 1h00"
    assert history_view([], THIS_WEEK).facts == "no runs"


def test_the_title_is_the_routines_name_made_harmless() -> None:
    assert history_view([], THIS_WEEK).title == "All routines"
    assert history_view([], THIS_WEEK, name="Posts\x1b[31m").title == "Posts␛[31m"


@pytest.mark.parametrize(
    ("seconds", "standing"), [(3600, Standing.MET), (3601, Standing.OVER), (3961, Standing.FAR_OVER)]
)
def test_a_run_stands_against_the_goal_it_was_made_with(
    make_head: Callable[..., RunHead], seconds: int, standing: Standing
) -> None:
    (row,) = history_view([make_head(a=seconds)], THIS_WEEK).rows
    assert (row.vs_goal, row.standing) == (timedelta(seconds=seconds - 3600), standing)


def test_a_run_is_held_against_no_goal_of_a_week_and_an_abandoned_one_against_none(
    make_head: Callable[..., RunHead],
) -> None:
    heads = [make_head(a=4000, routine="books"), make_head(a=10, state="abandoned"), make_head(a=10, goal=None)]
    rows = history_view(heads, THIS_WEEK, goal_per_week={"books"}).rows
    assert [(row.vs_goal, row.standing) for row in rows] == [(None, Standing.NONE)] * 3
    assert [row.state for row in rows] == ["finished", "abandoned", "finished"]


def test_steps_left_out_are_marked(make_head: Callable[..., RunHead]) -> None:
    (row,) = history_view([make_head(a=10, steps_total=3, revision=None, note="two\nlines")], THIS_WEEK).rows
    assert (row.steps, row.skipped, row.revision, row.note) == ("1/3", True, "", "two lines")


@pytest.mark.parametrize(
    ("text", "found"), [("", 3), ("export SLOW", 1), ("w37", 1), ("abandoned", 1), ("missed", 1), ("nowhere", 0)]
)
def test_the_filter_wants_every_word_somewhere(make_head: Callable[..., RunHead], text: str, found: int) -> None:
    heads = [make_head(a=1, note="Slow export"), make_head(a=1, state="abandoned"), make_head(a=1, outcome="missed")]
    assert len(history_view(heads, THIS_WEEK, text=text).rows) == found


def test_deleted_runs_are_not_in_it_and_left_out_ones_are(make_head: Callable[..., RunHead]) -> None:
    heads = [make_head(a=1, deleted=True), make_head(a=1, left_out=True)]
    assert [row.run_id for row in history_view(heads, THIS_WEEK).rows] == [heads[1].id]
