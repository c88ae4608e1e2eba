"""Revisions go with an export into another history, with what was said of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from procroutine.errors import BadInput
from procroutine.exchange.own import export_text, import_text
from procroutine.history.history import History
from procroutine.history.year_files import put
from procroutine.routine.revision import content_hash
from tests.history.samples import add_run, history_in, snapshot

FIRST, SECOND = snapshot(), snapshot(steps=4)


@pytest.fixture
def there(tmp_path: Path) -> History:
    history = history_in(tmp_path / "there")
    add_run(history)
    history.add_revision("posts", content_hash(FIRST), FIRST, "the first")
    history.add_revision("posts", content_hash(SECOND), SECOND)
    history.set_revision_note("posts", 2, "one more step")
    history.mark_real_change("posts", 2, True)
    return history


@pytest.fixture
def here(tmp_path: Path) -> History:
    return history_in(tmp_path / "here")


def told(history: History) -> list[tuple[Any, ...]]:
    return [
        (one["number"], one["snapshot"], one["date"], one["note"], one["real_change"])
        for one in history.revisions("posts")
    ]


def test_revisions_arrive_with_notes_and_marks_and_twice_is_once(there: History, here: History) -> None:
    text = export_text(there)
    assert import_text(here, text).added == 1
    assert told(here) == told(there)
    assert [(number, note, real) for number, _, _, note, real in told(here)] == [
        (1, "the first", False),
        (2, "one more step", True),
    ]
    assert export_text(here) == text
    files = {path: path.read_bytes() for path in Path(here.places.history).glob("*.json")}
    import_text(here, text)
    assert {path: path.read_bytes() for path in files} == files
    assert here.add_revision("posts", content_hash(SECOND), SECOND) == 2


def test_what_is_said_here_stays_and_what_is_not_said_here_is_taken_in(there: History, here: History) -> None:
    here.add_revision("posts", content_hash(FIRST), FIRST)
    here.add_revision("posts", content_hash(SECOND), SECOND, "ours")
    here.mark_real_change("posts", 2, True)
    here.mark_real_change("posts", 2, False)
    import_text(here, export_text(there))
    assert [(note, real) for _, _, _, note, real in told(here)] == [("the first", False), ("ours", False)]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"routine": ""}, "revisions[1].routine"),
        ({"number": 0}, "revisions[1].number"),
        ({"date": "yesterday"}, "revisions[1].date"),
        ({"note": 5}, "revisions[1].note"),
        ({"real_change": "yes"}, "revisions[1].real_change"),
        ({"snapshot": {"steps": 5}}, "revisions[1].snapshot"),
    ],
)
def test_a_revision_that_is_none_lets_nothing_in(
    there: History, here: History, changes: dict[str, Any], words: str
) -> None:
    data = json.loads(export_text(there))
    data["revisions"][1] |= changes
    with pytest.raises(BadInput) as refused:
        import_text(here, json.dumps(data))
    assert words in str(refused.value)
    assert (here.heads(), here.revisions("posts")) == ((), ())
    nones: tuple[Any, ...] = ("x", {})
    for none in nones:
        with pytest.raises(BadInput, match="revisions is not a list"):
            import_text(here, json.dumps(data | {"revisions": none}))


def test_what_another_program_wrote_and_no_import_would_take_is_not_exported(there: History, here: History) -> None:
    with there.writing(), there.changing(there.own_path(2026)) as database:
        odds: tuple[dict[str, Any], ...] = (
            {"date": "x"},
            {"number": -1},
            {"snapshot": 5},
            {"snapshot": {"steps": [{}]}},
        )
        for number, odd in enumerate(odds):
            document = {
                "routine": "posts",
                "number": 3,
                "hash": f"odd {number}",
                "date": "2026-01-01T00:00:00+00:00",
                "snapshot": FIRST,
            }
            put(database, "revisions", str(number + 1), {**document, **odd, "stamp": list(there.stamp(database))})
    assert len(there.revisions("posts")) == 3
    import_text(here, export_text(there))
    assert len(here.revisions("posts")) == 2
