from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procroutine.clock import ManualClock
from procroutine.errors import BadInput, DoesNotFit, UserError
from procroutine.exchange.own import export_chunks, export_text, import_text, read_all
from procroutine.history.arrivals import Arrived
from procroutine.history.history import History
from procroutine.run.live import LiveRun
from procroutine.run.open_runs import OpenRuns
from procroutine.run.record import left_over, run_json
from tests.history.samples import add_run, history_in, make_run


@pytest.fixture
def here(tmp_path: Path) -> History:
    return history_in(tmp_path / "here")


@pytest.fixture
def there(tmp_path: Path) -> History:
    history = history_in(tmp_path / "there")
    for year in (2024, 2025, 2026, 2026):
        add_run(history, datetime(year, 5, 4, 9, tzinfo=UTC))
    return history


def one_run(**changes: Any) -> str:
    return json.dumps({"format": 1, "runs": [run_json(make_run(run_id="1234567890123456")[0]) | changes]})


def test_an_export_has_what_history_prints_and_deleted_runs_marked_as_such(there: History) -> None:
    deleted = there.heads()[1].id
    there.delete(deleted)
    exported = json.loads(export_text(there))
    assert exported["format"] == 1
    heads = there.overview().heads
    for written, head in zip(exported["runs"], heads, strict=True):
        assert written == run_json(there.past(head.id).run) | {"order": [0, 1, 2], "stamp": list(head.stamp)}
    assert [run["id"] for run in exported["runs"] if run["deleted"]] == [deleted]
    assert "".join(export_chunks(there)) == export_text(there)


def test_an_export_of_nothing_is_an_export(here: History) -> None:
    assert json.loads(export_text(here)) == {"format": 1, "runs": []}
    assert import_text(here, export_text(here)) == Arrived(added=0, known=0, updated=0)


def test_an_import_brings_every_run_and_twice_is_once(here: History, there: History) -> None:
    text = export_text(there)
    assert import_text(here, text) == Arrived(added=4, known=0, updated=0)
    assert export_text(here) == text
    files = {path: path.read_bytes() for path in Path(here.places.history).glob("*.json")}
    assert len(files) == 3
    assert import_text(here, text) == Arrived(added=0, known=4, updated=0)
    assert {path: path.read_bytes() for path in files} == files


def test_imported_runs_keep_their_device_stand_in_our_files_and_cannot_be_gone_on_with(
    here: History, there: History
) -> None:
    import_text(here, export_text(there))
    head = here.heads()[0]
    assert head.device == "desk-aaaaaa"
    assert here.latest(head.id) is not None
    assert {path.name[: len(here.device)] for path in Path(here.places.history).glob("*.json")} == {here.device}
    with pytest.raises(DoesNotFit, match="imported run is not known"):
        here.reopen(head.id)


def test_what_was_said_here_about_an_imported_run_is_not_overwritten(here: History, there: History) -> None:
    import_text(here, export_text(there))
    kept, renewed = (head.id for head in here.heads()[:2])
    here.set_note(kept, "ours")
    there.set_note(kept, "theirs")
    there.amend(renewed, "step-1", "+", timedelta(minutes=1))
    assert import_text(here, export_text(there)) == Arrived(added=0, known=3, updated=1, others={"corrections": 2})
    assert here.past(kept).run.note == "ours"
    assert here.past(renewed).run.corrected == timedelta(minutes=1)
    assert here.corrections(renewed)[0].before["corrected_seconds"] == 0


def test_an_older_version_brought_in_later_puts_nothing_back(here: History, there: History) -> None:
    first = export_text(there)
    run_id = there.heads()[0].id
    there.set_outcome(run_id, "met")
    there.delete(run_id)
    second = export_text(there)
    there.restore(run_id)
    third = export_text(there)
    assert import_text(here, first).added == 4
    assert import_text(here, second) == Arrived(added=0, known=3, updated=1, others={"corrections": 2})
    for older in (first, second):
        assert import_text(here, older) == Arrived(added=0, known=4, updated=0)
        assert (here.past(run_id).run.outcome, here.past(run_id).deleted) == ("met", True)
    assert export_text(here) == second
    assert import_text(here, third) == Arrived(added=0, known=3, updated=1, others={"corrections": 1})
    assert import_text(here, first) == Arrived(added=0, known=4, updated=0)
    assert not here.past(run_id).deleted


def test_a_version_is_known_to_be_later_also_by_way_of_a_third_history(
    here: History, there: History, tmp_path: Path
) -> None:
    third = history_in(tmp_path / "third", clock=ManualClock(datetime(2020, 1, 1, tzinfo=UTC)))
    run_id = there.heads()[0].id
    import_text(here, export_text(there))
    import_text(third, export_text(here))
    third.set_note(run_id, "of the third, whose clock is years behind")
    assert import_text(here, export_text(third)) == Arrived(added=0, known=3, updated=1, others={"corrections": 1})
    assert import_text(here, export_text(there)) == Arrived(added=0, known=4, updated=0)
    assert here.past(run_id).run.note == "of the third, whose clock is years behind"


@pytest.mark.parametrize("stamped", ["neither", "the first", "the second"])
def test_where_it_is_not_known_which_version_is_later_the_first_stays(here: History, stamped: str) -> None:
    note = {"note": "another"}
    stamps = {
        "the first": (one_run(stamp=[9, "x"]), one_run(**note)),
        "the second": (one_run(), one_run(stamp=[9, "x"])),
    }
    first, second = stamps.get(stamped, (one_run(), one_run(**note)))
    assert import_text(here, first).added == 1
    before = export_text(here)
    assert import_text(here, second) == Arrived(added=0, known=1, updated=0)
    assert export_text(here) == before


def test_a_run_that_is_open_here_stays_open_and_is_known(here: History) -> None:
    run, events = make_run()
    Path(here.places.open_runs).mkdir(parents=True)
    OpenRuns.of(here.places).recreate(LiveRun.from_events(events[:-1]))
    assert import_text(here, json.dumps({"runs": [run_json(run)]})) == Arrived(added=0, known=1, updated=0)
    assert here.overview().heads == ()


def test_a_run_made_here_stays_as_it_is(there: History) -> None:
    text = export_text(there)
    run_id = there.heads()[0].id
    there.set_outcome(run_id, "met")
    assert import_text(there, text) == Arrived(added=0, known=4, updated=0)
    assert there.past(run_id).run.outcome == "met"
    assert there.past(run_id).events != ()


def test_one_bad_run_keeps_all_out_and_is_named(here: History, there: History) -> None:
    data = json.loads(export_text(there))
    data["runs"][1]["steps"][2]["active_seconds"] = -1
    data["runs"][3]["state"] = "done"
    with pytest.raises(BadInput, match=r"^runs\[1\]\.steps\[2\]\.active_seconds.*\(and 1 more of its 4 runs"):
        import_text(here, json.dumps(data))
    assert here.overview().heads == ()
    assert not list(Path(here.places.history).glob("*"))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "not JSON .line 1, column 1"),
        ('{"format":1,\n"runs":[}', "line 2, column 9"),
        ("null", "not an export"),
        ("[]", "not an export"),
        ("{}", "no list of runs"),
        ('{"format":1,"runs":{}}', "no list of runs"),
        ('{"format":2,"runs":[]}', "newer procroutine"),
        ('{"format":"1","runs":[]}', "no known format"),
        ('{"format":true,"runs":[]}', "no known format"),
        ("[" * 200_000, "nested too deeply"),
        ('{"format":1,"runs":[' + "9" * 6000 + "]}", "thousands of digits"),
        ('{"format":1,"runs":[NaN]}', "holds NaN"),
        ('{"format":1,"runs":[-Infinity]}', "holds -Infinity"),
        ('{"format":1,"runs":[7]}', r"runs\[0\] is not an object"),
        (one_run(active_seconds=1e999), "holds Infinity"),
        (one_run(active_seconds="60"), r"runs\[0\]\.active_seconds"),
        (one_run(goal_seconds=[60]), r"runs\[0\]\.goal_seconds"),
        (one_run(steps="all"), r"runs\[0\]\.steps"),
        (one_run(id=""), r"runs\[0\]\.id"),
        (one_run(id=5), r"runs\[0\]\.id"),
        (one_run(started_at="2026-03-02"), r"runs\[0\]\.started_at"),
        (one_run(ended_at="2026-03-02T08:00:00+00:00"), r"runs\[0\]\.ended_at"),
        (one_run(week="2026-W40"), r"runs\[0\]\.week"),
        (one_run(state="running", ended_at=None), r"runs\[0\]"),
        (one_run(device={"name": "desk"}), r"runs\[0\]\.device"),
        (one_run(stamp="now"), r"runs\[0\]\.stamp cannot be"),
        (one_run(stamp=[10**17, "desk"]), r"runs\[0\]\.stamp cannot be"),
        (one_run(stamp=[-1, "desk"]), r"runs\[0\]\.stamp cannot be"),
        (one_run(stamp=[1, 2]), r"runs\[0\]\.stamp cannot be"),
    ],
)
def test_a_text_that_is_no_export_is_refused_with_a_sentence(here: History, text: str, problem: str) -> None:
    with pytest.raises(BadInput, match=problem):
        import_text(here, text)
    assert here.overview().heads == ()


def test_a_run_that_stands_there_twice_is_one_run_and_two_runs_of_one_id_are_refused(here: History) -> None:
    run = run_json(make_run()[0])
    assert len(read_all(json.dumps({"format": 1, "runs": [run, run]})).runs) == 1
    with pytest.raises(BadInput, match=r"runs\[1\]\.id stands there twice"):
        read_all(json.dumps({"format": 1, "runs": [run, run | {"note": "another"}]}))


def test_a_run_as_show_prints_it_can_be_brought_in(here: History) -> None:
    run, _ = make_run()
    assert import_text(here, json.dumps({"format": 1, **run_json(run)})).added == 1
    assert run_json(here.past(run.id).run) == run_json(run)


def test_a_run_with_only_what_must_be_there_can_be_brought_in(here: History) -> None:
    least = {
        "id": "my own id / with signs ü",
        "routine": "unheard-of",
        "state": "finished",
        "started_at": "2026-03-02T09:00:00+01:00",
        "ended_at": "2026-03-02T09:10:00+01:00",
        "steps": [{"id": "a", "state": "done", "active_seconds": 599.9996}, {"id": "b", "state": "skipped"}],
    }
    import_text(here, json.dumps({"runs": [least]}))
    run = here.past("my own id / with signs ü").run
    assert run.active == timedelta(minutes=10)
    assert left_over(run) == timedelta()
    assert (run.revision, run.goal, run.note, run.device) == (None, None, None, "")
    assert here.heads()[0].step_times == {"a": timedelta(minutes=10)}


def test_progress_is_told_while_a_long_import_is_read(here: History) -> None:
    runs = [run_json(make_run(datetime(2026, 3, 2, tzinfo=UTC) + timedelta(hours=n))[0]) for n in range(600)]
    told: list[tuple[int, int]] = []
    import_text(here, json.dumps({"format": 1, "runs": runs}), lambda done, total: told.append((done, total)))
    assert told == [(250, 600), (500, 600)]
    assert len(here.heads()) == 600


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=30) | JSON.map(json.dumps))
def test_whatever_the_text_is_the_answer_is_runs_or_a_sentence(text: str) -> None:
    sentence = None
    try:
        read_all(text)
    except UserError as error:
        sentence = str(error)
    assert sentence is None or ": " in sentence


RUN = run_json(make_run(run_id="1234567890123456")[0]) | {"stamp": [1, "desk"]}


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(sorted(RUN)), JSON, st.sampled_from(sorted(RUN["steps"][0])), JSON)
def test_whatever_stands_in_a_run_the_answer_is_a_run_or_a_sentence(
    key: str, value: Any, inner: str, deep: Any
) -> None:
    changed = RUN | {"steps": [RUN["steps"][0] | {inner: deep}, *RUN["steps"][1:]]} | {key: value}
    try:
        runs = read_all(json.dumps({"format": 1, "runs": [changed]})).runs
    except UserError:
        runs = ()
    assert all(left_over(one.run) == timedelta() for one in runs)
