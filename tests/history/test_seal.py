from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procroutine.history.salvage import salvage
from procroutine.history.seal import Damaged, Foreign, Line, Seal, Tables, pack, raw_line, unpack, with_check

SEAL = Seal(generation=7, device="desk-aaaaaa", newest=(5, "desk-aaaaaa"))
PLAIN = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20)
DOCUMENTS = st.dictionaries(st.text(max_size=8).filter(lambda key: key != "check"), PLAIN | st.lists(PLAIN), max_size=5)
IDS = st.integers(1, 10**18).map(str)
TABLES = st.dictionaries(
    st.sampled_from(["corrections", "definitions", "runs", "later"]), st.dictionaries(IDS, DOCUMENTS, max_size=6)
)


def packed(tables: Any, seal: Seal = SEAL) -> bytes:
    return b"".join(pack(tables, seal, None))


def plain(tables: Tables) -> dict[str, dict[str, dict[str, Any]]]:
    return {
        name: {key: {k: v for k, v in document.items() if k != "check"} for key, document in table.items()}
        for name, table in tables.items()
    }


SMALL: dict[str, dict[str, dict[str, Any]]] = {
    "definitions": {"11": {"snapshot": {"id": "posts"}}},
    "runs": {"21": {"id": "21", "note": "a"}, "22": {"id": "22", "note": "☃"}},
}


@settings(deadline=None, max_examples=50)
@given(TABLES)
def test_what_is_packed_is_unpacked(tables: dict[str, Any]) -> None:
    found = unpack(packed(tables))
    assert plain(found.tables) == {"runs": {}} | tables
    assert found.seal == SEAL


@settings(deadline=None, max_examples=50)
@given(TABLES)
def test_a_packed_file_is_json_in_ascii_with_a_document_on_each_line(tables: dict[str, Any]) -> None:
    data = packed(tables)
    loaded = json.loads(data.decode("ascii"))
    assert loaded.pop("_seal")["1"]["gen"] == 7
    assert {key for table in loaded.values() for key in table} == {key for table in tables.values() for key in table}
    count = sum(len(table) for table in tables.values())
    assert sum(b'"check":' in line for line in data.splitlines()) == count + 1


@settings(deadline=None, max_examples=50)
@given(st.dictionaries(IDS, DOCUMENTS, min_size=1, max_size=5), st.dictionaries(IDS, DOCUMENTS, max_size=3))
def test_runs_put_behind_those_of_a_file_give_the_same_bytes_as_packing_all(old: Any, more: Any) -> None:
    sealed = unpack(packed({"runs": old}))
    together: dict[str, Any] = {"runs": {**sealed.tables["runs"], **{k: v for k, v in more.items() if k not in old}}}
    assert b"".join(pack(together, SEAL, sealed)) == packed(together)


def test_a_change_among_the_runs_of_a_file_is_written() -> None:
    sealed = unpack(packed(SMALL))
    sealed.tables["runs"]["21"]["note"] = "b"
    again = unpack(b"".join(pack(sealed.tables, SEAL, sealed)))
    assert again.tables["runs"]["21"]["note"] == "b"


def test_a_run_taken_out_is_gone() -> None:
    sealed = unpack(packed(SMALL))
    fewer = {**sealed.tables, "runs": {"22": sealed.tables["runs"]["22"]}}
    assert set(unpack(b"".join(pack(fewer, SEAL, sealed))).tables["runs"]) == {"22"}


def test_documents_nobody_looked_into_are_taken_over_unparsed() -> None:
    sealed = unpack(packed(SMALL))
    line = sealed.tables["runs"]["21"]
    assert raw_line("runs", "21", line) == line.raw
    assert line._parsed is None


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_what_json_has_no_number_for_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        packed({"runs": {"1": {"active_seconds": number}}})


def test_a_file_cut_short_anywhere_is_damaged_and_what_is_whole_of_it_is_right() -> None:
    data = packed(SMALL)
    whole = {(name, key): document for name, table in SMALL.items() for key, document in table.items()}
    for length in range(len(data)):
        with pytest.raises(Damaged):
            unpack(data[:length])
        for name, table in plain(salvage(data[:length])).items():
            for key, document in table.items():
                assert document == whole[name, key]


def test_no_flipped_bit_is_believed() -> None:
    data = packed(SMALL)
    whole = {(name, key): document for name, table in SMALL.items() for key, document in table.items()}
    chance = random.Random(4)
    salvaged = 0
    for _ in range(500):
        place = chance.randrange(len(data) * 8)
        flipped = bytearray(data)
        flipped[place // 8] ^= 1 << place % 8
        with pytest.raises((Damaged, Foreign)):
            unpack(bytes(flipped))
        for name, table in plain(salvage(bytes(flipped))).items():
            for key, document in table.items():
                assert document == whole[name, key]
                salvaged += 1
    assert salvaged > 500


def test_a_document_moved_to_another_id_or_table_is_not_salvaged() -> None:
    raw = raw_line("runs", "21", SMALL["runs"]["21"])
    assert "runs" in salvage(b'"21":' + raw)
    assert salvage(b'"22":' + raw) == {}
    assert salvage(b'"21":' + raw_line("later", "21", {"id": "21"})) == {}


def test_documents_written_anew_by_another_program_are_salvaged_where_they_are_unchanged() -> None:
    loaded = json.loads(packed(SMALL))
    loaded["runs"]["22"]["note"] = "changed by hand"
    assert plain(salvage(json.dumps(loaded).encode()))["runs"] == {"21": SMALL["runs"]["21"]}


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"{}", b"[]", b"null", b"[" * 100_000, b"\x00" * 4096, b'{"runs":{"1":{}}}']
)
def test_bytes_that_are_no_history_are_damaged_and_give_nothing(data: bytes) -> None:
    with pytest.raises(Damaged):
        unpack(data)
    assert salvage(data) == {}


def test_a_newer_format_is_foreign() -> None:
    with pytest.raises(Foreign):
        unpack(packed(SMALL).replace(b'"format":1', b'"format":2', 1))


@settings(deadline=None, max_examples=25)
@given(DOCUMENTS)
def test_the_checksum_of_a_document_depends_on_its_content_alone(document: dict[str, Any]) -> None:
    once = with_check("runs", "1", document)
    raw = raw_line("runs", "1", once)
    assert with_check("runs", "1", once) == once
    assert dict(Line(raw, 0, len(raw))) == once
