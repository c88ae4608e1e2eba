from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from procroutine.history.merge import merge, rank
from procroutine.history.seal import with_check
from procroutine.history.stamps import next_stamp

STAMPS = st.tuples(st.integers(0, 5), st.sampled_from(["desk", "lap"])).map(list)
NOTES = st.sampled_from(["a", "b", "c"])
VERSIONS = st.builds(lambda stamp, note: {"note": note, "deleted": note == "c", "stamp": stamp}, STAMPS, NOTES)
TABLES = st.dictionaries(st.sampled_from(["1", "2", "3"]), VERSIONS).map(
    lambda table: {key: with_check("runs", key, document) for key, document in table.items()}
)
WALL = datetime(2026, 6, 1, 12, tzinfo=UTC)

Table = dict[str, dict[str, Any]]


@given(TABLES, TABLES)
def test_it_does_not_matter_which_file_is_read_first(one: Table, other: Table) -> None:
    assert merge(one, other) == merge(other, one)


@given(TABLES, TABLES, TABLES)
def test_it_does_not_matter_what_was_united_before(one: Table, two: Table, three: Table) -> None:
    assert merge(merge(one, two), three) == merge(one, merge(two, three)) == merge(one, two, three)


@given(TABLES, TABLES)
def test_reading_a_file_again_changes_nothing(one: Table, other: Table) -> None:
    assert merge(one, one) == one
    assert merge(one, other, one) == merge(one, other)


@given(TABLES, TABLES)
def test_every_document_is_there_in_its_latest_version(one: Table, other: Table) -> None:
    for key, document in merge(one, other).items():
        assert rank(document) == max(rank(table[key]) for table in (one, other) if key in table)


def test_a_stamp_follows_the_newest_seen_even_where_the_clock_was_set_back() -> None:
    first = next_stamp(WALL, "desk")
    second = next_stamp(WALL - timedelta(days=900), "desk", first)
    assert second > first
    assert next_stamp(WALL + timedelta(days=1), "desk", second)[0] == first[0] + 86_400_000


@given(st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=20))
def test_stamps_only_grow_whatever_the_clock_does(steps: list[int]) -> None:
    stamp = next_stamp(WALL, "desk")
    for step in steps:
        after = next_stamp(WALL + timedelta(seconds=step), "desk", stamp)
        assert after > stamp
        stamp = after
