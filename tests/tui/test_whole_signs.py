"""Lines are cut between signs, however many characters make one up."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from procroutine.tui.whole_signs import cut_between_signs

TOGETHER = "\U0001f9d1\U0001f3ff\u200d\U0001f91d\u200d\U0001f9d1\U0001f3fb"
SIGNS = st.lists(
    st.sampled_from(["a", "é", "e\u0301", "漢", "\u2764", "\u2764\ufe0f", "\U0001f3fb", TOGETHER]), max_size=8
)

cut_between_signs()


def parts(text: str, *cuts: int) -> list[str]:
    return [strip.text for strip in Strip([Segment(text)]).divide([*cuts, cell_len(text)])]


@pytest.mark.parametrize(
    ("text", "cut", "expected"),
    [
        (f"ab{TOGETHER}", 2, ["ab", TOGETHER]),
        ("\U0001f9d1\u200d\U0001f9d1x", 2, ["\U0001f9d1\u200d\U0001f9d1", "x"]),
        ("\U0001f9d1\u200d\U0001f9d1x", 1, [" ", " x"]),
        ("\u2764\ufe0fx", 1, [" ", " x"]),
        ("漢x", 1, [" ", " x"]),
    ],
)
def test_a_sign_stays_whole_or_becomes_blanks(text: str, cut: int, expected: list[str]) -> None:
    assert parts(text, cut) == expected


@settings(max_examples=200)
@given(signs=SIGNS, data=st.data())
def test_every_part_takes_as_many_cells_as_were_cut(signs: list[str], data: st.DataObject) -> None:
    text = "".join(signs)
    if (whole := cell_len(text)) < 2:
        return
    cut = data.draw(st.integers(1, whole - 1))
    assert [cell_len(part) for part in parts(text, cut)] == [cut, whole - cut]
