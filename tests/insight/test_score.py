from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procroutine.history.heads import RunHead, WeekOff
from procroutine.insight.score import ScoredPeriod, kept_of, score_of, smoothed, soft_score
from procroutine.routine.model import GoalPer
from tests.insight.week_samples import entry, off, past_of

Heads = Callable[..., RunHead]
HOUR = timedelta(hours=1)
THURSDAY = datetime(2026, 11, 19, 14, 5, tzinfo=UTC)
DAY, WEEK = 0.948078, 0.868429
"""By hand: 0.5^(1/13), and 0.5^(7·√(1/7)/13) = 0.5^(2.645751/13) = 0.5^0.203519 = e^−0.141069."""


@pytest.mark.parametrize(
    ("minutes", "expected"), [(0, 1), (45, 1), (60, 1), (61, 59 / 60), (75, 0.75), (90, 0.5), (120, 0), (500, 0)]
)
def test_a_week_scores_by_the_share_it_is_over_its_goal(minutes: int, expected: float) -> None:
    assert soft_score(timedelta(minutes=minutes), HOUR) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("days", "runs_per_day", "expected"),
    [(1, 1, DAY), (13, 1, 0.5), (7, 1 / 7, WEEK), (13, 4, 0.25), (26, 0.25, 0.5), (5, 0, 1)],
)
def test_half_is_forgotten_in_thirteen_days_by_the_root_of_the_runs_a_day(
    days: int, runs_per_day: float, expected: float
) -> None:
    assert kept_of(days, runs_per_day) == pytest.approx(expected, abs=1e-6)


def test_each_period_moves_the_score_towards_its_own() -> None:
    weekly = [ScoredPeriod(7, score) for score in (1.0, 0.5, None, 0.0)]
    # 0.131571; then 0.131571·0.868429 + 0.5·0.131571 = 0.180045; the one off moves nothing; then 0.180045·0.868429.
    assert [smoothed(weekly[:count], 1 / 7) for count in range(5)] == pytest.approx(
        [0, 0.131571, 0.180045, 0.180045, 0.156357], abs=2e-6
    )


@given(st.lists(st.tuples(st.integers(1, 40), st.none() | st.floats(0, 1))), st.floats(0.001, 3))
def test_a_score_stays_from_nothing_to_one_and_weeks_off_change_nothing(
    periods: list[tuple[int, float | None]], runs_per_day: float
) -> None:
    scored = [ScoredPeriod(*period) for period in periods]
    found = smoothed(scored, runs_per_day)
    assert 0 <= found <= 1
    assert smoothed([period for period in scored if period.score is not None], runs_per_day) == found


def _score(
    heads: Iterable[RunHead], schedule: str | None = "weekly on Mon", weeks_off: Iterable[WeekOff] = (), **given: Any
) -> float | None:
    past = past_of([entry("posts", schedule, **given)], heads, weeks_off)
    (one,) = past.routines((), THURSDAY)
    return score_of(one)


@pytest.fixture
def run_on(make_head: Heads) -> Heads:
    def make(day: str, minutes: float = 60, **given: Any) -> RunHead:
        started = datetime.combine(date.fromisoformat(day), datetime.min.time(), tzinfo=UTC).replace(hour=9)
        return make_head(started_at=started, active=timedelta(minutes=minutes), **given)

    return make


def test_a_weekly_routine_is_scored_by_its_weeks(run_on: Heads) -> None:
    weeks = [run_on("2026-10-26"), run_on("2026-11-02", 120), run_on("2026-11-02", 60), run_on("2026-11-10", 45)]
    # Its weeks score 1, 0.5 (90 minutes in the mean) and 1; the present one does not count before it is done.
    expected = smoothed([ScoredPeriod(7, 1), ScoredPeriod(7, 0.5), ScoredPeriod(7, 1)], 1 / 7)
    assert _score(weeks) == pytest.approx(expected)
    assert expected == pytest.approx(0.180045 * WEEK + 1 - WEEK, abs=2e-6)
    done = smoothed([ScoredPeriod(7, one) for one in (1, 0.5, 1, 0.25)], 1 / 7)
    assert _score([*weeks, run_on("2026-11-17", 105)]) == pytest.approx(done)


def test_a_week_missed_lowers_the_score_and_a_week_off_does_not(run_on: Heads) -> None:
    heads = [run_on("2026-10-26"), run_on("2026-11-09")]
    both = [ScoredPeriod(7, 1), ScoredPeriod(7, 1)]
    assert _score(heads) == pytest.approx(smoothed([both[0], ScoredPeriod(7, 0), both[1]], 1 / 7))
    for week_off in (off("2026-W45"), off("2026-W45", "posts")):
        assert _score(heads, weeks_off=[week_off]) == pytest.approx(smoothed(both, 1 / 7))
    slow_in_week_off = [*heads, run_on("2026-11-04", 500)]
    assert _score(slow_in_week_off, weeks_off=[off("2026-W45")]) == pytest.approx(smoothed(both, 1 / 7))


def test_a_goal_of_the_week_is_held_against_its_sum(run_on: Heads) -> None:
    heads = [run_on("2026-11-09", 50), run_on("2026-11-13", 40)]
    assert _score(heads, goal_per=GoalPer.WEEK) == pytest.approx(0.5 * (1 - WEEK), abs=1e-6)
    assert _score(heads) == pytest.approx(1 - WEEK, abs=1e-6)


def test_days_count_where_a_routine_is_due_daily(run_on: Heads) -> None:
    heads = [run_on("2026-11-17"), run_on("2026-11-18", 90)]
    assert _score(heads, "daily") == pytest.approx((1 - DAY) * DAY + 0.5 * (1 - DAY), abs=1e-6)


def test_runs_left_out_and_abandoned_move_nothing(run_on: Heads) -> None:
    kept = run_on("2026-11-02")
    assert _score([kept, run_on("2026-11-09", 300, left_out=True)]) == pytest.approx(1 - WEEK, abs=1e-6)
    missed = smoothed([ScoredPeriod(7, 1), ScoredPeriod(7, 0)], 1 / 7)
    assert _score([kept, run_on("2026-11-09", state="abandoned")]) == pytest.approx(missed)


def test_what_was_not_yet_due_under_an_older_schedule_was_not_missed(run_on: Heads) -> None:
    heads = [
        run_on("2026-09-07", schedule="monthly on 1"),
        run_on("2026-10-12", schedule="monthly on 1"),
        run_on("2026-11-09", schedule="weekly on Mon"),
    ]
    assert _score(heads) == pytest.approx(smoothed([ScoredPeriod(7, 1)] * 3, 1 / 7))


def test_without_a_goal_what_is_done_scores_one_and_without_a_schedule_or_a_run_there_is_no_score(
    run_on: Heads,
) -> None:
    heads = [run_on("2026-11-09", 500)]
    assert _score(heads, goal=None) == pytest.approx(1 - WEEK, abs=1e-6)
    assert _score(heads, None) is None
    assert _score([]) is None


def test_what_is_long_forgotten_changes_nothing_that_is_shown(run_on: Heads) -> None:
    monday = date(2026, 11, 9)
    heads = [run_on(str(monday - timedelta(weeks=back)), 60 if back < 5 else 66) for back in range(150)]
    whole = smoothed([ScoredPeriod(7, 1.0 if back < 5 else 0.9) for back in reversed(range(150))], 1 / 7)
    assert _score(heads) == pytest.approx(whole, abs=1e-4)
