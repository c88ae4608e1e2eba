"""Changing a run on the way: steps off and in another order, work before it begins, what a pause was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from procroutine.clock import ManualClock
from procroutine.errors import BadInput, DoesNotFit
from procroutine.history.documents import run_document, run_of
from procroutine.run import verbs
from procroutine.run.live import LiveRun
from procroutine.run.record import left_over, run_json

Begin = Callable[..., Any]
MINUTE = timedelta(minutes=1)
ZERO = timedelta()


# Steps off and on


def test_a_step_switched_off_is_passed_over_and_has_no_time(begin: Begin) -> None:
    story = begin("write", "check", "send").does("switch_off", "Check").minutes(2).does("done")
    assert story.current == "send"
    assert story.states["check"] == "skipped"
    assert story.times["check"] is None
    assert [step.off for step in story.state.steps] == [False, True, False]
    assert story.does("done").state.state == "finished"


def test_it_can_be_switched_on_again_gone_to_and_undone(begin: Begin) -> None:
    story = begin("write", "check", "send").does("switch_off", "check").does("switch_on", "check")
    assert story.states["check"] == "pending"
    story.does("undo")
    assert story.state.steps[1].off
    story.does("goto", "check")
    assert (story.current, story.state.steps[1].off) == ("check", False)


def test_only_steps_to_come_can_be_switched_off(begin: Begin) -> None:
    story = begin("write", "check", "send").does("done")
    for step, why in (("check", "current step"), ("write", "done already")):
        with pytest.raises(DoesNotFit, match=why):
            story.does("switch_off", step)
    with pytest.raises(DoesNotFit, match="not switched off"):
        story.does("switch_on", "send")
    story.does("switch_off", "send")
    with pytest.raises(DoesNotFit, match="switched off already"):
        story.does("switch_off", "send")


def test_the_record_remembers_what_was_switched_off(begin: Begin) -> None:
    story = begin("write", "check").does("switch_off", "check").does("done")
    run = story.state
    assert [step.off for step in run_of(run_document(run), run.definition).steps] == [False, True]


# Another order


def test_what_is_left_is_done_in_the_order_it_was_put(begin: Begin) -> None:
    story = begin("a", "b", "c", "d").does("move", "d", "a").does("done")
    assert story.current == "d"
    assert list(story.states) == ["a", "d", "b", "c"]
    story.does("done").does("undo").does("undo").does("undo")
    assert list(story.states) == ["a", "b", "c", "d"]


def test_the_record_says_in_what_order_it_was_done(begin: Begin) -> None:
    story = begin("a", "b", "c").does("move", "c", "a")
    for _ in range(3):
        story.minutes(1).does("done")
    run = story.state
    assert [step["id"] for step in run_json(run)["steps"]] == ["a", "c", "b"]
    assert [run.steps[place].id for place in run.order_done] == ["a", "c", "b"]
    again = run_of(run_document(run, story.run.events), run.definition)
    assert [step.id for step in again.steps] == ["a", "c", "b"]


def test_no_step_is_put_before_one_it_has_to_come_after(begin: Begin) -> None:
    story = begin("a", "b", {"id": "c", "title": "C", "after": ["b"]}, "d")
    with pytest.raises(DoesNotFit, match="C has to come after B"):
        story.does("move", "c", "a")
    with pytest.raises(DoesNotFit, match="C has to come after B"):
        story.does("move", "b", "c")
    story.does("done").does("done").does("move", "d", "b")
    assert list(story.states) == ["a", "b", "d", "c"]


def test_a_place_that_is_none_is_refused(begin: Begin) -> None:
    story = begin("a", "b", "c")
    for step, after, why in (
        ("a", "c", "current step"),
        ("b", "b", "after itself"),
        ("b", "a", "comes after A already"),
    ):
        with pytest.raises(DoesNotFit, match=why):
            story.does("move", step, after)


# Before the run


def prepared_story(begin: Begin) -> Any:
    story = begin("write")
    steps: list[dict[str, Any]] = [
        {"id": "write", "title": "Write"},
        {"id": "choose", "title": "Choose", "prepare": True},
        {"id": "crop", "title": "Crop", "prepare": True},
        {"id": "send", "title": "Send"},
    ]
    snapshot = {"id": "posts", "name": "Posts", "steps": steps}
    started = verbs.start(story.clock.read(), run="1234567890123456", device="desk", snapshot=snapshot, preparing=True)
    story.run = LiveRun.from_events((started,))
    return story


def test_steps_prepared_days_before_do_not_count_in_the_hour(begin: Begin) -> None:
    story = prepared_story(begin)
    assert (story.current, story.state.preparing) == ("choose", True)
    story.minutes(5).does("done").minutes(3).does("done")
    assert (story.state.state, story.current) == ("paused", "write")
    begins = story.minutes(3 * 24 * 60).state.as_of
    story.does("resume").minutes(10).does("done").minutes(2).does("done")
    run = story.state
    assert run.state == "finished"
    assert (run.started_at, run.active, run.paused) == (begins, 12 * MINUTE, ZERO)
    assert [step.prepared for step in run.steps] == [None, 5 * MINUTE, 3 * MINUTE, None]
    assert [step.active for step in run.steps] == [10 * MINUTE, None, None, 2 * MINUTE]
    assert run.week.number == 47
    assert left_over(run) == ZERO
    assert run_json(run)["steps"][1]["prepared_seconds"] == 300


def test_the_run_has_the_week_in_which_it_began(begin: Begin) -> None:
    story = prepared_story(begin).minutes(7 * 24 * 60).does("begin")
    assert (story.current, story.state.week.number) == ("write", 48)


def test_what_was_begun_before_goes_on_in_the_run(begin: Begin) -> None:
    story = prepared_story(begin).minutes(4).does("begin").does("done").minutes(6).does("done")
    choose = story.state.steps[1]
    assert (choose.prepared, choose.active) == (4 * MINUTE, 6 * MINUTE)


def test_until_it_begins_only_what_can_be_prepared_is_done(begin: Begin) -> None:
    story = prepared_story(begin)
    with pytest.raises(DoesNotFit, match="has not begun yet"):
        story.does("goto", "send")
    with pytest.raises(DoesNotFit, match="has not begun yet"):
        story.does("finish")
    story.does("done").does("done")
    with pytest.raises(DoesNotFit, match="begin it first"):
        story.does("done")
    story.does("begin")
    with pytest.raises(DoesNotFit, match="has begun already"):
        story.does("begin")
    story.does("undo")
    assert story.state.preparing


def test_a_preparation_that_is_abandoned_leaves_no_time_over(begin: Begin) -> None:
    story = prepared_story(begin).minutes(9).does("abandon")
    run = story.state
    assert (run.state, run.active, run.started_at) == ("abandoned", ZERO, run.ended_at)
    assert left_over(run) == ZERO


def test_a_prepared_time_can_be_corrected(begin: Begin) -> None:
    story = prepared_story(begin).minutes(9).does("done").does("amend", "choose", "-", 2 * MINUTE)
    assert story.state.steps[1].prepared == 7 * MINUTE
    assert story.state.corrected == ZERO


def test_a_routine_without_such_steps_cannot_be_prepared() -> None:
    clock = ManualClock(datetime(2026, 11, 19, 12, 47, tzinfo=UTC))
    snapshot = {"id": "posts", "name": "Posts", "steps": [{"id": "a", "title": "A"}]}
    with pytest.raises(DoesNotFit, match="no step that may be done before"):
        verbs.start(clock.read(), run="1", device="desk", snapshot=snapshot, preparing=True)


# What a pause was


def test_a_pause_can_turn_out_to_have_been_work(begin: Begin) -> None:
    story = begin("write", "send").minutes(5).does("pause").minutes(40).does("resume")
    assert story.state.last_pause == 40 * MINUTE
    story.does("recount", "work")
    assert (story.times["write"], story.state.paused, story.state.last_pause) == (45, ZERO, ZERO)
    assert left_over(story.state) == ZERO
    story.does("undo")
    assert (story.times["write"], story.state.paused) == (5, 40 * MINUTE)


def test_or_waiting_and_only_the_last_one_counts(begin: Begin) -> None:
    story = begin("write", "send").does("pause").minutes(1).does("resume").does("pause").minutes(30).does("done")
    story.does("recount", "waiting")
    assert (story.state.waiting, story.state.paused) == (30 * MINUTE, MINUTE)
    assert story.state.steps[0].paused == MINUTE


def test_a_pause_over_several_steps_goes_to_each_what_fell_in_it(begin: Begin) -> None:
    story = begin("a", "b").does("pause").minutes(2).does("goto", "b").minutes(3).does("resume").does("recount", "work")
    assert story.times == {"a": 2, "b": 3}


def test_without_a_pause_there_is_nothing_to_count(begin: Begin) -> None:
    story = begin("a").does("pause").minutes(1)
    with pytest.raises(DoesNotFit, match="no pause"):
        story.does("recount", "work")
    with pytest.raises(BadInput, match="work or waiting"):
        story.does("recount", "holiday")


# By when


def test_a_deadline_is_kept_and_taken_back(begin: Begin) -> None:
    story = begin("a")
    until = story.state.as_of + timedelta(hours=1)
    assert story.does("deadline", until).state.deadline == until
    assert story.does("deadline").state.deadline is None
    with pytest.raises(DoesNotFit, match="has no deadline"):
        story.does("deadline")
    with pytest.raises(BadInput, match="has passed"):
        story.does("deadline", story.state.started_at)
