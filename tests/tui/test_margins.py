"""Text begins in one column on all screens of a size: read from the pictures that other tests hold the screens to."""

from __future__ import annotations

import re
from pathlib import Path

from textual.geometry import Size

from procroutine.tui.screens.past_screen import text_column

PICTURES = Path(__file__).parent / "__snapshots__"
DRAWN_FROM_ITS_OWN_EDGE = {"test_run_pictures", "test_loose_ends"}
"""Of This week and of a run."""
_PICTURE = re.compile(r"^(\d+)x(\d+)\n\n(  procroutine.*)\n+( *)\S", re.MULTILINE)


def test_heads_begin_in_the_same_column_on_all_screens_of_a_size() -> None:
    found = {
        (folder.name, int(width), int(height)): len(margin)
        for folder in PICTURES.iterdir()
        if folder.name not in DRAWN_FROM_ITS_OWN_EDGE
        for file in folder.glob("*.txt")
        for width, height, _, margin in _PICTURE.findall(file.read_text(encoding="utf-8"))
    }
    assert len({name for name, *_ in found}) > 10
    assert found == {key: text_column(Size(*key[1:])) for key in found}
