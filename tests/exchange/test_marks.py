"""What is said about a run beyond the keys of the contract goes with it into another history."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from procroutine.clock import ManualClock
from procroutine.errors import BadInput
from procroutine.exchange.own import export_text, import_text, read_all
from procroutine.history.history import History
from procroutine.run import verbs
from procroutine.run.live import LiveRun
from procroutine.run.record import run_json
from tests.history.samples import history_in, make_run, snapshot

RUN = run_json(make_run(run_id="1234567890123456")[0])


def rich_run() -> LiveRun:
    """A run with a step added, one off, an optional one skipped, notes, a tick, a choice, another order."""
    clock = ManualClock(datetime(2026, 3, 2, 9, tzinfo=UTC))
    definition = snapshot(steps=4)
    definition["steps"][0]["checklist"] = ["one", "two"]
    definition["steps"][3]["optional"] = True
    definition["steps"][1]["alternatives"] = ["one", "other"]
    run = LiveRun([verbs.start(clock.read(), run=verbs.new_run_id(), device="desk-aaaaaa", snapshot=definition)])
    acts: tuple[tuple[str, dict[str, Any]], ...] = (
        ("tick", {"step": "step-1", "item": 1, "on": True}),
        ("note", {"text": "first"}),
        ("note", {"text": "second"}),
        ("add", {"title": "Only today"}),
        ("switch_off", {"step": "step-3"}),
        ("goto", {"step": "step-2"}),
        ("choose", {"system": "other"}),
        ("done", {}),
        ("amend", {"step": "step-2", "sign": "+", "length": timedelta(minutes=2)}),
        ("goto", {"step": "step-1"}),
        ("done", {}),
        ("done", {}),
        ("finish", {}),
    )
    for verb, details in acts:
        clock.advance(timedelta(minutes=1))
        run = run.then(verbs.VERBS[verb](run, clock.read(), **details))
    return run


@pytest.fixture
def there(tmp_path: Path) -> History:
    history = history_in(tmp_path / "there")
    run = rich_run()
    history.add(run.state(run.events[-1].reading), run.events)
    return history


def test_marks_of_a_run_and_its_steps_go_with_it_and_twice_is_once(there: History, tmp_path: Path) -> None:
    run_id = there.heads()[0].id
    there.leave_out(run_id, "I was ill")
    here = history_in(tmp_path / "here")
    text = export_text(there)
    assert import_text(here, text).added == 1
    assert import_text(here, text).known == 1
    ours, theirs = here.past(run_id), there.past(run_id)
    assert ours.left_out == "I was ill"
    assert ours.run.order_done == theirs.run.order_done != tuple(range(5))
    for mine, other in zip(ours.run.steps, theirs.run.steps, strict=True):
        for mark in ("optional", "added", "off", "ticked", "notes", "alternative", "systems"):
            assert getattr(mine, mark) == getattr(other, mark), (mine.id, mark)
    (head,), (other_head,) = here.heads(), there.heads()
    assert head.alternatives == other_head.alternatives == {"step-2": "other"}
    assert (head.left_out, head.corrected, head.complete) == (True, True, other_head.complete)
    assert export_text(here) == text


def test_a_correction_after_the_end_goes_with_the_run(tmp_path: Path) -> None:
    there, here = history_in(tmp_path / "there"), history_in(tmp_path / "here")
    there.add(*make_run())
    run_id = there.heads()[0].id
    import_text(here, export_text(there))
    assert not here.heads()[0].corrected
    there.amend(run_id, "step-1", "+", timedelta(minutes=1))
    assert import_text(here, export_text(there)).updated == 1
    assert here.heads()[0].corrected
    assert here.past(run_id).amended == (("step-1", timedelta(minutes=1)),)


def test_another_start_goes_with_the_run_and_marks_it_as_corrected(tmp_path: Path) -> None:
    there, here = history_in(tmp_path / "there"), history_in(tmp_path / "here")
    there.add(*make_run())
    run_id = there.heads()[0].id
    import_text(here, export_text(there))
    past = there.set_start(run_id, datetime(2025, 12, 31, 8, 0, 0, 250_000, tzinfo=UTC))
    text = export_text(there)
    assert import_text(here, text).updated == 1
    (head,) = here.heads()
    assert (head.started_at, head.corrected, here.past(run_id).moved) == (past.run.started_at, True, past.moved)
    assert export_text(here) == text


def test_a_run_that_counts_again_does_so_where_it_was_brought_in(there: History, tmp_path: Path) -> None:
    here = history_in(tmp_path / "here")
    run_id = there.heads()[0].id
    there.leave_out(run_id, "I was ill")
    import_text(here, export_text(there))
    there.leave_out(run_id, None)
    assert import_text(here, export_text(there)).updated == 1
    assert here.past(run_id).left_out is None


@pytest.mark.parametrize(
    ("marks", "of_step", "problem"),
    [
        ({"left_out": True}, {}, r"left_out cannot be true"),
        ({"order": "abc"}, {}, r"order cannot be 'abc'"),
        ({"order": [0, 0]}, {}, r"order cannot be this list"),
        ({"order": [3]}, {}, r"order cannot be this list"),
        ({"order": [True]}, {}, r"order cannot be this list"),
        ({"moved_seconds": "x"}, {}, r"moved_seconds cannot be 'x'"),
        ({"amended": {}}, {}, r"amended cannot be this object"),
        ({"amended": [["nowhere", 5]]}, {}, r"amended cannot be this list"),
        ({"amended": [["step-1", 1e300]]}, {}, r"amended cannot be this list"),
        ({"amended": [["step-1", True]]}, {}, r"amended cannot be this list"),
        ({}, {"off": 1}, r"steps\[0\]\.off cannot be 1"),
        ({}, {"added": "yes"}, r"steps\[0\]\.added"),
        ({}, {"optional": []}, r"steps\[0\]\.optional"),
        ({}, {"ticked": [-1]}, r"steps\[0\]\.ticked"),
        ({}, {"alternative": "fax"}, r"steps\[0\]\.alternative cannot be 'fax'"),
        ({}, {"notes": ["not what note says"]}, r"steps\[0\]\.notes"),
    ],
)
def test_a_mark_that_will_not_do_is_named(marks: dict[str, Any], of_step: dict[str, Any], problem: str) -> None:
    steps = [RUN["steps"][0] | of_step, *RUN["steps"][1:]]
    with pytest.raises(BadInput, match=rf"^runs\[0\]\.{problem}"):
        read_all(json.dumps({"runs": [RUN | marks | {"steps": steps}]}))
