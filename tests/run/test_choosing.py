"""A step that can be done with one system or another: the run says which."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from procroutine.clock import ManualClock
from procroutine.errors import BadInput, DoesNotFit
from procroutine.history.documents import events_of, run_document, run_of
from procroutine.run import verbs
from procroutine.run.events import event_line, read_event
from procroutine.run.live import LiveRun
from procroutine.run.record import run_json
from procroutine.run.states import systems_with

NOW = datetime(2026, 11, 19, 14, 5, tzinfo=UTC)
Begin = Callable[..., Any]
ENTER = {"id": "enter", "title": "Enter", "systems": ["docs"], "alternatives": ["scheduler", "queue"]}


def systems_of(state: Any) -> dict[str, list[str]]:
    return {step["id"]: step["systems"] for step in run_json(state)["steps"]}


def test_the_record_holds_the_system_chosen_and_not_the_others(begin: Begin) -> None:
    story = begin("write", ENTER).does("choose", "Queue", "enter")
    assert systems_of(story.state) == {"write": [], "enter": ["docs", "queue"]}
    assert systems_of(story.does("done").does("choose", "scheduler").state)["enter"] == ["docs", "scheduler"]


def test_where_nobody_chose_the_step_has_the_systems_of_its_definition(begin: Begin) -> None:
    assert systems_of(begin("write", ENTER).state)["enter"] == ["docs"]


def test_a_system_that_is_an_alternative_too_gives_way_to_the_one_chosen() -> None:
    definition = {"systems": ["a", "docs"], "alternatives": ["a", "b"]}
    assert systems_with(definition, "b") == ("docs", "b")
    assert systems_with(definition, "a") == ("a", "docs")


def test_a_step_done_can_still_be_said_to_have_been_done_with_another(begin: Begin) -> None:
    story = begin(ENTER, "check").does("choose", "queue").does("done").does("choose", "scheduler", "enter")
    assert (story.states["enter"], story.current) == ("done", "check")
    assert systems_of(story.state)["enter"] == ["docs", "scheduler"]


def test_a_choice_is_taken_back_and_brought_in_again(begin: Begin) -> None:
    story = begin(ENTER).does("choose", "queue").does("undo")
    assert story.state.steps[0].alternative is None
    assert story.does("redo").state.steps[0].alternative == "queue"


def test_what_cannot_be_chosen_is_refused(begin: Begin) -> None:
    story = begin(ENTER, "check").does("choose", "queue")
    with pytest.raises(DoesNotFit, match="is done with queue already"):
        story.does("choose", "queue")
    with pytest.raises(BadInput, match="cannot be done with docs: write scheduler or queue"):
        story.does("choose", "docs")
    with pytest.raises(DoesNotFit, match="no systems to choose from"):
        story.does("choose", "queue", "check")
    with pytest.raises(DoesNotFit, match="finished"):
        story.does("done").does("done").does("choose", "queue", "enter")


def started(**turns: str) -> LiveRun:
    snapshot = {"id": "posts", "name": "Posts", "steps": [ENTER, {"id": "check", "title": "Check"}]}
    event = verbs.start(ManualClock(NOW).read(), run=verbs.new_run_id(), device="desk", snapshot=snapshot, turns=turns)
    return LiveRun([read_event(event_line(event))])


def test_a_run_begins_with_the_system_whose_turn_it_is() -> None:
    run = started(enter="queue")
    assert run.state(run.last_act).steps[0].systems == ("docs", "queue")


def test_turns_of_other_steps_and_other_systems_change_nothing() -> None:
    run = started(enter="elsewhere", check="queue", gone="queue")
    assert [step.alternative for step in run.state(run.last_act).steps] == [None, None]


def test_document_and_events_of_a_run_keep_the_choice() -> None:
    clock = ManualClock(NOW)
    run = started(enter="scheduler")
    for verb, details in (("choose", {"system": "queue"}), ("done", {}), ("done", {})):
        event = verbs.VERBS[verb](run, clock.read(), **details)
        run = run.then(read_event(event_line(event)))
    state = run.state(clock.read())
    document = run_document(state, run.events)
    assert run_of(document, state.definition).steps[0].alternative == "queue"
    assert run_of(document, state.definition).steps[0].systems == ("docs", "queue")
    assert events_of(document, state.definition) == run.events
