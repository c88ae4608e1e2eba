"""A run is named by as much of its id as only it has."""

from __future__ import annotations

import pytest

from procroutine.errors import BadInput, NotFound
from procroutine.history.naming import whole_id

IDS = {"1234567890123456", "1299999999999999", "12"}


def test_a_run_is_found_by_a_beginning_that_only_it_has() -> None:
    assert whole_id("123", IDS) == "1234567890123456"
    assert whole_id("1234567890123456", IDS) == "1234567890123456"


def test_a_whole_id_is_meant_also_where_others_begin_so() -> None:
    assert whole_id("12", IDS) == "12"


def test_of_several_the_remedy_names_some() -> None:
    with pytest.raises(BadInput, match=r"3 runs have ids that begin with 1: write more of it: 12, 123\d+, 129\d+$"):
        whole_id("1", IDS)
    with pytest.raises(BadInput, match=r"7 runs .*: 1-0, 1-1, 1-2, 1-3, 1-4, …$"):
        whole_id("1", {f"1-{number}" for number in range(7)})


@pytest.mark.parametrize("beginning", ["9", "", "12345678901234567"])
def test_what_no_id_begins_with_is_not_found(beginning: str) -> None:
    with pytest.raises(NotFound, match="look it up in procroutine history"):
        whole_id(beginning, IDS)
