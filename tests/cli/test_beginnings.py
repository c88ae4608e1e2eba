"""How much of an id is shown."""

from __future__ import annotations

from procroutine.cli.beginnings import beginnings


def test_ids_are_cut_to_eight_characters_or_to_what_tells_them_apart() -> None:
    among = ["1234567812345678", "1234567812345999", "1234999900000000", "attempt-1", "attempt-10", "attempt-11", "b"]
    assert beginnings(among, among) == [
        "1234567812345" + "6",
        "1234567812345" + "9",
        "12349999",
        "attempt-1",
        "attempt-10",
        "attempt-11",
        "b",
    ]
    assert beginnings(["1234567812345678"], []) == ["12345678"]
    assert beginnings([], among) == []
