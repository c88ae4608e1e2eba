from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from procroutine.errors import BadInput, DoesNotFit, NotFound
from procroutine.run.verbs import VERBS, new_run_id

if TYPE_CHECKING:
    Begin = Callable[..., Any]

MINUTE = timedelta(minutes=1)


def test_done_goes_from_step_to_step_and_the_last_one_finishes_the_run(begin: Begin) -> None:
    story = begin("gather", "write", "send")
    assert story.current == "gather"
    story.minutes(5).does("done").minutes(20).does("done")
    assert story.current == "send"
    assert story.state.state == "running"
    story.minutes(2.5).does("done")
    state = story.state
    assert (state.state, state.current, state.outcome) == ("finished", None, None)
    assert state.ended_at == state.started_at + 27.5 * MINUTE
    assert state.active == 27.5 * MINUTE
    assert story.times == {"gather": 5, "write": 20, "send": 2.5}
    assert state.order_done == (0, 1, 2)
    assert str(state.week) == "2026-W47"


def test_a_skipped_step_keeps_its_time_and_a_reason(begin: Begin) -> None:
    story = begin("gather", "write").minutes(3).does("skip", reason="no pictures this week")
    assert story.states == {"gather": "skipped", "write": "current"}
    assert story.times["gather"] == 3
    assert story.state.steps[0].note == "no pictures this week"
    story.does("skip")
    assert story.state.state == "finished"


def test_the_next_step_is_the_next_one_that_waits_for_none(begin: Begin) -> None:
    check = {"id": "check", "title": "Check", "after": ["send"]}
    story = begin("write", check, "send", "post").does("done")
    assert story.current == "send"
    story.does("done")
    assert story.current == "post"
    story.does("done")
    assert story.current == "check"


def test_where_all_wait_for_each_other_the_next_in_order_is_taken(begin: Begin) -> None:
    one, two = ({"id": name, "title": name, "after": [other]} for name, other in (("a", "b"), ("b", "a")))
    assert begin(one, two).current == "a"


def test_a_pause_is_no_work_and_belongs_to_the_step_it_fell_in(begin: Begin) -> None:
    story = begin("write", "send").minutes(5).does("pause").minutes(30)
    state = story.state
    assert (state.state, state.paused, state.active) == ("paused", 30 * MINUTE, 5 * MINUTE)
    assert state.paused_since == state.started_at + 5 * MINUTE
    story.does("resume").minutes(1)
    assert story.state.paused_since is None
    assert story.times["write"] == 6
    assert story.state.steps[0].paused == 30 * MINUTE


def test_done_on_a_paused_run_resumes_and_is_done_in_one_event(begin: Begin) -> None:
    story = begin("write", "send").minutes(5).does("pause").minutes(30).does("done")
    assert len(story.run.events) == 3
    assert (story.current, story.state.state) == ("send", "running")
    assert story.times["write"] == 5
    story.does("undo")
    assert (story.current, story.state.state) == ("write", "paused")


def test_a_skip_or_a_jump_leaves_the_pause_as_it_is(begin: Begin) -> None:
    story = begin("write", "send", "post").does("pause").minutes(5).does("skip").minutes(5).does("goto", "post")
    assert (story.current, story.state.state, story.state.paused) == ("post", "paused", 10 * MINUTE)
    assert [step.paused for step in story.state.steps] == [5 * MINUTE, 5 * MINUTE, timedelta()]


def test_waiting_has_a_cause_and_is_kept_apart_from_pauses(begin: Begin) -> None:
    story = begin("write", "send").minutes(1)
    until = story.state.as_of + timedelta(days=1)
    story.does("waiting", "the owner's answer", until).minutes(10)
    state = story.state
    assert (state.state, state.waiting_for, state.waiting_until) == ("paused", "the owner's answer", until)
    assert (state.waiting, state.paused, state.steps[0].paused) == (10 * MINUTE, timedelta(), timedelta())
    story.does("pause").minutes(5)
    assert (story.state.waiting_for, story.state.waiting, story.state.paused) == (None, 10 * MINUTE, 5 * MINUTE)
    story.does("waiting", "the upload").minutes(1).does("waiting", "the second upload")
    assert story.state.waiting_for == "the second upload"
    assert story.state.paused_since == story.state.started_at + MINUTE
    story.does("resume")
    assert (story.state.waiting_for, story.state.waiting_until) == (None, None)


def test_undo_goes_on_as_if_the_clock_had_never_stopped(begin: Begin) -> None:
    story = begin("write", "send").minutes(5).does("done").minutes(2).does("undo").minutes(1)
    assert story.times == {"write": 8, "send": None}
    story.does("finish").minutes(4)
    assert story.state.state == "finished"
    assert story.state.as_of == story.state.ended_at + 4 * MINUTE
    story.does("undo")
    assert story.times["write"] == 12
    assert story.state.ended_at is None


def test_redo_brings_back_what_undo_took_at_the_instant_it_had(begin: Begin) -> None:
    story = begin("write", "send", "post").minutes(5).does("done").minutes(5).does("done")
    before = story.state
    story.does("undo").does("undo").does("redo").does("redo")
    assert story.state == before.replaced(acts=before.acts + 4)
    story.does("undo").does("note", "changed my mind")
    assert not story.state.can_redo
    with pytest.raises(DoesNotFit, match="nothing to bring back"):
        story.does("redo")


def test_undo_never_takes_back_the_start(begin: Begin) -> None:
    story = begin("write").does("pause").does("undo")
    assert not story.state.can_undo
    with pytest.raises(DoesNotFit, match="nothing to take back"):
        story.does("undo")


def test_a_step_gone_back_to_is_open_again_and_its_times_add_up(begin: Begin) -> None:
    story = begin("gather", "write", "send").minutes(5).does("done").minutes(2).does("goto", "Gather")
    assert story.states == {"gather": "current", "write": "pending", "send": "pending"}
    assert story.state.steps[0].ended_at is None
    assert story.state.order_done == ()
    story.minutes(3).does("done")
    assert story.current == "write"
    assert story.times == {"gather": 8, "write": 2, "send": None}
    gather = story.state.steps[0]
    assert (gather.started_at, gather.ended_at) == (story.state.started_at, story.state.started_at + 10 * MINUTE)


def test_steps_are_found_by_id_title_and_number(begin: Begin) -> None:
    story = begin("gather", "write", {"id": "w2", "title": "Send it"}, {"id": "w3", "title": "send IT"})
    assert story.does("goto", "2").current == "write"
    assert story.does("goto", " GATHER ").current == "gather"
    with pytest.raises(NotFound, match="did you mean 'gather'"):
        story.does("goto", "gathre")
    with pytest.raises(NotFound, match="1 to 4"):
        story.does("goto", "5")
    with pytest.raises(BadInput, match="3 or 4"):
        story.does("goto", "send it")
    with pytest.raises(DoesNotFit, match="current step already"):
        story.does("goto", "gather")


def test_a_step_added_comes_next_in_this_run_with_an_id_of_its_own(begin: Begin) -> None:
    story = begin("write", "send").does("add", "Ask Ana: okay?").does("add", " Write ")
    assert [step.id for step in story.state.steps] == ["write", "write-2", "ask-ana-okay", "send"]
    assert story.state.steps[1].added
    assert story.does("done").current == "write-2"


def test_notes_stand_on_the_current_step_another_or_the_run(begin: Begin) -> None:
    story = begin("write", "send").does("note", "slow today").does("note", "again", step="send")
    story.does("note", "late start", whole_run=True).does("note", "slower")
    state = story.state
    assert [step.note for step in state.steps] == ["slow today\nslower", "again"]
    assert state.note == "late start"


def test_items_of_a_checklist_are_ticked_and_unticked(begin: Begin) -> None:
    story = begin({"id": "write", "title": "Write", "checklist": ["one picture", "link"]}, "send")
    story.does("tick", "write", 1)
    assert story.state.steps[0].ticked == {1}
    with pytest.raises(DoesNotFit, match="ticked already"):
        story.does("tick", "write", 1)
    assert story.does("tick", "write", 1, False).state.steps[0].ticked == frozenset()
    for step, item in (("write", 2), ("write", -1), ("send", 0)):
        with pytest.raises(BadInput, match="has no item"):
            story.does("tick", step, item)


def test_a_time_is_set_or_changed_and_the_clock_is_not(begin: Begin) -> None:
    story = begin("write", "send").minutes(10).does("done").does("amend", "write", "+", 2 * MINUTE)
    assert (story.times["write"], story.state.corrected) == (12, 2 * MINUTE)
    story.does("amend", "write", "-", 5 * MINUTE).does("amend", "1", "", 15 * MINUTE)
    assert (story.times["write"], story.state.corrected) == (15, 5 * MINUTE)
    assert story.state.as_of == story.state.started_at + 10 * MINUTE
    with pytest.raises(BadInput, match="has only 15:00"):
        story.does("amend", "write", "-", 16 * MINUTE)
    with pytest.raises(BadInput, match="999 hours"):
        story.does("amend", "write", "+", timedelta(hours=999))


def test_finish_skips_what_is_open_and_keeps_its_time(begin: Begin) -> None:
    story = begin("write", "send", "post").minutes(5).does("done").minutes(2).does("finish", "partly")
    assert story.states == {"write": "done", "send": "skipped", "post": "skipped"}
    assert story.times == {"write": 5, "send": 2, "post": None}
    assert (story.state.outcome, story.state.order_done) == ("partly", (0, 1))
    with pytest.raises(BadInput, match="met, partly or missed"):
        begin("write").does("finish", "splendid")


def test_abandon_ends_the_run_and_leaves_open_steps_open(begin: Begin) -> None:
    story = begin("write", "send").minutes(5).does("abandon")
    assert (story.state.state, story.state.current) == ("abandoned", None)
    assert story.states == {"write": "pending", "send": "pending"}
    assert story.times["write"] == 5


DETAILS: dict[str, tuple[Any, ...]] = {
    "waiting": ("rain",),
    "note": ("hm",),
    "goto": ("send",),
    "add": ("More",),
    "tick": ("send", 0),
    "amend": ("send", "", MINUTE),
    "switch_off": ("send",),
    "switch_on": ("send",),
    "move": ("send", "write"),
    "recount": ("work",),
    "slept": (MINUTE,),
    "choose": ("mail",),
}


@pytest.mark.parametrize("verb", sorted(set(VERBS) - {"undo", "redo"}))
def test_after_the_end_only_undo_fits(begin: Begin, verb: str) -> None:
    story = begin("write", "send").does("finish")
    with pytest.raises(DoesNotFit, match="Weekly posts is finished") as caught:
        story.does(verb, *DETAILS.get(verb, ()))
    assert "undo" in caught.value.remedy


def test_pause_and_resume_do_not_fit_twice(begin: Begin) -> None:
    story = begin("write")
    with pytest.raises(DoesNotFit, match="running already"):
        story.does("resume")
    story.does("pause")
    with pytest.raises(DoesNotFit, match="paused already"):
        story.does("pause")
    with pytest.raises(DoesNotFit, match="part of the pause"):
        story.does("slept", MINUTE)


def test_a_pause_says_which_run_was_taken_up_instead(begin: Begin) -> None:
    story = begin("write").does("pause", because="9999999999999999")
    assert story.run.events[-1].details == {"because": "9999999999999999"}


@pytest.mark.parametrize(("verb", "text"), [("note", " \n"), ("waiting", ""), ("add", "x" * 70_000)])
def test_empty_and_endless_texts_are_refused(begin: Begin, verb: str, text: str) -> None:
    with pytest.raises(BadInput, match=r"is (empty|too long)"):
        begin("write").does(verb, text)


def test_waiting_until_a_time_that_has_passed_is_refused(begin: Begin) -> None:
    story = begin("write")
    with pytest.raises(BadInput, match="has passed"):
        story.does("waiting", "rain", story.state.as_of)


def test_texts_of_others_are_harmless_in_errors(begin: Begin) -> None:
    with pytest.raises(NotFound) as caught:
        begin("write").does("goto", "\x1b]0;evil\x07")
    assert str(caught.value).isprintable()


def test_run_ids_are_sixteen_digits_that_do_not_begin_with_zero() -> None:
    made = {new_run_id() for _ in range(100)}
    assert len(made) == 100
    assert all(len(one) == 16 and one.isdigit() and one[0] != "0" for one in made)


def test_a_run_asked_twice_for_one_instant_is_worked_out_once_and_for_another_anew(begin: Begin) -> None:
    story = begin("write", "send").minutes(1)
    asked = story.state
    assert story.state is asked
    assert story.minutes(1).state.active == 2 * asked.active
    assert asked.active == timedelta(minutes=1)
    story.does("done")
    assert story.state.steps[0].state == "done"
