"""What was predicted of revisions is kept beside the runs, and goes with them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB

from procroutine.clock import ManualClock
from procroutine.errors import BadInput
from procroutine.exchange.own import export_text, import_text
from procroutine.history.history import History
from procroutine.history.predictions import PREDICTIONS, Foretold
from procroutine.history.shapes import is_small
from tests.history.samples import add_run, history_in

MINUTE = timedelta(minutes=1)
NOW = Foretold(total=61 * MINUTE, chance=0.42, switches=7, hand_offs=2, lead=90 * MINUTE)
THEN = Foretold(total=None, chance=None, switches=5, hand_offs=2, lead=None)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 6, 1, 12, tzinfo=UTC))


@pytest.fixture
def history(tmp_path: Path, clock: ManualClock) -> History:
    made = history_in(tmp_path / "there", clock=clock)
    add_run(made)
    made.add_prediction("posts", "abc", ["drop look"], NOW, THEN)
    return made


def test_what_was_predicted_is_read_again(history: History, clock: ManualClock) -> None:
    (found,) = history.predictions("posts")
    assert (found.now, found.then, found.changes, found.content) == (NOW, THEN, ("drop look",), "abc")
    assert found.made_at == clock.read().wall
    assert history.predictions("other") == ()
    assert history.predictions("renamed", former=("posts",)) == (found,)


def test_what_was_predicted_of_a_content_before_stays(history: History, clock: ManualClock) -> None:
    clock.advance(MINUTE)
    history.add_prediction("posts", "abc", ["drop look"], THEN, NOW)
    history.add_prediction("posts", "def", [], NOW, THEN)
    found = [(one.content, one.now) for one in history.predictions("posts")]
    assert found == [("abc", NOW), ("abc", THEN), ("def", NOW)]


def test_stock_tinydb_opens_them(history: History) -> None:
    (path,) = Path(history.places.history).glob("*.json")
    with TinyDB(path) as stock:
        (document,) = stock.table(PREDICTIONS).all()
    assert document["then"]["switches"] == 5


def test_they_go_with_an_export_and_come_in_once(history: History, clock: ManualClock, tmp_path: Path) -> None:
    here = history_in(tmp_path / "here", clock=clock)
    text = export_text(history)
    import_text(here, text)
    assert here.predictions("posts") == history.predictions("posts")
    clock.advance(MINUTE)
    here.add_prediction("posts", "abc", ["drop look"], THEN, NOW)
    import_text(here, text)
    assert [one.then for one in here.predictions("posts")] == [THEN, NOW]
    import_text(history, export_text(here))
    assert history.predictions("posts") == here.predictions("posts")
    assert export_text(history) == export_text(here)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(("routine", ""), ("hash", None), ("made_at", "yesterday"), ("changes", "drop")),
        *(("now", None), ("then", {}), ("now", NOW.to_json() | {"odds": 2}), ("now", NOW.to_json() | {"switches": -1})),
    ],
)
def test_what_is_no_prediction_is_refused_and_passed_over(
    history: History, tmp_path: Path, key: str, value: Any
) -> None:
    data = json.loads(export_text(history))
    data[PREDICTIONS][0][key] = value
    with pytest.raises(BadInput, match=r"predictions\[0\]"):
        import_text(history_in(tmp_path / "here"), json.dumps(data))
    sound = history.merged(PREDICTIONS).popitem()[1]
    assert is_small(PREDICTIONS, sound)
    if key in ("now", "then", "changes", "made_at"):
        assert not is_small(PREDICTIONS, {**sound, key: value})
