"""What is tried on a routine is remembered until it is kept or taken back."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procroutine.errors import CannotRead, CannotWrite
from procroutine.improvement import change
from procroutine.improvement.change import Change
from procroutine.improvement.tried import read_tried, write_tried
from procroutine.places import Places, find_places

MINUTE = timedelta(minutes=1)
_WORD = st.text(min_size=1, max_size=9)
_ANY = st.one_of(
    st.builds(change.drop, _WORD),
    st.builds(change.move, _WORD, _WORD | st.none()),
    st.builds(change.merge, _WORD, _WORD),
    st.builds(change.split, _WORD, _WORD, _WORD),
    st.builds(change.prepare, _WORD),
    st.builds(change.plan, _WORD, st.integers(1, 999).map(lambda count: count * MINUTE)),
    st.builds(change.with_systems, _WORD, _WORD),
    st.builds(change.with_person, _WORD, _WORD),
    st.builds(change.reorder, _WORD, _WORD, why=_WORD),
)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return find_places({}, home=str(tmp_path / "home"))


@given(changes=st.lists(_ANY, max_size=5), routine=_WORD)
@settings(max_examples=50, deadline=None)
def test_what_was_tried_is_read_again_of_its_routine_alone(
    tmp_path_factory: pytest.TempPathFactory, changes: list[Change], routine: str
) -> None:
    places = find_places({}, home=str(tmp_path_factory.getbasetemp() / "tried"))
    write_tried(places, routine, changes)
    assert read_tried(places, routine) == tuple(changes)
    assert read_tried(places, f"{routine} other") == ()
    write_tried(places, routine, ())
    assert read_tried(places, routine) == ()
    assert not list(Path(places.open_runs).parent.glob("tried/*"))


def file_of(places: Places) -> Path:
    write_tried(places, "posts", [change.drop("a")])
    (path,) = Path(places.open_runs).parent.glob("tried/*.json")
    return path


@pytest.mark.parametrize(
    "odd",
    [
        {"kind": "burn"},
        {"kind": "merge"},
        {"kind": "person"},
        {"kind": "set"},
        {"kind": []},
        {"steps": []},
        {"steps": ["a", "b"]},
        {"steps": [1]},
        {"steps": None},
        {"texts": [None]},
        {"length_seconds": 0},
        {"length_seconds": 1e300},
        {"length_seconds": "1"},
    ],
)
def test_what_is_no_change_is_refused_in_one_sentence(places: Places, odd: dict[str, Any]) -> None:
    path = file_of(places)
    written = json.loads(path.read_text())
    written["changes"][0] |= odd
    path.write_text(json.dumps(written))
    with pytest.raises(CannotRead, match="what was tried on 'posts' cannot be read any more"):
        read_tried(places, "posts")


@pytest.mark.parametrize("data", [b"", b"\xff", b"[]", b"{}", b"[" * 100_000, b'{"changes": [1]}'])
def test_a_damaged_file_is_told_and_the_next_change_takes_its_place(places: Places, data: bytes) -> None:
    file_of(places).write_bytes(data)
    with pytest.raises(CannotRead):
        read_tried(places, "posts")
    write_tried(places, "posts", [change.drop("b")])
    assert read_tried(places, "posts") == (change.drop("b"),)


def test_a_folder_that_cannot_be_made_is_told(places: Places) -> None:
    Path(places.open_runs).parent.mkdir(parents=True)
    (Path(places.open_runs).parent / "tried").write_text("")
    with pytest.raises(CannotWrite):
        write_tried(places, "posts", [change.drop("a")])
