"""Weeks off, redlines and loose ends go with an export into another history, with what became of them."""

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
from procroutine.history.loose_ends import DONE, DROPPED, ROUTINE
from procroutine.history.year_files import put
from procroutine.weeks import Week
from tests.history.samples import add_run, history_in

TABLES = ("weeks_off", "redlines", "loose_ends")
FIRST, SECOND, THIRD = (Week(year=2026, number=number) for number in (30, 31, 53))


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 6, 1, 12, tzinfo=UTC))


@pytest.fixture
def there(tmp_path: Path, clock: ManualClock) -> History:
    history = history_in(tmp_path / "there", clock=clock)
    run, _ = add_run(history)
    history.set_weeks_off("posts", [FIRST, SECOND], "holiday")
    history.set_week_off(None, THIRD, "New Year")
    history.clear_week_off("posts", SECOND)
    _, done, dropped = (
        history.add_redline("posts", text, one) for text, one in (("a", run.id), ("b", None), ("c", None))
    )
    history.settle_redline(done, "done", 2)
    history.settle_redline(dropped, "dropped")
    for kind in (None, DONE, DROPPED, ROUTINE):
        clock.advance(timedelta(minutes=1))
        made = history.add_loose_end(f"to be {kind}")
        if kind is not None:
            clock.advance(timedelta(weeks=1))
            history.act_on_loose_end(made.id, kind, "calls" if kind == ROUTINE else None)
    history.add_loose_end("written by mistake")
    history.undo_loose_end()
    return history


@pytest.fixture
def here(tmp_path: Path, clock: ManualClock) -> History:
    return history_in(tmp_path / "here", clock=clock)


def known(history: History) -> dict[str, Any]:
    """All documents, but their checksums."""
    return {
        table: {
            key: {name: value for name, value in document.items() if name != "check"}
            for key, document in history.merged(table).items()
        }
        for table in TABLES
    }


def files(history: History) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in Path(history.places.history).glob("*.json")}


def test_all_arrive_with_what_became_of_them_and_twice_is_once(there: History, here: History) -> None:
    text = export_text(there)
    assert import_text(here, text).added == 1
    assert known(here) == known(there)
    assert [len(table) for table in known(here).values()] == [3, 3, 5]
    ours, theirs = here.overview(0), there.overview(0)
    for table in TABLES:
        assert set(getattr(ours, table)) == set(getattr(theirs, table)), table
    assert [(line.text, line.run) for line in here.redlines()] == [("a", here.heads()[0].id)]
    assert [one.text for one in here.loose_ends()] == ["to be None", "to be done"]
    assert here.weeks_done() == there.weeks_done()
    assert {(off.routine, off.week) for off in here.weeks_off()} == {("posts", FIRST), (None, THIRD)}
    assert export_text(here) == text
    before = files(here)
    import_text(here, text)
    assert files(here) == before


def test_what_was_done_later_wins_wherever_it_was_done(there: History, here: History) -> None:
    first = export_text(there)
    import_text(here, first)
    here.clear_week_off("posts", FIRST)
    here.settle_redline(here.redlines()[0].id, "done", 3)
    here.act_on_loose_end(here.loose_ends()[0].id, DROPPED)
    newer = known(here)
    import_text(here, first)
    assert known(here) == newer
    import_text(there, export_text(here))
    assert known(there) == newer
    there.set_week_off("posts", FIRST, "declared again")
    there.undo_loose_end()
    import_text(here, export_text(there))
    assert known(here) == known(there) != newer
    assert here.loose_ends() == there.loose_ends()


def test_a_clock_that_is_years_behind_lets_the_later_word_win_all_the_same(there: History, tmp_path: Path) -> None:
    behind = history_in(tmp_path / "behind", clock=ManualClock(datetime(2020, 1, 1, tzinfo=UTC)))
    import_text(behind, export_text(there))
    behind.clear_week_off(None, THIRD)
    behind.settle_redline(behind.redlines()[0].id, "dropped")
    import_text(there, export_text(behind))
    assert (there.redlines(), [off.week for off in there.weeks_off()]) == ((), [FIRST])


def test_the_first_stays_where_no_stamp_says_which_is_later(there: History, here: History) -> None:
    data = json.loads(export_text(there))
    for table in TABLES:
        for one in data[table]:
            del one["stamp"]
    import_text(here, json.dumps(data))
    before = files(here)
    assert len(here.redlines()) == 1
    data["redlines"][0]["state"] = "dropped"
    import_text(here, json.dumps(data))
    assert files(here) == before


def test_of_one_id_that_is_there_twice_the_later_comes_in(there: History, here: History) -> None:
    data = json.loads(export_text(there))
    line = next(one for one in data["redlines"] if one["state"] == "open")
    moment, device = line["stamp"]
    data["redlines"] = [line, {**line, "text": "later", "stamp": [moment + 1, device]}, line]
    import_text(here, json.dumps(data))
    assert [one.text for one in here.redlines()] == ["later"]


def test_an_export_that_tells_of_none_of_them_is_one(there: History, here: History) -> None:
    data = json.loads(export_text(there))
    former = {key: value for key, value in data.items() if key not in TABLES}
    assert import_text(here, json.dumps(former)).added == 1
    assert known(here) == {table: {} for table in TABLES}
    assert read_all(json.dumps(former | dict.fromkeys(TABLES))).documents == ()


@pytest.mark.parametrize(
    ("table", "changes", "words"),
    [
        ("weeks_off", {"routine": ""}, ".routine"),
        ("weeks_off", {"week": "2026-W54"}, ".week cannot be"),
        ("weeks_off", {"reason": None}, ".reason is missing"),
        ("weeks_off", {"declared_on": "yesterday"}, ".declared_on cannot be"),
        ("weeks_off", {"deleted": "no"}, ".deleted"),
        ("weeks_off", {"stamp": [-1, "x"]}, ".stamp"),
        ("weeks_off", {"stamp": [True, "x"]}, ".stamp"),
        ("redlines", {"id": 5}, ".id"),
        ("redlines", {"id": "0123"}, ".id"),
        ("redlines", {"id": "٣"}, ".id"),
        ("redlines", {"id": ""}, ".id"),
        ("redlines", {"routine": None}, ".routine is missing"),
        ("redlines", {"text": ["x"]}, ".text"),
        ("redlines", {"run": 5}, ".run"),
        ("redlines", {"state": "gone"}, ".state"),
        ("redlines", {"made_at": "2026-06-01"}, ".made_at"),
        ("redlines", {"made_at": "1969-06-01T00:00:00Z"}, ".made_at"),
        ("redlines", {"revision": 0}, ".revision"),
        ("loose_ends", {"id": "9" * 19}, ".id"),
        ("loose_ends", {"text": " "}, ".text: the text is empty"),
        ("loose_ends", {"text": "x" * 501}, ".text: the text has more than"),
        ("loose_ends", {"text": "\ud800"}, ".text: the text has broken"),
        ("loose_ends", {"made_at": 5}, ".made_at"),
        ("loose_ends", {"acts": None}, ".acts is missing"),
        ("loose_ends", {"acts": [5]}, ".acts[0] is not an object"),
        ("loose_ends", {"acts": [{"act": "eaten"}]}, ".acts[0].act"),
        ("loose_ends", {"acts": [{"act": "done", "at": "2026-06-01T12:00:00Z"}]}, ".acts[0].week is missing"),
        ("loose_ends", {"acts": [{"act": "routine", "at": "2026-06-01T12:00:00Z"}]}, ".acts[0].routine"),
        ("loose_ends", {"acts": [{"act": "done", "week": "2026-W23"}]}, ".acts[0].at"),
    ],
)
def test_one_that_will_not_do_lets_nothing_in(
    there: History, here: History, table: str, changes: dict[str, Any], words: str
) -> None:
    data = json.loads(export_text(there))
    data[table][1] |= changes
    with pytest.raises(BadInput) as refused:
        import_text(here, json.dumps(data))
    assert refused.value.problem.startswith(f"{table}[1]{words}")
    assert refused.value.remedy
    assert not files(here)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_that_is_no_list_is_refused(here: History, table: str) -> None:
    nones: tuple[Any, ...] = ("x", {}, 5)
    for none in nones:
        with pytest.raises(BadInput, match=f"{table} is not a list"):
            import_text(here, json.dumps({"format": 1, "runs": [], table: none}))


def test_what_another_program_wrote_and_no_import_would_take_is_not_exported(there: History, here: History) -> None:
    line = {"routine": "posts", "text": "x", "run": None, "state": "open", "made_at": 1}
    off = {"routine": None, "week": "2026-W01", "reason": "x", "day": "2026-01-01", "deleted": False}
    one = {"text": "x", "made_at": 1, "before": [], "act": ["written", 1, "2026-W01"]}
    odds: tuple[tuple[str, dict[str, Any]], ...] = (
        ("redlines", line | {"state": "gone"}),
        ("redlines", line | {"made_at": 10**15 - 1}),
        ("redlines", line | {"routine": ""}),
        ("weeks_off", off | {"day": "x"}),
        ("loose_ends", one | {"text": ""}),
        ("loose_ends", one | {"act": ["written", 10**15 - 1, "2026-W01"]}),
    )
    sound = known(there)
    with there.writing(), there.changing(there.own_path(2026)) as database:
        for number, (table, odd) in enumerate(odds):
            put(database, table, str(number + 1), {**odd, "stamp": list(there.stamp(database))})
    assert sum(map(len, known(there).values())) == sum(map(len, sound.values())) + len(odds)
    import_text(here, export_text(there))
    assert known(here) == sound
