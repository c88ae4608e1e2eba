"""How wide texts are on a terminal."""

from __future__ import annotations

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
    ],
)
def test_a_text_takes_the_cells_that_terminals_give_it(text: str, cells: int) -> None:
    assert cell_length(text) == cells


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
