"""Corrections of runs go with an export into another history, with what became of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from procroutine.clock import ManualClock
from procroutine.errors import BadInput, DoesNotFit
from procroutine.exchange.own import export_text, import_text, read_all
from procroutine.history.correction_chain import OVERTAKEN, STANDS, TAKEN_BACK
from procroutine.history.history import History
from tests.history.samples import add_run, history_in


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 6, 1, 12, tzinfo=UTC))


@pytest.fixture
def there(tmp_path: Path, clock: ManualClock) -> History:
    return history_in(tmp_path / "there", clock=clock)


@pytest.fixture
def here(tmp_path: Path, clock: ManualClock) -> History:
    return history_in(tmp_path / "here", clock=clock)


def corrected(history: History) -> str:
    run = add_run(history)[0].id
    history.amend(run, "step-1", "+", timedelta(minutes=1))
    history.set_note(run, "as it was")
    history.undo_correction(run)
    history.leave_out(run, "I was ill")
    return run


def told(history: History, run: str) -> list[tuple[Any, ...]]:
    """What is known of each correction."""
    return [(one.act, one.at, one.device, one.before, one.after, one.state) for one in history.corrections(run)]


def test_they_come_with_what_became_of_them_and_twice_is_once(there: History, here: History) -> None:
    run = corrected(there)
    text = export_text(there)
    assert [(one["act"], one["run"]) for one in json.loads(text)["corrections"]] == [
        (act, run) for act in ("amended", "noted", "undone", "left_out")
    ]
    for _ in range(2):
        import_text(here, text)
        assert told(here, run) == told(there, run)
        assert [state for *_, state in told(here, run)] == [STANDS, TAKEN_BACK, STANDS, STANDS]
        assert export_text(here) == text


def test_only_what_is_corrected_afterwards_is_taken_back(there: History, here: History) -> None:
    run = corrected(there)
    import_text(here, export_text(there))
    with pytest.raises(DoesNotFit):
        here.undo_correction(run)
    here.set_outcome(run, "partly")
    assert here.undo_correction(run)[1].act == "outcome"
    assert [state for *_, state in told(here, run)] == [STANDS, TAKEN_BACK, STANDS, STANDS, TAKEN_BACK, STANDS]


def test_those_of_a_later_version_stand_beside_what_the_import_did(there: History, here: History) -> None:
    run = add_run(there)[0].id
    import_text(here, export_text(there))
    there.amend(run, "step-1", "+", timedelta(minutes=1))
    there.amend(run, "step-1", "+", timedelta(minutes=2))
    import_text(here, export_text(there))
    assert [(act, state) for act, *_, state in told(here, run)] == [
        ("amended", STANDS),
        ("amended", STANDS),
        ("imported", STANDS),
    ]
    assert export_text(here) == export_text(there)


def test_where_ours_stays_theirs_were_overtaken(there: History, here: History) -> None:
    run = add_run(there)[0].id
    import_text(here, export_text(there))
    here.set_outcome(run, "met")
    there.amend(run, "step-1", "+", timedelta(minutes=1))
    import_text(here, export_text(there))
    assert {(act, state) for act, *_, state in told(here, run)} == {("outcome", STANDS), ("amended", OVERTAKEN)}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"stamp": None}, r"stamp is missing"),
        ({"stamp": [1]}, r"stamp cannot be this list"),
        ({"run": ""}, r"run cannot be ''"),
        ({"at": "noon"}, r"at cannot be 'noon'"),
        ({"act": "burned"}, r"act cannot be 'burned'"),
        ({"before": None}, r"before is missing"),
        ({"before": {"steps": [{"id": 5}]}}, r"before cannot be this object"),
        ({"after": {"note": 5}}, r"before cannot be this object"),
        ({"made_from": "x"}, r"made_from cannot be 'x'"),
    ],
)
def test_one_that_will_not_do_is_named(there: History, change: dict[str, Any], problem: str) -> None:
    corrected(there)
    data = json.loads(export_text(there))
    data["corrections"][0] |= change
    with pytest.raises(BadInput, match=rf"^corrections\[0\]\.{problem}"):
        read_all(json.dumps(data))
