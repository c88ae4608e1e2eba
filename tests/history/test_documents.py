from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procroutine.clock import ManualClock
from procroutine.errors import UserError
from procroutine.history.documents import (
    contract_json,
    definition_document,
    document_id,
    events_of,
    run_document,
    run_of,
)
from procroutine.run import verbs
from procroutine.run.live import LiveRun
from procroutine.run.record import run_from_json, run_json
from tests.history.samples import make_run, snapshot

ACTS = st.lists(
    st.tuples(
        st.sampled_from(["done", "skip", "undo", "redo", "pause", "resume", "goto", "add", "note", "amend"]),
        st.integers(0, 200_000),
    ),
    max_size=15,
)


def played(acts: list[tuple[str, int]]) -> LiveRun:
    clock = ManualClock(datetime(2026, 3, 2, 9, tzinfo=UTC))
    run = LiveRun([verbs.start(clock.read(), run="1234567890123456", device="desk", snapshot=snapshot(steps=5))])
    for verb, length in acts:
        clock.advance(timedelta(milliseconds=length))
        step = f"step-{length % 5 + 1}"
        given: dict[str, tuple[Any, ...]] = {
            "goto": (step,),
            "add": ("Something",),
            "note": ("a note",),
            "amend": (step, "+", timedelta(milliseconds=length + 1)),
        }
        try:
            run = run.then(verbs.VERBS[verb](run, clock.read(), *given.get(verb, ())))
        except UserError:
            continue
    if not run.has_ended:
        run = run.then(verbs.finish(run, clock.read()))
    return run


@settings(deadline=None, max_examples=60)
@given(ACTS)
def test_whatever_was_done_in_a_run_its_document_gives_it_back(acts: list[tuple[str, int]]) -> None:
    live = played(acts)
    state = live.state(live.last_act)
    document = json.loads(json.dumps(run_document(state, live.events)))
    assert events_of(document, state.definition) == live.events
    assert run_json(run_of(document, state.definition)) == run_json(state)
    assert contract_json(document, state.definition) == run_json(state)
    assert run_of(document, state.definition).order_done == state.order_done


@settings(deadline=None, max_examples=60)
@given(ACTS)
def test_a_run_from_elsewhere_has_no_definition_and_still_comes_back(acts: list[tuple[str, int]]) -> None:
    live = played(acts)
    foreign = run_from_json(run_json(live.state(live.last_act)))
    document = run_document(foreign)
    assert run_of(document, None) == foreign
    assert contract_json(document, None) == run_json(foreign)
    assert events_of(document, None) == ()


def test_a_step_with_a_time_and_no_beginning_gets_none() -> None:
    data = run_json(make_run()[0])
    data["steps"][1]["started_at"] = None
    document = run_document(run_from_json(data))
    assert contract_json(document, None)["steps"][1]["started_at"] is None


def test_a_run_whose_definition_was_lost_still_has_its_times() -> None:
    state, events = make_run()
    found = run_of(run_document(state, events), None)
    assert [step.active for step in found.steps] == [step.active for step in state.steps]
    assert not found.can_undo


def test_equal_definitions_are_one_document() -> None:
    assert definition_document(snapshot()) == definition_document(snapshot())
    assert definition_document(snapshot())[0] != definition_document(snapshot(steps=4))[0]


@pytest.mark.parametrize("key", ["", "x", "0123456789012345", "12345678901234567", "١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦", "\ud800"])
def test_ids_that_are_not_ours_become_digits_of_another_length(key: str) -> None:
    found = document_id(key)
    assert found.isascii()
    assert found.isdigit()
    assert len(found) == 18
    assert document_id(key) == found


def test_our_own_ids_stay_as_they_are() -> None:
    assert document_id("1234567890123456") == "1234567890123456"
