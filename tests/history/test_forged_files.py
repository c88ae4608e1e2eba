"""History files that somebody made up and sealed soundly: they are told or passed over, and end nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from procroutine.clock import ManualClock
from procroutine.history.doctor import examine, repair
from procroutine.history.home import Home
from procroutine.history.seal import raw_line
from tests.history.homes import NOW, home_in, whole_run

SMALL_TABLES = ("corrections", "loose_ends", "predictions", "redlines", "revisions", "weeks_off")


def document(table: str, fields: dict[str, Any]) -> bytes:
    return b'"%s":{\n"1":%s' % (table.encode(), raw_line(table, "1", fields))


def sealed(body: bytes, without: str = "", **other: Any) -> bytes:
    body += b"\n}}\n"
    seal = {"gen": 3, "sha256": hashlib.sha256(body).hexdigest(), "format": 1, "device": "x", "newest": [5, "x"]}
    fields = {key: value for key, value in (seal | other).items() if key != without}
    return b'{"_seal":{"1":%s},\n' % raw_line("_seal", "1", fields) + body


FORGED = {
    "no-newest": sealed(b'"runs":{', without="newest"),
    "newest-is-text": sealed(b'"runs":{', newest="x"),
    "newest-is-nothing": sealed(b'"runs":{', newest=[None, 1]),
    "no-generation": sealed(b'"runs":{', without="gen"),
    "generation-is-text": sealed(b'"runs":{', gen="x"),
    "no-device": sealed(b'"runs":{', without="device"),
    "device-is-a-number": sealed(b'"runs":{', device=4),
    "no-checksum": sealed(b'"runs":{', without="sha256"),
    "id-is-not-ascii": sealed(b'"runs":{\n"\xff":{"a":1}'),
    "table-is-not-ascii": sealed(b'"we\xffird":{'),
    "document-is-not-json": sealed(b'"runs":{\n"1":{nonsense'),
    "document-is-nested": sealed(b'"runs":{\n"1":{"a":' + b"[" * 100_000),
    "document-unchecked": sealed(b'"runs":{\n"1":{"a":1}'),
    "run-without-anything": sealed(document("runs", {"a": 1})),
    "run-with-an-odd-stamp": sealed(document("runs", {"stamp": [1]})),
    "redline-with-an-odd-stamp": sealed(document("redlines", {"stamp": [None, None]})),
    "definition-with-an-odd-stamp": sealed(document("definitions", {"stamp": ["x", 1]})),
    "table-not-known": sealed(document("later", {"stamp": 7})),
}


def everything_read(home: Home) -> Iterable[object]:
    history = home.history()
    return home.heads(), list(history.records()), [history.merged(table) for table in SMALL_TABLES], examine(home)


def test_forged_files_of_other_devices_and_their_copies_end_nothing(tmp_path: Path) -> None:
    clock = ManualClock(NOW)
    home = home_in(tmp_path, clock)
    run_id = whole_run(home, clock, 4, 21)
    for name, data in FORGED.items():
        (tmp_path / "history" / f"{name}-2026.json").write_bytes(data)
        (tmp_path / "history" / f"{name}-2026 (conflicted copy).json").write_bytes(data)
    home = Home(home.places, clock)
    assert everything_read(home)
    assert home.look_after()
    repair(home)
    other = whole_run(home, clock, 1, 1)
    assert [head.id for head in home.heads()] == [other, run_id]
    assert everything_read(home)


@pytest.mark.parametrize(
    "name",
    ["newest-is-text", "id-is-not-ascii", "document-is-not-json", "document-is-nested", "redline-with-an-odd-stamp"],
)
def test_a_forged_file_in_the_place_of_our_own_ends_nothing(name: str, tmp_path: Path) -> None:
    clock = ManualClock(NOW)
    home = home_in(tmp_path, clock)
    whole_run(home, clock, 4, 21)
    Path(home.history().own_path(2026)).write_bytes(FORGED[name])
    home = Home(home.places, clock)
    home.look_after()
    other = whole_run(home, clock, 1, 1)
    assert other in {head.id for head in home.heads()}
