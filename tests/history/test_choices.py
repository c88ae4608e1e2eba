"""What is held against what, remembered for each routine."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from procroutine.errors import CannotWrite
from procroutine.history.choices import choose_comparison, chosen_comparisons
from tests.history.samples import places_in


def test_what_was_chosen_is_found_again_for_each_routine(tmp_path: Path) -> None:
    places = places_in(tmp_path / "home")
    assert chosen_comparisons(places) == {}
    choose_comparison(places, "posts", "best")
    choose_comparison(places, "books", "last")
    choose_comparison(places, "posts", "goal")
    assert chosen_comparisons(places) == {"posts": "goal", "books": "last"}
    assert stat.S_IMODE(os.stat(tmp_path / "home" / "choices").st_mode) == 0o600


@pytest.mark.parametrize(
    "content",
    [b"", b"no JSON", b"[]", b'{"format":2,"comparison":{"a":"b"}}', b'{"format":1,"comparison":[]}', b"[" * 9999],
)
def test_a_file_that_says_nothing_chooses_nothing_and_is_written_anew(tmp_path: Path, content: bytes) -> None:
    places = places_in(tmp_path)
    (tmp_path / "choices").write_bytes(content)
    assert chosen_comparisons(places) == {}
    choose_comparison(places, "posts", "best")
    assert chosen_comparisons(places) == {"posts": "best"}


def test_where_it_cannot_be_written_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file, and no folder")
    with pytest.raises(CannotWrite):
        choose_comparison(places_in(tmp_path / "home"), "posts", "best")
