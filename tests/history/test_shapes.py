"""Documents whose checksums hold, and that no procroutine wrote."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from procroutine.clock import ManualClock
from procroutine.errors import BadInput
from procroutine.history.home import Home
from procroutine.history.seal import Seal, pack, unpack
from procroutine.history.shapes import is_run, is_small, is_snapshot
from procroutine.places import find_places
from tests.hostile.homes import NOW, HostileHome


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, dict[str, Any]]]:
    """The documents of a home in which everything has been said of a run."""
    folder = tmp_path_factory.mktemp("sound")
    HostileHome(folder / "home", "Weekly posts")
    (path,) = (folder / "home" / "history").glob("*.json")
    sealed = unpack(path.read_bytes())
    return {name: {key: dict(line) for key, line in table.items()} for name, table in sealed.tables.items()}


def test_what_we_write_has_the_shape(tables: dict[str, dict[str, dict[str, Any]]]) -> None:
    assert all(map(is_run, tables["runs"].values()))
    for name in ("weeks_off", "redlines", "revisions", "corrections", "loose_ends"):
        assert tables[name]
        assert all(is_small(name, document) for document in tables[name].values())
    assert all(is_snapshot(document["snapshot"]) for document in tables["definitions"].values())


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(
            ("stamp", [1]),
            ("stamp", 1),
            ("routine_name", {}),
            ("week", "x"),
            ("week", 47),
            ("started_at", "2026-11-19"),
        ),
        *(("ended_at", None), ("active_seconds", 10**400), ("paused_seconds", -1), ("steps", []), ("steps", [1])),
        *(("order", [0.0]), ("order", [99]), ("order", [-1]), ("order", 0), ("order", [True])),
        *(
            ("steps", [{"id": [], "state": "done"}]),
            ("outcome", "x"),
            ("note", ["x"]),
            ("revision", "1"),
            ("amended", [1]),
            ("noted", ["x"]),
            ("noted", {"step-1": 1}),
            ("chosen", ["x"]),
            ("chosen", {"step-1": None}),
            ("stretches", [1]),
            ("stretches", [{"step": "a", "kind": "fun", "seconds": 1}]),
            ("stretches", [{"step": "a", "kind": "waiting", "seconds": 1, "text": 7}]),
            ("moved_seconds", "1"),
            ("moved_before_seconds", None),
            ("moved_offset_seconds", 1.5),
            ("earlier_years", 2025),
            ("earlier_years", [0]),
        ),
    ],
)
def test_a_run_of_another_shape_is_none(tables: dict[str, Any], key: str, value: object) -> None:
    document = next(iter(tables["runs"].values()))
    assert not is_run({**document, key: value})


@pytest.mark.parametrize("key", ["note", "device", "steps", "stamp"])
def test_a_run_without_what_every_run_has_is_none(tables: dict[str, Any], key: str) -> None:
    document = dict(next(iter(tables["runs"].values())))
    del document[key]
    assert not is_run(document)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(("before", None), ("before", ["x"]), ("before", {"steps": [1]}), ("before", {"steps": {}})),
        *(("before", {"note": 1}), ("before", {"left_out": []}), ("before", {"noted": {"x": 1}})),
        *(("before", {"chosen": "x"}), ("after", {"chosen": {"x": 1}})),
        *(("before", {"started_at": 1}), ("before", {"started_at": "2026-11-19T13:00"}), ("after", {"outcome": 1})),
        *(("act", 1), ("made_from", "x"), ("made_from", [1]), ("of", [1, 2]), ("at", "soon")),
    ],
)
def test_a_correction_of_another_shape_is_none(tables: dict[str, Any], key: str, value: object) -> None:
    document = next(iter(tables["corrections"].values()))
    assert not is_small("corrections", {**document, key: value})


@pytest.mark.parametrize("events", [[[]], [[1]], [[0, 0, 0, 0, "", "", {}], ["done"]], [[0, 0, 0, 0, "", "", {}], 7]])
def test_a_run_whose_events_make_none_is_refused_in_a_sentence(
    tables: dict[str, Any], tmp_path: Path, events: list[Any]
) -> None:
    forged = json.loads(json.dumps(tables))
    first = next(key for key, run in forged["runs"].items() if run.get("events"))
    forged["runs"][first]["events"] = events
    history = tmp_path / "history"
    history.mkdir()
    parts = pack(forged, Seal(generation=7, device="other", newest=(1, "other")), None)
    (history / "other-2026.json").write_bytes(b"".join(parts))
    home = Home(find_places({}, str(tmp_path)), ManualClock(NOW))
    with pytest.raises(BadInput, match="cannot be read whole"):
        home.history().past(forged["runs"][first]["id"])


def test_a_synced_file_with_such_a_run_is_read_without_it_and_that_is_said(
    tables: dict[str, Any], tmp_path: Path
) -> None:
    first, *_ = tables["runs"]
    forged = json.loads(json.dumps(tables))
    forged["runs"][first]["routine_name"] = {"no": "name"}
    history = tmp_path / "history"
    history.mkdir()
    parts = pack(forged, Seal(generation=7, device="other", newest=(1, "other")), None)
    (history / "other-2026.json").write_bytes(b"".join(parts))
    home = Home(find_places({}, str(tmp_path)), ManualClock(NOW))
    assert len(home.heads()) == len(tables["runs"]) - 1
    assert len(list(home.history().records())) == len(tables["runs"]) - 1
    assert "a run that cannot be read; it is left out" in home.overview().said[0]
