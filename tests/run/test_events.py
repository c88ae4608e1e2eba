from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procroutine.clock import ManualClock, Reading
from procroutine.errors import BadInput
from procroutine.run.effective import effective
from procroutine.run.events import Event, NewerFormat, event_line, happened, read_event
from procroutine.run.live import LiveRun

readings = st.builds(
    Reading,
    wall=st.datetimes(
        datetime(1970, 1, 2),
        datetime(2100, 1, 1),
        timezones=st.timezones() | st.just(UTC),
    ),
    zone=st.text(max_size=20),
    boot=st.text(max_size=36),
    since_boot=st.timedeltas(timedelta(days=-10), timedelta(days=10_000)),
    awake=st.timedeltas(timedelta(days=-10), timedelta(days=10_000)),
)
WALL = datetime(2026, 11, 19, 13, 47, 3, 123_000, tzinfo=ZoneInfo("Europe/Berlin"))


@given(readings, st.text())
def test_a_line_gives_back_the_event(reading: Reading, text: str) -> None:
    event = happened("noted", reading, text=text, step=None)
    line = event_line(event)
    assert line.isascii()
    assert "\n" not in line
    assert "\t" not in line
    assert read_event(line) == event
    assert event_line(read_event(line)) == line


def test_a_line_says_the_instant_in_utc_and_all_clocks() -> None:
    line = json.loads(event_line(happened("done", ManualClock(WALL, zone="Europe/Berlin").read(), step="write")))
    assert line == {
        "kind": "done",
        "at": "2026-11-19T12:47:03.123+00:00",
        "offset_seconds": 3600,
        "zone": "Europe/Berlin",
        "boot": "boot-1",
        "since_boot_ms": 3_600_000,
        "awake_ms": 3_600_000,
        "details": {"step": "write"},
    }


def line_with(**changes: Any) -> str:
    data = json.loads(event_line(happened("done", ManualClock(WALL).read(), step="write")))
    return json.dumps({key: value for key, value in (data | changes).items() if value is not ...})


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": ...},
        {"at": "yesterday"},
        {"at": "2026-11-19T12:47:03"},
        {"at": 7},
        {"offset_seconds": 90_000},
        {"offset_seconds": True},
        {"zone": None},
        {"boot": ["b"]},
        {"since_boot_ms": 1.5},
        {"awake_ms": 10**16},
        {"details": []},
        {"details": {}},
        {"details": {"step": ""}},
        {"kind": "waiting", "details": {"text": "x", "until": "soon"}},
        {"kind": "noted", "details": {"text": 1}},
        {"kind": "added", "details": {"id": "x", "after": "y"}},
        {"kind": "ticked", "details": {"step": "x", "item": -1}},
        {"kind": "corrected", "details": {"step": "x", "change_seconds": "1"}},
        {"kind": "slept", "details": {"seconds": float("nan")}},
        {"kind": "finished", "details": {"outcome": "splendid"}},
    ],
)
def test_a_line_that_is_not_right_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        read_event(line_with(**changes))


@pytest.mark.parametrize("line", ["", "[]", "{", "null", "[" * 100_000, '{"kind": 9}', "9" * 5000])
def test_what_is_no_event_at_all_is_refused(line: str) -> None:
    with pytest.raises(BadInput):
        read_event(line)


@pytest.mark.parametrize("changes", [{"format": 2}, {"kind": "danced"}])
def test_what_a_newer_procroutine_wrote_is_named(changes: dict[str, Any]) -> None:
    with pytest.raises(NewerFormat):
        read_event(line_with(**changes))


@pytest.mark.parametrize(
    "snapshot",
    [
        None,
        {},
        {"steps": []},
        {"steps": [{"id": "a"}]},
        {"steps": [{"id": "a", "title": "A", "after": "b"}]},
        {"steps": [{"id": "a", "title": "A", "planned_seconds": -1}]},
        {"steps": [{"id": "a", "title": "A"}], "goal_seconds": "1h"},
    ],
)
def test_a_start_without_a_sound_definition_is_refused(started: Callable[..., Event], snapshot: Any) -> None:
    event = started()
    with pytest.raises(BadInput):
        read_event(event_line(event.replaced(details=event.details | {"snapshot": snapshot})))


@pytest.mark.parametrize("times", [5, {"usual_seconds": "long"}, {"usual_seconds": float("nan")}])
def test_a_start_with_targets_that_are_no_times_is_refused(started: Callable[..., Event], times: Any) -> None:
    event = started()
    with pytest.raises(BadInput, match="targets"):
        read_event(json.dumps(json.loads(event_line(event)) | {"details": {**event.details, "targets": {"a": times}}}))


def test_events_that_make_no_run_are_refused(started: Callable[..., Event]) -> None:
    first, reading = started(), ManualClock(WALL).read()
    for wrong in (
        (),
        (happened("done", reading, step="write"),),
        (first, happened("undone", reading)),
        (first, happened("redone", reading)),
        (first, happened("done", reading, step="send")),
        (first, happened("went", reading, step="nowhere")),
        (first, happened("added", reading, id="send", title="Send", after="write")),
        (first.replaced(details=first.details | {"snapshot": {"steps": [{"id": "a", "title": "A"}] * 2}}),),
    ):
        with pytest.raises(BadInput):
            LiveRun.from_events(wrong)


def test_events_in_force_are_those_not_taken_back(started: Callable[..., Event]) -> None:
    reading = ManualClock(WALL).read()
    first = started()
    pause, resume, undo, redo, slept = (
        happened(kind, reading, seconds=1) for kind in ("paused", "resumed", "undone", "redone", "slept")
    )
    in_force = effective((first, pause, resume, undo, slept, undo, redo))
    assert in_force.events == (first, pause, slept)
    assert (in_force.to_undo, in_force.to_redo) == (pause, resume)
    assert effective((first, pause, undo, resume)).to_redo is None
