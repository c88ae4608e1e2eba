"""How wide texts are on a terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from procroutine.widths import cell_length, cut_to


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("posts", 5),
        ("−1:00 ● …", 9),
        ("毎週", 4),
        ("e\u0301", 1),
        ("☂\ufe0f", 2),
        ("👩\u200d💻", 2),
        ("🙂\ufe0f", 2),
        ("\u1112\u1161\u11ab", 2),  # one syllable of Hangul, in its three letters
        ("\u0928\u093f", 1),  # a letter of Devanagari with its vowel
    ],
)
def test_a_text_takes_the_cells_that_terminals_give_it(text: str, cells: int) -> None:
    assert cell_length(text) == cells


def test_each_letter_mark_and_figure_is_as_wide_as_the_app_draws_it() -> None:
    each = (chr(place) for place in range(0x20, 0x20000) if not 0xAC00 < place < 0xD7A4 and not 0x4E00 < place < 0x9FFF)
    signs = [sign for sign in each if unicodedata.category(sign)[0] in "LMNP" and sign != "\ufe0f"]
    assert [sign for sign in signs if cell_length(sign) != cell_len(sign)] == []


@given(st.text(st.characters(categories=("L", "N", "P", "Sm", "Sc", "Zs"))))
def test_it_is_as_wide_as_the_app_draws_it(text: str) -> None:
    assert cell_length(text) == cell_len(text)


@pytest.mark.parametrize(
    ("text", "width", "cut"),
    [
        ("posts", 5, "posts"),
        ("posts", 4, "pos…"),
        ("毎週の", 6, "毎週の"),
        ("毎週の", 5, "毎週…"),
        ("毎週の", 4, "毎…"),
        ("ab", 1, "…"),
    ],
)
def test_a_text_is_cut_between_characters(text: str, width: int, cut: str) -> None:
    assert cut_to(text, width) == cut


@given(st.text(st.characters(categories=("L", "Mn", "P", "So"))), st.integers(1, 20))
def test_what_was_cut_fits(text: str, width: int) -> None:
    assert cell_length(cut_to(text, width)) <= width
