from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procroutine.errors import BadInput, quoted
from procroutine.run.fields import Fields


def refusal(value: Any) -> str:
    return Fields({"key": value}, "runs[3]").refuse("key", "write another").problem


@pytest.mark.parametrize(
    ("value", "named"),
    [
        (None, "is missing"),
        ("met!", "cannot be 'met!'"),
        ("a" * 59 + "\x1b[31m", f"cannot be '{'a' * 59}…'"),
        ("a" * 58 + "\x1b[31m", f"cannot be '{'a' * 58}\\x1b…'"),
        ("\x1b\u202e" * 40, "cannot be '" + "\\x1b\\u202e" * 29 + "\\x1b…'"),
        (True, "cannot be true"),
        (-1.5, "cannot be -1.5"),
        (float("inf"), "cannot be inf"),
        (10**50, "cannot be a number of 51 digits"),
        (["\x1b" * 100], "cannot be this list"),
        ({"a": 1}, "cannot be this object"),
    ],
)
def test_a_refusal_names_the_key_and_the_value(value: Any, named: str) -> None:
    assert refusal(value) == f"runs[3].key {named}"


@given(st.text())
def test_a_text_is_cut_before_it_is_quoted_so_that_no_escape_is_cut_and_the_quote_is_closed(text: str) -> None:
    assert refusal(text) == f"runs[3].key cannot be {quoted(text)}"
    assert refusal(text).endswith("'")
    assert refusal(text).isprintable()


def test_what_is_no_object_has_no_keys() -> None:
    with pytest.raises(BadInput, match=r"^runs\[3\] is not an object"):
        Fields(["key"], "runs[3]")
