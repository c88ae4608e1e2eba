"""What there is to say of a run's time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from procroutine.run.remarks import correction_of, length_in_words, remarks_on, sleep_left_behind

if TYPE_CHECKING:
    from procroutine.run.states import RunState

    Begin = Callable[..., Any]

MINUTE = timedelta(minutes=1)
DAY = 24 * 60
"""In minutes, which is what a story counts in."""


def leads(state: RunState) -> list[str]:
    return [remark.lead for remark in remarks_on(state)]


def keys(state: RunState) -> list[str]:
    return [offer.key for remark in remarks_on(state) for offer in remark.offers]


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0.5, "0 min"),
        (59.9, "59 min"),
        (182, "3 h 02"),
        (47 * 60, "47 h 00"),
        (2 * DAY, "2 days"),
        (30.9 * DAY, "30 days"),
    ],
)
def test_lengths_in_words(minutes: float, words: str) -> None:
    assert length_in_words(minutes * MINUTE) == words


def test_nothing_is_said_of_a_run_as_runs_are(begin: Begin) -> None:
    story = begin("write", "send").minutes(50).asleep(0.9).does("done").does("pause").minutes(3 * DAY)
    assert remarks_on(story.state) == ()


def test_sleep_is_said_until_it_is_counted_or_its_step_is_left(begin: Begin) -> None:
    story = begin("write", "send").minutes(5).asleep(180)
    assert leads(story.state) == ["Asleep 3 h 00."]
    assert leads(story.minutes(10).does("note", "back").state) == ["Asleep 3 h 00."]
    story.does("done")
    assert leads(story.state) == []
    behind = sleep_left_behind(story.state)
    assert behind is not None
    assert behind.sentence == "Asleep 3 h 00. Not counted. To count it: procroutine amend 1234567890123456 1 +3h"
    story.does("count_sleep")
    assert sleep_left_behind(story.state) is None


def test_after_twelve_hours_the_end_comes_first_and_is_the_last_act(begin: Begin) -> None:
    story = begin("write", "send").minutes(5).does("done").minutes(5).asleep(13 * 60)
    (remark,) = remarks_on(story.state)
    assert [offer.key for offer in remark.offers] == ["x", "c"]
    assert remark.back == (13 * 60 + 5) * MINUTE
    (shorter,) = remarks_on(begin("write").minutes(5).asleep(11 * 60).minutes(1).state)
    assert [offer.key for offer in shorter.offers] == ["c", "x"]
    assert shorter.back == 11 * 60 * MINUTE


def test_half_a_day_without_an_act_weighs_more_than_sleep(begin: Begin) -> None:
    story = begin("write").asleep(60).minutes(12.1 * 60)
    assert leads(story.state) == ["Idle for 13 h 06."]
    assert keys(story.state) == ["x", "l"]


def test_an_old_run_and_a_clock_that_was_set_are_both_said(begin: Begin) -> None:
    story = begin("write").does("pause").minutes(8 * DAY)
    story.clock.step_wall(-90 * MINUTE)
    assert leads(story.state) == ["Begun 8 days ago.", "The clock was set 1 h 30 back."]
    story.clock.reboot(MINUTE, "boot-2")
    assert leads(story.state)[1] == "The machine was restarted."


def test_nothing_is_said_once_a_run_has_ended(begin: Begin) -> None:
    assert remarks_on(begin("write").asleep(600).does("done").state) == ()


def test_a_correction_is_told_also_where_corrections_add_up_to_nothing(begin: Begin) -> None:
    story = begin("write", "send").minutes(5)
    assert correction_of(story.state) == ()
    story.does("amend", "write", "-", 2 * MINUTE)
    assert [one.lead for one in correction_of(story.state)] == ["Clock corrected by −2:00."]
    story.does("done").minutes(3).does("amend", "send", "+", 2 * MINUTE)
    assert [one.lead for one in correction_of(story.state)] == ["Clock corrected: Write −2:00, Send +2:00."]
    assert correction_of(story.does("undo").does("undo").does("undo").state) == ()


def test_a_pause_that_counts_as_work_is_told(begin: Begin) -> None:
    story = begin("write", "send").does("pause").minutes(42).does("resume").does("recount", "work")
    assert [one.lead for one in correction_of(story.state)] == ["A pause of 42 min counts as work."]
    assert correction_of(story.does("undo").state) == ()
    assert correction_of(story.does("recount", "waiting").state) == ()
