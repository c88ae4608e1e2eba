"""Where the time of a run went goes with it into another history."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procroutine.errors import BadInput
from procroutine.exchange.own import export_text, import_text, read_all
from procroutine.history.documents import contract_json, run_document
from procroutine.history.past_stretches import stretches_of, stretches_told
from procroutine.run.states import RunState
from procroutine.run.stretches import stretches_as_told, stretches_of_events, stretches_of_record
from tests.history.samples import history_in
from tests.improvement.run_stories import MINUTE, SNAPSHOT, Story, any_acts, played


def story() -> Story:
    told = Story().does("waiting", 3, text="Ben").does("resume", 60).does("done", 2).does("pause", 4)
    return told.does("resume", 5).does("done", 1).does("done", 1).does("done", 1)


def written(told: Story) -> dict[str, Any]:
    """What `history --json` prints of an ended run."""
    document = run_document(told.state, told.run.events)
    return contract_json(document, SNAPSHOT) | stretches_told(document, SNAPSHOT)


@given(st.booleans(), any_acts)
@settings(max_examples=60, deadline=None)
def test_an_imported_run_went_just_as_the_one_it_was(preparing: bool, acts: Any) -> None:
    told = played(preparing, acts)
    if told.state.is_open:
        told.does("abandon" if told.state.preparing else "finish", 1)
    (arriving,) = read_all(json.dumps({"runs": [written(told)]})).runs
    run, stretches = arriving.run, arriving.stretches
    read = stretches_as_told(stretches, run) if stretches else stretches_of_record(run)
    assert read == stretches_of_events(told.run.events)


def test_it_stays_so_in_a_third_history_and_a_correction_made_there_is_in_it(tmp_path: Path) -> None:
    told = story()
    there, here, third = (history_in(tmp_path / name) for name in ("there", "here", "third"))
    there.add(told.state, told.run.events)
    import_text(here, json.dumps({"runs": list(there.records())}))
    import_text(third, export_text(here))
    past = third.past(told.state.id)
    assert stretches_of(past) == stretches_of(there.past(told.state.id))
    third.amend(told.state.id, "ask", "-", 3 * MINUTE)
    ask = [(one.kind, one.length / MINUTE) for one in stretches_of(third.past(told.state.id)) if one.step == "ask"]
    assert ask == [("work", 2), ("waiting", 60)]
    (again,) = read_all(export_text(third)).runs
    assert again.stretches == past.stretches


def test_a_run_whose_steps_tell_it_all_has_no_stretches() -> None:
    told = Story().does("done", 3).does("skip", 1).does("note", 1, text="so").does("done", 1).does("done", 2)
    assert "stretches" not in written(told)


RUN = written(story())


@pytest.mark.parametrize(
    ("stretches", "problem"),
    [
        ({}, r"stretches cannot be this object"),
        ([7], r"stretches\[0\] is not an object"),
        ([{"step": "nowhere", "kind": "work", "seconds": 1}], r"stretches\[0\]\.step cannot be 'nowhere'"),
        ([{"step": "ask", "kind": "fun", "seconds": 1}], r"stretches\[0\]\.kind cannot be 'fun'"),
        ([{"step": "ask", "kind": "work", "seconds": -1}], r"stretches\[0\]\.seconds cannot be -1"),
        ([{"step": "ask", "kind": "work"}], r"stretches\[0\]\.seconds is missing"),
        ([{"step": "ask", "kind": "waiting", "seconds": 3000, "text": "Ben"}], r"stretches cannot be this list"),
    ],
)
def test_stretches_that_will_not_do_are_named(stretches: Any, problem: str) -> None:
    with pytest.raises(BadInput, match=rf"^runs\[0\]\.{problem}"):
        read_all(json.dumps({"runs": [RUN | {"stretches": stretches}]}))


def test_a_run_without_a_word_of_where_its_time_went_stood_still_where_its_steps_say() -> None:
    (arriving,) = read_all(json.dumps({"runs": [{key: RUN[key] for key in RUN if key != "stretches"}]})).runs
    state: RunState = arriving.run
    stood = [(one.step, one.kind, one.length) for one in stretches_of_record(state) if one.kind not in ("work",)]
    assert stood == [("ask", "waiting", timedelta(hours=1)), ("write", "paused", timedelta(minutes=5))]
