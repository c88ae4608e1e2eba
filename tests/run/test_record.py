from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest

from procroutine.errors import BadInput
from procroutine.run.events import NewerFormat
from procroutine.run.record import left_over, optional_seconds, run_from_json, run_json, seconds

RUN_KEYS = """
id routine routine_name revision goal_seconds state started_at ended_at week active_seconds paused_seconds
waiting_seconds asleep_seconds corrected_seconds waiting_for steps note outcome device deleted
"""
STEP_KEYS = """
id title section state started_at ended_at active_seconds paused_seconds prepared_seconds planned_seconds systems
person note combined
"""


@pytest.fixture
def written(begin: Callable[..., Any]) -> dict[str, Any]:
    story = begin("write", {"id": "send", "title": "Send", "planned_seconds": 90, "systems": ["mail"]}, "post")
    story.minutes(5.00205).does("note", "slow").does("done").minutes(1).does("pause").minutes(2).does("finish", "met")
    return run_json(story.state)


@pytest.mark.parametrize(
    ("length", "written"), [(3600, "3600"), (-90, "-90"), (0, "0"), (1.5, "1.5"), (0.0005, "0.0005")]
)
def test_a_length_is_a_whole_number_of_seconds_where_it_is_one(length: float, written: str) -> None:
    assert json.dumps(seconds(timedelta(seconds=length))) == written
    assert optional_seconds(timedelta(seconds=length)) == length
    assert optional_seconds(None) is None


def test_a_run_has_the_keys_of_the_contract_in_its_order(written: dict[str, Any]) -> None:
    assert list(written) == RUN_KEYS.split()
    assert all(list(step) == STEP_KEYS.split() for step in written["steps"])
    assert written["started_at"] == "2026-11-19T13:47:00.000+01:00"
    assert written["ended_at"] == "2026-11-19T13:55:00.123+01:00"
    assert (written["week"], written["goal_seconds"], written["deleted"]) == ("2026-W47", 3600, False)
    assert (written["active_seconds"], written["paused_seconds"]) == (360.123, 120)
    assert [step["active_seconds"] for step in written["steps"]] == [300.123, 60, None]
    assert [step["note"] for step in written["steps"]] == ["slow", None, None]
    assert written["waiting_for"] is None


def test_a_run_read_back_is_written_the_same(written: dict[str, Any]) -> None:
    assert run_json(run_from_json(json.loads(json.dumps(written)))) == written
    assert run_from_json({"format": 1, "more": "to come", **written}).order_done == (0, 1)


def test_an_open_run_can_be_read_back_too(begin: Callable[..., Any]) -> None:
    state = begin("write", "send").minutes(3).does("waiting", "rain").minutes(1).state
    read = run_from_json(run_json(state))
    assert run_json(read) == run_json(state)
    assert (read.as_of, read.current, read.state) == (state.as_of, 0, "paused")


SMALL: dict[str, Any] = {
    "id": "toggl:§ 12/ü",
    "routine": "posts",
    "state": "finished",
    "started_at": "2026-11-19T13:47:00+01:00",
    "ended_at": "2026-11-19T14:47:00+01:00",
    "steps": [{"id": "all", "state": "done", "active_seconds": 3000}],
}


def test_optional_keys_may_be_missing_and_corrected_takes_up_what_is_left_over() -> None:
    run = run_from_json(SMALL)
    assert run.corrected == timedelta(minutes=-10)
    assert left_over(run) == timedelta()
    again = run_json(run)
    assert (again["routine_name"], again["device"], again["revision"], again["note"]) == ("posts", None, None, None)
    assert (run.steps[0].title, run.steps[0].paused, run.order_done) == ("all", timedelta(), (0,))
    assert run_json(run_from_json(again)) == again


def with_change(path: str, value: Any) -> dict[str, Any]:
    data = deepcopy(SMALL)
    *folders, key = path.split(".")
    place: Any = data
    for folder in folders:
        place = place[int(folder) if folder.isdigit() else folder]
    place[int(key) if key.isdigit() else key] = value
    return data


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("id", None),
        ("id", ""),
        ("id", "x" * 201),
        ("id", "a\nb"),
        ("id", 12),
        ("routine", None),
        ("routine_name", 5),
        ("revision", 0),
        ("revision", True),
        ("goal_seconds", 0),
        ("goal_seconds", "60"),
        ("state", "ended"),
        ("state", None),
        ("started_at", "2026-11-19T13:47:00"),
        ("started_at", None),
        ("started_at", "9999-12-31T23:59:59+00:00"),
        ("ended_at", None),
        ("ended_at", "2026-11-19T12:46:59+00:00"),
        ("ended_at", "2128-01-19T12:46:59+00:00"),
        ("week", "2026-W46"),
        ("active_seconds", 3000.002),
        ("corrected_seconds", 0),
        ("corrected_seconds", -600.002),
        ("paused_seconds", -1),
        ("asleep_seconds", float("nan")),
        ("waiting_seconds", 1e300),
        ("outcome", "good"),
        ("device", ["d"]),
        ("deleted", "no"),
        ("note", "x" * 70_000),
        ("steps", []),
        ("steps", {}),
        ("steps.0", "all"),
        ("steps.0.id", None),
        ("steps.0.state", "half"),
        ("steps.0.active_seconds", False),
        ("steps.0.active_seconds", 3.2e9),
        ("steps.0.planned_seconds", 0),
        ("steps.0.systems", "mail"),
        ("steps.0.systems", [1]),
        ("steps.0.combined", 1),
        ("steps", [SMALL["steps"][0], SMALL["steps"][0]]),
    ],
)
def test_a_wrong_value_is_refused_by_its_key(path: str, value: Any) -> None:
    with pytest.raises(BadInput) as caught:
        run_from_json(with_change(path, value), where="runs[3]")
    parts = [f"[{part}]" if part.isdigit() else f".{part}" for part in path.split(".")]
    assert caught.value.problem.startswith("runs[3]" + "".join(parts))
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("path", "value"),
    [("active_seconds", 3000.001), ("corrected_seconds", -600.001), ("corrected_seconds", -600), ("week", "2026-W47")],
)
def test_rounding_up_to_a_millisecond_a_step_is_taken(path: str, value: Any) -> None:
    run = run_from_json(with_change(path, value))
    assert (run.active, run.corrected) == (timedelta(seconds=3000), timedelta(seconds=-600))


def test_a_run_of_a_newer_format_and_what_is_no_run_are_refused() -> None:
    with pytest.raises(NewerFormat):
        run_from_json({"format": 2, **SMALL})
    with pytest.raises(BadInput, match="not an object"):
        run_from_json([SMALL])


def test_an_ended_run_has_no_current_step() -> None:
    with pytest.raises(BadInput, match="has 1 current steps"):
        run_from_json(with_change("steps.0.state", "current"))


def test_an_open_run_that_was_corrected_by_more_than_it_took_is_refused() -> None:
    steps = [{"id": "all", "state": "current", "active_seconds": 60}]
    data = {**SMALL, "state": "running", "ended_at": None, "started_at": "0050-01-01T09:00:00+00:00", "steps": steps}
    with pytest.raises(BadInput, match=r"run\.corrected_seconds"):
        run_from_json({**data, "corrected_seconds": 3_100_000_000})


def test_an_open_run_needs_one_current_step_and_no_end() -> None:
    with pytest.raises(BadInput, match=r"run\.ended_at"):
        run_from_json({**SMALL, "state": "running"})
    with pytest.raises(BadInput, match="has 0 current steps"):
        run_from_json({**SMALL, "state": "running", "ended_at": None})
