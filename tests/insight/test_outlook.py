"""Odds and deadlines in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from procroutine.insight.odds import Odds
from procroutine.insight.outlook import deadline_line, odds_line, percent
from procroutine.insight.run_odds import NoOdds
from procroutine.insight.run_view import Fit
from procroutine.run.states import RunState, StepState

HOUR = timedelta(hours=1)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


@pytest.mark.parametrize(
    ("chance", "said"),
    [(0.0, "under 1 %"), (0.009, "under 1 %"), (0.01, "1 %"), (0.624, "62 %"), (0.99, "99 %"), (1.0, "over 99 %")],
)
def test_nothing_that_was_drawn_is_certain(chance: float, said: str) -> None:
    assert percent(chance) == said


def test_odds_tell_the_chance_and_two_times(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState], now: datetime
) -> None:
    run = make_run(make_step("A", "current", 600))
    found = Odds(chance=0.62, middle=minutes(46), likely=minutes(57), late=minutes(70), only_planned=("b", "c"))
    line = odds_line(found, run, now, HOUR)
    assert line is not None
    assert (line.chance, line.short) == ("62 % to finish within 1h", "62 % within 1h")
    assert line.times == "50 % by 14:41, 85 % by 14:52"
    assert line.caution == "2 steps only as planned"


def test_times_and_deadlines_on_another_day_have_its_name(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState], now: datetime
) -> None:
    run = make_run(make_step("A", "current", 0))
    found = Odds(chance=None, middle=12 * HOUR, likely=300 * HOUR, late=301 * HOUR, only_planned=())
    line = odds_line(found, run, now, None)
    assert line is not None
    assert line.times == "50 % by Fri 02:05, 85 % by 2 Dec 02:05"
    fit = Fit(deadline=now + 12 * HOUR, spare=HOUR, time_left=12 * HOUR, leave_out=(), fits_then=True)
    said = deadline_line(fit, now)
    assert said is not None
    assert said.lead == "By Fri 02:05: fits"


def test_without_a_goal_only_the_times_are_told_and_what_is_behind_is_now(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState], now: datetime
) -> None:
    run = make_run(make_step("A", "current", 600))
    found = Odds(chance=None, middle=minutes(9), likely=minutes(11), late=minutes(12), only_planned=())
    line = odds_line(found, run, now, None)
    assert line is not None
    assert (line.chance, line.short, line.times, line.caution) == ("", "", "50 % by 14:05, 85 % by 14:06", "")


def test_why_there_are_none_is_told_and_what_is_not_known_yet_is_not(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState], now: datetime
) -> None:
    run = make_run(make_step("A", "current", 600))
    line = odds_line(NoOdds("no odds yet: 3 of 5 runs"), run, now, HOUR)
    assert line is not None
    assert (line.chance, line.short) == ("no odds yet: 3 of 5 runs", "no odds yet")
    assert odds_line(None, run, now, HOUR) is None


@pytest.mark.parametrize(
    ("spare", "titles", "fits_then", "lead", "advice"),
    [
        (10, (), True, "By 14:30: fits", "10:00 to spare"),
        (150, (), True, "By 14:30: fits", "2h30 to spare"),
        (-4, ("Tidy",), True, "By 14:30: 4:00 short", "leave out Tidy and it fits"),
        (-4, (), False, "By 14:30: 4:00 short", "nothing optional to leave out"),
        (-9, ("A", "B"), False, "By 14:30: 9:00 short", "too long even without A, B"),
        (-9, ("A", "B", "C", "D", "E"), True, "By 14:30: 9:00 short", "leave out A, B, C and 2 more and it fits"),
    ],
)
def test_a_deadline_tells_what_to_leave_out(
    make_step: Callable[..., StepState],
    now: datetime,
    spare: float,
    titles: tuple[str, ...],
    fits_then: bool,
    lead: str,
    advice: str,
) -> None:
    steps = tuple(make_step(title) for title in titles)
    fit = Fit(
        deadline=now + minutes(25), spare=minutes(spare), time_left=minutes(25), leave_out=steps, fits_then=fits_then
    )
    line = deadline_line(fit, now)
    assert line is not None
    assert (line.fits, line.lead, line.advice) == (spare >= 0, lead, advice)


@pytest.mark.parametrize(
    ("found", "odds"),
    [
        (None, ""),
        (NoOdds("no odds yet: 3 of 5 runs"), ""),
        (Odds(None, minutes(30), minutes(45), minutes(50), (), (1500, 1800, 2400, 2700)), "50 % to finish by 14:30"),
    ],
)
def test_a_deadline_has_a_chance_of_its_own(now: datetime, found: Odds | NoOdds | None, odds: str) -> None:
    fit = Fit(deadline=now + minutes(25), spare=minutes(1), time_left=minutes(25), leave_out=(), fits_then=True)
    line = deadline_line(fit, now, found, spent=minutes(5))
    assert line is not None
    assert line.odds == odds


def test_while_it_is_paused_the_chance_goes_down(now: datetime) -> None:
    fit = Fit(deadline=now + minutes(25), spare=minutes(1), time_left=minutes(24), leave_out=(), fits_then=True)
    found = Odds(None, minutes(30), minutes(45), minutes(50), (), (1500, 1800, 2400, 2700))
    line = deadline_line(fit, now + minutes(1), found, spent=minutes(5))
    assert line is not None
    assert line.odds == "25 % to finish by 14:30"


def test_without_a_deadline_there_is_no_line(now: datetime) -> None:
    assert deadline_line(None, now) is None
