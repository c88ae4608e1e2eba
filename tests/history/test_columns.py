"""One field of many runs at once."""

from __future__ import annotations

import gc
from datetime import UTC, datetime

import pytest

from procroutine.history.columns import column, nothing_collected
from procroutine.history.heads import RunHead
from procroutine.history.history import History
from tests.history.samples import add_run


@pytest.mark.parametrize("field", RunHead._fields)
def test_a_column_has_what_each_run_says(history: History, field: str) -> None:
    for day in (2, 3, 4):
        add_run(history, datetime(2026, 3, day, 9, tzinfo=UTC), steps=day)
    read, asked = history.heads(), history.heads()
    assert column(read, field) == [getattr(head, field) for head in asked]
    assert column(asked, field) == [getattr(head, field) for head in read]
    changed = read[0].replaced(note="other")
    assert column([changed, read[1]], field) == [getattr(changed, field), getattr(read[1], field)]


def test_of_no_runs_there_is_nothing() -> None:
    assert column([], "note") == []


def test_cycles_are_looked_for_again_afterwards_also_where_it_failed() -> None:
    def fail() -> None:
        with nothing_collected():
            assert not gc.isenabled()
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert gc.isenabled()
    gc.disable()
    try:
        with nothing_collected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
