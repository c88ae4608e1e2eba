"""Sleep, restarts, wall clocks that jump, and entering the past."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from procroutine.clock import ManualClock
from procroutine.errors import BadInput, DoesNotFit
from procroutine.run import verbs
from procroutine.run.moments import check_moment
from procroutine.run.timeline import stretch

if TYPE_CHECKING:
    Begin = Callable[..., Any]

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def test_sleep_is_kept_apart_until_it_is_counted(begin: Begin) -> None:
    story = begin("write", "send").minutes(5).asleep(180).minutes(1)
    state = story.state
    assert (state.active, state.asleep, state.asleep_pending) == (6 * MINUTE, 3 * HOUR, 3 * HOUR)
    story.does("count_sleep")
    assert (story.times["write"], story.state.asleep) == (186, timedelta())
    story.does("undo")
    assert (story.times["write"], story.state.asleep_pending) == (6, 3 * HOUR)


def test_sleep_can_still_be_counted_later_the_last_one_first(begin: Begin) -> None:
    story = begin("write", "send").asleep(10).does("note", "woken").asleep(20).does("done").minutes(1)
    assert (story.state.asleep, story.state.asleep_pending) == (30 * MINUTE, timedelta())
    story.does("count_sleep")
    assert (story.times["write"], story.state.asleep) == (20, 10 * MINUTE)
    story.does("count_sleep")
    assert (story.times["write"], story.times["send"]) == (30, 1)
    with pytest.raises(DoesNotFit, match="No sleep was left out"):
        story.does("count_sleep")


def test_sleep_is_counted_on_the_step_it_fell_in(begin: Begin) -> None:
    story = begin("write", "send", "post").does("done").asleep(20).does("done").does("count_sleep")
    assert story.times == {"write": 0, "send": 20, "post": 0}


def test_sleep_in_a_pause_is_pause(begin: Begin) -> None:
    story = begin("write").does("pause").asleep(60).does("resume")
    assert (story.state.paused, story.state.asleep) == (HOUR, timedelta())


def test_a_gap_the_clocks_did_not_see_is_sleep_once_the_app_says_so(begin: Begin) -> None:
    story = begin("write", "send").minutes(5).minutes(30).does("slept", 28 * MINUTE).minutes(1)
    assert (story.state.active, story.state.asleep_pending) == (8 * MINUTE, 28 * MINUTE)
    story.does("slept", 5 * MINUTE)  # more than went by since: only that much
    assert story.state.asleep == 29 * MINUTE
    assert not story.state.can_undo
    story.does("count_sleep")
    assert story.times["write"] == 36


def test_undo_passes_over_noticed_sleep(begin: Begin) -> None:
    story = begin("write", "send").minutes(5).does("done").minutes(10).does("slept", 9 * MINUTE).does("undo")
    assert story.current == "write"
    assert (story.state.active, story.state.asleep) == (6 * MINUTE, 9 * MINUTE)
    story.does("redo")
    assert (story.times, story.state.asleep) == ({"write": 5, "send": 1}, 9 * MINUTE)


def test_noticed_sleep_stays_sleep_where_an_act_is_entered_for_a_moment_before_it(begin: Begin) -> None:
    story = begin("write", "send").minutes(200).does("slept", 190 * MINUTE)
    story.at(13, 56, "done").minutes(1)
    assert (story.times, story.state.asleep_pending) == ({"write": 9, "send": 2}, 190 * MINUTE)
    story.does("done")
    assert (story.times, story.state.asleep) == ({"write": 9, "send": 2}, 190 * MINUTE)


def test_a_wall_clock_that_is_set_changes_no_length(begin: Begin) -> None:
    story = begin("write", "send").minutes(5)
    story.clock.step_wall(timedelta(days=-4000))
    story.minutes(5).does("done")
    story.clock.step_wall(timedelta(days=9000))
    state = story.minutes(1).state
    assert state.active == 11 * MINUTE
    assert state.as_of == state.started_at + 11 * MINUTE
    assert state.clock_moved == timedelta(days=5000)
    assert not state.rebooted


def test_after_a_restart_the_wall_clock_has_to_do_and_the_run_says_so(begin: Begin) -> None:
    story = begin("write").minutes(5)
    story.clock.reboot(10 * MINUTE, boot="boot-2")
    state = story.minutes(1).state
    assert (state.active, state.rebooted) == (16 * MINUTE, True)


def test_a_wall_clock_behind_after_a_restart_gives_no_negative_time(begin: Begin) -> None:
    story = begin("write", "send").minutes(5).does("done")
    story.clock.reboot(timedelta(days=-400), boot="boot-2")
    assert story.state.active == 5 * MINUTE
    now = story.clock.read()
    assert check_moment(now, now.wall, story.run) == now
    story.does("done").does("undo").minutes(3)
    assert story.state.as_of >= story.state.last_event_at >= story.state.started_at


def test_summer_time_and_travel_change_no_length() -> None:
    clock = ManualClock(datetime(2026, 3, 29, 0, 30, tzinfo=UTC).astimezone(ZoneInfo("Europe/Berlin")), boot="")
    before = clock.read()
    clock.advance(2 * HOUR)
    clock.reading = clock.reading.replaced(wall=clock.reading.wall.astimezone(ZoneInfo("Asia/Tokyo")))
    assert stretch(before, clock.read()) == (7_200_000, 0, False)


def test_instants_go_on_through_the_hour_that_comes_twice(begin: Begin) -> None:
    story = begin("write")
    before_the_change = datetime(2026, 10, 25, 0, 59, tzinfo=UTC).astimezone(ZoneInfo("Europe/Berlin"))
    story.clock.reading = story.clock.reading.replaced(wall=before_the_change)
    before = story.state.as_of
    after = story.minutes(10).state.as_of
    assert after - before == 10 * MINUTE
    assert (before.utcoffset(), after.utcoffset()) == (2 * HOUR, HOUR)


def test_the_week_is_that_of_the_start_where_the_run_began(begin: Begin) -> None:
    story = begin("write")
    assert story.state.started_at.isoformat() == "2026-11-19T13:47:00+01:00"
    story.clock.reading = story.clock.reading.replaced(wall=story.clock.reading.wall.astimezone(ZoneInfo("Asia/Tokyo")))
    story.minutes(7 * 24 * 60)
    assert str(story.state.week) == "2026-W47"
    assert story.state.as_of.utcoffset() == 9 * HOUR


def test_the_past_is_entered_step_by_step(begin: Begin) -> None:
    story = begin("gather", "write", "send").minutes(60)  # it is 14:47
    story.at(13, 57, "done").at(14, 30, "done")
    assert story.times == {"gather": 10, "write": 33, "send": 17}


def test_work_entered_for_a_time_of_sleep_counts_and_the_rest_is_sleep(begin: Begin) -> None:
    story = begin("gather", "write", "send").minutes(1).asleep(59)
    story.at(14, 7, "done").at(14, 27, "done")
    assert story.times == {"gather": 20, "write": 20, "send": 0}
    assert story.state.asleep == 20 * MINUTE


def test_a_run_can_end_at_its_last_step_after_a_night_that_the_app_noticed(begin: Begin) -> None:
    story = begin("write", "send").minutes(5).does("done").minutes(600).does("slept", 590 * MINUTE)
    story.at(13, 58, "finish")
    state = story.state
    assert (state.active, state.asleep) == (11 * MINUTE, timedelta())
    assert state.ended_at == state.started_at + 11 * MINUTE


def test_moments_to_come_or_before_the_last_act_are_refused(begin: Begin) -> None:
    story = begin("write", "send").minutes(10.01).does("done").minutes(10)
    with pytest.raises(BadInput, match="15:00:00 is still to come"):
        story.at(15, 0, "done")
    with pytest.raises(BadInput, match="before the last thing done") as caught:
        story.at(13, 57, "done")
    assert caught.value.remedy == "write 13:57:01 or later"
    with pytest.raises(BadInput, match="out of reach"):
        check_moment(story.clock.read(), datetime.min.replace(tzinfo=UTC))


def test_the_last_act_is_measured_by_the_clock_of_now(begin: Begin) -> None:
    """The wall was set back by an hour after the act: 13:00 on it is later than the act was."""
    story = begin("write", "send").does("pause").minutes(30)
    story.clock.step_wall(-HOUR)
    story.at(13, 0, "resume")
    assert story.state.paused == 13 * MINUTE


@pytest.mark.parametrize(
    ("since_boot", "awake", "expected"),
    [(10_000, 4000, (10_000, 6000)), (10_000, -5000, (10_000, 10_000)), (-3, -3, (0, 0)), (10_000, 9001, (10_000, 0))],
)
def test_sleep_is_a_second_at_least_and_never_more_than_the_time_that_went_by(
    begin: Begin, since_boot: int, awake: int, expected: tuple[int, int]
) -> None:
    before = begin("write").clock.read()
    grown = {
        "since_boot": before.since_boot + timedelta(milliseconds=since_boot),
        "awake": before.awake + timedelta(milliseconds=awake),
    }
    assert stretch(before, before.replaced(**grown)) == (*expected, False)


def test_ten_minutes_entered_on_the_wall_are_ten_minutes_to_the_millisecond(begin: Begin) -> None:
    story = begin("Gather", "Write")
    story.clock.advance(timedelta(hours=1))
    first = story.clock.read().wall - timedelta(minutes=30)
    run = story.run.then(verbs.done(story.run, check_moment(story.clock.read(), first, story.run)))
    now = story.clock.read()
    # Another process reads the same clocks, and cuts one of them to another millisecond.
    later = now.replaced(wall=now.wall + timedelta(milliseconds=1))
    second = check_moment(later, first + timedelta(minutes=10), run)
    run = run.then(verbs.done(run, second))
    assert run.state(later).steps[1].active == timedelta(minutes=10)
