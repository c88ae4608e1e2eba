from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB, where
from tinydb.storages import MemoryStorage
from tinydb.table import Document

from procroutine.errors import CannotRead, CannotWrite
from procroutine.history.disk import Disk
from procroutine.history.recovery import instant_told
from procroutine.history.second_copies import SecondCopies
from procroutine.history.storage import YearDatabase, YearTable
from tests.history.samples import FailingDisk, places_in


class InMemory(TinyDB):
    table_class = YearTable


def opened(path: Path, disk: Disk | None = None) -> YearDatabase:
    disk = disk or Disk()
    return YearDatabase(str(path), SecondCopies(places_in(path.parent), disk, "desk-aaaaaa"), disk)


@pytest.fixture(params=["memory", "disk"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> TinyDB:
    return InMemory(storage=MemoryStorage) if request.param == "memory" else opened(tmp_path / "desk-2026.json")


def put(database: TinyDB, key: str, **fields: Any) -> None:
    database.table("runs").insert(Document(fields, key))  # type: ignore[arg-type]  # our ids are text


def without_check(documents: Any) -> list[dict[str, Any]]:
    return [{key: value for key, value in document.items() if key != "check"} for document in documents]


def test_documents_are_found_by_id_and_by_content(database: TinyDB) -> None:
    put(database, "21", note="a")
    put(database, "22", note="b")
    runs = database.table("runs")
    assert without_check([runs.get(doc_id="22")]) == [{"note": "b"}]  # type: ignore[call-overload]  # as above
    assert without_check(runs.search(where("note") == "a")) == [{"note": "a"}]
    assert len(runs) == 2


def test_documents_are_updated_and_removed(database: TinyDB) -> None:
    put(database, "21", note="a")
    put(database, "22", note="b")
    runs = database.table("runs")
    runs.update({"note": "c"}, where("note") == "a")
    runs.remove(where("note") == "b")
    assert without_check(runs.all()) == [{"note": "c"}]


def test_an_id_is_taken_once(database: TinyDB) -> None:
    put(database, "21", note="a")
    with pytest.raises(ValueError, match="already exists"):
        put(database, "21", note="b")


ACTS = st.lists(
    st.tuples(st.sampled_from(["put", "update", "remove"]), st.integers(1, 5).map(str), st.text(max_size=5)),
    max_size=12,
)


@settings(deadline=None, max_examples=40)  # its disk may be busy
@given(ACTS)
def test_it_holds_what_tinydb_holds_in_memory_and_stock_tinydb_reads_it(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, str, str]]
) -> None:
    path = tmp_path_factory.mktemp("history") / "desk-2026.json"
    both: list[TinyDB] = [InMemory(storage=MemoryStorage), opened(path)]
    for database in both:
        put(database, "9", note="")
        runs = database.table("runs")
        for verb, key, note in acts:
            there = runs.contains(doc_id=key)  # type: ignore[arg-type]  # our ids are text
            if verb == "put" and not there:
                put(database, key, note=note)
            elif verb == "update":
                runs.update({"note": note}, doc_ids=[key])  # type: ignore[list-item]  # as above
            elif verb == "remove":
                runs.remove(doc_ids=[key])  # type: ignore[list-item]  # as above
    held = [{str(document.doc_id): document["note"] for document in database.table("runs")} for database in both]
    assert held[0] == held[1]
    with TinyDB(path) as stock:
        assert {str(document.doc_id): document["note"] for document in stock.table("runs")} == held[0]


def test_stock_tinydb_opens_every_table_and_its_ids_are_numbers(tmp_path: Path) -> None:
    path = tmp_path / "desk-2026.json"
    database = opened(path)
    put(database, "1234567890123456", note="a")
    database.table("later").insert({"text": "b"})
    with TinyDB(path) as stock:
        assert stock.tables() == {"_seal", "runs", "later"}
        for name in stock.tables():
            assert all(isinstance(document.doc_id, int) for document in stock.table(name))
        assert stock.table("runs").get(doc_id=1234567890123456) == database.table("runs").all()[0]


def test_changes_made_together_are_one_generation(tmp_path: Path) -> None:
    database = opened(tmp_path / "desk-2026.json")
    with database.sealed.together():
        put(database, "21", note="a")
        put(database, "22", note="b")
    assert json.loads((tmp_path / "desk-2026.json").read_bytes())["_seal"]["1"]["gen"] == 1
    assert len(database.table("runs")) == 2


def test_of_changes_made_together_none_stays_where_one_fails(tmp_path: Path) -> None:
    database = opened(tmp_path / "desk-2026.json")
    put(database, "21", note="a")
    before = (tmp_path / "desk-2026.json").read_bytes()

    def put_two() -> None:
        with database.sealed.together():
            put(database, "22", note="b")
            put(database, "21", note="c")

    with pytest.raises(ValueError, match="already exists"):
        put_two()
    assert (tmp_path / "desk-2026.json").read_bytes() == before


def previous_of(path: Path) -> Path:
    return path.parent / "safety" / "history" / f"{path.name}.previous"


def test_a_previous_generation_and_a_log_of_what_came_after_stay_in_the_folder_for_second_copies(
    tmp_path: Path,
) -> None:
    path = tmp_path / "desk-2026.json"
    put(opened(path), "21", note="a")
    before = path.read_bytes()
    put(opened(path), "22", note="b")
    assert previous_of(path).read_bytes() == before
    assert b'"note":"b"' in (tmp_path / "safety" / "log").read_bytes()
    assert [name for name in os.listdir(tmp_path) if name.endswith(".json")] == ["desk-2026.json"]


def test_files_are_for_their_owner_alone_under_any_umask(tmp_path: Path) -> None:
    for mask in (0o000, 0o277):
        path = tmp_path / f"desk-{mask}.json"
        before = os.umask(mask)
        try:
            put(opened(path), "21", note="a")
        finally:
            os.umask(before)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_link_in_place_of_a_file_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("{}")
    (tmp_path / "desk-2026.json").symlink_to(secret)
    with pytest.raises(CannotRead, match="is a link"):
        put(opened(tmp_path / "desk-2026.json"), "21", note="a")
    assert secret.read_text() == "{}"


def test_a_file_of_a_newer_format_is_neither_read_nor_written(tmp_path: Path) -> None:
    path = tmp_path / "desk-2026.json"
    put(opened(path), "21", note="a")
    newer = path.read_bytes().replace(b'"format":1', b'"format":2', 1)
    path.write_bytes(newer)
    with pytest.raises(CannotWrite, match="newer version"):
        put(opened(path), "22", note="b")
    assert path.read_bytes() == newer


@pytest.mark.parametrize("damage", [b"", b"\x00" * 600, b'{"runs":{}}'], ids=["empty", "zeroed", "not ours"])
def test_a_damaged_file_is_read_from_its_second_copies_and_its_bytes_are_put_aside(
    tmp_path: Path, damage: bytes
) -> None:
    path = tmp_path / "desk-2026.json"
    put(opened(path), "21", note="a")
    put(opened(path), "22", note="b")
    path.write_bytes(damage)
    assert without_check(opened(path).table("runs")) == [{"note": "a"}, {"note": "b"}]
    put(opened(path), "23", note="c")
    assert without_check(opened(path).table("runs")) == [{"note": "a"}, {"note": "b"}, {"note": "c"}]
    (aside,) = (tmp_path / "damaged").iterdir()
    assert aside.read_bytes() == damage
    assert not aside.name.endswith(".json")


def test_of_a_damaged_file_the_whole_documents_are_taken_beside_the_previous_generation(tmp_path: Path) -> None:
    path = tmp_path / "desk-2026.json"
    for key in ("21", "22", "23"):
        put(opened(path), key, note=key, stamp=[int(key), "desk"])
    path.write_bytes(path.read_bytes().replace(b'"note":"21"', b'"note":"99"'))
    assert {document["note"] for document in opened(path).table("runs")} == {"21", "22", "23"}


def test_a_file_that_was_set_back_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "desk-2026.json"
    put(opened(path), "21", note="a", stamp=[1, "desk"])
    old = path.read_bytes()
    put(opened(path), "22", note="b", stamp=[2, "desk"])
    put(opened(path), "23", note="c", stamp=[3, "desk"])
    path.write_bytes(old)
    put(opened(path), "24", note="d", stamp=[4, "desk"])
    assert {document["note"] for document in opened(path).table("runs")} == {"a", "b", "c", "d"}


def test_a_file_that_is_gone_is_read_from_its_second_copies(tmp_path: Path) -> None:
    path = tmp_path / "desk-2026.json"
    put(opened(path), "21", note="a")
    put(opened(path), "22", note="b")
    path.unlink()
    assert without_check(opened(path).table("runs")) == [{"note": "a"}, {"note": "b"}]


def test_a_full_disk_gives_a_sentence_and_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "desk-2026.json"
    put(opened(path), "21", note="a")
    before = path.read_bytes()
    with pytest.raises(CannotWrite, match="make room"):
        put(opened(path, FailingDisk(3, code=28, lasting=True)), "22", note="b")
    assert path.read_bytes() == before


def test_nan_is_refused_and_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "desk-2026.json"
    put(opened(path), "21", note="a")
    before = path.read_bytes()
    with pytest.raises(ValueError, match="JSON compliant"):
        put(opened(path), "22", note=float("nan"))
    assert path.read_bytes() == before


@pytest.mark.parametrize(("told", "dated"), [(0, "1970-01-01"), (316_537_897_600, "9999-12-31"), (-1, "1970-01-01")])
def test_what_a_disk_dates_beyond_the_calendar_gets_its_last_day(told: int, dated: str) -> None:
    assert instant_told(told).date().isoformat() == dated
