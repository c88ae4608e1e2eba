"""Verbs that come too late: refused with what happened instead, unless they still mean what is there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from procroutine.errors import DoesNotFit
from procroutine.run.late import SEEN_ENDED, Seen, refuse_late

Begin = Callable[..., Any]


def seen(story: Any) -> Seen:
    return Seen(step=story.current, acts=story.state.acts)


@pytest.mark.parametrize(
    ("verb", "given", "sentence"),
    [
        ("done", {}, "Step 1, Write, was done at 13:48 elsewhere"),
        ("skip", {}, "Step 1, Write, was skipped at 13:48 elsewhere"),
        ("goto", {"step": "post"}, "Its clock was put on step 3, Post, at 13:48 elsewhere"),
        ("finish", {}, "Weekly posts was finished at 13:48 elsewhere"),
        ("abandon", {}, "Weekly posts was abandoned at 13:48 elsewhere"),
    ],
)
def test_a_step_that_was_left_elsewhere_is_not_left_again(
    begin: Begin, verb: str, given: dict[str, Any], sentence: str
) -> None:
    story = begin("write", "send", "post")
    shown = seen(story)
    story.minutes(1).does(verb, **given)
    for late in ("done", "skip", "undo", "finish"):
        with pytest.raises(DoesNotFit) as refused:
            refuse_late(late, story.run, shown)
        assert refused.value.problem == sentence


def test_a_note_after_the_step_was_done_does_not_hide_that(begin: Begin) -> None:
    story = begin("write", "send")
    shown = seen(story)
    story.minutes(1).does("done").minutes(1).does("note", text="hm")
    with pytest.raises(DoesNotFit, match="Step 1, Write, was done at 13:48"):
        refuse_late("done", story.run, shown)


@pytest.mark.parametrize("between", [("pause", {}), ("note", {"text": "hm"}), ("add", {"title": "more"})])
def test_a_verb_for_the_step_that_is_still_there_is_not_late(begin: Begin, between: tuple[str, dict[str, Any]]) -> None:
    story = begin("write", "send")
    shown = seen(story)
    story.minutes(1).does(between[0], **between[1])
    refuse_late("done", story.run, shown)
    refuse_late("skip", story.run, shown)


@pytest.mark.parametrize(
    ("between", "sentence"),
    [
        (("pause", {}), "It was paused"),
        (("waiting", {"text": "Ana"}), "It was set to wait"),
        (("note", {"text": "hm"}), "A note was written"),
        (("add", {"title": "more"}), "The step more was added"),
        (("tick", {"step": "write", "item": 0}), "An item of step 1, Write, was ticked"),
        (("amend", {"step": "write", "sign": "+", "length": timedelta(minutes=1)}), "The time"),
        (("done", {}), "Step 1, Write, was done"),
    ],
)
def test_undo_takes_back_only_what_was_seen(begin: Begin, between: tuple[str, dict[str, Any]], sentence: str) -> None:
    story = begin({"id": "write", "title": "Write", "checklist": ["one"]}, "send")
    shown = seen(story)
    story.minutes(1).does(between[0], **between[1])
    with pytest.raises(DoesNotFit, match=f"{sentence}.* at 13:48 elsewhere"):
        refuse_late("undo", story.run, shown)
    refuse_late("undo", story.run, seen(story))


def test_what_needs_no_look_is_never_late(begin: Begin) -> None:
    story = begin("write", "send", "post")
    shown = seen(story)
    story.minutes(1).does("done")
    for verb in ("note", "add", "tick", "goto", "pause", "resume", "amend", "slept"):
        refuse_late(verb, story.run, shown)


def test_the_finish_that_a_window_shows_is_not_taken_back_twice(begin: Begin) -> None:
    story = begin("write", "send").does("finish")
    refuse_late("undo", story.run, SEEN_ENDED)
    story.minutes(1).does("undo")
    with pytest.raises(DoesNotFit, match="Weekly posts was taken up again at 13:48 elsewhere"):
        refuse_late("undo", story.run, SEEN_ENDED)


def test_a_run_that_is_open_though_a_window_saw_its_end_is_not_acted_on(begin: Begin) -> None:
    story = begin("write", "send").minutes(1).does("done")
    with pytest.raises(DoesNotFit, match="was taken up again at 13:48 elsewhere"):
        refuse_late("undo", story.run, SEEN_ENDED)


def test_sleep_that_was_noticed_is_no_act(begin: Begin) -> None:
    story = begin("write", "send")
    shown = seen(story)
    story.asleep(5).does("slept", length=story.clock.read().since_boot)
    refuse_late("undo", story.run, shown)
