"""Which of several names is marked while letters are typed."""

from __future__ import annotations

import pytest

from procroutine.text import Shown
from procroutine.tui.screens.pick import nearest

NAMES = [(name.casefold(), Shown(name)) for name in ("Workbook sale", "Bookkeeping week", "Book", "Guest book")]


@pytest.mark.parametrize(
    ("letters", "chosen", "expected"),
    [
        ("", "guest book", "Guest book"),
        ("", None, "Workbook sale"),
        ("book", "workbook sale", "Book"),
        ("bookk", "workbook sale", "Bookkeeping week"),
        ("boo", "workbook sale", "Bookkeeping week"),
        ("boo", "book", "Book"),
        ("oo", "guest book", "Guest book"),
    ],
)
def test_the_very_name_comes_first_then_one_that_begins_so_then_the_chosen(
    letters: str, chosen: str | None, expected: str
) -> None:
    found = [one for one in NAMES if letters in one[1].casefold()]
    assert found[nearest(found, letters, chosen)][1] == expected
