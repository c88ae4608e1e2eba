"""Sleep, stopped programs, restarts, clocks that are set, summer time, travel, and runs left open: what the app says.

The clock stands still until a test moves it, and the app ticks when a test lets it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from textual.pilot import Pilot

from procroutine.clock import ManualClock
from procroutine.history.home import Home
from procroutine.run.live import RunState
from procroutine.run.record import left_over
from procroutine.tui.app import ProcroutineApp
from procroutine.tui.screens.finish import FinishScreen
from procroutine.tui.screens.run import RunScreen
from procroutine.tui.screens.state_line import StateLine
from procroutine.tui.screens.week import WeekScreen
from tests.tui.conftest import NOW, SECOND, open_on, run_shown, said, text_of

WIDE = (120, 40)
MINUTE = timedelta(minutes=1)
HALF = timedelta(seconds=30)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
Go = Callable[..., Any]


def run_of(home: Home) -> RunState:
    run = home.open_runs()[0]
    assert left_over(run) == timedelta()
    return run


def line_of(app: ProcroutineApp) -> str:
    """Give what the state line says; nothing where it is not seen."""
    line = app.screen.query_one(StateLine)
    return (
        "\n".join(content.plain.rstrip() for content in line.lines_at(line.content_size.width)) if line.display else ""
    )


def move_to(clock: ManualClock, moment: datetime, zone: str) -> None:
    """Set the clock to a moment in a zone, before anything has begun."""
    clock.reading = clock.reading.replaced(wall=moment.astimezone(ZoneInfo(zone)), zone=zone)


async def steadily(pilot: Pilot[None], go_by: Go, length: timedelta) -> None:
    """Let time go by as it does while the app runs, tick after tick."""
    for _ in range(length // HALF):
        await go_by(pilot, HALF)


async def test_sleep_is_no_work_rings_nothing_and_marks_nothing_done(
    in_run: ProcroutineApp, home: Home, clock: ManualClock, go_by: Go
) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        await run_shown(pilot)
        await go_by(pilot, HALF)
        clock.sleep(3 * HOUR + 2 * MINUTE)
        await go_by(pilot)
        assert line_of(in_run) == "Asleep 3 h 02. Not counted. c counts it, x ends the run here"
        run = run_of(home)
        assert (run.active, run.asleep) == (HALF + SECOND, 3 * HOUR + 2 * MINUTE)
        assert [step.state for step in run.steps] == ["current", "pending", "pending"]
        assert said(in_run) == []


async def test_what_was_chosen_about_sleep_can_be_changed_later(
    in_run: ProcroutineApp, home: Home, clock: ManualClock, go_by: Go
) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        await run_shown(pilot)
        clock.sleep(HOUR)
        await go_by(pilot)
        await pilot.press("c")
        assert line_of(in_run) == ""
        await pilot.press("u")
        await pilot.pause()
        assert "Asleep 1 h 00" in line_of(in_run)
        await go_by(pilot)
        await pilot.press("space")
        await pilot.pause()
        assert line_of(in_run) == ""
        assert run_of(home).steps[0].active == 2 * SECOND
        await pilot.press("c")
        assert [step.active for step in run_of(home).steps] == [HOUR + 2 * SECOND, timedelta(), None]


async def test_sleep_is_offered_after_a_new_start_and_in_every_window(
    home: Home, clock: ManualClock, go_by: Go
) -> None:
    home.start("posts")
    clock.advance(MINUTE)
    clock.sleep(2 * HOUR)
    app = open_on(home, clock, "posts")
    async with app.run_test(size=WIDE) as pilot:
        await run_shown(pilot)
        assert "Asleep 2 h 00. Not counted. c counts it" in text_of(app)
        other = open_on(Home(home.places, clock), clock, "posts")
        async with other.run_test(size=WIDE) as second:
            await run_shown(second)
            assert "Asleep 2 h 00" in text_of(other)
            await second.press("c")
        await go_by(pilot)
        assert "Asleep" not in text_of(app)


async def test_x_ends_the_run_where_it_fell_asleep(
    in_run: ProcroutineApp, home: Home, clock: ManualClock, go_by: Go
) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        await run_shown(pilot)
        await go_by(pilot, HALF)
        await pilot.press("space")
        await go_by(pilot, HALF)
        clock.sleep(5 * HOUR)
        await go_by(pilot, timedelta())
        await pilot.press("x")
        await pilot.pause()
        assert isinstance(in_run.screen, FinishScreen)
        (head,) = home.heads()
        assert (head.ended_at, head.active, head.asleep) == (NOW + MINUTE, MINUTE, timedelta())


async def test_the_keys_for_sleep_do_nothing_where_there_was_none(in_run: ProcroutineApp, home: Home) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        await run_shown(pilot)
        await pilot.press("c", "x", "l")
        assert isinstance(in_run.screen, RunScreen)
        assert not run_of(home).can_undo


async def test_a_narrow_terminal_keeps_what_can_be_done_about_sleep(
    in_run: ProcroutineApp, clock: ManualClock, go_by: Go
) -> None:
    async with in_run.run_test(size=(60, 20)) as pilot:
        await run_shown(pilot)
        clock.sleep(HOUR)
        await go_by(pilot)
        assert "Asleep 1 h 00. c counts it, x ends the run here" in text_of(in_run)


@pytest.mark.parametrize("first", ["tick", "key", "dialog"])
async def test_a_program_that_was_stopped_rings_nothing_whatever_comes_first(
    in_run: ProcroutineApp, home: Home, clock: ManualClock, go_by: Go, first: str
) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        await run_shown(pilot)
        await go_by(pilot)
        if first == "dialog":
            await pilot.press("n")
        clock.advance(2 * HOUR)
        if first == "tick":
            await go_by(pilot, timedelta())
        elif first == "key":
            await pilot.press("right_square_bracket")
        else:
            await pilot.press(*"text", "enter")
        await pilot.pause()
        assert [sentence for sentence in said(in_run) if "Usual" in sentence or "goal" in sentence.lower()] == []
        assert "Asleep 2 h 00" in line_of(in_run)
        assert (run_of(home).active, run_of(home).asleep) == (SECOND, 2 * HOUR)


async def test_two_windows_of_a_machine_that_was_stopped_take_the_time_off_once(
    in_run: ProcroutineApp, home: Home, clock: ManualClock, go_by: Go
) -> None:
    other = open_on(Home(home.places, clock), clock, "posts")
    async with in_run.run_test(size=WIDE) as pilot, other.run_test(size=WIDE) as second:
        await run_shown(pilot)
        await run_shown(second)
        await go_by(pilot, HALF)
        await go_by(second, timedelta())
        clock.advance(HOUR)
        await go_by(pilot, SECOND)
        await go_by(second, SECOND)
        await go_by(pilot, SECOND)
        assert (run_of(home).active, run_of(home).asleep) == (HALF + 2 * SECOND, HOUR + SECOND)


async def test_a_window_that_was_stopped_while_another_showed_the_run_takes_no_time_off(
    in_run: ProcroutineApp, home: Home, clock: ManualClock, go_by: Go
) -> None:
    other = open_on(Home(home.places, clock), clock, "posts")
    async with in_run.run_test(size=WIDE) as pilot, other.run_test(size=WIDE) as second:
        await run_shown(pilot)
        await run_shown(second)
        await go_by(pilot)
        await steadily(second, go_by, 3 * MINUTE)
        await go_by(pilot, timedelta())
        assert (run_of(home).active, run_of(home).asleep) == (3 * MINUTE + SECOND, timedelta())


async def test_a_pause_that_came_from_elsewhere_while_the_program_stood_still_is_no_complaint(
    in_run: ProcroutineApp, home: Home, clock: ManualClock, go_by: Go
) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        await run_shown(pilot)
        await go_by(pilot)
        Home(home.places, clock).act("pause")
        await go_by(pilot, HOUR)
        assert said(in_run) == []
        assert (run_of(home).active, run_of(home).paused) == (SECOND, HOUR)


async def test_a_restart_in_the_middle_of_a_run_is_said(home: Home, clock: ManualClock, go_by: Go) -> None:
    home.start("posts")
    clock.advance(MINUTE)
    clock.reboot(3 * MINUTE, boot="boot-2")
    app = open_on(home, clock, "posts")
    async with app.run_test(size=WIDE) as pilot:
        screen = await run_shown(pilot)
        await go_by(pilot)
        assert line_of(app) == "The machine was restarted. The time across that is by the clock on the wall."
        assert screen.view is not None
        assert screen.view.panel.time == 4 * MINUTE + SECOND


async def test_a_restart_with_a_clock_that_is_behind_takes_no_time_off(
    home: Home, clock: ManualClock, go_by: Go
) -> None:
    home.start("posts")
    clock.advance(MINUTE)
    home.act("note", text="before the restart")
    clock.reboot(timedelta(days=-400), boot="boot-2")
    app = open_on(home, clock, "posts")
    async with app.run_test(size=WIDE) as pilot:
        await run_shown(pilot)
        await go_by(pilot, HALF)
        assert line_of(app) == "The machine was restarted. Its clock went 400 days back, and no time was taken off."
        await pilot.press("space")
        await go_by(pilot, HALF)
        await pilot.press("escape", "enter")
        await pilot.pause()
        run = run_of(home)
        assert [step.active for step in run.steps] == [MINUTE + HALF, HALF, None]
        assert isinstance(app.screen, WeekScreen)


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (timedelta(seconds=5), ""),
        (timedelta(seconds=-5), ""),
        (3 * HOUR, "The clock was set 3 h 00 forward. The times of this run did not change."),
        (-3 * HOUR, "The clock was set 3 h 00 back. The times of this run did not change."),
        (3650 * DAY, "The clock was set 3650 days forward. The times of this run did not change."),
        (-3650 * DAY, "The clock was set 3650 days back. The times of this run did not change."),
    ],
)
async def test_a_clock_that_is_set_changes_no_time_of_the_run(
    in_run: ProcroutineApp, home: Home, clock: ManualClock, go_by: Go, step: timedelta, sentence: str
) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        screen = await run_shown(pilot)
        await go_by(pilot, HALF)
        clock.step_wall(step)
        await go_by(pilot)
        assert line_of(in_run) == sentence
        assert screen.view is not None
        assert screen.view.panel.time == HALF + SECOND
        assert 0 < screen.until_next_second() < 1.1
        for _ in range(3):
            await go_by(pilot)
            await pilot.press("space")
        await pilot.pause()
        assert isinstance(in_run.screen, FinishScreen)
        await go_by(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(in_run.screen, WeekScreen)
        (head,) = home.heads()
        assert (head.active, head.ended_at - head.started_at) == (HALF + 4 * SECOND, HALF + 4 * SECOND)
        assert str(head.week) == "2026-W47"


async def test_the_finish_can_be_left_though_the_clock_went_back_in_it(
    in_run: ProcroutineApp, home: Home, clock: ManualClock, go_by: Go
) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        await run_shown(pilot)
        for _ in range(3):
            await go_by(pilot)
            await pilot.press("space")
        await pilot.pause()
        clock.step_wall(-DAY)
        await go_by(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(in_run.screen, WeekScreen)


@pytest.mark.parametrize(
    ("begun", "since", "then", "finish"),
    [
        (datetime(2026, 3, 29, 0, 40, tzinfo=UTC), "01:40", "03:10", "03:32"),
        (datetime(2026, 10, 25, 0, 40, tzinfo=UTC), "02:40", "02:10", "02:32"),
    ],
    ids=["into summer time", "out of summer time"],
)
async def test_the_hour_that_is_left_out_or_comes_twice_changes_no_length(
    home: Home, clock: ManualClock, go_by: Go, begun: datetime, since: str, then: str, finish: str
) -> None:
    move_to(clock, begun, "Europe/Berlin")
    app = open_on(home, clock, "posts")
    async with app.run_test(size=WIDE) as pilot:
        screen = await run_shown(pilot)
        await steadily(pilot, go_by, 30 * MINUTE)
        assert screen.view is not None
        assert (screen.view.since, screen.view.now.split()[1]) == (since, then)
        assert screen.view.panel.time == 30 * MINUTE
        assert screen.view.total.finish == finish
        assert line_of(app) == ""
        await pilot.press("space")
        run = run_of(home)
        assert run.as_of - run.started_at == 30 * MINUTE == run.active


async def test_on_a_journey_the_run_keeps_its_week_and_its_times(home: Home, clock: ManualClock, go_by: Go) -> None:
    move_to(clock, datetime(2026, 11, 15, 22, 50, tzinfo=UTC), "Europe/Berlin")  # a Sunday, 23:50
    app = open_on(home, clock, "posts")
    async with app.run_test(size=WIDE) as pilot:
        screen = await run_shown(pilot)
        await go_by(pilot, HALF)
        move_to(clock, clock.read().wall, "Asia/Tokyo")
        await go_by(pilot, HALF)
        assert screen.view is not None
        assert (screen.view.place, screen.view.since, screen.view.now) == ("v1 · week 46", "07:50", "Mon 07:51")
        assert line_of(app) == ""
        for _ in range(3):
            await go_by(pilot)
            await pilot.press("space")
        (head,) = home.heads()
        assert (str(head.week), head.active) == ("2026-W46", MINUTE + 3 * SECOND)


async def test_a_run_left_running_for_a_month_can_end_as_of_its_last_step(
    home: Home, clock: ManualClock, go_by: Go
) -> None:
    home.start("posts")
    clock.advance(MINUTE)
    home.act("done")
    clock.advance(30 * DAY)
    app = open_on(home, clock, "posts")
    async with app.run_test(size=WIDE) as pilot:
        await run_shown(pilot)
        lines = line_of(app).splitlines()
        assert lines[0] == ("Idle for 30 days. The clock went on. x ends the run as of the last step, l leaves it out")
        assert lines[1].startswith("Begun 30 days ago. It stays in 2026-W47.")
        assert "since 19 Nov 14:05" in text_of(app)
        await pilot.press("x")
        await pilot.pause()
        assert isinstance(app.screen, FinishScreen)
        (head,) = home.heads()
        assert (head.active, head.ended_at, str(head.week)) == (MINUTE, NOW + MINUTE, "2026-W47")


async def test_a_month_of_idle_time_can_be_left_out_and_counted_again(
    home: Home, clock: ManualClock, go_by: Go
) -> None:
    home.start("posts")
    clock.advance(MINUTE)
    home.act("done")
    clock.advance(30 * DAY)
    app = open_on(home, clock, "posts")
    async with app.run_test(size=WIDE) as pilot:
        await run_shown(pilot)
        await pilot.press("l")
        await go_by(pilot, HALF)
        assert (run_of(home).active, run_of(home).asleep) == (MINUTE + HALF, 30 * DAY)
        assert "Asleep 30 days. Not counted." in line_of(app)
        await pilot.press("c")
        assert run_of(home).active == MINUTE + HALF + 30 * DAY


async def test_a_run_paused_for_a_month_goes_on_and_keeps_its_week(home: Home, clock: ManualClock, go_by: Go) -> None:
    home.start("posts")
    clock.advance(MINUTE)
    home.act("pause")
    clock.advance(30 * DAY)
    app = open_on(home, clock, "posts", long_pause=40 * DAY)
    async with app.run_test(size=WIDE) as pilot:
        await run_shown(pilot)
        await go_by(pilot, HALF)
        assert line_of(app) == "Begun 30 days ago. It stays in 2026-W47. x ends the run here"
        run = run_of(home)
        assert (run.active, run.paused, str(run.week)) == (MINUTE + HALF, 30 * DAY, "2026-W47")


@pytest.mark.parametrize("set_by", [-400 * DAY, -HOUR, HOUR, 400 * DAY])
async def test_the_gap_of_an_interrupted_run_can_be_left_out_though_the_clock_was_set(
    home: Home, clock: ManualClock, go_by: Go, set_by: timedelta
) -> None:
    first = open_on(home, clock, "posts")
    async with first.run_test() as pilot:
        await run_shown(pilot)
        await go_by(pilot, HALF)
        first.exit(return_code=143)
    clock.advance(10 * MINUTE)
    clock.step_wall(set_by)
    app = open_on(home, clock)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await pilot.press("o")
        await run_shown(pilot)
        assert said(app) == []
        run = run_of(home)
        assert (run.state, run.active + run.paused) == ("running", HALF + 10 * MINUTE)
